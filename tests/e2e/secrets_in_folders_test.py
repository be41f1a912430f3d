#!/usr/bin/python3
"""What is found of secrets in a person's folders once 20 accounts are in a real keyring, and what another program of
the same person can take out of that keyring, without and with an app password; what the doctor exports, and what lies in
the portable file (security.md 2).

    secrets_in_folders_test.py BINARIES EVIDENCE

BINARIES: the folder of the built programs. EVIDENCE: where logs are left; it is searched as well.
"""

import base64
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from desk import hufu as titles
from desk.hufu import CommandFailed, Hufu
from desk.processes import Processes, raise_on_signals
from desk.session import plain_environment, scratch_folder
from desk.steps import Steps
from desk.windows import Windows
from traces import secret_service, vault_format
from traces.folders import files_of_a_person
from traces.forms import Traces, count, told
from traces.holder import Holder

PROFILE = "e2e-folders"
SUPPORT = pathlib.Path(__file__).resolve().parent.parent / "support"
LIMIT = 200  # seconds, under the test's TIMEOUT, so that we clean up ourselves
ACCOUNTS = 20
PASSWORD = "ein langes Kennwort, 42 Zeichen"


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def key_uri(name, secret):
    return f"otpauth://totp/Trace:{name}?secret={base64.b32encode(secret).decode()}&issuer=Trace"


class Person:
    """20 accounts, and where the person's programs may have left something of them."""

    def __init__(self, steps, binaries, hufu, evidence):
        self._steps, self._binaries, self._hufu, self._evidence = steps, binaries, hufu, evidence
        self._since = time.time()
        self.secrets = {f"account-{number}": os.urandom(20) for number in range(ACCOUNTS)}

    def add_all(self, windows):
        names = list(self.secrets)
        with self._steps.step("Added one by one, from a picture, all at once; shown in the window"):
            self._hufu.start()
            windows.wait_for(titles.MAIN, 30)
            for name in names[:3]:
                self._hufu.cli("add", "-", given=key_uri(name, self.secrets[name]) + "\n")
            with tempfile.NamedTemporaryFile(suffix=".png") as picture:
                subprocess.run(["qrencode", "-o", picture.name, "-s", "8", key_uri(names[3], self.secrets[names[3]])],
                               check=True)
                self._hufu.cli("add", picture.name)
            self._hufu.cli("add", "-", given="".join(key_uri(name, self.secrets[name]) + "\n" for name in names[4:]))
            expect(len(self._hufu.cli("list")["accounts"]) == ACCOUNTS, "not all of them are there")
            self._hufu.cli("code", names[0])
            try:
                self._hufu.cli("add", "-", given=key_uri("broken", self.secrets[names[0]]) + "&digits=99\n")
            except CommandFailed as failure:
                expect(failure.status == 1, str(failure))
            self._hufu.quit(windows)

    def files_hold_nothing(self, more=None):
        looked_for = self.secrets | (more or {})
        with self._steps.step(f"{len(looked_for)} secrets in home, runtime and temporary folders: none"):
            traces = Traces(self._binaries, looked_for)
            files = files_of_a_person(self._since) + [path for path in self._evidence.rglob("*") if path.is_file()]
            keyring = [path for path in files if path.suffix == ".keyring"]
            expect(keyring and any(PROFILE.encode() in path.read_bytes() or path.stat().st_size > 4096
                                   for path in keyring), "the search does not see the keyring's own file")
            found = traces.in_files(files)
            expect(not found, told(found))
            self._steps.say(f"          {len(files)} files searched, the keyring's among them")
            self._finds_what_is_there(traces)

    def _finds_what_is_there(self, traces):
        """So that "none" above means something."""
        name, secret = next(iter(self.secrets.items()))
        with tempfile.NamedTemporaryFile(dir=pathlib.Path.home()) as left:
            left.write(b"log: " + base64.b64encode(b"x" + key_uri(name, secret).encode()) + b" " +
                       base64.b64encode(b"xy" + secret))
            left.flush()
            expect(count(traces.in_files(files_of_a_person(self._since)), name, "base64") == 1,
                   "a secret in a file was not found")


def without_a_password(steps, binaries, person):
    """The border is the person's own account: said in SECURITY.md, and shown here."""
    with steps.step("Without an app password, who reads the keyring and knows the format has it all"):
        entries = secret_service.entries_of(PROFILE)
        head = vault_format.newest_head(entries)
        vault_key = head.vault_key()
        expect(vault_format.account_secrets(entries, head, vault_key) == person.secrets, "another reading")
        with scratch_folder() as folder:
            dump = folder / "dump"
            dump.write_bytes(b"\n".join(value for _attributes, value in secret_service.dump()))
            found = Traces(binaries, person.secrets).in_files([dump])
        expect(not found, "and not even that much is needed: " + told(found))
    return vault_format.keys(head, vault_key)


