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
import re
import shutil
import subprocess
import sys

from desk import hufu as titles
from desk.private_desk import private_desk
from desk.session import scratch_folder
from desk.steps import Steps
from desk.waiting import TooLate, until
from traces import secret_service, vault_format
from traces.forms import Traces, count, told
from traces.holder import Holder
from traces.stopped_at_end import stopped_at_end

PROFILE = "e2e-memory"
PASSWORD = "ein langes Kennwort, 42 Zeichen"
WRONG = "kein gutes Kennwort, 41 Zeichen"
LIMIT = 280  # seconds, under the test's TIMEOUT, so that we clean up ourselves


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def new_secret():
    return os.urandom(20)


def key_uri(secret, account):
    return f"otpauth://totp/Trace:{account}?secret={base64.b32encode(secret).decode()}&issuer=Trace"


def found_in_core(binaries, secrets, pid):
    """What is found in a core file of a process, which only root can make of ours."""
    with scratch_folder() as folder:
        done = subprocess.run(["gcore", "-o", folder / "core", str(pid)], capture_output=True, text=True, timeout=120)
        core = folder / f"core.{pid}"
        expect(done.returncode == 0 and core.stat().st_size > 1 << 20, "no core file: " + done.stderr)
        return Traces(binaries, secrets).in_files([core])


