"""The server's rules of protocol.md B3.5 in their order, and number matching."""
import json, threading

from documents import sha256
from server import Server
from token_device import Token
from case import Case


class VerifyOrder(Case):
    """The rules of B3.5 after the signature, and what a final state means."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = cls.server.bind("e+f2iJHkScjvo6GHZKVmaA==")
        cls.other = cls.server.bind("somebody else")

    def look(self, event):
        return self.server.get("/v1/verify/", token=event.token)

    def test_an_unknown_user_or_application_is_604(self):
        event = self.server.new_event()
        stranger = Token(self.server, "nobody", b"x" * 20)
        self.assertStatus(stranger.scan(event), 604)
        self.assertIsNone(stranger.scan(event).headers["X-PCT-MAC"])
        foreign = Token(self.server, self.token.uid, self.token.secret, self.server.other_app)
        self.assertStatus(foreign.scan(event), 604)

    def test_an_event_of_another_application_cannot_be_scanned(self):
        event = self.server.new_event(self.server.other_app)
        answer = self.token.scan(event)
        self.assertStatus(answer, 604)
        self.assertTrue(self.token.is_authentic(answer))

    def test_the_second_device_takes_over(self):
        event = self.server.new_event()
        second = Token(self.server, self.token.uid, self.token.secret)
        first_scan = self.token.scan(event)
        second_scan = second.scan(event)
        self.assertStatus(second_scan, 201)
        self.assertStatus(self.token.confirm(event, first_scan), 409)
        self.assertStatus(self.token.deny(event, first_scan), 409)
        self.assertStatus(second.confirm(event, second_scan), 200)

    def test_another_user_cannot_take_over(self):
        event = self.server.new_event()
        scanned = self.token.scan(event)
        self.assertStatus(self.other.scan(event), 409)
        self.assertStatus(self.other.confirm(event, scanned), 409)
        self.assertStatus(self.token.confirm(event, scanned), 200)

    def test_an_answered_event_is_409(self):
        for finish, state in ((self.token.confirm, "confirmed"), (self.token.deny, "denied")):
            event = self.server.new_event()
            scanned = self.token.scan(event)
            self.assertStatus(finish(event, scanned), 200)
            for answer in (self.token.scan(event), self.token.confirm(event, scanned),
                           self.token.deny(event, scanned)):
                self.assertEqual(self.assertStatus(answer, 409)["state"], state)
            self.assertStatus(self.look(event), 409)

    def test_a_confirm_without_a_scan_is_409(self):
        event = self.server.new_event()
        answer = self.token.send(event, self.token.request("confirm", event, ctx="0" * 64))
        self.assertStatus(answer, 409)
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_the_context_of_another_event_is_403(self):
        event, twin = self.server.new_event(), self.server.new_event()
        self.token.scan(event)
        twin_scan = self.token.scan(twin)
        self.assertStatus(self.token.confirm(event, twin_scan), 403)
        self.assertStatus(self.token.deny(event, twin_scan), 403)
        self.assertEqual(self.server.result(event)["status"], 201)

    def test_a_number_where_none_was_asked_for_denies(self):
        event = self.server.new_event()
        scanned = self.token.scan(event)
        self.assertStatus(self.token.confirm(event, scanned, answer="07"), 600)
        self.assertEqual(self.server.result(event)["status"], 606)

    def test_an_event_expires_after_five_minutes(self):
        event, scanned_event = self.server.new_event(), self.server.new_event()
        scanned = self.token.scan(scanned_event)
        self.server.advance(301)
        for late in (event, scanned_event):
            self.assertEqual(self.server.result(late)["status"], 603)
            self.assertStatus(self.look(late), 603)
        self.assertStatus(self.token.scan(event), 603)
        self.assertStatus(self.token.confirm(scanned_event, scanned), 603)
        picture = event.answer["qrcode_url"].removeprefix(self.server.base)
        self.assertStatus(self.server.request("GET", picture), 603)
        self.server.advance(601)
        self.assertEqual(self.server.result(event)["status"], 604)
        self.assertStatus(self.look(event), 604)

    def test_a_confirmed_event_is_readable_for_300_seconds(self):
        event = self.server.new_event()
        self.server.advance(200)
        scanned = self.token.scan(event)
        self.assertStatus(self.token.confirm(event, scanned), 200)
        self.server.advance(290)  # long after the code itself has expired
        self.assertEqual(self.server.result(event)["status"], 200)
        self.server.advance(15)
        self.assertEqual(self.server.result(event)["status"], 604)

    def test_of_twenty_devices_that_confirm_and_deny_at_once_one_wins(self):
        event = self.server.new_event()
        scanned = self.token.scan(event)
        requests = [self.token.request(action, event, answer=answer, ctx=sha256(scanned.body))
                    for action, answer in (("confirm", "-"), ("deny", "not_me"))] * 10
        requests = [self.token.request(r["action"], event, answer=r["answer"], ctx=r["ctx"]) for r in requests]
        answers = []
        threads = [threading.Thread(target=lambda r=r: answers.append(self.token.send(event, r).json()))
                   for r in requests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        done = [a for a in answers if a["status"] == 200]
        self.assertEqual((len(done), len(answers)), (1, 20))
        self.assertEqual({a["status"] for a in answers}, {200, 409})

    def test_malformed_bodies_are_400(self):
        event = self.server.new_event()
        good = self.token.request("scan", event)
        bodies = [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"v":1}',
                  json.dumps(good).replace('"v": 1', '"v": 1, "v": 1').encode(),
                  json.dumps(good).replace('"via"', '"vi\\u0061": "screen", "via"').encode(),
                  json.dumps({**good, "deep": [[[[[[[[1]]]]]]]]}).encode()]
        for name, values in {
                "v": (2, "1", True, None, 1.5), "action": ("poll", "", 3, "scan\n"), "uid": ("", "u" * 65, "a\nb", "a\x00", 5),
                "app_id": ("", "a" * 65, 1), "device_id": ("", "0" * 31, "G" * 32, "A" * 32),
                "ts": ("1", -1, 1.5, 1e30, None), "nonce": ("", "0" * 33, "x" * 32),
                "via": ("", "fax", "screen\n"), "answer": ("", "07", "\n"), "ctx": ("", "0" * 64),
                "mac": ("", "0" * 63, "0" * 65, None)}.items():
            bodies += [json.dumps({**good, name: value}).encode() for value in values]
        bodies += [json.dumps({n: v for n, v in good.items() if n != name}).encode() for name in good]
        for body in bodies:
            answer = self.server.request("POST", "/v1/verify/?token=" + event.token, body,
                                         {"Content-Type": "application/json"})
            self.assertEqual((answer.status, answer.json()["status"]), (200, 400), body)
        confirm = self.token.request("confirm", event, ctx="0" * 64)
        for answer_field in ("1234567", "a", "", "0\n"):
            confirm["answer"] = answer_field
            self.assertStatus(self.token.send(event, confirm), 400)
        self.assertEqual(self.server.result(event)["status"], 602)

    def test_unknown_members_are_ignored(self):
        event = self.server.new_event()
        fields = {**self.token.request("scan", event), "later": {"a": [1, 2]}}
        self.assertStatus(self.token.send(event, fields), 201)

    def test_looking_too_often_is_429(self):
        server = Server()
        try:
            event = server.new_event()
            statuses = [server.get("/v1/verify/", token=event.token).status for _ in range(125)]
            self.assertEqual(statuses[:120], [200] * 120)
            self.assertEqual(statuses[120:], [429] * 5)
        finally:
            server.close()

class Numbers(Case):
    numbers = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = cls.server.bind("alice")

    def test_the_right_number_confirms(self):
        event = self.server.new_event()
        self.assertNotIn("number", self.server.result(event))
        scanned = self.token.scan(event)
        self.assertEqual(scanned.json()["number"], {"mode": "enter", "digits": 2})
        number = self.server.result(event)["number"]
        self.assertRegex(number, r"\A\d\d\Z")
        self.assertStatus(self.token.confirm(event, scanned, number), 200)
        self.assertNotIn("number", self.server.result(event))

    def test_the_wrong_number_denies_at_once(self):
        for wrong in (lambda n: f"{(int(n) + 1) % 100:02}", lambda n: "-", lambda n: "0" + n):
            event = self.server.new_event()
            scanned = self.token.scan(event)
            number = self.server.result(event)["number"]
            answer = self.token.confirm(event, scanned, wrong(number))
            self.assertEqual(self.assertStatus(answer, 600)["state"], "denied")
            self.assertStatus(self.token.confirm(event, scanned, number), 409)
            self.assertEqual(self.server.result(event)["status"], 606)
