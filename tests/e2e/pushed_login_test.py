#!/usr/bin/python3
"""End-to-end test of a login that the server asks for: real keyring, real windows, the real server, and a desktop's
notifications as tests play them.

    pushed_login_test.py BINARIES EVIDENCE

BINARIES: the folder of the built programs. EVIDENCE: where pictures and logs are left.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "authserver" / "black_box"))

from desk import hufu as titles, session
from desk.hufu import Hufu, write_policy
from desk.processes import Processes, raise_on_signals
from desk.steps import Steps
from desk.waiting import until
from desk.windows import Windows

LIMIT = 280  # seconds, under the test's TIMEOUT, so that we clean up ourselves
PERSONS = ("alice", "bob", "carol")  # one for each push: a server may not ask one binding again at once
PASSWORD = "ein langes Kennwort, 42 Zeichen"
LOCKED = "A login waits | Unlock Hufu to see it."


def expect(got, wanted):
    if got != wanted:
        raise AssertionError(f"{got!r} instead of {wanted!r}")


class Notifications:
    """The desktop's, and what it was told to show."""

    def __init__(self, env):
        self._process = subprocess.Popen([HERE.parent / "support" / "fake_notifications"], env=env, text=True,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        os.set_blocking(self._process.stdout.fileno(), False)
        self.lines = []
        self.wait("ready")

    def read(self):
        while line := self._process.stdout.readline():
            self.lines.append(line.rstrip("\n"))
        return self.lines

    def wait(self, text, seconds=40.0):
        """The first line with `text` that was not waited for yet; the lines up to it are done with."""

        def found():
            for number, line in enumerate(self.read()):
                if text in line:
                    del self.lines[:number + 1]
                    return line
            return None

        return until(f"a notification's {text!r}", found, seconds)

    def click(self):
        self._process.stdin.write("click\n")
        self._process.stdin.flush()

    def close(self):
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)


