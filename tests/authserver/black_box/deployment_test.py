"""What an administrator would deploy: nginx from Debian in front, with the configuration of the tree."""
import http.client, os, socket, ssl, time

from case import Case
from proxy import Nginx, free_port
from server import Answer
from background import in_background


def from_address(server, port, source, method, target, headers):
    """A request from another address of this machine."""
    connection = http.client.HTTPSConnection("localhost", port, context=server.tls, timeout=20,
                                             source_address=(source, 0))
    try:
        connection.request(method, target, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


class Deployment(Case):
    @classmethod
    def setUpClass(cls):
        port, cls.direct = free_port(), free_port()
        cls.options = ("--proxy", "127.0.0.1", "--port", str(cls.direct),
                       "--public-url", f"https://localhost:{port}")
        super().setUpClass()
        cls.nginx = Nginx(cls.server, port, [cls.direct])
        cls.token = cls.server.bind("alice")

    @classmethod
    def tearDownClass(cls):
        cls.nginx.close()
        super().tearDownClass()

    def seen_address(self, port, source, headers=()):
        """Where the server says that the browser was which loaded the picture."""
        event = self.server.new_event()
        picture = event.answer["qrcode_url"].removeprefix(self.server.base)
        self.assertTrue(from_address(self.server, port, source, "GET", picture, dict(headers)).is_png())
        return self.assertStatus(self.token.scan(event), 201)["context"]["ip"]

    def login(self):
        event = self.server.new_event()
        scanned = self.token.scan(event)
        self.assertStatus(self.token.confirm(event, scanned), 200)
        self.assertEqual(self.server.result(event)["uid"], "alice")

    def test_a_login_and_a_push_through_the_proxy(self):
        self.login()
        waiting = in_background(lambda: self.token.poll(25))
        time.sleep(0.3)
        begun = time.monotonic()
        self.assertEqual(self.server.push("alice")["status"], 200)
        self.assertEqual(len(waiting().json()["requests"]), 1)
        self.assertLess(time.monotonic() - begun, 10)

    def test_the_proxy_says_where_a_client_is(self):
        self.assertEqual(self.seen_address(self.nginx.port, "127.0.0.2"), "127.0.0.2")

    def test_what_a_client_says_of_itself_ends_at_the_proxy(self):
        forged = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Real-IP": "203.0.113.9"}
        self.assertEqual(self.seen_address(self.nginx.port, "127.0.0.2", forged), "127.0.0.2")

    def test_a_forged_header_of_a_direct_client_is_ignored(self):
        forged = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
        self.assertEqual(self.seen_address(self.direct, "127.0.0.4", forged), "127.0.0.4")

    def test_slow_clients_do_not_stop_logins(self):
        lines = []
        try:
            for number in range(300):
                raw = socket.create_connection(("127.0.0.1", self.nginx.port), timeout=20,
                                               source_address=("127.0.0.6", 0))
                lines.append(raw)
                if number % 10 == 0:  # some of them get as far as the headers
                    lines[-1] = self.server.tls.wrap_socket(raw, server_hostname="localhost")
                    lines[-1].sendall(b"POST /v1/pending HTTP/1.1\r\nHost: localhost\r\nX-A: ")
            longest = 0
            for _ in range(10):
                begun = time.monotonic()
                self.login()
                longest = max(longest, time.monotonic() - begun)
                for line in lines[::10]:
                    try:
                        line.sendall(b"b")
                    except (OSError, ssl.SSLError):
                        pass  # cut off, as it should be
            self.assertLess(longest, 10)
        finally:
            for line in lines:
                line.close()

    def test_one_address_is_held_back(self):
        statuses = []
        for _ in range(4):
            connection = http.client.HTTPSConnection("localhost", self.nginx.port, context=self.server.tls,
                                                     timeout=20, source_address=("127.0.0.7", 0))
            for _ in range(100):
                connection.request("GET", "/v1/event_result")
                answer = connection.getresponse()
                answer.read()
                statuses.append(answer.status)
            connection.close()
        self.assertIn(429, statuses)
        self.assertEqual(set(statuses), {200, 429})
        self.login()  # the others go on

    def test_large_requests_end_at_the_proxy(self):
        target, headers = "/v1/verify/?token=" + "0" * 32, {"Content-Type": "application/json"}
        self.assertEqual(self.server.request("POST", target, b"x" * 5000, headers).status, 413)
        self.assertIn(self.server.request("GET", "/v1/nothing", headers={"X-Long": "a" * 40000}).status, (400, 431))

    def test_no_log_of_the_proxy_has_a_query(self):
        event = self.server.new_event()
        self.server.get("/v1/verify/", token=event.token)
        text = b""
        for name in os.listdir(self.nginx.folder):
            if name.endswith(".log"):
                with open(os.path.join(self.nginx.folder, name), "rb") as log:
                    text += log.read()
        self.assertIn(b"/v1/verify/", text)
        for secret in (event.token, "token=", self.server.app["app_id"], "signature"):
            self.assertNotIn(secret.encode(), text)


class ForwardedHeader(Case):
    """The header by itself, as other proxies write it; this machine's address is the proxy."""
    options = ("--proxy", "127.0.0.1", "--proxy", "10.0.0.0/8", "--forwarded-header", "Forwarded")

    def seen(self, headers):
        event = self.server.new_event()
        self.server.request("GET", event.answer["qrcode_url"].removeprefix(self.server.base), headers=headers)
        return self.server.bind(self.fresh_uid()).scan(event).json()["context"]["ip"]

    def test_the_last_address_that_is_no_proxy_counts(self):
        for value, address in (('for=198.51.100.7', "198.51.100.7"),
                               ('for="[2001:db8::7]:4711";proto=https', "2001:db8::7"),
                               ('For=203.0.113.1, for=198.51.100.7:80', "198.51.100.7"),
                               ('for=198.51.100.7;by=10.0.0.1, for=10.1.2.3', "198.51.100.7"),
                               ('for=unknown', "127.0.0.1"), ('for=198.51.100.7, nonsense', "127.0.0.1"),
                               ('', "127.0.0.1")):
            self.assertEqual(self.seen({"Forwarded": value}), address, value)

    def test_who_changes_his_address_inside_his_network_is_held_back(self):
        event = self.server.new_event()

        def look(address):
            return self.server.request("GET", "/v1/verify/?token=" + event.token, headers={
                "Accept": "application/json", "Forwarded": 'for="%s"' % address}).status
        statuses = [look("[2001:db8:1:1::%x]" % i) for i in range(125)]
        self.assertEqual((set(statuses[:120]), set(statuses[120:])), ({200}, {429}))
        self.assertEqual((look("[2001:db8:1:2::1]"), look("198.51.100.7")), (200, 200))

    def test_the_other_header_is_not_read(self):
        self.assertEqual(self.seen({"X-Forwarded-For": "203.0.113.9"}), "127.0.0.1")
