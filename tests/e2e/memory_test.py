#!/usr/bin/python3
"""What a scan of the programs' memory finds of secrets (security.md 3): real keyring, real browser, real windows. As
root, on a build of the release preset: a debug build wipes as well, but its programs are not what people run.

    memory_test.py BINARIES EVIDENCE

BINARIES: the folder of the built programs. EVIDENCE: where pictures, logs and what was found are left.
"""

import base64
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys

from desk import hufu as titles
from desk.private_desk import private_desk
from desk.session import scratch_folder
from desk.steps import Steps
from desk.waiting import until
from traces import secret_service, vault_format
from traces.forms import Traces, count, told
from traces.stopped_at_end import stopped_at_end

PROFILE = "e2e-memory"
LIMIT = 400  # seconds, under the test's TIMEOUT, so that we clean up ourselves


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def new_secret():
    return os.urandom(20)


def key_uri(secret, account):
    return f"otpauth://totp/Trace:{account}?secret={base64.b32encode(secret).decode()}&issuer=Trace"


def found_in(program, binaries):
    """What is found in one of the two programs that parse a URI carelessly."""
    secret = new_secret()
    with subprocess.Popen([binaries / program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        print(key_uri(secret, "alice"), file=child.stdin, flush=True)
        expect(child.stdout.readline().startswith("ready"), program)
        found = Traces(binaries, {"secret": secret}).in_process(child.pid)
        child.stdin.close()
    return found


def the_method_finds_what_is_there(steps, binaries):
    with steps.step("A careless program: its copies are found, and gone once what it frees is wiped"):
        careless = found_in("naive_program", binaries)
        steps.say(told(careless))
        expect(count(careless) >= 12, f"only {count(careless)} copies found in the careless program")
        wiping = found_in("naive_program_wiping", binaries)
        steps.say(told(wiping))
        heap = [place for places in wiping.values() for place in places if place[0] != "[stack]"]
        expect(not heap, "copies outlive a wiping free: " + told(wiping))


class CommandLine:
    """hufu-cli, looked at when it has done everything and is about to end."""

    def __init__(self, steps, binaries, folder):
        self._steps, self._binaries, self._folder = steps, binaries, folder

    def leaves_nothing(self, what, arguments, given, secrets, status=0, password=None):
        with self._steps.step(f"hufu-cli {what}: nothing is left at its end"):
            command = [self._binaries / "hufu-cli", "--profile", PROFILE, *arguments]
            with stopped_at_end(self._folder, command, given, password) as program:
                found = Traces(self._binaries, secrets).in_process(program.pid)
            expect(program.status == status, f"status {program.status}: {program.output}")
            expect(not found, told(found))


def command_line(steps, binaries):
    with scratch_folder() as folder:
        program = CommandLine(steps, binaries, folder)
        secret, damaged = new_secret(), new_secret()
        program.leaves_nothing("adds an account", ["add", "-"], key_uri(secret, "cli"), {"secret": secret})
        entries = secret_service.entries_of(PROFILE)
        head = vault_format.newest_head(entries)
        known = {"secret": secret} | vault_format.keys(head, head.vault_key())
        program.leaves_nothing("shows a code", ["code", "cli"], "", known)
        program.leaves_nothing("refuses a damaged link", ["add", "-"],
                               key_uri(damaged, "cli") + "%zz&digits=99", known | {"damaged": damaged}, status=1)
        return secret


class Window:
    """The course of a person at the window, and what is known to be secret by then."""

    def __init__(self, desk, binaries, folder):
        self.desk, self._binaries, self._folder = desk, binaries, folder
        self.secrets = {}

    def find(self, more=None):
        return Traces(self._binaries, self.secrets | self.keys() | (more or {})).in_process(self.desk.hufu.process.pid)

    def keys(self):
        head = vault_format.newest_head(secret_service.entries_of(PROFILE))
        return vault_format.keys(head, head.vault_key())

    def is_clean(self, what, more=None):
        """At most one raw copy of each account's secret, in no other form; nothing at all of `more`."""
        with self.desk.steps.step(f"{what}: at most one raw copy an account"):
            found = self.find(more)
            (self._folder / "found.txt").write_text(told(found) + "\n")
            self.desk.steps.say(told(found))
            for name in self.secrets:
                expect(count(found, name, "raw") <= 1, f"{name}: " + told(found))
                expect(count(found, name) == count(found, name, "raw"), f"{name}: " + told(found))
            for name in more or {}:
                expect(count(found, name) == 0, f"{name}: " + told(found))

    def add_from_file(self):
        secret = new_secret()
        picture = self._folder / "code.png"
        subprocess.run(["qrencode", "-o", picture, "-s", "8", key_uri(secret, "file")], check=True)
        with self.desk.steps.step("An account from a picture"):
            self.open_picture(picture)
            self.agree()
        self.secrets["from a picture"] = secret

    def open_picture(self, picture):
        windows = self.desk.windows
        windows.activate(windows.wait_for(titles.MAIN))
        windows.press("ctrl+o")
        windows.activate(windows.wait_for("Open a picture"))
        windows.type(str(picture))
        windows.press("Return")
        windows.wait_gone("Open a picture")

    def agree(self):
        windows = self.desk.windows
        windows.activate(windows.wait_for(titles.ADD))
        windows.press("Return")
        windows.wait_gone(titles.ADD)

    @contextlib.contextmanager
    def pasted(self, text):
        """Ctrl+V in Hufu's window while `text` is in the clipboard."""
        path = self._folder / "pasted"
        path.write_text(text)
        with subprocess.Popen(["xclip", "-quiet", "-selection", "clipboard", path], stderr=subprocess.DEVNULL) as owner:
            try:
                windows = self.desk.windows
                until("the text in the clipboard", lambda: subprocess.run(
                    ["xclip", "-o", "-selection", "clipboard"], capture_output=True, text=True).stdout == text)
                windows.activate(windows.wait_for(titles.MAIN))
                windows.press("ctrl+v")
                yield
            finally:
                owner.terminate()

    def add_from_clipboard(self):
        secret = new_secret()
        with self.desk.steps.step("An account from a pasted link"), self.pasted(key_uri(secret, "pasted")):
            self.agree()
        self.secrets["pasted"] = secret


def window(steps, binaries, evidence, cli_secret):
    with private_desk(steps, binaries, evidence, PROFILE, LIMIT) as desk, scratch_folder() as folder:
        course = Window(desk, binaries, folder)
        course.secrets["by hufu-cli"] = cli_secret
        desk.open_hufu()
        course.is_clean("Opened")
        course.add_from_file()
        course.is_clean("Added from a file")
        course.add_from_clipboard()
        course.is_clean("Pasted")
        desk.bind()
        entries = secret_service.entries_of(PROFILE)
        head = vault_format.newest_head(entries)
        course.secrets["bound"] = vault_format.account_secrets(entries, head, head.vault_key())["alice"]
        course.is_clean("Bound")
        desk.approve_login()
        course.is_clean("Approved")


def main(binaries, evidence):
    if os.geteuid() != 0:
        sys.exit("Only root may read the memory of these programs.")
    shutil.rmtree(evidence, ignore_errors=True)
    steps = Steps()
    the_method_finds_what_is_there(steps, binaries)
    secret = command_line(steps, binaries)
    window(steps, binaries, evidence, secret)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
