"""What may stand between Hufu and its server: a proxy that knows CONNECT, and one that opens TLS with a
certificate that Hufu trusts and does with the answers what a test wants."""

import base64
import http.client
import http.server
import json
import select
import socket
import socketserver
import ssl
import threading


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Interceptor:
    """Hands requests to the server behind it, and its answers to `deliver`: a function of the action
    ("" for a GET), the token, the header fields as a list, and the body that returns what to send
    (fields, body), or None to end the connection without an answer, or a number of bytes to send
    before it is cut off."""

    def __init__(self, port, certificate, key, authority):
        self.target = None  # the port of the server, once it runs
        self.deliver = lambda action, token, fields, body: (fields, body)
        self.sent = []  # (action, token, body of the request)
        interceptor, trust = self, ssl.create_default_context(cafile=authority)

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                interceptor.pass_on(self, trust, None)

            def do_POST(self):
                interceptor.pass_on(self, trust, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def pass_on(self, handler, trust, body):
        connection = http.client.HTTPSConnection("localhost", self.target, context=trust, timeout=20)
        connection.request(handler.command, handler.path, body, dict(handler.headers))
        answer = connection.getresponse()
        fields, text = answer.getheaders(), answer.read()
        connection.close()
        action = json.loads(body)["action"] if body else ""
        token = handler.path.partition("token=")[2]
        self.sent.append((action, token, body))
        what = self.deliver(action, token, fields, text)
        handler.close_connection = True
        if what is None:
            return
        cut = None
        if isinstance(what, int):
            cut, what = what, (fields, text)
        lines = "".join("%s: %s\r\n" % field for field in what[0])
        whole = ("HTTP/1.1 %d Answer\r\n%s\r\n" % (answer.status, lines)).encode() + what[1]
        handler.wfile.write(whole[:cut])


class ConnectProxy:
    """An HTTP proxy that only knows CONNECT; `login` is the `user:password` it wants, None for none."""

    def __init__(self, login=None):
        self.login, self.targets, self.refused = login, [], 0
        proxy = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                lines = []
                while (line := self.rfile.readline().strip()):
                    lines.append(line.decode())
                if lines:
                    proxy.serve(self, lines)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads, allow_reuse_address = True, True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def serve(self, handler, lines):
        method, target, _ = lines[0].split(" ")
        assert method == "CONNECT", lines[0]
        if self.login is not None:
            right = "Basic " + base64.b64encode(self.login.encode()).decode()
            if "Proxy-Authorization: " + right not in lines:
                self.refused += 1
                handler.wfile.write(b"HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                                    b"Content-Length: 0\r\n\r\n")
                return
        self.targets.append(target)
        with socket.create_connection(("127.0.0.1", int(target.rpartition(":")[2]))) as server:
            handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            pair = [handler.connection, server]
            while True:
                for one in select.select(pair, [], [], 30)[0]:
                    data = one.recv(65536)
                    if not data:
                        return
                    pair[1 - pair.index(one)].sendall(data)