class Course:
    def __init__(self, steps, windows, hufu, server, notifications, evidence):
        self.steps, self.windows, self.hufu, self.server = steps, windows, hufu, server
        self.notifications, self.evidence = notifications, evidence

    def bind(self, folder):
        with self.steps.step("Accounts are bound by the command line"):
            picture = folder / "bind.png"
            for person in PERSONS:
                picture.write_bytes(self.server.qrcode(person).body)
                account, = self.hufu.cli("add", picture, "--yes")["added"]
                code = self.hufu.cli("code", account["id"])["code"]
                expect(self.server.traditional(person, code)["codetype"], 200)
                self.used = code
            until("the network", self.brings_the_network_along)
        with self.steps.step("The server's first answer to each proves it"):
            until("proven bindings", lambda: set(self.states().values()) == {"worked-once"}, 90)

    def states(self):
        """Of the bindings, by the accounts' ids."""
        return {one["id"]: one["binding"]["state"] for one in self.hufu.cli("list")["accounts"]}

    def binds_again(self, folder):
        """The person that was bound last."""
        with self.steps.step("Bound again: the old key is kept while the server knows no other"):
            old = self.hufu.cli("list")["accounts"][-1]["id"]
            code = until("an unused code", lambda: (now := self.hufu.cli("code", old)["code"]) != self.used and now, 40)
            picture = folder / "again.png"
            picture.write_bytes(self.server.qrcode(PERSONS[-1], code).body)
            new = self.hufu.cli("add", picture, "--yes")["added"][0]["id"]
            time.sleep(3)  # the new key is asked for, and refused
            expect((self.states()[old], self.states()[new]), ("worked-once", "new"))
        with self.steps.step("The page has seen a code of the new key: Hufu hears of it, and the old one goes"):
            expect(self.server.traditional(PERSONS[-1], self.hufu.cli("code", new)["code"])["codetype"], 200)
            until("the new key alone", lambda: old not in self.states(), 60)
            expect(self.states()[new], "worked-once")

    def open(self):
        with self.steps.step("Hufu opens and is put aside"):
            self.hufu.start()
            self.main = self.windows.wait_for(titles.MAIN, 30)
            self.windows.wait_foot_settled(self.main, at_least=1)
            self.put_aside()
            expect(self.brings_the_network_along(), False)  # nobody is bound

    def brings_the_network_along(self):
        """What Qt loads for its first TLS connection."""
        maps = pathlib.Path(f"/proc/{self.hufu.process.pid}/maps").read_text()
        return "libqopensslbackend" in maps

    def put_aside(self):
        self.windows._xdotool("windowminimize", "--sync", self.main)

    def push(self, person):
        from server import Event
        answer = self.server.push(person)
        expect(answer["status"], 200)
        return Event(answer["event_id"], None, answer)

    def approve(self, event, person):
        """With the number that the page shows once the sheet has opened."""
        sheet = self.windows.wait_for(titles.CONFIRM, 30)
        self.windows.activate(sheet)
        number = until("the number", lambda: self.server.result(event).get("number"))
        self.windows.wait_foot_settled(sheet, at_least=1.2)
        self.windows.type(number)
        self.windows.wait_foot_settled(sheet, at_least=1.2)
        self.windows.picture(self.evidence / "confirm.png")
        self.windows.press("Tab", "space")
        until("a confirmed login", lambda: self.server.result(event)["status"] == 200)
        expect(self.server.result(event)["uid"], person)
        self.windows.wait_gone(titles.CONFIRM)

    def a_notification_opens_the_sheet(self):
        with self.steps.step("A push: the desktop says so, nothing opens"):
            event = self.push(PERSONS[0])
            shown = self.notifications.wait("Are you signing in to")
            expect(self.notifications.wait("actions").split()[1], "default")
            time.sleep(2)
            expect((self.windows.find(titles.CONFIRM), self.server.result(event)["status"]), (None, 602))
        with self.steps.step("A click opens the sheet; approved with the number"):
            self.notifications.click()
            self.approve(event, PERSONS[0])
            self.notifications.wait("close " + shown.split()[1])

    def an_active_window_opens_it_itself(self):
        with self.steps.step("In the active window the sheet opens by itself"):
            self.hufu_window()
            event = self.push(PERSONS[1])
            self.approve(event, PERSONS[1])
            expect([line for line in self.notifications.read() if line.startswith("show")], [])

    def hufu_window(self):
        self.windows._xdotool("windowmap", "--sync", self.main)
        self.windows.activate(self.main)

    def locked_it_says_nothing(self):
        with self.steps.step("Locked: a notification without details; the unlock opens the sheet"):
            self.hufu.cli("--yes", "password", passwords=["", PASSWORD])
            self.put_aside()
            event = self.push(PERSONS[2])
            line = self.notifications.wait("show")
            expect(line.split(" ", 2)[2].removeprefix("1 "), LOCKED)
            self.notifications.click()
            main = self.windows.wait_for(titles.MAIN)
            self.windows.activate(main)
            self.windows.wait_foot_settled(main, at_least=0.5)
            self.windows.picture(self.evidence / "locked.png")
            self.windows.type(PASSWORD)
            self.windows.press("Return")
            self.approve(event, PERSONS[2])


def main(binaries, evidence):
    shutil.rmtree(evidence, ignore_errors=True)
    evidence.mkdir(parents=True)
    os.environ["HUFU_AUTHSERVER"] = str(binaries / "hufu-authserver")
    from server import Server
    raise_on_signals(LIMIT)
    steps = Steps()
    env = session.plain_environment(pathlib.Path.home())
    windows = Windows(env)
    with session.scratch_folder() as folder, Processes(evidence / "logs") as processes:
        server = Server()
        notifications = Notifications(env)
        try:
            policy = folder / "policy.json"
            write_policy(policy, pathlib.Path(server.file("ca.pem")))
            course = Course(steps, windows, Hufu(processes, binaries, env, "e2e-push", policy), server, notifications,
                            evidence)
            course.open()
            course.bind(folder)
            course.a_notification_opens_the_sheet()
            course.an_active_window_opens_it_itself()
            course.binds_again(folder)
            course.locked_it_says_nothing()
            course.hufu.end()
        except BaseException:
            windows.picture(evidence / "failure.png")
            raise
        finally:
            notifications.close()
            server.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
