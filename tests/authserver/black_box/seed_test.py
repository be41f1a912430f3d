"""The vendor's event calls, to the letter."""
import re
from urllib.parse import urlencode

from documents import md5
from server import Event
from case import Case


class SeedCalls(Case):
    def test_a_new_login_has_the_documented_members(self):
        answer = self.server.new_event().answer
        self.assertEqual(set(answer), {"status", "event_id", "qrcode_url", "qrcode_data", "description"})
        self.assertIs(type(answer["status"]), int)
        self.assertEqual(answer["description"], "success")
        self.assertRegex(answer["event_id"], r"\A\d{10}\.\d{2}[A-Za-z0-9]{22}\Z")
        self.assertRegex(answer["qrcode_data"],
                         re.escape(self.server.api) + r"/verify/\?token=[0-9a-f]{32}\Z")
        self.assertRegex(answer["qrcode_url"], re.escape(self.server.api) +
                         r"/show/qrcode_url/\?uuid=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")

    def test_ids_do_not_repeat(self):
        events = [self.server.new_event() for _ in range(20)]
        self.assertEqual(len({e.event_id for e in events}), 20)
        self.assertEqual(len({e.token for e in events}), 20)

    def test_the_login_picture_is_a_png_and_not_kept(self):
        event = self.server.new_event()
        answer = self.server.request("GET", event.answer["qrcode_url"].removeprefix(self.server.base))
        self.assertTrue(answer.is_png())
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_an_unknown_picture_is_604(self):
        answer = self.server.get("/v1/show/qrcode_url/", uuid="706f5ecc-41b2-11e6-8b78-66b476a7be0a")
        self.assertStatus(answer, 604)

    def login_parameters(self, **changes):
        app = self.server.app
        parameters = {"app_id": app["app_id"], "auth_type": "2",
                      "signature": md5(app["app_id"], "2", app["app_key"])}
        parameters.update(changes)
        return {name: value for name, value in parameters.items() if value is not None}

    def test_the_event_calls_want_app_id_not_appid(self):
        parameters = self.login_parameters(app_id=None, appid=self.server.app["app_id"])
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", **parameters), 400)
        event = self.server.new_event()
        self.assertStatus(self.server.get(
            "/v1/event_result", appid=self.server.app["app_id"], event_id=event.event_id,
            signature=md5(self.server.app["app_id"], event.event_id, self.server.app["app_key"])), 400)

    def test_the_code_calls_want_appid_not_app_id(self):
        app, uid = self.server.app, "anybody"
        for path, code in (("/v1/traditional", "123456"), ("/v1/qrcode", "")):
            answer = self.server.get(path, app_id=app["app_id"], uid=uid, dynamic_code=code,
                                     signature=md5(app["app_id"], code, uid, app["app_key"])).json()
            self.assertEqual(answer["codetype"], 400, path)

    def test_a_wrong_signature_is_403_on_event_calls(self):
        for signature in ("0" * 32, md5("other")):
            self.assertStatus(self.server.get("/v1/qrcode_for_auth",
                                              **self.login_parameters(signature=signature)), 403)
        event = self.server.new_event()
        self.assertStatus(self.server.get("/v1/event_result", app_id=self.server.app["app_id"],
                                          event_id=event.event_id, signature="0" * 32), 403)

    def test_a_wrong_signature_is_601_on_code_calls(self):
        for path in ("/v1/traditional", "/v1/qrcode"):
            answer = self.server.get(path, appid=self.server.app["app_id"], uid="u",
                                     dynamic_code="123456", signature="0" * 32)
            self.assertEqual((answer.status, answer.json()["codetype"]), (200, 601))

    def test_an_unknown_application_is_not_told_from_a_wrong_signature(self):
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", **self.login_parameters(
            app_id="x" * 32)), 403)
        answer = self.server.get("/v1/traditional", appid="x" * 32, uid="u", dynamic_code="1",
                                 signature="0" * 32).json()
        self.assertEqual(answer["codetype"], 601)

    def test_lengths_are_exact(self):
        app = self.server.app
        shorter = app["app_id"][:-1]
        # The characters that are signed are the same; only the lengths are not.
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", app_id=shorter,
                                          auth_type=app["app_id"][-1] + "2",
                                          signature=md5(app["app_id"], "2", app["app_key"])), 400)
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", **self.login_parameters(
            signature=self.login_parameters()["signature"].upper() + "0")), 400)

    def test_other_types_duplicates_and_missing_parameters_are_400(self):
        app = self.server.app
        self.assertStatus(self.server.get("/v1/qrcode_for_auth", **self.login_parameters(
            auth_type="3", signature=md5(app["app_id"], "3", app["app_key"]))), 400)
        for name in ("app_id", "auth_type", "signature"):
            self.assertStatus(self.server.get("/v1/qrcode_for_auth",
                                              **self.login_parameters(**{name: None})), 400)
        query = urlencode(self.login_parameters())
        self.assertStatus(self.server.request("GET", f"/v1/qrcode_for_auth?{query}&auth_type=2"), 400)

    def test_event_result_waits_with_602_and_signs_its_answer(self):
        event = self.server.new_event()
        answer = self.server.result(event)
        self.assertEqual(answer["status"], 602)
        self.assertEqual(answer["event_id"], event.event_id)
        self.assertNotIn("uid", answer)
        self.assertEqual(answer["signature"], md5(self.server.app["app_id"], event.event_id, "602",
                                                  self.server.app["app_key"]))

    def test_an_event_of_another_application_is_604(self):
        event = self.server.new_event()
        self.assertEqual(self.server.result(event, self.server.other_app)["status"], 604)

    def test_an_unknown_event_is_604_and_a_malformed_one_400(self):
        self.assertEqual(self.server.result(Event("1467614532.77" + "a" * 22, None, None))["status"], 604)
        self.assertEqual(self.server.result(Event("1467614532.77wsYFZ9Z", None, None))["status"], 400)

    def test_calls_return_numbers_not_text(self):
        answer = self.server.traditional("nobody", "123456")
        self.assertEqual(set(answer), {"codetype", "msg"})
        self.assertIs(type(answer["codetype"]), int)
        self.assertEqual(answer["codetype"], 604)
