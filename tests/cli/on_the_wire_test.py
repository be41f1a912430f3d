#!/usr/bin/env python3
"""hufu-cli and the reference server with something between them: answers that get lost or changed on the
way, and proxies.

    tests/support/with_keyring tests/cli/on_the_wire_test.py HUFU_CLI HUFU_AUTHSERVER"""

import concurrent.futures
import json
import os
import subprocess
import sys
import threading
import unittest

os.environ["HUFU_AUTHSERVER"] = os.path.abspath(sys.argv.pop(2))
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0:0] = [HERE, os.path.join(HERE, "..", "authserver", "black_box")]
from between import ConnectProxy, Interceptor, free_port  # noqa: E402: the path to it comes first
from server import Server  # noqa: E402

PROGRAM = None
PROFILE = "on-the-wire"
LOGINS = int(os.environ.get("HUFU_TEST_ROUNDS", "8"))
AT_ONCE = 4  # programs


class OnTheWireTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        port, direct = free_port(), free_port()
        cls.server = Server("--public-url", "https://localhost:%d" % port, "--port", str(direct))
        cls.server.port = direct  # the site's side is not what is listened to
        file = cls.server.file
        cls.between = Interceptor(port, file("server.pem"), file("server.key"), file("ca.pem"))
        cls.between.target = direct
        cls.policy = file("policy.json")
        with open(cls.policy, "w") as policy, open(file("ca.pem")) as authority:
            json.dump({"version": 1, "servers": {"allow_loopback": True, "extra_ca": [authority.read()]}}, policy)
        os.chmod(cls.policy, 0o600)
        picture = cls.picture("binding.png", cls.server.qrcode("alice"))
        status, document, error = cls.cli("--yes", "add", picture)
        assert status == 0, error
        code = cls.cli("code", document["added"][0]["id"])[1]["code"]
        assert cls.server.traditional("alice", code)["codetype"] == 200
        event, picture = cls.event("first.png")
        assert cls.cli("login", picture, "--approve")[0] == 0  # from here on nothing is written any more
        assert cls.server.result(event)["status"] == 200

    @classmethod
    def tearDownClass(cls):
        cls.cli("profile", "remove", PROFILE, "--yes")
        cls.between.close()
        cls.server.close()

    def setUp(self):
        self.between.sent.clear()
        self.between.deliver = lambda action, token, fields, body: (fields, body)
        self.use_proxy("none")

    @classmethod
    def cli(cls, *arguments, line=None):
        """Status, document and error of a call without a terminal; `line` goes to --password-fd."""
        read = None
        if line is not None:
            read, write = os.pipe()
            os.write(write, line.encode() + b"\n")
            os.close(write)
            arguments = ("--password-fd", str(read), *arguments)
        done = subprocess.run([PROGRAM, "--profile", PROFILE, "--policy", cls.policy, "--json", *arguments],
                              capture_output=True, text=True, timeout=100, start_new_session=True,
                              pass_fds=(read,) if read else ())
        if read:
            os.close(read)
        error = json.loads(done.stderr)["error"]["code"] if done.stderr.startswith("{") else done.stderr
        return done.returncode, json.loads(done.stdout) if done.stdout else None, error

    @classmethod
    def picture(cls, name, answer):
        assert answer.is_png(), answer.body
        with open(cls.server.file(name), "wb") as file:
            file.write(answer.body)
        return cls.server.file(name)

    @classmethod
    def event(cls, name):
        """A new event of the site and the picture of its code."""
        event = cls.server.new_event()
        path = event.answer["qrcode_url"].partition("/v1/")[2]
        return event, cls.picture(name, cls.server.request("GET", "/v1/" + path))

    def use_proxy(self, kind, port=0, user=""):
        folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "hufu", PROFILE)
        path = os.path.join(folder, "settings.ini")
        with open(path) as file:
            kept = file.read().partition("[servers]")[0]
        with open(path, "w") as file:
            file.write("%s[servers]\nproxy=%s\nproxyHost=localhost\nproxyPort=%d\nproxyUser=%s\n"
                       % (kept, kind, port, user))

    # The first answer to the confirmation gets lost, wholly or in the middle.
    def test_a_lost_answer_does_not_matter(self):
        lost, lock = {}, threading.Lock()

        def deliver(action, token, fields, body):
            with lock:
                if action == "confirm" and token not in lost:
                    lost[token] = body
                    return None if len(lost) % 2 else 40 + len(lost)
            return fields, body

        self.between.deliver = deliver
        events = [self.event("lost-%d.png" % i) for i in range(LOGINS)]
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            results = list(pool.map(lambda one: self.cli("login", one[1], "--approve"), events))
        for (event, _), (status, document, error) in zip(events, results):
            self.assertEqual((status, error), (0, ""))
            self.assertEqual((document["result"], document["status"]), ("approved", 200))
            self.assertEqual(self.server.result(event)["uid"], "alice")
            confirms = [body for action, token, body in self.between.sent
                        if (action, token) == ("confirm", event.token)]
            self.assertEqual((len(confirms), len(set(confirms))), (2, 1))  # the same bytes, once more
        self.assertEqual(len(lost), LOGINS)

    # A company's TLS proxy, say, that Hufu trusts: whatever byte it changes, nothing is approved.
    def test_a_changed_byte_approves_nothing(self):
        changes = [("body", place) for place in (0, 17, 60, 100, 140, -2)] + [
            ("x-pct-mac", 0), ("x-pct-mac", 63), ("x-pct-mac", None)]
        for where, place in changes:
            with self.subTest(where=where, place=place):
                self.between.sent.clear()

                def deliver(action, token, fields, body):
                    if action != "scan":
                        return fields, body
                    if where == "body":
                        place_here = place % len(body)
                        return fields, body[:place_here] + bytes([body[place_here] ^ 1]) + body[place_here + 1:]
                    changed = [(name, value) for name, value in fields if name.lower() != where]
                    mac = dict((name.lower(), value) for name, value in fields)[where]
                    if place is not None:
                        mac = mac[:place] + ("1" if mac[place] == "0" else "0") + mac[place + 1:]
                        changed.append(("X-PCT-MAC", mac))
                    return changed, body

                self.between.deliver = deliver
                event, picture = self.event("changed.png")
                status, document, error = self.cli("login", picture, "--approve")
                self.assertEqual((status, document), (1, None))
                self.assertIn(error, ("AnswerNotAuthentic", "AnswerMalformed"))
                self.assertEqual([action for action, _, _ in self.between.sent], ["", "scan"])
                self.assertEqual(self.server.result(event)["status"], 201)

    def test_a_login_through_a_proxy(self):
        proxy = ConnectProxy()
        self.addCleanup(proxy.close)
        self.use_proxy("manual", proxy.port)
        event, picture = self.event("proxy.png")
        status, document, error = self.cli("login", picture, "--approve")
        self.assertEqual((status, error), (0, ""))
        self.assertEqual(self.server.result(event)["status"], 200)
        self.assertEqual(proxy.targets, ["localhost:%d" % self.between.server.server_port] * 3)

    def test_a_proxy_that_wants_a_login(self):
        proxy = ConnectProxy("bob:sword:fish")
        self.addCleanup(proxy.close)
        self.use_proxy("manual", proxy.port, "bob")
        event, picture = self.event("proxy.png")
        self.assertEqual(self.cli("login", picture, "--approve")[2], "ProxyRefused")
        self.assertEqual(self.cli("login", picture, "--approve", line="swordfish")[2], "ProxyRefused")
        self.assertEqual((proxy.targets, self.between.sent), ([], []))
        self.assertEqual(self.cli("login", picture, "--approve", line="sword:fish")[0], 0)
        self.assertEqual(self.server.result(event)["status"], 200)

    def test_a_proxy_that_is_not_there(self):
        self.use_proxy("manual", free_port())
        _, picture = self.event("proxy.png")
        self.assertEqual(self.cli("login", picture, "--approve")[2], "ProxyUnreachable")
        self.assertEqual(self.between.sent, [])  # and no other way is taken


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
