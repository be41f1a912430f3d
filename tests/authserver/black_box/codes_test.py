"""Dynamic codes and bindings."""
import hmac, threading

from documents import totp, sha256
from token_device import Token
from case import Case


class Codes(Case):
    def test_the_right_code_is_200(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        answer = self.server.traditional(uid, totp(token.secret, self.server.now() + 30))
        self.assertEqual(answer, {"codetype": 200, "msg": "授权成功."})

    def test_a_code_works_once(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        code = totp(token.secret, self.server.now())
        self.assertEqual(self.server.traditional(uid, code)["codetype"], 200)
        self.assertEqual(self.server.traditional(uid, code)["codetype"], 600)

    def test_an_older_code_does_not_work_after_a_newer_one(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        now = self.server.now()
        self.assertEqual(self.server.traditional(uid, totp(token.secret, now))["codetype"], 200)
        self.assertEqual(self.server.traditional(uid, totp(token.secret, now - 30))["codetype"], 600)

    def test_the_window_is_one_step_to_each_side(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(600)
        # In the middle of a step, so that the test's own time does not matter.
        self.server.advance(45 - self.server.now() % 30)
        now = self.server.now()
        for steps, status in ((-2, 600), (2, 600), (-1, 200), (0, 200), (1, 200)):
            code = totp(token.secret, now + 30 * steps)
            self.assertEqual(self.server.traditional(uid, code)["codetype"], status, steps)

    def test_leading_zeros_may_be_lost_and_are_signed_as_sent(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        step = int(self.server.now()) // 30 + 10
        while not totp(token.secret, step * 30).startswith("0"):
            step += 1
        self.server.advance(step * 30 + 10 - self.server.now())
        code = totp(token.secret, self.server.now())
        self.assertEqual(self.server.traditional(uid, str(int(code)))["codetype"], 200)
        while not totp(token.secret, step * 30).startswith("0") or step * 30 <= self.server.now():
            step += 1
        self.server.advance(step * 30 + 10 - self.server.now())
        self.assertEqual(self.server.traditional(uid, totp(token.secret, self.server.now()))["codetype"], 200)

    def test_malformed_codes_and_uids_are_400(self):
        for code in ("", "1234567", "12345a", "-12345", " 12345"):
            self.assertEqual(self.server.traditional("somebody", code)["codetype"], 400, code)
        for uid in ("", "u" * 65, "a\nb", "a\x00b", "a\u0085b"):
            self.assertEqual(self.server.traditional(uid, "123456")["codetype"], 400, uid)
        self.assertEqual(self.server.traditional("ü" * 32, "123456")["codetype"], 604)  # 64 bytes

    def test_guessing_is_slowed_down_and_the_brake_lets_go(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        right = totp(token.secret, self.server.now())
        wrong = [f"{i:06}" for i in range(5)]
        for code in wrong:
            self.assertEqual(self.server.traditional(uid, code)["codetype"], 600)
        answer = self.server.traditional(uid, right)
        self.assertEqual(answer["codetype"], 407)
        self.assertLessEqual(answer["retry_after"], 300)
        self.assertGreater(answer["retry_after"], 0)
        self.server.advance(answer["retry_after"] + 1)
        self.assertEqual(self.server.traditional(uid, totp(token.secret, self.server.now()))["codetype"], 200)

    def test_of_twenty_equal_codes_at_once_one_is_accepted(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        code = totp(token.secret, self.server.now())
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(
            self.server.traditional(uid, code)["codetype"])) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers.count(200), 1, answers)


class Bindings(Case):
    def test_an_open_binding_shows_one_secret_until_its_first_code(self):
        uid = self.fresh_uid()
        first, second = self.server.qrcode(uid), self.server.qrcode(uid)
        self.assertTrue(first.is_png())
        self.assertEqual(first.body, second.body)
        secret = self.server.pending_secret(uid)
        self.assertEqual(len(secret), 20)
        self.assertEqual(self.server.traditional(uid, totp(secret, self.server.now()))["codetype"], 200)
        replayed = self.server.qrcode(uid)
        self.assertEqual(replayed.json()["codetype"], 604)

    def test_an_open_binding_is_no_token_yet(self):
        uid = self.fresh_uid()
        self.server.qrcode(uid)
        self.assertEqual(self.server.traditional(uid, "000000")["codetype"], 600)
        token = Token(self.server, uid, self.server.pending_secret(uid))
        self.assertStatus(token.scan(self.server.new_event()), 604)

    def test_after_ten_minutes_a_binding_has_another_secret(self):
        uid = self.fresh_uid()
        first = self.server.qrcode(uid)
        old = self.server.pending_secret(uid)
        self.server.advance(601)
        self.assertEqual(self.server.traditional(uid, totp(old, self.server.now()))["codetype"], 604)
        self.assertNotEqual(self.server.qrcode(uid).body, first.body)
        self.assertNotEqual(self.server.pending_secret(uid), old)

    def test_a_bound_user_needs_a_code_to_bind_again(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        self.assertEqual(self.server.qrcode(uid, "000000").json()["codetype"], 600)
        code = totp(token.secret, self.server.now())
        first = self.server.qrcode(uid, code)
        self.assertTrue(first.is_png())
        self.assertEqual(self.server.qrcode(uid, code).body, first.body)  # the browser loads it twice
        self.assertEqual(self.server.qrcode(uid).body, first.body)        # it is open
        # The old token goes on until the new one has worked once.
        self.server.advance(60)
        self.assertEqual(self.server.traditional(uid, totp(token.secret, self.server.now()))["codetype"], 200)
        fresh = self.server.pending_secret(uid)
        self.assertEqual(self.server.traditional(uid, totp(fresh, self.server.now()))["codetype"], 200)
        self.server.advance(60)
        self.assertEqual(self.server.traditional(uid, totp(token.secret, self.server.now()))["codetype"], 600)
        self.assertEqual(self.server.qrcode(uid).json()["codetype"], 604)

    def test_a_code_is_not_worth_a_binding_after_it_was_used_to_sign_in(self):
        uid = self.fresh_uid()
        token = self.server.bind(uid)
        self.server.advance(60)
        code = totp(token.secret, self.server.now())
        self.assertEqual(self.server.traditional(uid, code)["codetype"], 200)
        self.assertEqual(self.server.qrcode(uid, code).json()["codetype"], 600)

    def test_an_account_for_the_label_must_be_signed(self):
        uid, app = self.fresh_uid(), self.server.app
        text = "\n".join(("account", app["app_id"], uid, "alice"))
        right = hmac.new(app["app_key"].encode(), text.encode(), "sha256").hexdigest()
        self.assertEqual(self.server.qrcode(uid, account="alice").json()["codetype"], 601)
        self.assertEqual(self.server.qrcode(uid, account="mallory", account_mac=right).json()["codetype"], 601)
        labelled = self.server.qrcode(uid, account="alice", account_mac=right)
        self.assertTrue(labelled.is_png())
        self.assertNotEqual(labelled.body, self.server.qrcode(uid).body)

    def test_both_readings_of_the_signature_hold(self):
        """S2: without a code, and with an empty one."""
        self.assertTrue(self.server.qrcode(self.fresh_uid(), "").is_png())
        self.assertTrue(self.server.qrcode(self.fresh_uid()).is_png())
