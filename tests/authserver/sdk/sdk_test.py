#!/usr/bin/env python3
"""The SDKs for sites, run by their real interpreters against the real server, over TLS.

  sdk_test.py HUFU_AUTHSERVER php|python|java
  sdk_test.py HUFU_AUTHSERVER c++ DRIVER

Each language has a driver (drivers/) that reads calls, a line each: the method and its arguments, separated by
tabs; `new` and the constructor's arguments make the object. It answers each with a line: "value", "map" with
NAME=VALUE, or "error" with the SDK's own words. So all languages are held to the same expectations.
"""
import hashlib
import hmac
import os
import subprocess
import sys
import tempfile
import time
import unittest
from urllib.parse import parse_qs, urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))
if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.path[:0] = [os.path.join(HERE, "..", "black_box"), HERE]
    os.environ["HUFU_AUTHSERVER"] = os.path.abspath(sys.argv[1])
    # Loopback is asked directly, and no setting of this machine takes the place of a test's own.
    for name in ("http_proxy", "https_proxy", "all_proxy", "DUOYINSU_API", "DUOYINSU_CA_FILE"):
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)

from decoy import PATIENCE, Decoy, closed_port
from documents import md5, totp
from languages import LANGUAGES
from server import Event, Server


class SdkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="hufu-sdk-test-")
        cls.language = LANGUAGES[sys.argv[2]](cls.folder.name, *sys.argv[3:])
        cls.server = Server()
        cls.driver = subprocess.Popen(cls.language.driver(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        printed, complaints = cls.driver.communicate()
        cls.server.close()
        cls.folder.cleanup()
        assert (cls.driver.returncode, printed, complaints) == (0, "", ""), (printed, complaints)

    def setUp(self):
        self.app = self.server.app
        self.server.advance(60)  # codes anew
        self.made = self.make()
        self.assertEqual(self.made, "made")

    def make(self, api=None, ca=None, seconds="15", **changes):
        app = {**self.app, **changes}
        return self.call("new", app["app_id"], app["app_key"], app["auth_id"], api or self.server.api,
                         ca or self.server.file("ca.pem"), seconds)

    def line(self, *words):
        self.driver.stdin.write("\t".join(words) + "\n")
        self.driver.stdin.flush()
        kind, *answer = self.driver.stdout.readline().rstrip("\n").split("\t")
        return kind, answer

    def call(self, *words):
        kind, answer = self.line(*words)
        self.assertIn(kind, ("value", "map"), answer)
        if kind == "value":
            return answer[0]
        return dict(member.split("=", 1) for member in answer)

    def assertFails(self, *words):
        kind, answer = self.line(*words)
        self.assertEqual(kind, "error", answer)
        self.assertGreater(len(answer[0]), 10)
        self.assertNotIn(self.app["app_key"], answer[0])
        self.assertNotIn("signature=", answer[0])

    def picture(self, address):
        self.assertTrue(address.startswith(self.server.base), address)
        return self.server.request("GET", address.removeprefix(self.server.base))

    def bound(self, seed):
        uid = self.call("getUid", seed)
        return uid, self.server.bind(uid)

    def test_a_uid_is_the_hmac_of_the_user_name(self):
        for seed in ("alice", "wang", "王振飞", "a b+c&d=e/ü"):
            expected = hmac.new(self.app["auth_id"].encode(), seed.encode(), hashlib.sha256).hexdigest()
            self.assertEqual(self.call("getUid", seed), expected)

    def test_a_token_is_bound_and_its_code_checked(self):
        uid = "zoë +/=&?#%"
        answer = self.picture(self.call("getQrcode", uid))
        self.assertTrue(answer.is_png(), answer.body)
        code = totp(self.server.pending_secret(uid), self.server.now())
        self.assertEqual(self.call("traditional", uid, code)["codetype"], "200")
        self.assertEqual(self.call("traditional", uid, code)["codetype"], "600")  # a code works once
        self.assertEqual(self.picture(self.call("getQrcode", uid)).json()["codetype"], 604)

    def test_a_token_is_replaced_with_its_code_and_labelled(self):
        uid, token = self.bound("replace")
        self.server.advance(60)
        code = totp(token.secret, self.server.now())
        answer = self.picture(self.call("getQrcode", uid, code, "Zoë & Söhne"))
        self.assertTrue(answer.is_png(), answer.body)
        self.assertNotEqual(self.server.pending_secret(uid), token.secret)

    def test_an_unknown_user_and_a_wrong_key_are_told(self):
        self.assertEqual(self.call("traditional", "nobody", "123456")["codetype"], "604")
        event = self.call("qrcodeForAuth")
        self.make(app_key="x" * 32)
        self.assertEqual(self.call("traditional", "nobody", "123456")["codetype"], "601")
        self.assertEqual(self.call("qrcodeForAuth")["status"], "403")
        self.assertEqual(self.call("eventResult", event["event_id"])["status"], "403")
        self.assertEqual(self.picture(self.call("getQrcode", "nobody")).json()["codetype"], 601)

    def test_a_login_is_followed_to_its_end(self):
        uid, token = self.bound("login")
        for act, status in ((token.confirm, "200"), (token.deny, "606")):
            login = self.call("qrcodeForAuth")
            self.assertEqual(login["status"], "200")
            self.assertTrue(self.picture(login["qrcode_url"]).is_png())
            event = Event(login["event_id"], parse_qs(urlsplit(login["qrcode_data"]).query)["token"][0], login)
            self.assertEqual(self.call("eventResult", event.event_id)["status"], "602")
            scanned = token.scan(event)
            self.assertEqual(self.call("eventResult", event.event_id)["status"], "201")
            self.assertEqual(act(event, scanned).json()["status"], 200)
            result = self.call("eventResult", event.event_id)
            self.assertEqual((result["status"], result.get("uid")), (status, uid if status == "200" else None))
        unknown = "1467614532.77" + "a" * 22
        self.assertEqual(self.call("eventResult", unknown)["status"], "604")

    def test_a_server_that_cannot_be_trusted_hears_nothing(self):
        with Decoy(self.server, name="localhost", trusted=False) as stranger:
            self.make(api=stranger.api)
            self.assertFails("traditional", "alice", "123456")
            self.assertFails("qrcodeForAuth")
        with Decoy(self.server, name="other.example") as misnamed:
            self.make(api=misnamed.api)
            self.assertFails("traditional", "alice", "123456")
        self.assertEqual((stranger.requests, misnamed.requests), ([], []))
        self.assertEqual((stranger.connections, misnamed.connections), (2, 1))

    def test_only_https_is_spoken(self):
        kind, _ = self.line("new", "a", "k", "i", "http://localhost:1/v1", "", "15")
        self.assertEqual(kind, "error")

    def test_a_server_that_is_down_is_an_error(self):
        self.make(api="https://localhost:%d/v1" % closed_port())
        self.assertFails("traditional", "alice", "123456")
        self.assertFails("eventResult", "1467614532.77" + "a" * 22)

    def test_bad_answers_are_errors(self):
        with Decoy(self.server) as decoy:
            self.make(api=decoy.api)
            for answer in (decoy.redirect("https://localhost:1/"), decoy.redirect(decoy.base + "/elsewhere"),
                           decoy.answer(b"<html>", "200 OK"), decoy.answer(b'{"codetype":200}', "500 Oops"),
                           decoy.answer(b"[200]"), decoy.answer(b'{"status":200}'), decoy.answer(b""),
                           decoy.answer(b'{"codetype":"two"}'), decoy.answer(b'{"codetype":null}'),
                           decoy.answer(b'{"codetype":200,'), decoy.answer(b'{"codetype":200}', length=17),
                           decoy.answer(b'{"codetype":200,"msg":"' + b"x" * 100000 + b'"}')):
                decoy.next = answer
                self.assertFails("traditional", "alice", "123456")
            self.assertNotIn("/elsewhere", "".join(decoy.requests))

    def test_a_slow_server_is_not_waited_for(self):
        with Decoy(self.server) as decoy:
            self.make(api=decoy.api, seconds="1")
            for decoy.next in (decoy.silence, decoy.drops):
                begin = time.monotonic()
                self.assertFails("traditional", "alice", "123456")
                self.assertLess(time.monotonic() - begin, PATIENCE / 2)

    def test_a_push_is_asked_for_as_the_protocol_says(self):
        with Decoy(self.server) as decoy:
            self.make(api=decoy.api)
            decoy.next = decoy.answer(b'{"status":200,"event_id":"1467614532.77x"}')
            answer = self.call("pushForAuth", "zo\u00eb +&")
            self.assertEqual((answer["status"], answer["event_id"]), ("200", "1467614532.77x"))
        [line] = decoy.requests
        method, target, _ = line.split()
        app_id, key = self.app["app_id"], self.app["app_key"]
        self.assertEqual((method, urlsplit(target).path), ("GET", "/v1/push_for_auth"))
        self.assertEqual(parse_qs(urlsplit(target).query), {
            "app_id": [app_id], "uid": ["zo\u00eb +&"], "auth_type": ["3"],
            "signature": [md5(app_id, "3", "zo\u00eb +&", key)]})

    def test_a_push_is_taken_by_the_server(self):
        uid, token = self.bound("push")
        answer = self.call("pushForAuth", uid)
        self.assertEqual(answer["status"], "200")
        self.assertEqual(self.call("eventResult", answer["event_id"])["status"], "602")
        self.assertEqual(len(token.poll(0).json()["requests"]), 1)  # the token hears of it
        self.assertEqual(self.call("pushForAuth", uid)["status"], "407")  # one is open
        self.assertEqual(self.call("pushForAuth", "nobody")["status"], "604")

    def test_a_number_may_come_as_text_and_with_strangers(self):
        with Decoy(self.server) as decoy:
            self.make(api=decoy.api)
            decoy.next = decoy.answer('{"codetype":"600","msg":"\\u52a8 \\"x\\" é","n":1.5e3,"b":true,'
                                       '"o":{"codetype":[200,"]}"],"p":{}},"e":[]}'.encode())
            self.assertEqual(self.call("traditional", "alice", "123456")["codetype"], "600")

    def test_a_confirmation_counts_only_with_its_signature(self):
        event_id = "1467614532.77" + "a" * 22
        right = md5(self.app["app_id"], event_id, "200", "alice", self.app["app_key"])
        text = '{"status":200,"event_id":"%s","uid":"%s","signature":"%s"}'
        with Decoy(self.server) as decoy:
            self.make(api=decoy.api)
            decoy.next = decoy.answer((text % (event_id, "alice", right)).encode())
            self.assertEqual(self.call("eventResult", event_id)["uid"], "alice")
            for uid, signature in (("mallory", right), ("alice", "0" * 32), ("alice", ""),
                                   ("", md5(self.app["app_id"], event_id, "200", self.app["app_key"]))):
                decoy.next = decoy.answer((text % (event_id, uid, signature)).encode())
                self.assertFails("eventResult", event_id)
            decoy.next = decoy.answer(b'{"status":200}')
            self.assertFails("eventResult", event_id)

    def test_the_documents_sample_runs(self):
        if not self.language.sample:
            self.skipTest("the document has no sample for this language")
        uid = self.language.sample_uid or self.call("getUid", "username")
        self.assertIn(self.language.says_no, self.language.run_sample(self.server, "000000"))
        self.server.qrcode(uid)
        token_secret = self.server.pending_secret(uid)
        said = self.language.run_sample(self.server, totp(token_secret, self.server.now()))
        self.assertIn(self.language.says_yes, said)
        for address in (word for word in said.replace(":https", ": https").split() if word.startswith("https:")):
            self.assertIn(self.picture(address).json()["codetype"], (604,))  # bound: no second secret for it


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
