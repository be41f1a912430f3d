#!/usr/bin/env python3
"""Black-box test of hufu-authserver: the real program, over TLS, against the two documents.

Written from the API document and protocol.md alone, with Python's standard library; it shares no
line with the server. A throw-away CA comes from the openssl program.

  black_box_test.py PROGRAM [unittest arguments]
"""
import base64, hashlib, hmac, http.client, json, os, re, signal, socket, ssl, struct, subprocess
import sys, tempfile, threading, time, unittest
from urllib.parse import parse_qs, quote, urlencode, urlsplit

PROGRAM = None


# ------------------------------------------------------------------ the documents, once more
def totp(key, when):
    digest = hmac.new(key, struct.pack(">Q", int(when) // 30), "sha1").digest()
    at = digest[-1] & 15
    return str((struct.unpack(">I", digest[at:at + 4])[0] & 0x7FFFFFFF) % 10 ** 6).zfill(6)


def md5(*parts):
    return hashlib.md5("".join(parts).encode()).hexdigest()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def pct_key(secret, label, api, app_id, uid):
    prk = hmac.new(b"PCT1", secret, hashlib.sha256).digest()
    info = "\n".join(("PCT1-KEY", label, api, app_id, uid)).encode()
    return hmac.new(prk, info + b"\x01", hashlib.sha256).digest()


def pct_mac(key, *lines):
    return hmac.new(key, "\n".join(lines).encode(), hashlib.sha256).hexdigest()


# ------------------------------------------------------------------ the program
class Server:
    """One running server in a folder of its own."""

    def __init__(self, *options, site=False, numbers=False):
        self.folder = tempfile.TemporaryDirectory(prefix="hufu-authserver-test-")
        self.path = self.folder.name
        self.offset = 0
        self.offset_file = os.path.join(self.path, "offset")
        self.make_certificates()
        self.app = self.command("app", "create", "Example & Söhne <b>")
        if numbers:
            self.app = self.command("app", "create", "Example", "--number")
        self.other_app = self.command("app", "create", "Other")
        extra = ("--site", self.app["app_id"]) if site else ()
        self.log = open(os.path.join(self.path, "log"), "wb")
        self.start(*extra, *options)

    def start(self, *options):
        self.options = options
        self.process = subprocess.Popen(
            [PROGRAM, "--data", self.data, "serve", "--cert", self.file("server.pem"),
             "--key", self.file("server.key"), "--clock-offset-file", self.offset_file, *options],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.line = self.process.stdout.readline().strip()
        assert re.fullmatch(r"listening https://localhost:\d+", self.line), self.line
        self.base = self.line.removeprefix("listening ")
        self.port = urlsplit(self.base).port
        self.api = self.base + "/v1"

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        status = self.process.wait(timeout=20)
        self.process.stdout.close()
        return status

    def close(self):
        if self.process.poll() is None:
            self.stop()
        self.log.close()
        self.folder.cleanup()

    def file(self, name):
        return os.path.join(self.path, name)

    @property
    def data(self):
        return self.file("data")

    def make_certificates(self):
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], check=True, capture_output=True)
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test CA",
                "-keyout", self.file("ca.key"), "-out", self.file("ca.pem"))
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
                "-keyout", self.file("server.key"), "-out", self.file("server.csr"))
        with open(self.file("ext"), "w") as ext:
            ext.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        openssl("x509", "-req", "-in", self.file("server.csr"), "-CA", self.file("ca.pem"),
                "-CAkey", self.file("ca.key"), "-CAcreateserial", "-days", "2",
                "-extfile", self.file("ext"), "-out", self.file("server.pem"))
        self.tls = ssl.create_default_context(cafile=self.file("ca.pem"))

    def command(self, *words, text=None):
        done = subprocess.run([PROGRAM, "--data", self.data, *words], capture_output=True,
                              text=True, input=text)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    # time
    def advance(self, seconds):
        self.offset += int(seconds) + (seconds % 1 > 0)
        with open(self.offset_file + ".new", "w") as f:
            f.write(str(self.offset))
        os.rename(self.offset_file + ".new", self.offset_file)

    def now(self):
        return time.time() + self.offset

    # requests
    def request(self, method, target, body=None, headers=()):
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.tls, timeout=20)
        try:
            connection.request(method, target, body=body, headers=dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path, accept="application/json", **parameters):
        query = "?" + urlencode(parameters) if parameters else ""
        return self.request("GET", path + query, headers={"Accept": accept})

    def connect(self):
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return self.tls.wrap_socket(raw, server_hostname="localhost")

    # the site's side
    def new_event(self, app=None):
        app = app or self.app
        answer = self.get("/v1/qrcode_for_auth", app_id=app["app_id"], auth_type=2,
                          signature=md5(app["app_id"], "2", app["app_key"])).json()
        assert answer["status"] == 200, answer
        token = parse_qs(urlsplit(answer["qrcode_data"]).query)["token"][0]
        return Event(answer["event_id"], token, answer)

    def result(self, event, app=None):
        app = app or self.app
        return self.get("/v1/event_result", app_id=app["app_id"], event_id=event.event_id,
                        signature=md5(app["app_id"], event.event_id, app["app_key"])).json()

    def traditional(self, uid, code, app=None):
        app = app or self.app
        return self.get("/v1/traditional", appid=app["app_id"], uid=uid, dynamic_code=code,
                        signature=md5(app["app_id"], code, uid, app["app_key"])).json()

    def qrcode(self, uid, code=None, **more):
        parameters = {"appid": self.app["app_id"], "uid": uid,
                      "signature": md5(self.app["app_id"], code or "", uid, self.app["app_key"])}
        if code is not None:
            parameters["dynamic_code"] = code
        return self.get("/v1/qrcode", **parameters, **more)

    def bind(self, uid):
        """A bound user. The secret comes from the database: reading the picture is another test."""
        answer = self.qrcode(uid)
        assert answer.is_png(), answer.body
        secret = self.pending_secret(uid)
        answer = self.traditional(uid, totp(secret, self.now()))
        assert answer["codetype"] == 200, answer
        return Token(self, uid, secret)

    def pending_secret(self, uid):
        import sqlite3
        with sqlite3.connect(os.path.join(self.data, "authserver.sqlite")) as database:
            row = database.execute("SELECT pending_secret FROM users WHERE uid = ?",
                                   (uid.encode(),)).fetchone()
        return row[0]


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    def is_png(self):
        return (self.status, self.headers["Content-Type"], self.body[:8]) == (
            200, "image/png", b"\x89PNG\r\n\x1a\n")


