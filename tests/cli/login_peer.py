"""A small server for hufu-cli's logins: protocol.md B2 and B3, written from the page and sharing no
code with the program. It runs in a thread, on loopback, with a certificate of its own authority."""

import hashlib
import hmac
import http.server
import json
import os
import ssl
import subprocess
import threading

APP = "northgate"


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def make_certificates(folder):
    """Returns the files (authority, certificate, key) of a server called localhost."""
    def path(name):
        return os.path.join(folder, name)
    with open(path("leaf.ext"), "w") as extensions:
        extensions.write("subjectAltName=DNS:localhost\n")
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *new_key, "-keyout", path("ca.key"), "-out", path("ca.pem"), "-days", "2",
            "-subj", "/CN=Peer authority")
    openssl("req", "-new", *new_key, "-keyout", path("leaf.key"), "-out", path("leaf.csr"),
            "-subj", "/CN=localhost")
    openssl("x509", "-req", "-in", path("leaf.csr"), "-out", path("leaf.pem"), "-days", "2",
            "-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial",
            "-extfile", path("leaf.ext"))
    return path("ca.pem"), path("leaf.pem"), path("leaf.key")


class LoginPeer:
    """Knows one user. `number` is what its page shows, None if it shows none; `scan_status` other
    than 201 refuses the scan with that status."""

    def __init__(self, folder, secret, uid):
        self.authority, certificate, key = make_certificates(folder)
        self.secret, self.uid = secret, uid
        self.number, self.scan_status = None, 201
        self.context = {"app_name": "Northgate", "browser": "Firefox 128", "ip_match": "same"}
        self.actions, self.problems = [], []
        self.connections = 0
        peer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def setup(self):
                peer.connections += 1
                super().setup()

            def do_GET(self):
                peer.reply(self, {"status": 200, "state": "new", "app_id": APP, "expires_in": 200}, None)

            def do_POST(self):
                size = int(self.headers["Content-Length"])
                peer.post(self, json.loads(self.rfile.read(size)))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.api = "https://localhost:%d/v1" % self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def key(self, label):
        prk = hmac.digest(b"PCT1", self.secret, "sha256")
        info = "\n".join(["PCT1-KEY", label, self.api, APP, self.uid]).encode()
        return hmac.digest(prk, info + b"\x01", "sha256")

    def post(self, handler, request):
        token = handler.path.partition("token=")[2]
        lines = ["PCT1-REQ", request["action"], self.api, request["app_id"], request["uid"],
                 request["device_id"], token, str(request["ts"]), request["nonce"], request["via"],
                 request["answer"], request["ctx"]]
        mac = hmac.new(self.key("req"), "\n".join(lines).encode(), "sha256").hexdigest()
        if mac != request["mac"]:
            self.problems.append("wrong signature of " + request["action"])
            return self.reply(handler, {"status": 403, "state": "refused"}, request["nonce"])
        self.actions.append((request["action"], request["via"], request["answer"]))
        self.reply(handler, self.answer_to(request), request["nonce"])

    def answer_to(self, request):
        if request["action"] == "scan":
            answer = {"status": self.scan_status, "state": "scanned", "expires_in": 199,
                      "context": self.context}
            if self.number is not None:
                answer["number"] = {"mode": "enter", "digits": len(self.number)}
            self.scanned = hashlib.sha256(self.body(answer)).hexdigest()
            return answer
        if request["ctx"] != self.scanned:
            self.problems.append("another context")
        if request["action"] == "deny":
            return {"status": 200, "state": "denied"}
        if self.number is not None and request["answer"] != self.number:
            return {"status": 600, "state": "denied"}
        return {"status": 200, "state": "confirmed"}

    @staticmethod
    def body(answer):
        return json.dumps(answer, ensure_ascii=False).encode()

    def reply(self, handler, answer, nonce):
        body = self.body(answer)
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        if nonce is not None:
            text = "\n".join(["PCT1-RES", nonce, hashlib.sha256(body).hexdigest()]).encode()
            handler.send_header("X-PCT-MAC", hmac.new(self.key("res"), text, "sha256").hexdigest())
        handler.end_headers()
        handler.wfile.write(body)
