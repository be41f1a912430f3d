"""Random accounts that Hufu and a server of other people's share, and how their codes are read from Hufu."""
import base64
import json
import os
import secrets
import string
import subprocess
import time

PROFILE = "peers"
STEP = 30
MARGIN = 3  # seconds at a step's end in which no login is begun


class Account:
    def __init__(self):
        self.name = "user-" + secrets.token_hex(6)
        self.secret = secrets.token_bytes(secrets.choice(range(16, 33)))
        # The static one. It may end in digits: where the code begins is counted from the end.
        self.password = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(12))
        self.base32 = base64.b32encode(self.secret).decode().rstrip("=")
        self.uri = "otpauth://totp/Peer:%s?secret=%s&issuer=Peer" % (self.name, self.base32)


class Hufu:
    """The real program with a profile of its own, in a keychain of its own (tests/support/with_keyring)."""

    def __init__(self, program, count):
        self.program = os.path.abspath(program)
        self.accounts = [Account() for _ in range(count)]
        added = self.run("--yes", "add", "-", text="".join(one.uri + "\n" for one in self.accounts))
        assert len(added["added"]) == count, added

    def run(self, *arguments, text=""):
        done = subprocess.run([self.program, "--profile", PROFILE, "--json", *arguments], input=text,
                              capture_output=True, text=True, timeout=120, start_new_session=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def code(self, account, at=None):
        when = [] if at is None else ["--at", str(int(at))]
        return self.run("code", "Peer:" + account.name, *when)["code"]

    def remove(self):
        self.run("--yes", "profile", "remove", PROFILE)


def away_from_the_end_of_a_step():
    """Waits over the last seconds of a step: a code that is read in them may be old when it arrives."""
    left = STEP - time.time() % STEP
    if left < MARGIN:
        time.sleep(left + 0.1)


def in_one_step(attempt):
    """What `attempt` answers if it began and ended in one step; it is made again if the step ended meanwhile."""
    while True:
        away_from_the_end_of_a_step()
        step = time.time() // STEP
        answer = attempt()
        if time.time() // STEP == step:
            return answer


def wrong_logins(hufu, account, other):
    """What lets nobody in as `account`, by name: static password and code in one text."""
    now, code = time.time(), hufu.code(account)
    wrong = "%06d" % ((int(code) + 1 + secrets.randbelow(10 ** 6 - 1)) % 10 ** 6)
    return {
        "a wrong code": account.password + wrong,
        "another account's code": account.password + hufu.code(other),
        "a code of two steps ago": account.password + hufu.code(account, now - 2 * STEP),
        "a code of two steps ahead": account.password + hufu.code(account, now + 2 * STEP),
        "a wrong static password": "x" + account.password[1:] + "x" + code,
        "the code alone": code,
        "the static password alone": account.password,
    }
