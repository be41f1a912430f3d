"""A site whose author has read the vendor's API document and nothing else."""
import hashlib
from urllib.parse import urlencode

from documents import totp
from server import Event
from token_device import Token
from case import Case


class SeedSite:
    """The four calls, with the parameters and signatures of the document's tables. 200 means yes; all else means no."""

    def __init__(self, server):
        self.server = server
        self.app_id, self.key = server.app["app_id"], server.app["app_key"]

    def get(self, call, **parameters):
        answer = self.server.request("GET", f"/v1/{call}?{urlencode(parameters)}")
        assert answer.status == 200, answer.status
        return answer

    def signature(self, *parts):
        return hashlib.md5("".join((*parts, self.key)).encode()).hexdigest()

    def qrcode_for_auth(self):
        return self.get("qrcode_for_auth", app_id=self.app_id, auth_type=2,
                        signature=self.signature(self.app_id, "2")).json()

    def event_result(self, event_id):
        return self.get("event_result", app_id=self.app_id, event_id=event_id,
                        signature=self.signature(self.app_id, event_id)).json()

    def traditional(self, uid, code):
        return self.get("traditional", appid=self.app_id, uid=uid, dynamic_code=code,
                        signature=self.signature(self.app_id, code, uid)).json()

    def qrcode(self, uid):
        return self.get("qrcode", appid=self.app_id, uid=uid, signature=self.signature(self.app_id, uid))


class SeedOnly(Case):
    def setUp(self):
        self.site = SeedSite(self.server)
        self.server.advance(400)  # codes anew, brakes released

    def bound(self):
        uid = self.fresh_uid()
        self.assertTrue(self.site.qrcode(uid).is_png())
        secret = self.server.pending_secret(uid)
        self.assertEqual(self.site.traditional(uid, totp(secret, self.server.now()))["codetype"], 200)
        return Token(self.server, uid, secret)

    def begin(self):
        login = self.site.qrcode_for_auth()
        self.assertEqual({name: type(value) for name, value in login.items()}, {
            "status": int, "event_id": str, "qrcode_url": str, "qrcode_data": str, "description": str})
        self.assertEqual(login["status"], 200)
        picture = self.server.request("GET", login["qrcode_url"].removeprefix(self.server.base))
        self.assertTrue(picture.is_png())
        return Event(login["event_id"], login["qrcode_data"].partition("token=")[2], login)

    def ask(self, event):
        result = self.site.event_result(event.event_id)
        self.assertIs(type(result["status"]), int)
        self.assertIs(type(result["description"]), str)
        return result

    def test_binds_a_user_and_checks_codes(self):
        token = self.bound()
        self.server.advance(60)
        wrong = totp(token.secret, self.server.now() + 3000)
        self.assertEqual(self.site.traditional(token.uid, wrong), {"codetype": 600, "msg": "动态验证码错误。"})
        self.assertEqual(self.site.traditional(token.uid, totp(token.secret, self.server.now()))["codetype"], 200)
        self.assertEqual(self.site.traditional("nobody", "123456")["codetype"], 604)
        self.assertEqual(self.site.qrcode(token.uid).json()["codetype"], 604)
        self.site.key = "wrong"
        self.assertEqual(self.site.traditional(token.uid, "123456")["codetype"], 601)
        self.assertEqual(self.site.qrcode(token.uid).json()["codetype"], 601)

    def test_signs_in_who_scanned_and_approved(self):
        token, event = self.bound(), self.begin()
        self.assertNotEqual(self.ask(event)["status"], 200)
        scanned = token.scan(event)
        self.assertNotEqual(self.ask(event)["status"], 200)
        token.confirm(event, scanned)
        for _ in range(2):  # an answer may be lost on its way to the site
            result = self.ask(event)
            self.assertEqual((result["status"], result["event_id"]), (200, event.event_id))
            self.assertRegex(result["signature"], r"\A[0-9a-f]{32}\Z")

    def test_polls_in_vain_until_the_event_is_over(self):
        token, untouched, denied = self.bound(), self.begin(), self.begin()
        token.deny(denied, token.scan(denied))
        for _ in range(10):
            self.server.advance(31)
            for event in (untouched, denied):
                self.assertNotEqual(self.ask(event)["status"], 200)
        late = token.scan(untouched)
        self.assertNotEqual(late.json()["status"], 201)
        self.assertNotEqual(self.ask(untouched)["status"], 200)

    def test_hears_of_a_wrong_signature_and_an_unknown_event(self):
        event = self.begin()
        self.assertEqual(self.ask(Event("1467614532.77" + "b" * 22, None, None))["status"], 604)
        self.site.key = "wrong"
        self.assertEqual(self.ask(event)["status"], 403)
        self.assertEqual(self.site.qrcode_for_auth()["status"], 403)
