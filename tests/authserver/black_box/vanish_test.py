"""Long polls whose clients go away."""
import json, os, socket, struct, time

from case import Case
from documents import sha256
from server import PROGRAM


def sanitized():
    """Whether the program keeps freed memory for a while, to watch it."""
    with open(PROGRAM, "rb") as program:
        return b"__asan_init" in program.read()


class Vanishing(Case):
    """A thousand polls whose clients go away in any order, mixed with answers."""
    options = ("--connections", "4000", "--connections-per-address", "4000")
    clients, rounds = 250, 4

    def resident(self):
        with open(f"/proc/{self.server.process.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))

    def open_descriptors(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

    def until(self, what, seconds=20):
        end = time.monotonic() + seconds
        while not what() and time.monotonic() < end:
            time.sleep(0.05)
        return what()

    def test_a_thousand_polls_whose_clients_vanish(self):
        tokens = [self.server.bind(self.fresh_uid()) for _ in range(50)]
        idle = self.open_descriptors()
        sizes, answered = [], 0
        for round_number in range(self.rounds):
            lines = []
            for number in range(self.clients):
                token = tokens[number % len(tokens)]
                token.device_id = os.urandom(16).hex()
                body = json.dumps(token.poll_fields(25)).encode()
                line = self.server.connect()
                line.sendall(b"POST /v1/pending HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                             b"Content-Length: %d\r\n\r\n" % len(body) + body)
                lines.append(line)
            order = sorted(range(len(lines)), key=lambda i: sha256(b"%d %d" % (round_number, i)))
            for place, i in enumerate(order):
                if place % 50 == 25:  # in the middle of it, somebody is asked
                    answered += self.server.push(tokens[place // 10].uid)["status"] == 200
                if i % 3 == 0:
                    lines[i].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                lines[i].close()  # every third with a reset
            self.assertTrue(self.until(lambda: self.open_descriptors() <= idle + 2), self.open_descriptors())
            sizes.append(self.resident())
            self.server.advance(301)
        self.assertGreaterEqual(answered, 5)
        self.assertIsNone(self.server.process.poll())
        if not sanitized():
            self.assertLess(sizes[-1] - sizes[0], 8 * 1024, sizes)  # KiB; one poll costs more than 40
        self.assertEqual(self.server.get("/v1/nothing").status, 404)
