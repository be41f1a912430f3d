#!/usr/bin/env python3
"""hufu-cli against the real reference server, from the binding picture to the signed-in event: the two
programs share the protocol's page and no line of its code.

    tests/support/with_keyring tests/cli/reference_server_test.py HUFU_CLI HUFU_AUTHSERVER"""

import json
import os
import subprocess
import sys
import time
import unittest

os.environ["HUFU_AUTHSERVER"] = os.path.abspath(sys.argv.pop(2))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "authserver", "black_box"))
from server import Event, Server  # with the site's side of the calls

PROGRAM = None
PROFILE = "reference"


class ReferenceServerTest(unittest.TestCase):
    numbers = False
    create = ()

    def setUp(self):
        self.server = Server(numbers=self.numbers, create=self.create)
        self.addCleanup(self.server.close)
        self.policy = self.server.file("policy.json")
        with open(self.policy, "w") as file, open(self.server.file("ca.pem")) as authority:
            json.dump({"version": 1, "servers": {"allow_loopback": True, "extra_ca": [authority.read()]}}, file)
        os.chmod(self.policy, 0o600)
        self.addCleanup(self.cli, "profile", "remove", PROFILE, "--yes")
        self.bind("alice")

    def cli(self, *arguments):
        """Status and document of a call without a terminal; a failure's document where there is one."""
        done = subprocess.run([PROGRAM, "--profile", PROFILE, "--policy", self.policy, "--json", *arguments],
                              capture_output=True, text=True, timeout=60, start_new_session=True)
        self.error = done.stderr
        return done.returncode, json.loads(done.stdout) if done.stdout else None

    def picture(self, name, answer):
        self.assertTrue(answer.is_png(), answer.body)
        with open(self.server.file(name), "wb") as file:
            file.write(answer.body)
        return self.server.file(name)

    def bind(self, uid):
        status, document = self.cli("--yes", "add", self.picture(uid + ".png", self.server.qrcode(uid)))
        self.assertEqual((status, len(document["added"])), (0, 1), self.error)
        code = self.cli("code", document["added"][0]["id"])[1]["code"]
        self.assertEqual(self.server.traditional(uid, code)["codetype"], 200)

    def login(self, *options):
        """A new event of the site, its picture, and what became of it: the call, and event_result."""
        self.event = self.server.new_event()
        path = self.event.answer["qrcode_url"].removeprefix(self.server.base)
        picture = self.picture("login.png", self.server.request("GET", path))
        return self.cli("login", picture, *options)

    def test_approves_and_denies(self):
        status, document = self.login("--approve")
        self.assertEqual((status, document["result"]), (0, "approved"), self.error)
        self.assertEqual(document["context"]["app_name"], "Example & Söhne <b>")
        result = self.server.result(self.event)
        self.assertEqual((result["status"], result["uid"]), (200, "alice"))

        status, document = self.login("--deny")
        self.assertEqual((status, document["result"]), (0, "denied"), self.error)
        self.assertEqual(self.server.result(self.event)["status"], 606)

    def test_a_code_that_is_used_or_old(self):
        self.login("--approve")
        status, document = self.cli("login", self.server.file("login.png"), "--approve")
        self.assertEqual((status, document["result"]), (1, "answered-elsewhere"), self.error)
        self.login("--deny")
        self.server.advance(301)
        status, document = self.cli("login", self.server.file("login.png"), "--approve")
        self.assertEqual((status, document["result"]), (1, "expired"), self.error)

    def test_a_clock_ten_minutes_off_is_corrected(self):
        self.server.advance(600)
        status, document = self.login("--approve")
        self.assertEqual((status, document["result"]), (0, "approved"), self.error)


    def test_a_new_binding_takes_over_once_it_has_worked(self):
        [old] = self.accounts()
        self.server.advance(60)  # the first code's step is used up
        code = self.cli("code", old, "--at", str(int(self.server.now())))[1]["code"]
        picture = self.picture("again.png", self.server.qrcode("alice", code))
        status, document = self.cli("--yes", "add", picture)
        self.assertEqual(status, 0, self.error)
        new = document["added"][0]["id"]
        self.assertEqual(set(self.accounts()), {old, new})
        # Until the server has seen a code of the new one, the old one goes on.
        status, document = self.login("--approve")
        self.assertEqual((status, document["result"], document["account_id"]), (0, "approved", old), self.error)
        self.assertEqual(set(self.accounts()), {old, new})
        code = self.cli("code", new, "--at", str(int(self.server.now())))[1]["code"]
        self.assertEqual(self.server.traditional("alice", code)["codetype"], 200)
        status, document = self.login("--approve")
        self.assertEqual((status, document["result"], document["account_id"]), (0, "approved", new), self.error)
        self.assertEqual(self.accounts(), [new])

    def test_two_people_at_one_application(self):
        self.bind("bob")
        status, document = self.login("--approve")
        self.assertEqual((status, document), (1, None))
        self.assertIn("AmbiguousName", self.error)
        self.assertEqual(self.server.result(self.event)["status"], 602)  # the server knows of nobody

    def accounts(self):
        return [one["id"] for one in self.cli("list")[1]["accounts"]]


