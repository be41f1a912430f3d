"""A server over TLS that answers as a test wants, and counts what it hears."""
import socket
import ssl
import subprocess
import threading
import time

PATIENCE = 30  # seconds until the slow answers end by themselves


class Decoy:
    """Its certificate is for `name`, signed by the test's authority, or by itself if not `trusted`."""

    def __init__(self, server, name="localhost", trusted=True):
        key, certificate = server.file("decoy.key"), server.file("decoy.pem")
        signer = ["-CA", server.file("ca.pem"), "-CAkey", server.file("ca.key")] if trusted else []
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + name,
                        "-keyout", key, "-out", certificate, *signer], check=True, capture_output=True)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate, key)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.base = "https://localhost:%d" % self.listener.getsockname()[1]
        self.api = self.base + "/v1"
        self.connections, self.requests = 0, []
        self.next = self.answer(b"{}")
        self.done = threading.Event()

    def __enter__(self):
        self.threads = [threading.Thread(target=self.accept)]
        self.threads[0].start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self.listener.close()
        for thread in self.threads:
            thread.join(20)

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            self.threads.append(threading.Thread(target=self.serve, args=(connection,)))
            self.threads[-1].start()

    def serve(self, connection):
        connection.settimeout(PATIENCE)
        try:
            with self.tls.wrap_socket(connection, server_side=True) as stream:
                head = b""
                while b"\r\n\r\n" not in head and (chunk := stream.recv(4096)):
                    head += chunk
                if head:
                    self.requests.append(head.decode().splitlines()[0])
                    self.next(stream)
        except OSError:
            connection.close()  # the client refused us

    def silence(self, _):
        self.done.wait(PATIENCE)

    def drops(self, stream):
        """An answer that comes byte by byte, so that each wait for the next is short."""
        stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not self.done.wait(0.2):
            stream.sendall(b" ")

    @staticmethod
    def answer(body, status="200 OK", length=None, header=""):
        head = "HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n" % (
            status, header, len(body) if length is None else length)
        return lambda stream: stream.sendall(head.encode() + body)

    def redirect(self, target):
        return self.answer(b'{"codetype":200}', "302 Found", header="Location: %s\r\n" % target)


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