def found_in(program, binaries):
    """What is found in one of the two programs that parse a URI carelessly, and in a core file of it."""
    secret = new_secret()
    with subprocess.Popen([binaries / program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        print(key_uri(secret, "alice"), file=child.stdin, flush=True)
        expect(child.stdout.readline().startswith("ready"), program)
        found = Traces(binaries, {"secret": secret}).in_process(child.pid)
        dumped = found_in_core(binaries, {"secret": secret}, child.pid)
        child.stdin.close()
    return found, dumped


def the_method_finds_what_is_there(steps, binaries):
    with steps.step("A careless program: its copies are found, and gone once what it frees is wiped"):
        careless, dumped = found_in("naive_program", binaries)
        steps.say(told(careless))
        for copies in (careless, dumped):
            expect(count(copies) >= 12, f"only {count(copies)} copies found in the careless program")
        wiping, _ = found_in("naive_program_wiping", binaries)
        steps.say(told(wiping))
        heap = [place for places in wiping.values() for place in places if place[0] != "[stack]"]
        expect(not heap, "copies outlive a wiping free: " + told(wiping))


class CommandLine:
    """hufu-cli, looked at when it has done everything and is about to end."""

    def __init__(self, steps, binaries, folder):
        self._steps, self._binaries, self._folder = steps, binaries, folder

    def leaves_nothing(self, what, arguments, given, secrets, status=0, passwords=()):
        with self._steps.step(f"hufu-cli {what}: nothing is left at its end"):
            own = ["--password-fd", "3"] if passwords else []
            command = [self._binaries / "hufu-cli", "--profile", PROFILE, *own, *arguments]
            with stopped_at_end(self._folder, command, given, "".join(f"{line}\n" for line in passwords)) as program:
                found = Traces(self._binaries, secrets).in_process(program.pid)
            expect(program.status == status, f"status {program.status}: {program.output}")
            expect(not found, told(found))


def known_keys(password=None):
    """All keys of the vault as it lies in the keychain now."""
    head = vault_format.newest_head(secret_service.entries_of(PROFILE))
    return vault_format.keys(head, head.vault_key(password))


def command_line(steps, binaries):
    """The secret that it stored comes back."""
    with scratch_folder() as folder:
        program = CommandLine(steps, binaries, folder)
        secret, damaged = new_secret(), new_secret()
        program.leaves_nothing("adds an account", ["add", "-"], key_uri(secret, "cli"), {"secret": secret})
        known = {"secret": secret} | known_keys()
        program.leaves_nothing("shows a code", ["code", "cli"], "", known)
        program.leaves_nothing("refuses a damaged link", ["add", "-"],
                               key_uri(damaged, "cli") + "%zz&digits=99", known | {"damaged": damaged}, status=1)
        return secret


def command_line_with_password(steps, binaries, secret):
    """The last step takes the password away."""
    with scratch_folder() as folder:
        program = CommandLine(steps, binaries, folder)
        known = {"secret": secret, "password": PASSWORD.encode(), "wrong password": WRONG.encode()}
        known |= known_keys(PASSWORD)
        program.leaves_nothing("takes an app password", ["code", "cli"], "", known, passwords=[PASSWORD])
        program.leaves_nothing("refuses a wrong one", ["code", "cli"], "", known, status=1, passwords=[WRONG])
        program.leaves_nothing("removes it", ["--yes", "password"], "", known, passwords=[PASSWORD, ""])


def lock(steps, binaries, secret):
    """The first password is set, then unlocked and locked again and again: nothing may pile up."""
    names = {"secret": secret, "password": PASSWORD.encode(), "wrong password": WRONG.encode()}
    known = names | {f"old {name}": key for name, key in known_keys().items()}
    with Holder(binaries, PROFILE) as holder:

        def locked_is_empty(what):
            with steps.step(f"{what}: nothing of a secret, of a key or of a password"):
                found = Traces(binaries, known).in_process(holder.pid)
                expect(not found, told(found))

        def open_is_tidy(what):
            with steps.step(f"{what}: one raw copy of the secret and of each key, in locked memory"):
                found = Traces(binaries, known).in_process(holder.pid)
                steps.say(told(found))
                expect(count(found, "secret", "raw") == 1, "the scan does not find what is there: " + told(found))
                expect_only_locked_and_raw(found, holder.pid)
                expect(not [name for name, _form in found if "password" in name or "old" in name], told(found))

        holder.change_password("", PASSWORD, "done 1")
        known |= known_keys(PASSWORD)
        (password_key,) = vault_format.newest_head(secret_service.entries_of(PROFILE)).password_keys(PASSWORD)
        known["key of the password"] = password_key
        open_is_tidy("The first password was set")
        holder.lock()
        locked_is_empty("Locked")
        holder.unlock(WRONG, "PasswordWrong")
        locked_is_empty("A wrong password was tried")
        for _ in range(3):
            holder.unlock(PASSWORD, "done 1")
            holder.make_codes("done 1")
            open_is_tidy("Unlocked")
            holder.lock()
            locked_is_empty("Locked")


def expect_only_locked_and_raw(found, pid, each=1):
    """Whatever is there lies in the arena: not in swap space, not in a dump, not in another form; `each` at the most."""
    arenas = locked_memory(pid)
    for (name, form), places in found.items():
        expect(form == "raw" and len(places) <= each, told(found))
        expect(all(any(address in arena for arena in arenas) for _where, address in places),
               f"{name} in ordinary memory")


def locked_memory(pid):
    """The ranges of memory that are locked and left out of dumps."""
    ranges, current = [], None
    for line in pathlib.Path(f"/proc/{pid}/smaps").read_text().splitlines():
        head = re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line)
        if head:
            current = range(int(head[1], 16), int(head[2], 16))
        elif line.startswith("VmFlags:") and {"lo", "dd"} <= set(line.split()):
            ranges.append(current)
    return ranges


class Window:
    """The course of a person at the window, and what is known to be secret by then."""

    def __init__(self, desk, binaries, folder):
        self.desk, self._binaries, self._folder = desk, binaries, folder
        self.secrets = {}

    def find(self, more=None):
        return Traces(self._binaries, self.secrets | self.keys() | (more or {})).in_process(self.desk.hufu.process.pid)

    def keys(self):
        return known_keys()

    def is_clean(self, what, more=None):
        """One raw copy of each account's secret, in locked memory, and nothing at all of `more`."""
        with self.desk.steps.step(f"{what}: one raw copy an account"):
            until("the accounts", lambda: all(count(self.find(), name) for name in self.secrets), 15)
            found = self.find(more)
            self.desk.steps.say(told(found))
            expect(all(count(found, name) == 1 for name in self.secrets), told(found))
            expect(not any(count(found, name) for name in more or {}), told(found))
            # The vault key lies in its slot as well while the keychain alone guards it.
            expect_only_locked_and_raw(found, self.desk.hufu.process.pid, each=2)

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

    def refuses_damaged(self):
        """A damaged link, pasted and as a picture; what it held comes back."""
        secret = new_secret()
        text = key_uri(secret, "damaged") + "&digits=99"
        picture = self._folder / "damaged.png"
        subprocess.run(["qrencode", "-o", picture, "-s", "8", text], check=True)
        with self.desk.steps.step("A damaged link is refused, pasted and as a picture"):
            with self.pasted(text):
                self._close_refusal()
            self.open_picture(picture)
            self._close_refusal()
        return secret

    def loses_the_server(self):
        """A login code is on the screen, and the server ends before it is scanned."""
        windows = self.desk.windows
        with self.desk.steps.step("A network fault: the server is gone when the login is scanned"):
            self.desk.open_login_page()
            self.desk.server.process.terminate()
            self.desk.server.process.wait(timeout=20)
            windows.activate(windows.wait_for(titles.MAIN))
            windows.press("ctrl+s")
            windows.activate(windows.wait_for(titles.CONFIRM))

    def close_failure(self):
        windows = self.desk.windows
        windows.activate(windows.wait_for(titles.CONFIRM))
        windows.press("Escape")
        windows.wait_gone(titles.CONFIRM)

    def _close_refusal(self):
        windows = self.desk.windows
        windows.activate(windows.wait_for("Scan a code"))
        windows.press("Escape")
        windows.wait_gone("Scan a code")


class LockedWindow:
    """The same window under an app password: what is found while it is locked, and while it is not."""

    def __init__(self, course, binaries, forgotten, kept):
        self._desk, self._binaries = course.desk, binaries
        self._course, self._forgotten, self._kept = course, forgotten, kept
        self._current = {}

    def set_password(self):
        """By another program: the window locks by itself, since its key is no longer that of the vault."""
        old_keys = {f"old {name}": key for name, key in known_keys().items()}
        with Holder(self._binaries, PROFILE) as holder:
            holder.change_password("", PASSWORD, f"done {len(self._course.secrets)}")
        self._forgotten |= old_keys | {"password": PASSWORD.encode(), "wrong password": WRONG.encode()}
        self._current = known_keys(PASSWORD)

    def lock(self):
        windows = self._desk.windows
        windows.activate(windows.wait_for(titles.MAIN))
        windows.press("ctrl+l")

    def type_password(self, password):
        windows = self._desk.windows
        main = windows.wait_for(titles.MAIN)
        windows.activate(main)
        windows.wait_foot_settled(main, at_least=0.5)
        windows.type(password)
        windows.press("Return")

    def _known(self):
        return self._course.secrets | self._current | self._forgotten

    def _find(self):
        return Traces(self._binaries, self._known()).in_process(self._desk.hufu.process.pid)

    def dumps_nothing(self, what):
        """The locked arena is left out of dumps, so that holds while it is unlocked as well."""
        with self._desk.steps.step(f"{what}: nothing in a core file that root makes"):
            found = found_in_core(self._binaries, self._known(), self._desk.hufu.process.pid)
            expect(not found, told(found))

    def is_empty(self, what):
        with self._desk.steps.step(f"{what}: nothing of a secret, of a key or of a password"):
            try:
                until("an empty memory", lambda: not self._find(), 8)
            except TooLate:
                raise AssertionError(told(self._find())) from None

    def keeps_what_asks_for_logins(self):
        """Neither of these keys can approve anything."""
        with self._desk.steps.step("Locked: one raw copy of the keys that ask for logins, in locked memory"):
            found = Traces(self._binaries, self._kept).in_process(self._desk.hufu.process.pid)
            self._desk.steps.say(told(found))
            expect(all(count(found, name) == 1 for name in self._kept), told(found))
            expect_only_locked_and_raw(found, self._desk.hufu.process.pid)

    def is_tidy(self, what):
        with self._desk.steps.step(f"{what}: one raw copy an account"):
            until("the accounts", lambda: all(count(self._find(), name) == 1 for name in self._course.secrets), 8)
            found = self._find()
            expect(not any(count(found, name) for name in self._forgotten), told(found))
            expect_only_locked_and_raw(found, self._desk.hufu.process.pid)


def locked_window(course, binaries, forgotten, kept):
    """`forgotten`: what must not be found, whether it is locked or not; `kept`: what may be found in either case."""
    window = LockedWindow(course, binaries, forgotten, kept)
    window.set_password()
    window.is_empty("Locked by another program's change")
    window.type_password(WRONG)
    window.is_empty("A wrong password was typed")
    window.type_password(PASSWORD)
    window.is_tidy("Unlocked")
    window.dumps_nothing("Unlocked")
    window.lock()
    window.is_empty("Locked")
    window.dumps_nothing("Locked")
    window.keeps_what_asks_for_logins()
    window.type_password(PASSWORD)
    window.is_tidy("Unlocked again")
    unstored = new_secret()
    course.secrets["in an open sheet"] = unstored
    with course.pasted(key_uri(unstored, "unstored")):
        course.desk.windows.wait_for(titles.ADD)
        window.is_tidy("A new account is being looked at")
        window.lock()
        window.is_empty("Locked over its sheet")
        course.desk.windows.wait_gone(titles.ADD)


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
        course.is_clean("Refused", {"damaged": course.refuses_damaged()})
        desk.bind()
        entries = secret_service.entries_of(PROFILE)
        head = vault_format.newest_head(entries)
        bound = vault_format.accounts(entries, head, head.vault_key())["alice"]
        course.secrets["bound"] = bound[5]
        course.is_clean("Bound")
        desk.approve_login()
        keys = vault_format.login_keys(bound)
        kept = {name: keys.pop(name) for name in ("login key poll", "login key res")}
        course.is_clean("Approved", keys)
        course.loses_the_server()
        course.is_clean("A login failed for want of the server", keys)
        course.close_failure()
        locked_window(course, binaries, keys, kept)


def main(binaries, evidence):
    if os.geteuid() != 0:
        sys.exit("Only root may read the memory of these programs.")
    shutil.rmtree(evidence, ignore_errors=True)
    steps = Steps()
    the_method_finds_what_is_there(steps, binaries)
    secret = command_line(steps, binaries)
    lock(steps, binaries, secret)
    command_line_with_password(steps, binaries, secret)
    window(steps, binaries, evidence, secret)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