class Event:
    def __init__(self, event_id, token, answer):
        self.event_id, self.token, self.answer = event_id, token, answer


class Token:
    """What a PC token does, one device of it."""

    def __init__(self, server, uid, secret, app=None):
        self.server, self.uid, self.secret = server, uid, secret
        self.app = app or server.app
        self.device_id = os.urandom(16).hex()

    def key(self, label):
        return pct_key(self.secret, label, self.server.api, self.app["app_id"], self.uid)

    def request(self, action, event, **changes):
        fields = {"v": 1, "action": action, "app_id": self.app["app_id"], "uid": self.uid,
                  "device_id": self.device_id, "ts": int(self.server.now()),
                  "nonce": os.urandom(16).hex(), "via": "screen", "answer": "-", "ctx": "-"}
        fields.update(changes)
        fields["mac"] = pct_mac(self.key("req"), "PCT1-REQ", action, self.server.api,
                                fields["app_id"], fields["uid"], fields["device_id"], event.token,
                                str(fields["ts"]), fields["nonce"], fields["via"],
                                fields["answer"], fields["ctx"])
        return fields

    def send(self, event, fields):
        answer = self.server.request("POST", "/v1/verify/?token=" + event.token, json.dumps(fields),
                                     {"Content-Type": "application/json"})
        answer.nonce = fields.get("nonce")
        return answer

    def is_authentic(self, answer):
        expected = pct_mac(self.key("res"), "PCT1-RES", answer.nonce, sha256(answer.body))
        return answer.headers["X-PCT-MAC"] == expected

    def scan(self, event, **changes):
        return self.send(event, self.request("scan", event, **changes))

    def confirm(self, event, scan_answer, answer="-", **changes):
        return self.send(event, self.request("confirm", event, answer=answer,
                                             ctx=sha256(scan_answer.body), **changes))

    def deny(self, event, scan_answer, answer="not_me", **changes):
        return self.send(event, self.request("deny", event, answer=answer,
                                             ctx=sha256(scan_answer.body), **changes))


class Case(unittest.TestCase):
    options, site, numbers = (), False, False

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options, site=cls.site, numbers=cls.numbers)
        cls.uids = 0

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def fresh_uid(self):
        type(self).uids += 1
        return f"{type(self).__name__} {self.uids} +/= ü"

    def assertStatus(self, answer, status):
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json()["status"], status, answer.body)
        return answer.json()


# ------------------------------------------------------------------ the vendor's calls
class SeedCalls(Case):
    def test_a_new_login_has_the_documented_members(self):
        answer = self.server.new_event().answer
        self.assertEqual(set(answer), {"status", "event_id", "qrcode_url", "qrcode_data", "description"})
        self.assertIs(type(answer["status"]), int)
        self.assertEqual(answer["description"], "success")
        self.assertRegex(answer["event_id"], r"\A\d{10}\.\d{2}[A-Za-z0-9]{22}\Z")
        self.assertRegex(answer["qrcode_data"],
                         re.escape(self.server.api) + r"/verify/\?token=[0-9a-f]{32}\Z")
        self.assertRegex(answer["qrcode_url"], re.escape(self.server.api) +
                         r"/show/qrcode_url/\?uuid=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")

    def test_ids_do_not_repeat(self):
        events = [self.server.new_event() for _ in range(20)]
        self.assertEqual(len({e.event_id for e in events}), 20)
        self.assertEqual(len({e.token for e in events}), 20)

    def test_the_login_picture_is_a_png_and_not_kept(self):
        event = self.server.new_event()
        answer = self.server.request("GET", event.answer["qrcode_url"].removeprefix(self.server.base))
        self.assertTrue(answer.is_png())
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_an_unknown_picture_is_604(self):
        answer = self.server.get("/v1/show/qrcode_url/", uuid="706f5ecc-41b2-11e6-8b78-66b476a7be0a")
        self.assertStatus(answer, 604)

    def login_parameters(self, **changes):
        app = self.server.app
        parameters = {"app_id": app["app_id"], "auth_type": "2",
                      "signature": md5(app["app_id"], "2", app["app_key"])}
        parameters.update(changes)
        return {name: value for name, value in parameters.items() if value is not None}

    def test_the_event_calls_want_app_id_not_appid(self):
        parameters = self.login_parameters(app_id=None, appid=self.server.app["app_id"])
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", **parameters), 400)
        event = self.server.new_event()
        self.assertStatus(self.server.get(
            "/v1/event_result", appid=self.server.app["app_id"], event_id=event.event_id,
            signature=md5(self.server.app["app_id"], event.event_id, self.server.app["app_key"])), 400)

    def test_the_code_calls_want_appid_not_app_id(self):
        app, uid = self.server.app, "anybody"
        for path, code in (("/v1/traditional", "123456"), ("/v1/qrcode", "")):
            answer = self.server.get(path, app_id=app["app_id"], uid=uid, dynamic_code=code,
                                     signature=md5(app["app_id"], code, uid, app["app_key"])).json()
            self.assertEqual(answer["codetype"], 400, path)

    def test_a_wrong_signature_is_403_on_event_calls(self):
        for signature in ("0" * 32, md5("other")):
            self.assertStatus(self.server.get("/v1/qrcode_for_auth",
                                              **self.login_parameters(signature=signature)), 403)
        event = self.server.new_event()
        self.assertStatus(self.server.get("/v1/event_result", app_id=self.server.app["app_id"],
                                          event_id=event.event_id, signature="0" * 32), 403)

    def test_a_wrong_signature_is_601_on_code_calls(self):
        for path in ("/v1/traditional", "/v1/qrcode"):
            answer = self.server.get(path, appid=self.server.app["app_id"], uid="u",
                                     dynamic_code="123456", signature="0" * 32)
            self.assertEqual((answer.status, answer.json()["codetype"]), (200, 601))

    def test_an_unknown_application_is_not_told_from_a_wrong_signature(self):
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", **self.login_parameters(
            app_id="x" * 32)), 403)
        answer = self.server.get("/v1/traditional", appid="x" * 32, uid="u", dynamic_code="1",
                                 signature="0" * 32).json()
        self.assertEqual(answer["codetype"], 601)

    def test_lengths_are_exact(self):
        app = self.server.app
        shorter = app["app_id"][:-1]
        # The characters that are signed are the same; only the lengths are not.
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", app_id=shorter,
                                          auth_type=app["app_id"][-1] + "2",
                                          signature=md5(app["app_id"], "2", app["app_key"])), 400)
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", **self.login_parameters(
            signature=self.login_parameters()["signature"].upper() + "0")), 400)

    def test_other_types_duplicates_and_missing_parameters_are_400(self):
        app = self.server.app
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", **self.login_parameters(
            auth_type="3", signature=md5(app["app_id"], "3", app["app_key"]))), 400)
        for name in ("app_id", "auth_type", "signature"):
            self.assertStatus(self.server.get("/v1/qrcode_for_auth",
                                              **self.login_parameters(**{name: None})), 400)
        query = urlencode(self.login_parameters())
        self.assertStatus(self.server.request("GET", f"/v1/qrcode_for_auth?{query}&auth_type=2"), 400)

    def test_event_result_waits_with_602_and_signs_its_answer(self):
        event = self.server.new_event()
        answer = self.server.result(event)
        self.assertEqual(answer["status"], 602)
        self.assertEqual(answer["event_id"], event.event_id)
        self.assertNotIn("uid", answer)
        self.assertEqual(answer["signature"], md5(self.server.app["app_id"], event.event_id, "602",
                                                  self.server.app["app_key"]))

    def test_an_event_of_another_application_is_604(self):
        event = self.server.new_event()
        self.assertEqual(self.server.result(event, self.server.other_app)["status"], 604)

    def test_an_unknown_event_is_604_and_a_malformed_one_400(self):
        self.assertEqual(self.server.result(Event("1467614532.77" + "a" * 22, None, None))["status"], 604)
        self.assertEqual(self.server.result(Event("1467614532.77wsYFZ9Z", None, None))["status"], 400)

    def test_calls_return_numbers_not_text(self):
        answer = self.server.traditional("nobody", "123456")
        self.assertEqual(set(answer), {"codetype", "msg"})
        self.assertIs(type(answer["codetype"]), int)
        self.assertEqual(answer["codetype"], 604)