class PushTest(ReferenceServerTest):
    """Logins that the server asks for. A push always has a number, which is there once a token looks at it."""

    test_approves_and_denies = test_a_code_that_is_used_or_old = test_a_clock_ten_minutes_off_is_corrected = None

    def push(self):
        answer = self.server.push("alice")
        self.assertEqual(answer["status"], 200, answer)
        return Event(answer["event_id"], None, answer)

    def start(self, *options):
        """A call under way; its output comes from finish()."""
        call = subprocess.Popen([PROGRAM, "--profile", PROFILE, "--policy", self.policy, "--json", "login", "--push",
                                 *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, start_new_session=True)
        self.addCleanup(call.wait)
        self.addCleanup(call.kill)
        return call

    def finish(self, call):
        output, self.error = call.communicate(timeout=60)
        return call.returncode, json.loads(output) if output else None

    def number_of(self, event):
        """What the page shows, once the token looks."""
        def number():
            return self.server.result(event).get("number")
        deadline = time.monotonic() + 20
        while not (found := number()):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        return found

    def test_a_waiting_login_is_approved_with_its_number(self):
        event = self.push()
        call = self.start("--wait", "20", "--approve", "--number", "-")
        call.stdin.write(self.number_of(event) + "\n")
        status, document = self.finish(call)
        self.assertEqual((status, document["result"], document["number_needed"]), (0, "approved", True), self.error)
        result = self.server.result(event)
        self.assertEqual((result["status"], result["uid"]), (200, "alice"))

    def test_a_wrong_number_denies(self):
        event = self.push()
        call = self.start("--wait", "20", "--approve", "--number", "-")
        call.stdin.write("%02d\n" % ((int(self.number_of(event)) + 1) % 100))
        status, document = self.finish(call)
        self.assertEqual((status, document["result"], document["status"]), (1, "refused", 600), self.error)
        self.assertEqual(self.server.result(event)["status"], 606)

    def test_a_call_that_waits_is_told_at_once(self):
        call = self.start("--wait", "20", "--deny")
        time.sleep(1)  # most likely it waits by now; if it does not, the test holds as well
        event = self.push()
        begun = time.monotonic()
        status, document = self.finish(call)
        self.assertEqual((status, document["result"]), (0, "denied"), self.error)
        self.assertEqual(document["context"]["app_name"], "Example & Söhne <b>")
        self.assertLess(time.monotonic() - begun, 15)
        self.assertEqual(self.server.result(event)["status"], 606)

    def test_nobody_asks(self):
        status, document = self.cli("login", "--push", "--wait", "1", "--approve")
        self.assertEqual((status, document["result"], document["account_id"]), (1, "none", None))


class ReferenceServerWithNumbersTest(ReferenceServerTest):
    numbers = True
    test_approves_and_denies = test_a_code_that_is_used_or_old = test_a_clock_ten_minutes_off_is_corrected = None
    test_a_new_binding_takes_over_once_it_has_worked = test_two_people_at_one_application = None

    def test_the_number_of_the_page_decides(self):
        status, document = self.login("--approve")
        self.assertEqual((status, document), (1, None))
        self.assertIn("NumberNeeded", self.error)
        number = self.server.result(self.event)["number"]  # what the page shows once the code is scanned
        wrong = "%02d" % ((int(number) + 1) % 100)
        status, document = self.cli("login", self.server.file("login.png"), "--approve", "--number", wrong)
        self.assertEqual((status, document["result"], document["status"]), (1, "refused", 600), self.error)
        self.assertEqual(self.server.result(self.event)["status"], 606)

        self.login("--approve")
        number = self.server.result(self.event)["number"]
        status, document = self.cli("login", self.server.file("login.png"), "--approve", "--number", number)
        self.assertEqual((status, document["result"], document["number_needed"]), (0, "approved", True))


class ReferenceServerByAddressTest(ReferenceServerTest):
    """Its binding codes hold an address instead of the key."""
    create = ("--bind-by-address",)
    test_a_code_that_is_used_or_old = test_a_clock_ten_minutes_off_is_corrected = None
    test_two_people_at_one_application = test_approves_and_denies = None

    def test_the_address_gives_its_binding_once_and_to_whom_agrees(self):
        picture = self.picture("bob.png", self.server.qrcode("bob"))
        [found] = self.cli("scan", picture)[1]["found"]
        self.assertEqual((found["kind"], found["what"], found["host"]),
                         ("binding", "address", self.server.base.removeprefix("https://")))
        status, document = self.cli("add", picture)
        self.assertEqual((status, document), (1, None))
        self.assertIn("ConsentNeeded", self.error)
        self.assertEqual(len(self.accounts()), 1)
        status, document = self.cli("--yes", "add", picture)  # the first call has asked nobody
        self.assertEqual((status, len(document["added"])), (0, 1), self.error)
        status, document = self.cli("--yes", "add", picture)
        self.assertEqual((status, document["refused"]), (1, [{"source": picture, "code": "BindingExpired"}]))

    def test_an_address_that_is_over(self):
        picture = self.picture("bob.png", self.server.qrcode("bob"))
        self.server.advance(301)
        status, document = self.cli("--yes", "add", picture)
        self.assertEqual((status, document["refused"][0]["code"]), (1, "BindingExpired"))


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
