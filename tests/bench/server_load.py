"""The reference server under load, one process on this machine, over TLS with kept connections: full logins a second
with 1,000 and with 1,000,000 stored users, and how many idle polls it holds.

    server_load.py BINARIES EVIDENCE"""

import http.client
import json
import multiprocessing
import os
import pathlib
import select
import sqlite3
import ssl
import statistics
import sys
import time

import bench

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "authserver" / "black_box"))

SECONDS = 8
CLIENTS = 4
ROUNDS = 3  # of each number of users, in turn, because the machine is never quite quiet
POLLS = 2000
USERS = (1_000, 1_000_000)


def main(binaries, _):
    os.environ["HUFU_AUTHSERVER"] = str(binaries / "hufu-authserver")
    from server import Server

    servers = [Server("--connections", "8192", "--connections-per-address", "8192") for _ in USERS]
    try:
        for server, users in zip(servers, USERS):
            store_users(server, users)
        costs = {users: [] for users in USERS}
        rates = {users: [] for users in USERS}
        for _ in range(ROUNDS):
            for server, users in zip(servers, USERS):
                rate, cost = logins(server, users)
                rates[users].append(rate)
                costs[users].append(cost)
        for users in USERS:
            bench.figure(f"logins/s, {users:,} users", statistics.median(rates[users]), "1/s")
            bench.figure(f"server CPU, {users:,} users", statistics.median(costs[users]) * 1000, "ms a login")
        few, many = (statistics.median(costs[users]) for users in USERS)
        bench.figure("CPU, many users to few", many / few, "x (at most 1.5)")
        idle_polls(servers[0])
    finally:
        for server in servers:
            server.close()


def uid(number):
    return f"user {number}"


def secret(number):
    return b"measured user %7d" % number


def store_users(server, count):
    app = server.app["app_id"].encode()
    with sqlite3.connect(os.path.join(server.data, "authserver.sqlite")) as database:
        database.executemany("INSERT INTO users (app_id, uid, secret, created) VALUES (?, ?, ?, 0)",
                             ((app, uid(number).encode(), secret(number)) for number in range(count)))


class Line:
    """A kept connection, in the place of the server's own requests."""

    def __init__(self, server):
        self.line = http.client.HTTPSConnection("localhost", server.port, context=server.tls, timeout=60)
        server.request = self.request

    def request(self, method, target, body=None, headers=()):
        from server import Answer
        self.line.request(method, target, body=body, headers=dict(headers))
        answer = self.line.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def client(server, users, number, done):
    """Logs different people in, one after the other, until the time is over."""
    from token_device import Token
    Line(server)
    count, end = 0, time.monotonic() + SECONDS
    step = users // CLIENTS
    while time.monotonic() < end:
        person = number * step + count * 7919 % step
        token = Token(server, uid(person), secret(person))
        event = server.new_event()
        scanned = token.scan(event)
        confirmed = token.confirm(event, scanned)
        result = server.result(event)
        if confirmed.json()["status"] != 200 or result.get("uid") != token.uid:
            raise RuntimeError(f"not a login: {confirmed.body} {result}")
        count += 1
    done.put(count)


def processor_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def logins(server, users):
    """Logins a second, and seconds of the server's processor for one."""
    fork = multiprocessing.get_context("fork")
    done = fork.SimpleQueue()
    clients = [fork.Process(target=client, args=(server, users, number, done)) for number in range(CLIENTS)]
    before, begun = processor_seconds(server.process), time.monotonic()
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    if any(each.exitcode for each in clients):
        raise RuntimeError("A client failed.")
    count = sum(done.get() for _ in clients)
    return count / (time.monotonic() - begun), (processor_seconds(server.process) - before) / count


def resident(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def idle_polls(server):
    from token_device import Token
    before, lines = resident(server.process), []
    end = time.monotonic() + 25
    for number in range(POLLS):
        token = Token(server, uid(number % USERS[0]), secret(number % USERS[0]))
        body = json.dumps(token.poll_fields(25)).encode()
        line = server.connect()
        line.sendall(b"POST /v1/pending HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                     b"Content-Length: %d\r\n\r\n" % len(body) + body)
        lines.append(line)
        if time.monotonic() > end:
            break  # the first ones are about to end: more at once than this cannot be opened from here
    time.sleep(0.5)
    opened = len(lines)
    bench.figure("idle polls held", opened - answered(lines), f"of {POLLS}")
    bench.figure("memory of a poll", (resident(server.process) - before) * 1024 / opened, "KiB")
    busy = processor_seconds(server.process)
    time.sleep(1)
    bench.figure("processor while idle", (processor_seconds(server.process) - busy) * 100, "%")
    if server.push(uid((opened - 1) % USERS[0]))["status"] != 200:
        raise RuntimeError("The push was refused.")
    begun = time.monotonic()
    while not answered(lines[-1:]) and time.monotonic() < begun + 10:
        time.sleep(0.001)
    bench.figure("from push to poll's answer", (time.monotonic() - begun) * 1000, "ms")
    for line in lines:
        line.close()


def answered(lines):
    """Which of the lines have an answer; those are not looked at again."""
    poll, by_number = select.poll(), {line.fileno(): line for line in lines}
    for line in lines:
        line.setblocking(False)
        poll.register(line, select.POLLIN)
    found = []
    for number, _ in poll.poll(0):
        try:
            by_number[number].recv(65536)
            found.append(by_number[number])
        except ssl.SSLWantReadError:
            pass  # TLS's own words
    lines[:] = [line for line in lines if line not in found]
    return len(found)


bench.run(main, __doc__)
