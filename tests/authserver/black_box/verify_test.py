"""Looking, scanning, confirming, denying: protocol.md B3.2 to B3.4, and signatures."""
import os, time

from documents import totp, md5, sha256
from server import Event
from case import Case


class Verify(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = cls.server.bind("e+f2iJHkScjvo6GHZKVmaA==")
        cls.other = cls.server.bind("somebody else")

    def look(self, event, accept="application/json"):
        return self.server.get("/v1/verify/", accept, token=event.token)

    def load_picture(self, event, agent="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"):
        self.server.request("GET", event.answer["qrcode_url"].removeprefix(self.server.base),
                            headers={"User-Agent": agent})

    def test_looking_changes_nothing_and_names_nobody(self):
        event = self.server.new_event()
        for _ in range(2):
            answer = self.assertStatus(self.look(event), 200)
            self.assertEqual((answer["state"], answer["app_id"], answer["app_name"]),
                             ("new", self.server.app["app_id"], self.server.app["name"]))
            self.assertTrue(290 <= answer["expires_in"] <= 300)
            self.assertLess(abs(answer["server_time"] / 1000 - self.server.now()), 5)
            self.assertEqual(set(answer), {"status", "state", "description", "app_id", "app_name",
                                           "expires_in", "server_time"})
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_a_browser_that_opens_the_code_gets_words(self):
        event = self.server.new_event()
        answer = self.look(event, "text/html,application/xhtml+xml,*/*;q=0.8")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/html"))
        self.assertIn(b"Scan it with your token", answer.body)
        self.assertNotIn(event.token.encode(), answer.body)
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_damaged_tokens_are_604(self):
        event = self.server.new_event()
        for token in ("", "a" * 31, "a" * 33, event.token.upper(), event.token.upper() + "x", "g" * 32):
            damaged = Event(None, token, None)
            self.assertStatus(self.look(damaged), 604)
            self.assertStatus(self.token.send(damaged, self.token.request("scan", damaged)), 604)

    def test_scan_confirm_signed_in(self):
        event = self.server.new_event()
        self.load_picture(event)
        scanned = self.token.scan(event)
        body = self.assertStatus(scanned, 201)
        self.assertTrue(self.token.is_authentic(scanned))
        self.assertEqual(body["state"], "scanned")
        self.assertEqual(body["number"], {"mode": "none"})
        self.assertTrue(0 < body["expires_in"] <= 300)
        context = body["context"]
        self.assertEqual(context["app_name"], self.server.app["name"])
        self.assertEqual((context["ip"], context["ip_match"]), ("127.0.0.1", "same"))
        self.assertEqual((context["browser"], context["os"]), ("Firefox 128", "Linux"))
        self.assertLess(abs(context["created"] - self.server.now()), 10)
        self.assertEqual(self.server.result(event)["status"], 201)
        confirmed = self.token.confirm(event, scanned)
        self.assertEqual(self.assertStatus(confirmed, 200)["state"], "confirmed")
        self.assertTrue(self.token.is_authentic(confirmed))
        result = self.server.result(event)
        self.assertEqual((result["status"], result["uid"]), (200, self.token.uid))
        self.assertEqual(result["description"], "请求成功")
        app = self.server.app
        self.assertEqual(result["signature"],
                         md5(app["app_id"], event.event_id, "200", self.token.uid, app["app_key"]))

    def test_scan_deny_denied(self):
        for reason in ("not_me", "cancel"):
            event = self.server.new_event()
            scanned = self.token.scan(event)
            answer = self.token.deny(event, scanned, reason)
            self.assertEqual(self.assertStatus(answer, 200)["state"], "denied")
            result = self.server.result(event)
            self.assertEqual(result["status"], 606)
            self.assertNotIn("uid", result)

    def test_a_browser_that_was_not_seen_is_unknown(self):
        context = self.token.scan(self.server.new_event()).json()["context"]
        self.assertEqual(context["ip_match"], "unknown")
        self.assertNotIn("ip", context)

    def test_only_the_first_browser_counts(self):
        event = self.server.new_event()
        self.load_picture(event, "Firefox/1")
        self.load_picture(event, "Chrome/2")
        self.assertEqual(self.token.scan(event).json()["context"]["browser"], "Firefox 1")

    def test_a_retry_gets_the_same_bytes(self):
        event = self.server.new_event()
        scan = self.token.request("scan", event)
        first = self.token.send(event, scan)
        time.sleep(0.01)
        again = self.token.send(event, scan)
        self.assertEqual((first.body, first.headers["X-PCT-MAC"]), (again.body, again.headers["X-PCT-MAC"]))
        confirm = self.token.request("confirm", event, ctx=sha256(first.body))
        done = self.token.send(event, confirm)
        self.server.advance(200)  # the clock rule does not come before the stored answer
        self.assertEqual(self.token.send(event, confirm).body, done.body)
        self.assertEqual(self.token.send(event, scan).body, first.body)
        self.assertEqual(self.server.result(event)["status"], 200)

    def test_a_retry_survives_a_restart(self):
        event = self.server.new_event()
        scan = self.token.request("scan", event)
        first = self.token.send(event, scan)
        self.server.stop()
        self.server.start("--port", str(self.server.port))
        self.assertEqual(self.token.send(event, scan).body, first.body)

    def test_a_wrong_mac_is_403_and_changes_nothing(self):
        token = self.server.bind(self.fresh_uid())
        event = self.server.new_event()
        for name, value in (("mac", "0" * 64), ("nonce", "1" * 32), ("device_id", "2" * 32), ("via", "camera")):
            self.assertStatus(token.send(event, {**token.request("scan", event), name: value}), 403)
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_a_signature_for_another_action_or_token_is_403(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        event, twin = self.server.new_event(), self.server.new_event()
        fields = token.request("scan", event)
        self.assertStatus(token.send(twin, fields), 403)
        scanned = token.scan(event)
        fields = token.request("deny", event, answer="cancel", ctx=sha256(scanned.body))
        fields["action"], fields["answer"] = "confirm", "-"
        self.assertStatus(token.send(event, fields), 403)
        self.assertEqual(self.server.result(event)["status"], 201)

    def test_the_poll_key_cannot_approve(self):
        token = self.server.bind(self.fresh_uid())
        event = self.server.new_event()
        real = token.key
        token.key = lambda label: real("poll" if label == "req" else label)
        self.assertStatus(token.scan(event), 403)

    def test_five_wrong_macs_are_407_for_this_user_and_address_only(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        event = self.server.new_event()
        for _ in range(5):
            fields = token.request("scan", event)
            fields["mac"] = "0" * 64
            self.assertStatus(token.send(event, fields), 403)
        answer = self.assertStatus(token.scan(event), 407)
        self.assertTrue(0 < answer["retry_after"] <= 600)
        self.assertStatus(self.other.scan(self.server.new_event()), 201)
        # The codes are not locked.
        code = totp(token.secret, self.server.now() + 30)
        self.assertEqual(self.server.traditional(uid, code)["codetype"], 200)
        self.server.advance(601)
        self.assertStatus(token.scan(self.server.new_event()), 201)

    def test_a_wrong_clock_is_408_with_the_authentic_time(self):
        event = self.server.new_event()
        now = int(self.server.now())
        for ts in (now - 125, now + 125):
            answer = self.token.scan(event, ts=ts)
            body = self.assertStatus(answer, 408)
            self.assertTrue(self.token.is_authentic(answer))
            self.assertLess(abs(body["server_time"] / 1000 - self.server.now()), 5)
        self.assertStatus(self.token.scan(event, ts=now - 110), 201)

    def test_a_request_refused_for_its_clock_may_come_again_with_its_nonce(self):
        event, nonce = self.server.new_event(), os.urandom(16).hex()
        self.assertStatus(self.token.scan(event, ts=int(self.server.now()) - 500, nonce=nonce), 408)
        self.assertStatus(self.token.scan(event, nonce=nonce), 201)

    def test_a_nonce_is_good_once(self):
        event, twin, nonce = self.server.new_event(), self.server.new_event(), os.urandom(16).hex()
        self.assertStatus(self.token.scan(event, nonce=nonce), 201)
        self.assertStatus(self.token.scan(twin, nonce=nonce), 400)
        self.assertStatus(self.other.scan(twin, nonce=nonce), 201)  # another user's nonce
