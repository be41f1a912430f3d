"""HTTP, TLS and clients that behave badly."""
import socket, ssl, struct, time
from concurrent.futures import ThreadPoolExecutor

from case import Case


class Http(Case):
    options = ("--connections-per-address", "40")

    def test_unknown_addresses_are_404(self):
        for path in ("/", "/v1", "/v1/", "/v1/qrcode/", "/v1/verify", "/v1/pending/", "/v1/bind", "/v1/../v1/qrcode",
                     "/v1/QRCODE", "//v1/qrcode"):
            self.assertEqual(self.server.get(path).status, 404, path)

    def test_other_methods_are_405(self):
        for path in ("/v1/qrcode_for_auth", "/v1/event_result", "/v1/traditional", "/v1/qrcode",
                     "/v1/show/qrcode_url/", "/v1/push_for_auth"):
            for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"):
                answer = self.server.request(method, path)
                self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET"), (method, path))
        for method in ("PUT", "DELETE", "HEAD"):
            for path in ("/v1/verify/", "/v1/bind/"):
                answer = self.server.request(method, path + "?token=" + "0" * 32)
                self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET, POST"))
        for method in ("GET", "PUT", "DELETE", "HEAD"):
            answer = self.server.request(method, "/v1/pending")
            self.assertEqual((answer.status, answer.headers["Allow"]), (405, "POST"))

    def test_another_content_type_is_415(self):
        for headers in ({}, {"Content-Type": "text/plain"}, {"Content-Type": "application/jsonx"},
                        {"Content-Type": "application/x-www-form-urlencoded"}):
            answer = self.server.request("POST", "/v1/verify/?token=" + "0" * 32, b"{}", headers)
            self.assertEqual(answer.status, 415, headers)
        answer = self.server.request("POST", "/v1/verify/?token=" + "0" * 32, b"{}",
                                     {"Content-Type": "Application/JSON; charset=utf-8"})
        self.assertEqual(answer.status, 200)

    def test_a_body_over_4_kib_is_413(self):
        target, headers = "/v1/verify/?token=" + "0" * 32, {"Content-Type": "application/json"}
        self.assertEqual(self.server.request("POST", target, b"x" * 4096, headers).status, 200)
        self.assertEqual(self.server.request("POST", target, b"x" * 4097, headers).status, 413)
        chunks = iter([b"x" * 4000, b"x" * 97])
        self.assertEqual(self.server.request("POST", target, chunks, headers).status, 413)

    def test_a_damaged_query_is_400(self):
        for query in ("app_id=%", "app_id=%2", "app_id=%GG", "app_id=%FF", "%C3=1"):
            self.assertEqual(self.server.request("GET", "/v1/qrcode_for_auth?" + query).status, 400, query)

    def raw(self, data, seconds=10):
        """What comes back for these bytes, until the server closes or time is up."""
        with self.server.connect() as line:
            line.settimeout(seconds)
            got = b""
            try:
                line.sendall(data)
                while chunk := line.recv(65536):
                    got += chunk
            except (TimeoutError, socket.timeout):
                return got, False
            except (ConnectionError, ssl.SSLError):
                pass
            return got, True

    def test_garbage_and_oversized_heads_are_refused(self):
        host = b"Host: localhost\r\n"
        requests = (b"\x00\x01\x02\x03\r\n\r\n", b"GET\r\n\r\n", b"hello\r\n\r\n" * 10,
                    b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n" + host + b"\r\n",
                    b"GET /" + b"a" * 40000 + b" HTTP/1.1\r\n" + host + b"\r\n",
                    b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 40000 + b"\r\n\r\n",
                    b"GET / HTTP/1.1\r\n" + host + b"".join(b"A%d: b\r\n" % i for i in range(5000)) + b"\r\n",
                    b"POST /v1/verify/ HTTP/1.1\r\n" + host + b"Content-Length: -5\r\n\r\n",
                    b"POST /v1/verify/ HTTP/1.1\r\n" + host + b"Content-Length: 99999999999999999999999\r\n\r\n",
                    b"POST /v1/verify/ HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n")
        with ThreadPoolExecutor(len(requests)) as at_once:  # some are let go only after a while
            answers = list(at_once.map(lambda data: self.raw(data, 12), requests))
        for data, (got, closed) in zip(requests, answers):
            status = got.split(b" ")[1] if got else b""
            self.assertIn(status, (b"", b"400", b"404", b"413", b"414", b"431", b"505"), data[:60])
            self.assertTrue(closed or status, data[:60])
        self.assertEqual(self.server.get("/v1/nothing").status, 404)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.beside = ThreadPoolExecutor(1)
        cls.slow = cls.beside.submit(cls.be_slow)  # takes as long as the server lets it, while the other tests run

    @classmethod
    def tearDownClass(cls):
        cls.beside.shutdown()
        super().tearDownClass()

    @classmethod
    def be_slow(cls):
        """Three lines at once: silent in the handshake, silent after it, and one that drips. The seconds until this last
        one was cut off come back, None for never; the others have to be closed by then as well."""
        begun = time.monotonic()
        silent = socket.create_connection(("127.0.0.1", cls.server.port), timeout=40)
        half = cls.server.connect()
        half.sendall(b"POST /v1/verify/?token=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        drip = cls.server.connect()
        drip.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        ended = None
        while time.monotonic() - begun < 30 and ended is None:
            try:
                drip.sendall(b"X-%d: y\r\n" % int(time.monotonic()))
                drip.settimeout(1)
                if drip.recv(1) == b"":
                    ended = time.monotonic() - begun
            except (TimeoutError, socket.timeout):
                continue
            except (OSError, ssl.SSLError):
                ended = time.monotonic() - begun
        for line in (silent, half):
            line.settimeout(10)
            try:
                while line.recv(4096):
                    pass
            except (ConnectionError, ssl.SSLError):
                pass  # closed all the same; a time-out would fail the test
            line.close()
        drip.close()
        return ended

    def test_slow_requests_are_cut_off(self):
        ended = self.slow.result()
        self.assertIsNotNone(ended, "the dripping client was not cut off")
        self.assertLess(ended, 20)

    def test_an_endless_body_is_cut_off(self):
        sent = 0
        with self.server.connect() as line:
            line.sendall(b"POST /v1/pending HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                         b"Transfer-Encoding: chunked\r\n\r\n")
            with self.assertRaises((ConnectionError, ssl.SSLError)):
                while sent < 64 * 1024 * 1024:
                    line.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
                    sent += 1024
        self.assertLess(sent, 8 * 1024 * 1024)  # what is under way in buffers; the server reads 64 KiB
        self.assertEqual(self.server.get("/v1/nothing").status, 404)

    def test_one_address_cannot_take_every_connection(self):
        lines = []
        try:
            for _ in range(60):
                lines.append(socket.create_connection(("127.0.0.1", self.server.port), timeout=10))
            time.sleep(0.5)
            refused = 0
            for line in lines:
                line.setblocking(False)
                try:
                    if line.recv(1) == b"":
                        refused += 1
                except BlockingIOError:
                    pass
                except ConnectionError:
                    refused += 1
            self.assertGreaterEqual(refused, 20)
        finally:
            for line in lines:
                line.close()
        time.sleep(0.5)
        self.assertEqual(self.server.get("/v1/nothing").status, 404)

    def test_clients_that_vanish_do_no_harm(self):
        event = self.server.new_event()
        picture = event.answer["qrcode_url"].removeprefix(self.server.base).encode()
        for cut in (1, 20, 60, None):
            for _ in range(10):
                line = self.server.connect()
                line.sendall((b"GET " + picture + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")[:cut])
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                line.close()  # a reset, not a farewell
        self.assertEqual(self.server.get("/v1/nothing").status, 404)
        self.assertIsNone(self.server.process.poll())

    def test_old_tls_and_plain_http_are_refused(self):
        old = ssl.create_default_context(cafile=self.server.file("ca.pem"))
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        old.set_ciphers("ALL:@SECLEVEL=0")
        with socket.create_connection(("127.0.0.1", self.server.port)) as raw:
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                old.wrap_socket(raw, server_hostname="localhost")
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as raw:
            raw.sendall(b"GET /v1/qrcode HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try:
                self.assertNotIn(b"HTTP/1.1 200", raw.recv(1000))
            except ConnectionError:
                pass

    def test_the_log_has_no_query(self):
        event = self.server.new_event()
        self.server.get("/v1/verify/", token=event.token)
        self.server.get("/secret-path-of-a-person")
        with open(self.server.file("log"), "rb") as log:
            text = log.read()
        self.assertIn(b"GET /v1/verify/ 200", text)
        for secret in (event.token, event.event_id, "token=", self.server.app["app_id"],
                       self.server.app["app_key"], "signature", "secret-path"):
            self.assertNotIn(secret.encode(), text)
