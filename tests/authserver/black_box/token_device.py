"""What a PC token sends, one device of it."""
import json, os

from documents import sha256, pct_key, pct_mac


class Token:
    """What a PC token does, one device of it."""

    def __init__(self, server, uid, secret, app=None):
        self.server, self.uid, self.secret = server, uid, secret
        self.app = app or server.app
        self.device_id = os.urandom(16).hex()

    def key(self, label):
        return pct_key(self.secret, label, self.server.api, self.app["app_id"], self.uid)

    def request(self, action, event, **changes):
        fields = {"v": 1, "action": action, "app_id": self.app["app_id"], "uid": self.uid,
                  "device_id": self.device_id, "ts": int(self.server.now()),
                  "nonce": os.urandom(16).hex(), "via": "screen", "answer": "-", "ctx": "-"}
        fields.update(changes)
        fields["mac"] = pct_mac(self.key("req"), "PCT1-REQ", action, self.server.api,
                                fields["app_id"], fields["uid"], fields["device_id"], event.token,
                                str(fields["ts"]), fields["nonce"], fields["via"],
                                fields["answer"], fields["ctx"])
        return fields

    def send(self, event, fields):
        answer = self.server.request("POST", "/v1/verify/?token=" + event.token, json.dumps(fields),
                                     {"Content-Type": "application/json"})
        answer.nonce = fields.get("nonce")
        return answer

    def poll_fields(self, wait=25, **changes):
        fields = {"v": 1, "action": "poll", "app_id": self.app["app_id"], "uid": self.uid,
                  "device_id": self.device_id, "ts": int(self.server.now()), "nonce": os.urandom(16).hex(),
                  "via": "-", "answer": "-", "ctx": "-", "wait": wait}
        fields.update(changes)
        fields["mac"] = pct_mac(self.key("poll"), "PCT1-REQ", "poll", self.server.api, fields["app_id"],
                                fields["uid"], fields["device_id"], "-", str(fields["ts"]), fields["nonce"],
                                fields["via"], fields["answer"], fields["ctx"])
        return fields

    def poll(self, wait=25, **changes):
        """Is there a request for me? Waits for the answer."""
        return self.send_poll(self.poll_fields(wait, **changes))

    def send_poll(self, fields):
        answer = self.server.request("POST", "/v1/pending", json.dumps(fields), {"Content-Type": "application/json"})
        answer.nonce = fields.get("nonce")
        return answer

    def is_authentic(self, answer):
        expected = pct_mac(self.key("res"), "PCT1-RES", answer.nonce, sha256(answer.body))
        return answer.headers["X-PCT-MAC"] == expected

    def scan(self, event, **changes):
        return self.send(event, self.request("scan", event, **changes))

    def confirm(self, event, scan_answer, answer="-", **changes):
        return self.send(event, self.request("confirm", event, answer=answer,
                                             ctx=sha256(scan_answer.body), **changes))

    def deny(self, event, scan_answer, answer="not_me", **changes):
        return self.send(event, self.request("deny", event, answer=answer,
                                             ctx=sha256(scan_answer.body), **changes))
