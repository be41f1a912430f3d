"""Push: the site asks, the token's long poll learns of it, and what keeps a person from being worn down."""
import json, time

from background import in_background
from documents import md5
from server import Event
from token_device import Token
from case import Case


class Push(Case):
    def setUp(self):
        self.token = self.server.bind(self.fresh_uid())

    def push(self):
        answer = self.server.push(self.token.uid)
        self.assertEqual(answer["status"], 200, answer)
        return Event(answer["event_id"], None, answer)

    def requests(self, answer):
        body = self.assertStatus(answer, 200)
        self.assertTrue(self.token.is_authentic(answer))
        self.assertLess(abs(body["server_time"] / 1000 - self.server.now()), 5)
        return [request["token"] for request in body["requests"]]

    def answer_push(self, event, finish):
        event.token, = self.requests(self.token.poll(0))
        scanned = self.token.scan(event, via="push")
        self.assertStatus(scanned, 201)
        return finish(event, scanned)

    def confirm_with_number(self, event, scanned):
        return self.token.confirm(event, scanned, self.server.result(event)["number"], via="push")

    def test_a_waiting_poll_is_answered_at_once_and_the_login_goes_its_way(self):
        waiting = in_background(lambda: self.token.poll(25))
        time.sleep(0.3)
        begun = time.monotonic()
        event = self.push()
        self.assertEqual(self.server.result(event)["status"], 602)
        event.token, = self.requests(waiting())
        self.assertLess(time.monotonic() - begun, 10)
        scanned = self.token.scan(event, via="push")
        self.assertEqual(self.assertStatus(scanned, 201)["number"], {"mode": "enter", "digits": 2})
        self.assertStatus(self.confirm_with_number(event, scanned), 200)
        result = self.server.result(event)
        self.assertEqual((result["status"], result["uid"]), (200, self.token.uid))

    def test_a_poll_ends_empty_when_its_time_is_over(self):
        begun = time.monotonic()
        self.assertEqual(self.requests(self.token.poll(1)), [])
        self.assertTrue(0.8 < time.monotonic() - begun < 10)

    def test_a_newer_poll_of_the_device_ends_the_older_one(self):
        older = in_background(lambda: self.token.poll(25))
        time.sleep(0.3)
        newer = in_background(lambda: self.token.poll(5))
        begun = time.monotonic()
        self.assertEqual(self.requests(older()), [])
        self.assertLess(time.monotonic() - begun, 4.5)
        self.assertEqual(self.requests(newer()), [])

    def test_two_devices_of_the_person_both_learn_of_it(self):
        second = Token(self.server, self.token.uid, self.token.secret)
        waiting = [in_background(lambda token=token: token.poll(25)) for token in (self.token, second)]
        time.sleep(0.3)
        self.push()
        first, other = (poll().json()["requests"] for poll in waiting)
        self.assertEqual(first, other)
        self.assertEqual(len(first), 1)

    def test_a_device_is_told_of_a_request_at_once_only_once(self):
        self.push()
        tokens = self.requests(self.token.poll(25))
        begun = time.monotonic()
        self.assertEqual(self.requests(self.token.poll(1)), tokens)  # in case the first answer was lost
        self.assertGreater(time.monotonic() - begun, 0.8)

    def test_no_more_than_eight_devices_of_a_person_wait(self):
        devices = [Token(self.server, self.token.uid, self.token.secret) for _ in range(9)]
        told = []
        waiting = [in_background(lambda device=device: told.append(len(device.poll(25).json()["requests"])))
                   for device in devices]
        end = time.monotonic() + 15
        while not told and time.monotonic() < end:
            time.sleep(0.02)
        self.assertEqual(told, [0])  # one too many
        self.push()
        for poll in waiting:
            poll()
        self.assertEqual(told, [0] + [1] * 8)

    def test_a_request_that_is_scanned_is_not_told_any_more(self):
        event = self.push()
        event.token, = self.requests(self.token.poll(0))
        self.assertStatus(self.token.scan(event, via="push"), 201)
        self.assertEqual(self.requests(self.token.poll(0)), [])

    def test_another_user_hears_nothing_and_cannot_answer(self):
        other = self.server.bind(self.fresh_uid())
        event = self.push()
        self.assertEqual(other.poll(0).json()["requests"], [])
        event.token, = self.requests(self.token.poll(0))
        self.assertStatus(other.scan(event, via="push"), 604)
        self.assertStatus(self.token.scan(event, via="push"), 201)

    def test_the_poll_needs_the_poll_key(self):
        fields = self.token.poll_fields(0)
        self.assertStatus(self.token.send_poll({**fields, "mac": "0" * 64}), 403)
        real = self.token.key
        self.token.key = lambda label: real("req" if label == "poll" else label)
        self.assertStatus(self.token.poll(0), 403)

    def test_five_wrong_poll_macs_are_407(self):
        for _ in range(5):
            self.assertStatus(self.token.send_poll({**self.token.poll_fields(0), "mac": "0" * 64}), 403)
        self.assertGreater(self.assertStatus(self.token.poll(0), 407)["retry_after"], 0)

    def test_the_rules_of_a_signed_request_hold_for_a_poll(self):
        fields = self.token.poll_fields(0)
        self.requests(self.token.send_poll(fields))
        again = self.token.send_poll(fields)
        self.assertStatus(again, 400)
        self.assertTrue(self.token.is_authentic(again))
        late = self.token.poll(0, ts=int(self.server.now()) - 125)
        self.assertStatus(late, 408)
        self.assertTrue(self.token.is_authentic(late))
        stranger = Token(self.server, "nobody", b"x" * 20)
        self.assertStatus(stranger.poll(0), 604)

    def test_malformed_polls_are_400(self):
        good = self.token.poll_fields(0)
        bodies = [b"", b"[]", b'{"v":1}', json.dumps(good).replace('"v": 1', '"v": 1, "v": 1').encode()]
        for name, values in {"wait": (26, -1, "5", 1.5, None), "via": ("push", ""), "answer": ("1", "cancel"),
                             "ctx": ("0" * 64,), "action": ("scan", "poll\n"), "v": (2,)}.items():
            bodies += [json.dumps({**good, name: value}).encode() for value in values]
        bodies += [json.dumps({n: v for n, v in good.items() if n != name}).encode() for name in good]
        for body in bodies:
            answer = self.server.request("POST", "/v1/pending", body, {"Content-Type": "application/json"})
            self.assertEqual((answer.status, answer.json()["status"]), (200, 400), body)
        self.assertEqual(self.server.request("POST", "/v1/pending", b"{}").status, 415)

    def test_refusals_of_push_for_auth(self):
        app, uid = self.server.app, self.token.uid
        right = md5(app["app_id"], "3", uid, app["app_key"])
        def push(**changes):
            return self.server.get("/v1/push_for_auth", **{"app_id": app["app_id"], "uid": uid, "auth_type": 3,
                                                          "signature": right, **changes}).json()["status"]
        self.assertEqual(push(signature="0" * 32), 403)
        self.assertEqual(push(uid="somebody else"), 403)
        self.assertEqual(push(auth_type=2), 400)
        self.assertEqual(push(uid=""), 400)
        self.assertEqual(self.server.push("nobody")["status"], 604)
        self.assertEqual(self.server.push(uid, self.server.other_app)["status"], 604)

    def test_one_open_request_and_thirty_seconds_between_two(self):
        event = self.push()
        answer = self.server.push(self.token.uid)
        self.assertEqual(answer["status"], 407)
        self.assertTrue(290 <= answer["retry_after"] <= 300)
        self.assertStatus(self.answer_push(event, self.confirm_with_number), 200)
        answer = self.server.push(self.token.uid)
        self.assertEqual(answer["status"], 407)
        self.assertTrue(0 < answer["retry_after"] <= 30)
        self.server.advance(answer["retry_after"] + 1)
        self.push()

    def test_three_unanswered_requests_stop_push_for_ten_minutes(self):
        for _ in range(3):
            self.push()
            self.server.advance(301)
        answer = self.server.push(self.token.uid)
        self.assertEqual(answer["status"], 407)
        self.assertTrue(580 <= answer["retry_after"] <= 600)
        self.server.advance(answer["retry_after"] + 1)
        self.push()

    def test_three_times_not_me_stop_push_and_are_reported(self):
        for _ in range(3):
            event = self.push()
            self.assertStatus(self.answer_push(event, lambda *a: self.token.deny(*a, "not_me", via="push")), 200)
            result = self.server.result(event)
            self.assertEqual((result["status"], result["reason"]), (606, "not_me"))
            self.server.advance(31)
        answer = self.server.push(self.token.uid)
        self.assertEqual(answer["status"], 407)
        self.assertGreater(answer["retry_after"], 500)
        reports = [r for r in self.server.command("report", "list", self.server.app["app_id"])
                   if r["uid"] == self.token.uid]
        self.assertEqual([r["token_address"] for r in reports], ["127.0.0.1"] * 3)

    def test_a_person_who_answers_is_never_stopped(self):
        for _ in range(5):
            event = self.push()
            self.assertStatus(self.answer_push(event, lambda *a: self.token.deny(*a, "cancel", via="push")), 200)
            self.assertEqual(self.server.result(event)["reason"], "cancel")
            self.server.advance(31)

    def test_what_the_site_says_of_the_browser_is_shown(self):
        uid = self.token.uid
        said = {"ip": "203.0.113.7", "location": "上海", "browser": "Firefox 128", "os": "Windows", "scene": "payment"}
        answer = self.server.push(uid, **self.server.signed_context(said, uid))
        self.assertEqual(answer["status"], 200, answer)
        event = Event(answer["event_id"], self.requests(self.token.poll(0))[0], answer)
        context = self.token.scan(event, via="push").json()["context"]
        self.assertEqual({name: context[name] for name in said}, said)
        self.assertEqual(context["ip_match"], "different")