def with_a_password(steps, binaries, person, old_keys):
    """A program that kept the keys from before, and reads everything that is there now."""
    with Holder(binaries, PROFILE) as holder:
        holder.change_password("", PASSWORD, f"done {ACCOUNTS}")
    with steps.step("With one, it has 0 of them, whatever it kept from before"):
        entries = secret_service.entries_of(PROFILE)
        head = vault_format.newest_head(entries)
        expect(head.vault_key() is None, "the vault key lies in the head")
        expect(head.vault_key("pw") is None, "the keyring's own password opens it")
        heads = [name for name in entries if name.startswith("head-")]
        expect(all(vault_format.Head.read(entries[name]).vault_key() is None for name in heads), "in the older head")
        old = vault_format.account_secrets(entries, head, old_keys["vault key"])
        expect(not old, f"the old key opens {len(old)} accounts")
        for attributes, value in secret_service.dump():
            expect(old_keys["vault key"] not in base64.b64decode(value.split(b":")[-1] + b"==="), str(attributes))
    with steps.step("The password opens all of them, to the reader as to us"):
        vault_key = head.vault_key(PASSWORD)
        expect(vault_format.account_secrets(entries, head, vault_key) == person.secrets, "another reading")
        with Holder(binaries, PROFILE) as holder:
            holder.unlock(PASSWORD, f"done {ACCOUNTS}")
    return {"password": PASSWORD.encode()} | {
        f"new {name}": key for name, key in vault_format.keys(head, vault_key).items()}


def export_holds_nothing(steps, binaries, hufu, secrets):
    """What the doctor writes of an entry that no head names: a page with all accounts, as it lay there."""
    entries = secret_service.entries_of(PROFILE)
    page = max((name for name in entries if name.startswith("page-")), key=lambda name: len(entries[name]))
    left_over = "page-0011223344556677"
    subprocess.run([SUPPORT / "store_item", "login", "server=Hufu", f"user=hufu/{PROFILE}/{left_over}", "type=plaintext"],
                   input=entries[page], text=True, check=True)
    with steps.step("The doctor's export of a left-over page: none"), scratch_folder() as folder:
        written = hufu.cli("doctor", "--export", folder / "kept", passwords=[PASSWORD])
        text = (folder / "kept").read_text()
        expect(written["entries"] == 1 and left_over in text, f"not what was left over: {written}")
        expect(base64.b64encode(entries[page].encode()).decode() in text, "the page is not in it")
        found = Traces(binaries, secrets).in_files([folder / "kept"])
        expect(not found, told(found))


def portable_file_holds_nothing(steps, binaries, hufu, secrets):
    """A vault in a folder of its own, as on a stick: added to, opened, refused, and its older copies."""
    with steps.step("The portable file with the same accounts, and its copies: none"), scratch_folder() as folder:
        def portable(*arguments, given=None, passwords):
            return hufu.cli("--portable", folder, "--yes", *arguments, given=given, passwords=passwords)

        portable("move", "--to", "file", passwords=["", PASSWORD])
        names = [name for name in secrets if name.startswith("account-")]
        for some in (names[:1], names[1:2], names[2:3], names[3:]):
            lines = "".join(key_uri(name, secrets[name]) + "\n" for name in some)
            portable("add", "-", given=lines, passwords=[PASSWORD])
        portable("code", "account-0", passwords=[PASSWORD])
        try:
            portable("list", passwords=["not " + PASSWORD])
            raise AssertionError("a wrong password opens it")
        except CommandFailed as failure:
            expect(failure.error == "PasswordWrong", str(failure))
        expect(len(portable("list", passwords=[PASSWORD])["accounts"]) == ACCOUNTS, "not all of them are there")
        files = [path for path in folder.rglob("*") if path.is_file()]
        vaults = [path for path in files if path.name.startswith("vault.hufu")]
        expect(len(vaults) == 4, f"not the file and three copies: {vaults}")
        found = Traces(binaries, secrets).in_files(files)
        expect(not found, told(found))
        steps.say(f"          {len(files)} files searched")


def main(binaries, evidence):
    shutil.rmtree(evidence, ignore_errors=True)
    raise_on_signals(LIMIT)
    steps = Steps()
    with scratch_folder() as temporary, Processes(evidence / "logs") as processes:
        tempfile.tempdir = str(temporary)
        env = plain_environment(pathlib.Path.home()) | {"TMPDIR": str(temporary)}
        hufu = Hufu(processes, binaries, env, PROFILE)
        person = Person(steps, binaries, hufu, evidence)
        person.add_all(Windows(env))
        person.files_hold_nothing()
        keys = without_a_password(steps, binaries, person)
        person.files_hold_nothing(keys)
        keys |= with_a_password(steps, binaries, person, keys)
        person.files_hold_nothing(keys)
        export_holds_nothing(steps, binaries, hufu, person.secrets | keys)
        portable_file_holds_nothing(steps, binaries, hufu, person.secrets | keys)
        expect(hufu.remove_profile() > 0, "nothing to remove")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
