"""Binding by a one-time address: no secret on a screen, one device gets it, once."""
import json, os, sqlite3

from documents import totp
from token_device import Token
from case import Case
from urllib.parse import parse_qs, urlsplit
import base64


class BindAddress(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.app = cls.server.command("app", "create", "Discreet", "--bind-by-address")

    def address_token(self, uid):
        """What the picture holds; reading the picture is another test."""
        with sqlite3.connect(os.path.join(self.server.data, "authserver.sqlite")) as database:
            return [row[0].decode() for row in database.execute(
                "SELECT token FROM bind_addresses WHERE uid = ? ORDER BY until", (uid.encode(),))][-1]

    def take(self, token, **changes):
        fields = {"v": 1, "device_id": "1" * 32, "device_name": "Büro-PC", "nonce": "2" * 32, **changes}
        return self.server.request("POST", "/v1/bind/?token=" + token, json.dumps(fields),
                                   {"Content-Type": "application/json"})

    def test_a_device_takes_the_binding_and_its_first_code_closes_it(self):
        uid = self.fresh_uid()
        self.assertTrue(self.server.qrcode(uid).is_png())
        body = self.assertStatus(self.take(self.address_token(uid)), 200)
        query = {name: values[0] for name, values in parse_qs(urlsplit(body["uri"]).query).items()}
        self.assertEqual((query["v"], query["appid"], query["uid"], query["api"]),
                         ("1", self.server.app["app_id"], uid, self.server.api))
        secret = base64.b32decode(query["secret"])
        self.assertEqual(secret, self.server.pending_secret(uid))
        self.assertEqual(self.server.traditional(uid, totp(secret, self.server.now()))["codetype"], 200)
        self.assertStatus(Token(self.server, uid, secret).scan(self.server.new_event()), 201)
        self.assertStatus(self.take(self.address_token(uid)), 604)  # bound: the address is over

    def test_the_same_request_gets_the_same_bytes_and_no_other_gets_any(self):
        uid = self.fresh_uid()
        self.server.qrcode(uid)
        token = self.address_token(uid)
        first = self.take(token)
        self.assertStatus(first, 200)
        self.assertEqual(self.take(token).body, first.body)
        self.assertStatus(self.take(token, nonce="3" * 32), 604)
        self.assertStatus(self.take(token, device_id="3" * 32), 604)
        self.assertEqual(self.server.qrcode(uid).json()["codetype"], 604)  # the secret does not leave twice

    def test_the_picture_keeps_its_address_until_it_is_used_or_over(self):
        uid = self.fresh_uid()
        first = self.server.qrcode(uid)
        self.assertEqual(self.server.qrcode(uid).body, first.body)
        token = self.address_token(uid)
        self.server.advance(301)
        self.assertStatus(self.take(token), 604)
        self.assertNotEqual(self.server.qrcode(uid).body, first.body)
        self.assertStatus(self.take(self.address_token(uid)), 200)

    def test_looking_changes_nothing(self):
        uid = self.fresh_uid()
        self.server.qrcode(uid)
        token = self.address_token(uid)
        answer = self.server.get("/v1/bind/", "text/html", token=token)
        self.assertIn(b"binding code", answer.body)
        self.assertNotIn(token.encode(), answer.body)
        self.assertStatus(self.take(token), 200)

    def test_malformed_requests_are_400_and_unknown_addresses_604(self):
        self.assertStatus(self.take("0" * 32), 604)
        self.assertStatus(self.take("../x"), 604)
        uid = self.fresh_uid()
        self.server.qrcode(uid)
        token = self.address_token(uid)
        for changes in ({"v": 2}, {"device_id": "1" * 31}, {"nonce": "X" * 32}, {"device_name": "a\nb"},
                        {"device_name": 5}, {"device_name": "n" * 129}):
            self.assertStatus(self.take(token, **changes), 400)
        self.assertEqual(self.server.request("POST", "/v1/bind/?token=" + token, b"{}").status, 415)
        self.assertStatus(self.take(token), 200)
