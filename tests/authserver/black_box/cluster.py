"""Three server processes on one PostgreSQL, behind nginx."""
import contextlib

from postgres import Postgres
from proxy import Nginx, free_port
from server import Server


class Cluster:
    """`server` is the whole as others see it, by its proxy; `ports` are the processes themselves."""

    def __init__(self, processes=3):
        self.cleanup = contextlib.ExitStack()
        with contextlib.ExitStack() as unless_done:
            unless_done.callback(self.close)
            self.database = Postgres()
            self.cleanup.callback(self.database.close)
            self.ports = [free_port() for _ in range(processes)]
            self.port = free_port()
            self.server = Server(*self.options(0), database=self.database)
            self.cleanup.callback(self.server.close)
            self.others = []
            self.cleanup.callback(self.end_others)
            for number in range(1, processes):
                self.others.append(self.spawn(number))
            self.nginx = Nginx(self.server, self.port, self.ports)
            self.cleanup.callback(self.nginx.close)
            unless_done.pop_all()

    def close(self):
        """Also of one that was not made completely."""
        self.cleanup.close()

    def end_others(self):
        for process in self.others:
            process.terminate()
            assert process.wait(timeout=20) == 0
            process.stdout.close()

    def options(self, number):
        return ("--proxy", "127.0.0.1", "--port", str(self.ports[number]),
                "--public-url", f"https://localhost:{self.port}")

    def spawn(self, number):
        process = self.server.spawn(*self.options(number))
        assert process.stdout.readline().startswith("listening ")
        return process

    def kill(self, number):
        """The way a machine goes down: without a word."""
        process = self.process(number)
        process.kill()
        process.wait()
        process.stdout.close()

    def revive(self, number):
        if number == 0:
            self.server.process = self.spawn(0)
        else:
            self.others[number - 1] = self.spawn(number)

    def process(self, number):
        return self.server.process if number == 0 else self.others[number - 1]

    def at(self, number):
        """Requests to one process go round the proxy with this."""
        return Through(self.server, self.ports[number])


class Through:
    """The server, with requests to this port."""

    def __init__(self, server, port):
        self.server, self.port = server, port

    def __enter__(self):
        self.before, self.server.port = self.server.port, self.port
        return self.server

    def __exit__(self, *_):
        self.server.port = self.before
