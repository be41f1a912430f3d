"""nginx, with the configuration that is in the tree, on a port of its own and in a folder of its own."""
import os, re, socket, subprocess, time

CONFIGURATION = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "deploy", "nginx.conf")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """`server` has the certificates and the folder; `ports` are those of the processes behind."""

    def __init__(self, server, port, ports):
        self.folder = os.path.join(server.path, "nginx")
        os.mkdir(self.folder)
        self.port = port
        with open(CONFIGURATION) as file:
            text = file.read()
        for pattern, value in {
                r"(server 127\.0\.0\.1:\d+ max_fails=2 fail_timeout=2s;.*\n\s*)+":
                    "".join(f"server 127.0.0.1:{each} max_fails=2 fail_timeout=2s;\n" for each in ports),
                r"listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
                r"server_name auth\.example\.com": "server_name localhost",
                r"/etc/hufu/proxy\.pem": server.file("server.pem"),
                r"/etc/hufu/proxy\.key": server.file("server.key"),
                r"/etc/hufu/servers-ca\.pem": server.file("ca.pem"),
                r"192\.0\.2\.10 ": "127.0.0.1 ",
                r"/run/nginx\.pid": os.path.join(self.folder, "pid"),
                r"/var/log/nginx/": self.folder + "/"}.items():
            text, count = re.subn(pattern, value, text)
            assert count == 1 or "log" in pattern, (pattern, count)
        # Where an ordinary user may write; the last line of what Debian's default is otherwise.
        temporary = "".join(f"{name}_temp_path {self.folder}/{name};\n" for name in
                            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        text = text.replace("http {\n", "http {\n" + temporary, 1)
        self.configuration = os.path.join(self.folder, "nginx.conf")
        with open(self.configuration, "w") as file:
            file.write(text)
        options = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
        self.log = open(os.path.join(self.folder, "stderr"), "wb")
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-p", self.folder, "-c", self.configuration,
                                         "-e", os.path.join(self.folder, "early.log"), "-g", options],
                                        stdout=self.log, stderr=self.log)
        end = time.monotonic() + 15
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                assert self.process.poll() is None and time.monotonic() < end, self.words()
                time.sleep(0.05)

    def words(self):
        with open(os.path.join(self.folder, "stderr")) as log:
            return log.read()

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()
