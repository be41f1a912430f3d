"""The program under test, running in a folder of its own."""
import hmac, http.client, json, os, re, signal, socket, sqlite3, ssl, subprocess, tempfile, time
from urllib.parse import parse_qs, urlencode, urlsplit

from documents import totp, md5
from token_device import Token

PROGRAM = os.environ["HUFU_AUTHSERVER"]


class Server:
    """One running server in a folder of its own."""

    def __init__(self, *options, site=False, numbers=False, create=(), database=None):
        self.database = database
        self.folder = tempfile.TemporaryDirectory(prefix="hufu-authserver-test-")
        self.path = self.folder.name
        self.offset = 0
        self.offset_file = os.path.join(self.path, "offset")
        self.make_certificates()
        self.app = self.command("app", "create", "Example & Söhne <b>")
        if numbers:
            self.app = self.command("app", "create", "Example", "--number")
        if create:
            self.app = self.command("app", "create", "Example", *create)
        self.other_app = self.command("app", "create", "Other")
        extra = ("--site", self.app["app_id"]) if site else ()
        self.log = open(os.path.join(self.path, "log"), "wb")
        self.start(*extra, *options)

    def start(self, *options):
        self.options = options
        self.process = self.spawn(*options)
        self.line = self.process.stdout.readline().strip()
        assert re.fullmatch(r"listening https://localhost:\d+", self.line), self.line
        self.base = self.line.removeprefix("listening ")
        self.port = urlsplit(self.base).port
        self.api = self.base + "/v1"

    def spawn(self, *options):
        """One more process on the same state; it says on its standard output when it listens."""
        return subprocess.Popen(
            [PROGRAM, *self.place, "serve", "--cert", self.file("server.pem"),
             "--key", self.file("server.key"), "--clock-offset-file", self.offset_file, *options],
            stdout=subprocess.PIPE, stderr=self.log, text=True)

    @property
    def place(self):
        return ("--database", self.database.url) if self.database else ("--data", self.data)

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        status = self.process.wait(timeout=20)
        self.process.stdout.close()
        return status

    def close(self):
        status = self.process.returncode if self.process.poll() is not None else self.stop()
        self.log.close()
        self.folder.cleanup()
        assert status == 0, f"the server ended with {status}"  # a sanitizer's report is a status, too

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
        done = subprocess.run([PROGRAM, *self.place, *words], capture_output=True,
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
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.tls, timeout=40)
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
    def new_event(self, app=None, **more):
        app = app or self.app
        answer = self.get("/v1/qrcode_for_auth", app_id=app["app_id"], auth_type=2,
                          signature=md5(app["app_id"], "2", app["app_key"]), **more).json()
        assert answer["status"] == 200, answer
        token = parse_qs(urlsplit(answer["qrcode_data"]).query)["token"][0]
        return Event(answer["event_id"], token, answer)

    def push(self, uid, app=None, **more):
        app = app or self.app
        return self.get("/v1/push_for_auth", app_id=app["app_id"], uid=uid, auth_type=3,
                        signature=md5(app["app_id"], "3", uid, app["app_key"]), **more).json()

    def signed_context(self, context, uid="-"):
        """The parameters that say what the site knows of the browser."""
        text = json.dumps(context, ensure_ascii=False)
        signed = "\n".join(("context", self.app["app_id"], uid, text)).encode()
        return {"context": text, "context_mac": hmac.new(self.app["app_key"].encode(), signed, "sha256").hexdigest()}

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
        if self.database:
            return bytes.fromhex(self.database.query(
                f"SELECT encode(pending_secret, 'hex') FROM users WHERE encode(uid, 'hex') = '{uid.encode().hex()}'"))
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
