"""The authentication server's calls for a site's backend. Python 3.8 or newer, standard library only.

Names and arguments are those of the API document's sample. Nothing is printed; TLS is always verified.
The server is the argument `api`, else the environment's DUOYINSU_API, else the vendor's; `ca_file` (else
DUOYINSU_CA_FILE) names a PEM file of authorities to trust beside the system's, for a company's own.
"""
import hashlib
import hmac
import http.client
import json
import os
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request

VENDOR = "https://api.duoyinsu.com/v1"
LONGEST_ANSWER = 65536


class DuoyinsuError(Exception):
    """No authentic answer came: network, TLS, time-out, or an answer that is none. The user is not logged in."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None  # a signed address is for nobody else; urllib makes an error of it


class duoyinsu:
    def __init__(self, app_id, app_key, auth_id, api=None, ca_file=None, timeout=15):
        """`timeout`: seconds for a whole call."""
        self._app_id, self._app_key, self._auth_id = app_id, app_key, auth_id
        self._api = (api or os.environ.get("DUOYINSU_API") or VENDOR).rstrip("/")
        self._timeout = timeout
        if not self._api.startswith("https://"):
            raise DuoyinsuError("the address of the API must begin with https://")
        tls = ssl.create_default_context()
        tls.minimum_version = ssl.TLSVersion.TLSv1_2
        ca_file = ca_file or os.environ.get("DUOYINSU_CA_FILE")
        try:
            if ca_file:
                tls.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as problem:
            raise DuoyinsuError("the file of authorities cannot be read: %s" % problem) from None
        self._opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=tls), _NoRedirect)

    def getUid(self, seed):
        """The uid of a user name: 64 hexadecimal digits, always the same, not to be guessed without auth_id."""
        return hmac.new(self._auth_id.encode(), seed.encode(), hashlib.sha256).hexdigest()

    def getQrcode(self, uid, dynamic_code="", account=""):
        """The signed address of the picture that binds a token; show it to that user only. Asks nobody.

        A user who has a token already needs its `dynamic_code`; `account` stands on the label instead of the uid.
        """
        query = {"appid": self._app_id, "uid": uid}
        if dynamic_code:
            query["dynamic_code"] = dynamic_code
        query["signature"] = self._sign(self._app_id, dynamic_code, uid)
        if account:
            text = "\n".join(("account", self._app_id, uid, account))
            query["account"] = account
            query["account_mac"] = hmac.new(self._app_key.encode(), text.encode(), hashlib.sha256).hexdigest()
        return self._address("/qrcode", query)

    def traditional(self, uid, dynamic_code):
        """Checks a code: `codetype` as text ("200" is right), `msg` in words."""
        answer = self._get("/traditional", {
            "appid": self._app_id, "uid": uid, "dynamic_code": dynamic_code,
            "signature": self._sign(self._app_id, dynamic_code, uid)}, "codetype")
        answer["codetype"] = str(answer["codetype"])
        return answer

    def qrcodeForAuth(self):
        """A new login by scan: `status`; at 200 `event_id` (keep it in the backend), `qrcode_url`, `qrcode_data`."""
        return self._get("/qrcode_for_auth", {
            "app_id": self._app_id, "auth_type": "2",
            "signature": self._sign(self._app_id, "2")}, "status")

    def pushForAuth(self, uid):
        """Asks the user's token directly: `status`; at 200 `event_id`."""
        return self._get("/push_for_auth", {
            "app_id": self._app_id, "uid": uid, "auth_type": "3",
            "signature": self._sign(self._app_id, "3", uid)}, "status")

    def eventResult(self, event_id):
        """How a login stands. `status` 200: confirmed by `uid`, and authentic; 602 and 201: ask again in a second."""
        answer = self._get("/event_result", {
            "app_id": self._app_id, "event_id": event_id,
            "signature": self._sign(self._app_id, event_id)}, "status")
        if answer["status"] == 200:
            expected = self._sign(self._app_id, event_id, "200", str(answer.get("uid", "")))
            if not answer.get("uid") or not hmac.compare_digest(
                    expected.encode(), str(answer.get("signature", "")).encode()):
                raise DuoyinsuError("the answer is not signed by the server")
        return answer

    def _sign(self, *parts):
        return hashlib.md5(("".join(parts) + self._app_key).encode()).hexdigest()

    def _address(self, path, query):
        return self._api + path + "?" + urllib.parse.urlencode(query, quote_via=urllib.parse.quote)

    def _get(self, path, query, status):
        try:
            end = time.monotonic() + self._timeout
            body = b""
            with self._opener.open(self._address(path, query), timeout=self._timeout) as answer:
                while chunk := answer.read1(LONGEST_ANSWER):
                    body += chunk
                    if len(body) > LONGEST_ANSWER or time.monotonic() > end:
                        raise DuoyinsuError("the answer is too long or too slow")
                if answer.length:  # bytes that were promised and did not come
                    raise DuoyinsuError("the answer broke off")
        except urllib.error.HTTPError as problem:
            raise DuoyinsuError("the server answered with HTTP status %d" % problem.code) from None
        except urllib.error.URLError as problem:
            raise DuoyinsuError("the server cannot be reached: %s" % problem.reason) from None
        except (OSError, http.client.HTTPException) as problem:
            raise DuoyinsuError("the connection failed: %s" % type(problem).__name__) from None
        try:
            document = json.loads(body)
            document[status] = int(document[status])  # a number, or the same as text
        except (ValueError, KeyError, TypeError):
            raise DuoyinsuError("the answer is not one of this API") from None
        return document