class Codes(Case):
    def test_the_right_code_is_200(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        answer = self.server.traditional(uid, totp(token.secret, self.server.now() + 30))
        self.assertEqual(answer, {"codetype": 200, "msg": "授权成功."})

    def test_a_code_works_once(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        code = totp(token.secret, self.server.now())
        self.assertEqual(self.server.traditional(uid, code)["codetype"], 200)
        self.assertEqual(self.server.traditional(uid, code)["codetype"], 600)

    def test_an_older_code_does_not_work_after_a_newer_one(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        now = self.server.now()
        self.assertEqual(self.server.traditional(uid, totp(token.secret, now))["codetype"], 200)
        self.assertEqual(self.server.traditional(uid, totp(token.secret, now - 30))["codetype"], 600)

    def test_the_window_is_one_step_to_each_side(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(600)
        # In the middle of a step, so that the test's own time does not matter.
        self.server.advance(45 - self.server.now() % 30)
        now = self.server.now()
        for steps, status in ((-2, 600), (2, 600), (-1, 200), (0, 200), (1, 200)):
            code = totp(token.secret, now + 30 * steps)
            self.assertEqual(self.server.traditional(uid, code)["codetype"], status, steps)

    def test_leading_zeros_may_be_lost_and_are_signed_as_sent(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        step = int(self.server.now()) // 30 + 10
        while not totp(token.secret, step * 30).startswith("0"):
            step += 1
        self.server.advance(step * 30 + 10 - self.server.now())
        code = totp(token.secret, self.server.now())
        self.assertEqual(self.server.traditional(uid, str(int(code)))["codetype"], 200)
        while not totp(token.secret, step * 30).startswith("0") or step * 30 <= self.server.now():
            step += 1
        self.server.advance(step * 30 + 10 - self.server.now())
        self.assertEqual(self.server.traditional(uid, totp(token.secret, self.server.now()))["codetype"], 200)

    def test_malformed_codes_and_uids_are_400(self):
        for code in ("", "1234567", "12345a", "-12345", " 12345"):
            self.assertEqual(self.server.traditional("somebody", code)["codetype"], 400, code)
        for uid in ("", "u" * 65, "a\nb", "a\x00b", "a\u0085b"):
            self.assertEqual(self.server.traditional(uid, "123456")["codetype"], 400, uid)
        self.assertEqual(self.server.traditional("ü" * 32, "123456")["codetype"], 604)  # 64 bytes

    def test_guessing_is_slowed_down_and_the_brake_lets_go(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        right = totp(token.secret, self.server.now())
        wrong = [f"{i:06}" for i in range(5)]
        for code in wrong:
            self.assertEqual(self.server.traditional(uid, code)["codetype"], 600)
        answer = self.server.traditional(uid, right)
        self.assertEqual(answer["codetype"], 407)
        self.assertLessEqual(answer["retry_after"], 300)
        self.assertGreater(answer["retry_after"], 0)
        self.server.advance(answer["retry_after"] + 1)
        self.assertEqual(self.server.traditional(uid, totp(token.secret, self.server.now()))["codetype"], 200)

    def test_of_twenty_equal_codes_at_once_one_is_accepted(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        code = totp(token.secret, self.server.now())
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(
            self.server.traditional(uid, code)["codetype"])) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers.count(200), 1, answers)


class Bindings(Case):
    def test_an_open_binding_shows_one_secret_until_its_first_code(self):
        uid = self.fresh_uid()
        first, second = self.server.qrcode(uid), self.server.qrcode(uid)
        self.assertTrue(first.is_png())
        self.assertEqual(first.body, second.body)
        secret = self.server.pending_secret(uid)
        self.assertEqual(len(secret), 20)
        self.assertEqual(self.server.traditional(uid, totp(secret, self.server.now()))["codetype"], 200)
        replayed = self.server.qrcode(uid)
        self.assertEqual(replayed.json()["codetype"], 604)

    def test_an_open_binding_is_no_token_yet(self):
        uid = self.fresh_uid()
        self.server.qrcode(uid)
        self.assertEqual(self.server.traditional(uid, "000000")["codetype"], 600)
        token = Token(self.server, uid, self.server.pending_secret(uid))
        self.assertStatus(token.scan(self.server.new_event()), 604)

    def test_after_ten_minutes_a_binding_has_another_secret(self):
        uid = self.fresh_uid()
        first = self.server.qrcode(uid)
        old = self.server.pending_secret(uid)
        self.server.advance(601)
        self.assertEqual(self.server.traditional(uid, totp(old, self.server.now()))["codetype"], 604)
        self.assertNotEqual(self.server.qrcode(uid).body, first.body)
        self.assertNotEqual(self.server.pending_secret(uid), old)

    def test_a_bound_user_needs_a_code_to_bind_again(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        self.assertEqual(self.server.qrcode(uid, "000000").json()["codetype"], 600)
        code = totp(token.secret, self.server.now())
        first = self.server.qrcode(uid, code)
        self.assertTrue(first.is_png())
        self.assertEqual(self.server.qrcode(uid, code).body, first.body)  # the browser loads it twice
        self.assertEqual(self.server.qrcode(uid).body, first.body)        # it is open
        # The old token goes on until the new one has worked once.
        self.server.advance(60)
        self.assertEqual(self.server.traditional(uid, totp(token.secret, self.server.now()))["codetype"], 200)
        fresh = self.server.pending_secret(uid)
        self.assertEqual(self.server.traditional(uid, totp(fresh, self.server.now()))["codetype"], 200)
        self.server.advance(60)
        self.assertEqual(self.server.traditional(uid, totp(token.secret, self.server.now()))["codetype"], 600)
        self.assertEqual(self.server.qrcode(uid).json()["codetype"], 604)

    def test_a_code_is_not_worth_a_binding_after_it_was_used_to_sign_in(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        code = totp(token.secret, self.server.now())
        self.assertEqual(self.server.traditional(uid, code)["codetype"], 200)
        self.assertEqual(self.server.qrcode(uid, code).json()["codetype"], 600)

    def test_an_account_for_the_label_must_be_signed(self):
        uid, app = self.fresh_uid(), self.server.app
        text = "\n".join(("account", app["app_id"], uid, "alice"))
        right = hmac.new(app["app_key"].encode(), text.encode(), "sha256").hexdigest()
        self.assertEqual(self.server.qrcode(uid, account="alice").json()["codetype"], 601)
        self.assertEqual(self.server.qrcode(uid, account="mallory", account_mac=right).json()["codetype"], 601)
        labelled = self.server.qrcode(uid, account="alice", account_mac=right)
        self.assertTrue(labelled.is_png())
        self.assertNotEqual(labelled.body, self.server.qrcode(uid).body)

    def test_both_readings_of_the_signature_hold(self):
        """S2: without a code, and with an empty one."""
        self.assertTrue(self.server.qrcode(self.fresh_uid(), "").is_png())
        self.assertTrue(self.server.qrcode(self.fresh_uid()).is_png())


# ------------------------------------------------------------------ the token's side
class Verify(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = cls.server.bind("e+f2iJHkScjvo6GHZKVmaA==")
        cls.other = cls.server.bind("somebody else")

    def look(self, event, accept="application/json"):
        return self.server.get("/v1/verify/", accept, token=event.token)

    def load_picture(self, event, agent="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"):
        self.server.request("GET", event.answer["qrcode_url"].removeprefix(self.server.base),
                            headers={"User-Agent": agent})

    def test_looking_changes_nothing_and_names_nobody(self):
        event = self.server.new_event()
        for _ in range(2):
            answer = self.assertStatus(self.look(event), 200)
            self.assertEqual((answer["state"], answer["app_id"], answer["app_name"]),
                             ("new", self.server.app["app_id"], self.server.app["name"]))
            self.assertTrue(290 <= answer["expires_in"] <= 300)
            self.assertLess(abs(answer["server_time"] / 1000 - self.server.now()), 5)
            self.assertEqual(set(answer), {"status", "state", "description", "app_id", "app_name",
                                           "expires_in", "server_time"})
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_a_browser_that_opens_the_code_gets_words(self):
        event = self.server.new_event()
        answer = self.look(event, "text/html,application/xhtml+xml,*/*;q=0.8")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/html"))
        self.assertIn(b"Scan it with your token", answer.body)
        self.assertNotIn(event.token.encode(), answer.body)
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_damaged_tokens_are_604(self):
        event = self.server.new_event()
        for token in ("", "a" * 31, "a" * 33, event.token.upper() + "x", "g" * 32):
            damaged = Event(None, token, None)
            self.assertStatus(self.look(damaged), 604)
            self.assertStatus(self.token.send(damaged, self.token.request("scan", damaged)), 604)

    def test_scan_confirm_signed_in(self):
        event = self.server.new_event()
        self.load_picture(event)
        scanned = self.token.scan(event)
        body = self.assertStatus(scanned, 201)
        self.assertTrue(self.token.is_authentic(scanned))
        self.assertEqual(body["state"], "scanned")
        self.assertEqual(body["number"], {"mode": "none"})
        self.assertTrue(0 < body["expires_in"] <= 300)
        context = body["context"]
        self.assertEqual(context["app_name"], self.server.app["name"])
        self.assertEqual((context["ip"], context["ip_match"]), ("127.0.0.1", "same"))
        self.assertEqual((context["browser"], context["os"]), ("Firefox 128", "Linux"))
        self.assertLess(abs(context["created"] - self.server.now()), 10)
        self.assertEqual(self.server.result(event)["status"], 201)
        confirmed = self.token.confirm(event, scanned)
        self.assertEqual(self.assertStatus(confirmed, 200)["state"], "confirmed")
        self.assertTrue(self.token.is_authentic(confirmed))
        result = self.server.result(event)
        self.assertEqual((result["status"], result["uid"]), (200, self.token.uid))
        self.assertEqual(result["description"], "请求成功")
        app = self.server.app
        self.assertEqual(result["signature"],
                         md5(app["app_id"], event.event_id, "200", self.token.uid, app["app_key"]))

    def test_scan_deny_denied(self):
        for reason in ("not_me", "cancel"):
            event = self.server.new_event()
            scanned = self.token.scan(event)
            answer = self.token.deny(event, scanned, reason)
            self.assertEqual(self.assertStatus(answer, 200)["state"], "denied")
            result = self.server.result(event)
            self.assertEqual(result["status"], 606)
            self.assertNotIn("uid", result)

    def test_a_browser_that_was_not_seen_is_unknown(self):
        context = self.token.scan(self.server.new_event()).json()["context"]
        self.assertEqual(context["ip_match"], "unknown")
        self.assertNotIn("ip", context)

    def test_only_the_first_browser_counts(self):
        event = self.server.new_event()
        self.load_picture(event, "Firefox/1")
        self.load_picture(event, "Chrome/2")
        self.assertEqual(self.token.scan(event).json()["context"]["browser"], "Firefox 1")

    def test_a_retry_gets_the_same_bytes(self):
        event = self.server.new_event()
        scan = self.token.request("scan", event)
        first = self.token.send(event, scan)
        time.sleep(0.01)
        again = self.token.send(event, scan)
        self.assertEqual((first.body, first.headers["X-PCT-MAC"]), (again.body, again.headers["X-PCT-MAC"]))
        confirm = self.token.request("confirm", event, ctx=sha256(first.body))
        done = self.token.send(event, confirm)
        self.server.advance(200)  # the clock rule does not come before the stored answer
        self.assertEqual(self.token.send(event, confirm).body, done.body)
        self.assertEqual(self.token.send(event, scan).body, first.body)
        self.assertEqual(self.server.result(event)["status"], 200)

    def test_a_retry_survives_a_restart(self):
        event = self.server.new_event()
        scan = self.token.request("scan", event)
        first = self.token.send(event, scan)
        self.server.stop()
        self.server.start("--port", str(self.server.port))
        self.assertEqual(self.token.send(event, scan).body, first.body)

    def test_a_wrong_mac_is_403_and_changes_nothing(self):
        token = self.server.bind(self.fresh_uid())
        event = self.server.new_event()
        for name, value in (("mac", "0" * 64), ("nonce", "1" * 32), ("device_id", "2" * 32), ("via", "camera")):
            self.assertStatus(token.send(event, {**token.request("scan", event), name: value}), 403)
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_a_signature_for_another_action_or_token_is_403(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        event, twin = self.server.new_event(), self.server.new_event()
        fields = token.request("scan", event)
        self.assertStatus(token.send(twin, fields), 403)
        scanned = token.scan(event)
        fields = token.request("deny", event, answer="cancel", ctx=sha256(scanned.body))
        fields["action"], fields["answer"] = "confirm", "-"
        self.assertStatus(token.send(event, fields), 403)
        self.assertEqual(self.server.result(event)["status"], 201)

    def test_the_poll_key_cannot_approve(self):
        token = self.server.bind(self.fresh_uid())
        event = self.server.new_event()
        real = token.key
        token.key = lambda label: real("poll" if label == "req" else label)
        self.assertStatus(token.scan(event), 403)

    def test_five_wrong_macs_are_407_for_this_user_and_address_only(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        event = self.server.new_event()
        for _ in range(5):
            fields = token.request("scan", event)
            fields["mac"] = "0" * 64
            self.assertStatus(token.send(event, fields), 403)
        answer = self.assertStatus(token.scan(event), 407)
        self.assertTrue(0 < answer["retry_after"] <= 600)
        self.assertStatus(self.other.scan(self.server.new_event()), 201)
        # The codes are not locked.
        code = totp(token.secret, self.server.now() + 30)
        self.assertEqual(self.server.traditional(uid, code)["codetype"], 200)
        self.server.advance(601)
        self.assertStatus(token.scan(self.server.new_event()), 201)

    def test_a_wrong_clock_is_408_with_the_authentic_time(self):
        event = self.server.new_event()
        now = int(self.server.now())
        for ts in (now - 125, now + 125):
            answer = self.token.scan(event, ts=ts)
            body = self.assertStatus(answer, 408)
            self.assertTrue(self.token.is_authentic(answer))
            self.assertLess(abs(body["server_time"] / 1000 - self.server.now()), 5)
        self.assertStatus(self.token.scan(event, ts=now - 110), 201)

    def test_a_request_refused_for_its_clock_may_come_again_with_its_nonce(self):
        event, nonce = self.server.new_event(), os.urandom(16).hex()
        self.assertStatus(self.token.scan(event, ts=int(self.server.now()) - 500, nonce=nonce), 408)
        self.assertStatus(self.token.scan(event, nonce=nonce), 201)

    def test_a_nonce_is_good_once(self):
        event, twin, nonce = self.server.new_event(), self.server.new_event(), os.urandom(16).hex()
        self.assertStatus(self.token.scan(event, nonce=nonce), 201)
        self.assertStatus(self.token.scan(twin, nonce=nonce), 400)
        self.assertStatus(self.other.scan(twin, nonce=nonce), 201)  # another user's nonce

    def test_an_unknown_user_or_application_is_604(self):
        event = self.server.new_event()
        stranger = Token(self.server, "nobody", b"x" * 20)
        self.assertStatus(stranger.scan(event), 604)
        self.assertIsNone(stranger.scan(event).headers["X-PCT-MAC"])
        foreign = Token(self.server, self.token.uid, self.token.secret, self.server.other_app)
        self.assertStatus(foreign.scan(event), 604)

    def test_an_event_of_another_application_cannot_be_scanned(self):
        event = self.server.new_event(self.server.other_app)
        answer = self.token.scan(event)
        self.assertStatus(answer, 604)
        self.assertTrue(self.token.is_authentic(answer))

    def test_the_second_device_takes_over(self):
        event = self.server.new_event()
        second = Token(self.server, self.token.uid, self.token.secret)
        first_scan = self.token.scan(event)
        second_scan = second.scan(event)
        self.assertStatus(second_scan, 201)
        self.assertStatus(self.token.confirm(event, first_scan), 409)
        self.assertStatus(self.token.deny(event, first_scan), 409)
        self.assertStatus(second.confirm(event, second_scan), 200)

    def test_another_user_cannot_take_over(self):
        event = self.server.new_event()
        scanned = self.token.scan(event)
        self.assertStatus(self.other.scan(event), 409)
        self.assertStatus(self.other.confirm(event, scanned), 409)
        self.assertStatus(self.token.confirm(event, scanned), 200)

    def test_an_answered_event_is_409(self):
        for finish, state in ((self.token.confirm, "confirmed"), (self.token.deny, "denied")):
            event = self.server.new_event()
            scanned = self.token.scan(event)
            self.assertStatus(finish(event, scanned), 200)
            for answer in (self.token.scan(event), self.token.confirm(event, scanned),
                           self.token.deny(event, scanned)):
                self.assertEqual(self.assertStatus(answer, 409)["state"], state)
            self.assertStatus(self.look(event), 409)

    def test_a_confirm_without_a_scan_is_409(self):
        event = self.server.new_event()
        answer = self.token.send(event, self.token.request("confirm", event, ctx="0" * 64))
        self.assertStatus(answer, 409)
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_the_context_of_another_event_is_403(self):
        event, twin = self.server.new_event(), self.server.new_event()
        self.token.scan(event)
        twin_scan = self.token.scan(twin)
        self.assertStatus(self.token.confirm(event, twin_scan), 403)
        self.assertStatus(self.token.deny(event, twin_scan), 403)
        self.assertEqual(self.server.result(event)["status"], 201)

    def test_a_number_where_none_was_asked_for_denies(self):
        event = self.server.new_event()
        scanned = self.token.scan(event)
        self.assertStatus(self.token.confirm(event, scanned, answer="07"), 600)
        self.assertEqual(self.server.result(event)["status"], 606)

    def test_an_event_expires_after_five_minutes(self):
        event, scanned_event = self.server.new_event(), self.server.new_event()
        scanned = self.token.scan(scanned_event)
        self.server.advance(301)
        for late in (event, scanned_event):
            self.assertEqual(self.server.result(late)["status"], 603)
            self.assertStatus(self.look(late), 603)
        self.assertStatus(self.token.scan(event), 603)
        self.assertStatus(self.token.confirm(scanned_event, scanned), 603)
        picture = event.answer["qrcode_url"].removeprefix(self.server.base)
        self.assertStatus(self.server.request("GET", picture), 603)
        self.server.advance(601)
        self.assertEqual(self.server.result(event)["status"], 604)
        self.assertStatus(self.look(event), 604)

    def test_a_confirmed_event_is_readable_for_300_seconds(self):
        event = self.server.new_event()
        self.server.advance(200)
        scanned = self.token.scan(event)
        self.assertStatus(self.token.confirm(event, scanned), 200)
        self.server.advance(290)  # long after the code itself has expired
        self.assertEqual(self.server.result(event)["status"], 200)
        self.server.advance(15)
        self.assertEqual(self.server.result(event)["status"], 604)

    def test_of_twenty_devices_that_confirm_and_deny_at_once_one_wins(self):
        event = self.server.new_event()
        scanned = self.token.scan(event)
        requests = [self.token.request(action, event, answer=answer, ctx=sha256(scanned.body))
                    for action, answer in (("confirm", "-"), ("deny", "not_me"))] * 10
        requests = [self.token.request(r["action"], event, answer=r["answer"], ctx=r["ctx"]) for r in requests]
        answers = []
        threads = [threading.Thread(target=lambda r=r: answers.append(self.token.send(event, r).json()))
                   for r in requests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        done = [a for a in answers if a["status"] == 200]
        self.assertEqual((len(done), len(answers)), (1, 20))
        self.assertEqual({a["status"] for a in answers}, {200, 409})

    def test_malformed_bodies_are_400(self):
        event = self.server.new_event()
        good = self.token.request("scan", event)
        bodies = [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"v":1}',
                  json.dumps(good).replace('"v": 1', '"v": 1, "v": 1').encode(),
                  json.dumps(good).replace('"via"', '"vi\\u0061": "screen", "via"').encode(),
                  json.dumps({**good, "deep": [[[[[[[[1]]]]]]]]}).encode()]
        for name, values in {
                "v": (2, "1", True, None, 1.5), "action": ("poll", "", 3, "scan\n"), "uid": ("", "u" * 65, "a\nb", "a\x00", 5),
                "app_id": ("", "a" * 65, 1), "device_id": ("", "0" * 31, "G" * 32, "A" * 32),
                "ts": ("1", -1, 1.5, 1e30, None), "nonce": ("", "0" * 33, "x" * 32),
                "via": ("", "fax", "screen\n"), "answer": ("", "07", "\n"), "ctx": ("", "0" * 64),
                "mac": ("", "0" * 63, "0" * 65, None)}.items():
            bodies += [json.dumps({**good, name: value}).encode() for value in values]
        bodies += [json.dumps({n: v for n, v in good.items() if n != name}).encode() for name in good]
        for body in bodies:
            answer = self.server.request("POST", "/v1/verify/?token=" + event.token, body,
                                         {"Content-Type": "application/json"})
            self.assertEqual((answer.status, answer.json()["status"]), (200, 400), body)
        confirm = self.token.request("confirm", event, ctx="0" * 64)
        for answer_field in ("1234567", "a", "", "0\n"):
            confirm["answer"] = answer_field
            self.assertStatus(self.token.send(event, confirm), 400)
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_unknown_members_are_ignored(self):
        event = self.server.new_event()
        fields = {**self.token.request("scan", event), "later": {"a": [1, 2]}}
        self.assertStatus(self.token.send(event, fields), 201)

    def test_looking_too_often_is_429(self):
        server = Server()
        try:
            event = server.new_event()
            statuses = [server.get("/v1/verify/", token=event.token).status for _ in range(125)]
            self.assertEqual(statuses[:120], [200] * 120)
            self.assertEqual(statuses[120:], [429] * 5)
        finally:
            server.close()


class Numbers(Case):
    numbers = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = cls.server.bind("alice")

    def test_the_right_number_confirms(self):
        event = self.server.new_event()
        self.assertNotIn("number", self.server.result(event))
        scanned = self.token.scan(event)
        self.assertEqual(scanned.json()["number"], {"mode": "enter", "digits": 2})
        number = self.server.result(event)["number"]
        self.assertRegex(number, r"\A\d\d\Z")
        self.assertStatus(self.token.confirm(event, scanned, number), 200)
        self.assertNotIn("number", self.server.result(event))

    def test_the_wrong_number_denies_at_once(self):
        for wrong in (lambda n: f"{(int(n) + 1) % 100:02}", lambda n: "-", lambda n: "0" + n):
            event = self.server.new_event()
            scanned = self.token.scan(event)
            number = self.server.result(event)["number"]
            answer = self.token.confirm(event, scanned, wrong(number))
            self.assertEqual(self.assertStatus(answer, 600)["state"], "denied")
            self.assertStatus(self.token.confirm(event, scanned, number), 409)
            self.assertEqual(self.server.result(event)["status"], 606)


# ------------------------------------------------------------------ HTTP
class Http(Case):
    options = ("--connections-per-address", "40")

    def test_unknown_addresses_are_404(self):
        for path in ("/", "/v1", "/v1/", "/v1/qrcode/", "/v1/verify", "/v1/pending", "/v1/../v1/qrcode",
                     "/v1/QRCODE", "//v1/qrcode"):
            self.assertEqual(self.server.get(path).status, 404, path)

    def test_other_methods_are_405(self):
        for path in ("/v1/qrcode_for_auth", "/v1/event_result", "/v1/traditional", "/v1/qrcode",
                     "/v1/show/qrcode_url/"):
            for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"):
                answer = self.server.request(method, path)
                self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET"), (method, path))
        for method in ("PUT", "DELETE", "HEAD"):
            answer = self.server.request(method, "/v1/verify/?token=" + "0" * 32)
            self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET, POST"))

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
        for data in (b"\x00\x01\x02\x03\r\n\r\n", b"GET\r\n\r\n", b"hello\r\n\r\n" * 10,
                     b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n" + host + b"\r\n",
                     b"GET /" + b"a" * 40000 + b" HTTP/1.1\r\n" + host + b"\r\n",
                     b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 40000 + b"\r\n\r\n",
                     b"GET / HTTP/1.1\r\n" + host + b"".join(b"A%d: b\r\n" % i for i in range(5000)) + b"\r\n",
                     b"POST /v1/verify/ HTTP/1.1\r\n" + host + b"Content-Length: -5\r\n\r\n",
                     b"POST /v1/verify/ HTTP/1.1\r\n" + host + b"Content-Length: 99999999999999999999999\r\n\r\n",
                     b"POST /v1/verify/ HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"):
            got, closed = self.raw(data, 12)
            status = got.split(b" ")[1] if got else b""
            self.assertIn(status, (b"", b"400", b"404", b"413", b"414", b"431", b"505"), data[:60])
            self.assertTrue(closed or status, data[:60])
        self.assertEqual(self.server.get("/v1/nothing").status, 404)

    def test_slow_requests_are_cut_off(self):
        """Three lines at once: silent in the handshake, silent after it, and one that drips."""
        begun = time.monotonic()
        silent = socket.create_connection(("127.0.0.1", self.server.port), timeout=40)
        half = self.server.connect()
        half.sendall(b"POST /v1/verify/?token=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        drip = self.server.connect()
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
        self.assertIsNotNone(ended, "the dripping client was not cut off")
        self.assertLess(ended, 20)
        for line in (silent, half):
            line.settimeout(10)
            try:
                while line.recv(4096):
                    pass
            except (ConnectionError, ssl.SSLError):
                pass  # closed all the same; a time-out would fail the test
            line.close()
        drip.close()

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


class Program(unittest.TestCase):
    def test_it_ends_cleanly_when_asked(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = Server()
            try:
                line = server.connect()  # somebody is still there
                self.assertEqual(server.stop(number), 0)
                line.close()
            finally:
                server.close()

    def test_applications_and_users_are_listed(self):
        server = Server()
        try:
            app = server.app
            self.assertEqual(set(app), {"app_id", "app_key", "auth_id", "name"})
            for name in ("app_id", "app_key", "auth_id"):
                self.assertRegex(app[name], r"\A[A-Za-z0-9]{32}\Z")
            listed = server.command("app", "list")
            self.assertEqual({a["app_id"] for a in listed},
                             {app["app_id"], server.other_app["app_id"]})
            self.assertNotIn(app["app_key"], json.dumps(listed))
            server.qrcode("bob")
            server.bind("alice")
            users = server.command("user", "list", app["app_id"])
            self.assertEqual({u["uid"]: u["bound"] for u in users}, {"alice": True, "bob": False})
            self.assertEqual(server.command("user", "list", server.other_app["app_id"]), [])
        finally:
            server.close()

    def test_wrong_use_has_a_sentence_and_a_status(self):
        with tempfile.TemporaryDirectory() as folder:
            for words, status in ((("serve",), 2), (("app",), 2), (("app", "destroy", "x"), 2), ((), 2),
                                  (("app", "create", ""), 1), (("app", "create", "a\nb"), 1),
                                  (("user", "list", "x"), 1), (("site", "user", "bob"), 1),
                                  (("serve", "--cert", "/none", "--key", "/none"), 1)):
                done = subprocess.run([PROGRAM, "--data", folder, *words], capture_output=True, input=b"")
                self.assertEqual(done.returncode, status, words)
                self.assertTrue(done.stderr.startswith(b"hufu-authserver: "), words)
            self.assertEqual(subprocess.run([PROGRAM, "app", "list"], capture_output=True).returncode, 2)

    def test_the_state_is_for_its_owner_only(self):
        server = Server()
        try:
            self.assertEqual(os.stat(server.data).st_mode & 0o077, 0)
            for name in os.listdir(server.data):
                self.assertEqual(os.stat(os.path.join(server.data, name)).st_mode & 0o077, 0, name)
        finally:
            server.close()


# ------------------------------------------------------------------ the sample site
class Browser:
    """Just enough of one: a cookie."""

    def __init__(self, server):
        self.server, self.cookie = server, None

    def send(self, method, path, form=None, **headers):
        if self.cookie:
            headers["Cookie"] = self.cookie
        body = None
        if form is not None:
            body = urlencode(form)
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        answer = self.server.request(method, path, body, headers)
        if cookie := answer.headers["Set-Cookie"]:
            self.cookie = cookie.split(";")[0]
        return answer

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, **form):
        return self.send("POST", path, form)

    @staticmethod
    def state(answer):
        return re.search(rb'<main data-state="([a-z-]+)"', answer.body)[1].decode()


class Site(Case):
    site, numbers = True, True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.command("site", "user", "alice", text="correct horse\n")
        cls.server.command("site", "user", "bob <i>", text="battery\n")
        cls.token = cls.bind_on_site("alice", "correct horse")

    @classmethod
    def bind_on_site(cls, user, password):
        browser = Browser(cls.server)
        page = browser.post("/bind", user=user, password=password)
        assert browser.state(page) == "code", page.body
        assert browser.get("/bind/qr.png").is_png()
        uid = cls.server.command("user", "list", cls.server.app["app_id"])[-1]["uid"]
        secret = cls.server.pending_secret(uid)
        page = browser.post("/bind/confirm", code="000 000")
        assert browser.state(page) == "code" and b"not right" in page.body, page.body
        code = totp(secret, cls.server.now())
        page = browser.post("/bind/confirm", code=code[:3] + " " + code[3:])
        assert browser.state(page) == "bound", page.body
        return Token(cls.server, uid, secret)

    def setUp(self):
        self.server.advance(400)  # codes anew, brakes released

    def open_login(self, browser):
        page = browser.get("/")
        self.assertEqual(browser.state(page), "waiting")
        picture = re.search(rb'id="qr" src="([^"]+)"', page.body)[1].decode()
        login = re.search(rb'data-login="(\d+)"', page.body)[1].decode()
        self.assertTrue(self.server.request("GET", picture.removeprefix(self.server.base)).is_png())
        uuid = parse_qs(urlsplit(picture).query)["uuid"][0]
        import sqlite3
        with sqlite3.connect(os.path.join(self.server.data, "authserver.sqlite")) as database:
            event_id, token = (value.decode() for value in database.execute(
                "SELECT event_id, token FROM events WHERE picture = ?", (uuid.encode(),)).fetchone())
        self.assertNotIn(event_id.encode(), page.body)
        return Event(event_id, token, None), "/login/state?login=" + login

    def test_the_page_says_who_is_signed_in(self):
        browser = Browser(self.server)
        event, state = self.open_login(browser)
        self.assertEqual(browser.get(state).json()["state"], "waiting")
        scanned = self.token.scan(event)
        report = browser.get(state).json()
        self.assertEqual(report["state"], "scanned")
        before = browser.cookie
        self.assertStatus(self.token.confirm(event, scanned, report["number"]), 200)
        report = browser.get(state).json()
        self.assertEqual((report["state"], report["text"]), ("signed-in", "Signed in as alice"))
        self.assertNotEqual(browser.cookie, before)
        self.assertIn(b"Signed in as alice", browser.get("/").body)
        self.assertEqual(browser.send("POST", "/signout", {}).status, 303)
        self.assertEqual(browser.state(browser.get("/")), "waiting")

    def test_the_page_says_that_the_login_was_denied(self):
        browser = Browser(self.server)
        event, state = self.open_login(browser)
        self.token.deny(event, self.token.scan(event))
        report = browser.get(state).json()
        self.assertEqual((report["state"], report["text"]),
                         ("denied", "You denied this login on your PC."))

    def test_the_page_says_that_the_code_has_expired(self):
        browser = Browser(self.server)
        _, state = self.open_login(browser)
        self.server.advance(301)
        self.assertEqual(browser.get(state).json()["state"], "expired")

    def test_another_browser_learns_nothing_of_a_login(self):
        browser, thief = Browser(self.server), Browser(self.server)
        event, state = self.open_login(browser)
        scanned = self.token.scan(event)
        self.assertEqual(thief.get(state).json()["state"], "failed")
        self.token.confirm(event, scanned, browser.get(state).json()["number"])
        self.assertEqual(thief.get(state).json()["state"], "failed")
        self.assertEqual(browser.get(state).json()["state"], "signed-in")

    def test_password_and_code_sign_in(self):
        browser = Browser(self.server)
        self.assertEqual(browser.state(browser.get("/password")), "form")
        code = totp(self.token.secret, self.server.now())
        page = browser.post("/password", user="alice", password="correct horse", code=code)
        self.assertEqual(browser.state(page), "signed-in")
        self.assertIn(b"Signed in as alice", page.body)

    def test_wrong_password_and_wrong_code_read_the_same(self):
        code = totp(self.token.secret, self.server.now())
        pages = [Browser(self.server).post("/password", user="alice", password=password, code=given)
                 for password, given in (("wrong", code), ("correct horse", "000000"))]
        pages.append(Browser(self.server).post("/password", user="alice", password="correct horse", code="x"))
        self.assertEqual(len({page.body for page in pages}), 1)
        self.assertIn(b"is wrong", pages[0].body)
        stranger = Browser(self.server).post("/password", user="nobody", password="x", code="1")
        self.assertIn(b"is wrong", stranger.body)

    def test_passwords_cannot_be_guessed_for_long(self):
        for _ in range(10):
            Browser(self.server).post("/password", user="alice", password="wrong", code="000000")
        code = totp(self.token.secret, self.server.now())
        page = Browser(self.server).post("/password", user="alice", password="correct horse", code=code)
        self.assertIn(b"Too many tries", page.body)

    def test_a_second_token_needs_the_first(self):
        token = self.bind_on_site("bob <i>", "battery")
        self.server.advance(60)
        browser = Browser(self.server)
        page = browser.post("/bind", user="bob <i>", password="battery")
        self.assertEqual(browser.state(page), "replace")
        page = browser.post("/bind/replace", code="000000")
        self.assertEqual(browser.state(page), "replace")
        page = browser.post("/bind/replace", code=totp(token.secret, self.server.now()))
        self.assertEqual(browser.state(page), "code")
        self.server.advance(60)
        page = browser.post("/bind/confirm", code=totp(token.secret, self.server.now()))
        self.assertEqual(browser.state(page), "code")
        self.assertIn(b"old token", page.body)
        fresh = self.server.pending_secret(token.uid)
        page = browser.post("/bind/confirm", code=totp(fresh, self.server.now()))
        self.assertEqual(browser.state(page), "bound")
        self.assertIn(b"bob &lt;i&gt;", page.body)
        self.assertNotIn(b"<i>", page.body)

    def test_binding_needs_the_password_and_stays_in_its_browser(self):
        browser = Browser(self.server)
        page = browser.post("/bind", user='"><script>x</script>', password="x")
        self.assertEqual(browser.state(page), "form")
        self.assertIn(b"wrong", page.body)
        self.assertNotIn(b"<script>x", page.body)
        self.assertEqual(browser.get("/bind/qr.png").status, 404)
        self.assertEqual(browser.state(browser.post("/bind/confirm", code="123456")), "form")

    def test_pages_are_locked_down(self):
        for path in ("/", "/bind", "/password"):
            answer = self.server.get(path)
            self.assertEqual(answer.status, 200)
            policy = answer.headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            for mark in ("HttpOnly", "Secure", "SameSite=Strict", "__Host-"):
                self.assertIn(mark, answer.headers["Set-Cookie"])
            self.assertNotIn(b"http:", answer.body)
            self.assertNotRegex(answer.body, rb"<[^>]+ on[a-z]+=|<style|<script>")
        for path in ("/style.css", "/login.js", "/favicon.svg"):
            self.assertEqual(self.server.get(path).status, 200)

    def test_forms_of_other_sites_are_refused(self):
        browser = Browser(self.server)
        form = {"user": "alice", "password": "correct horse"}
        self.assertEqual(browser.send("POST", "/bind", form, Origin="https://evil.example").status, 403)
        self.assertEqual(browser.send("POST", "/bind", form, Origin=self.server.base).status, 200)
        self.assertEqual(browser.send("POST", "/bind", form, **{"Content-Type": "text/plain"}).status, 415)
        self.assertEqual(browser.get("/bind/confirm").status, 405)
        self.assertEqual(browser.get("/admin").status, 404)
        self.assertEqual(browser.send("POST", "/bind", {"user": "x" * 5000}).status, 413)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
