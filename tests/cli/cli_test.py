#!/usr/bin/env python3
"""Drives the real hufu-cli with a real keychain (contracts.md 2): documents, exit statuses, errors.

    tests/support/with_keyring tests/cli/cli_test.py HUFU_CLI AGREE_TO_SERVER_TIME"""

import base64
import json
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock
import urllib.parse

from login_peer import APP, LoginPeer

SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support")
sys.path.insert(0, SUPPORT)
import migration_writer  # noqa: E402: the path to it comes first

PROGRAM = AGREE_TO_SERVER_TIME = None
SECRET = b"12345678901234567890"
KEY = base64.b32encode(SECRET).decode()
TOKEN = "dd8450686d9a46bc22057a52be2a4cec"


OTHER_SECRET = b"another secret than that"
OTHER_KEY = base64.b32encode(OTHER_SECRET).decode().rstrip("=")


def plain_uri(issuer="Example", account="alice", kind="totp", more="", key=KEY):
    return "otpauth://%s/%s:%s?secret=%s&issuer=%s%s" % (kind, issuer, account, key, issuer, more)


def binding_uri(api, uid="alice-1"):
    return plain_uri("Northgate", "alice", more="&algorithm=SHA1&digits=6&period=30&v=1&appid=%s&uid=%s&api=%s"
                     % (APP, uid, urllib.parse.quote(api, safe="")))


class CliTest(unittest.TestCase):
    profile = "cli-test"

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.policy = None

    def tearDown(self):
        self.policy = None
        status, document, _ = self.json("--yes", "profile", "remove", self.profile)
        self.assertEqual(status, 0, document)
        status, document, _ = self.json("list")
        self.assertEqual(document["accounts"], [])

    def run_cli(self, *arguments, text=""):
        """The program without a terminal: a session of its own, so that it can't open /dev/tty."""
        options = ["--profile", self.profile]
        if self.policy:
            options += ["--policy", self.policy]
        done = subprocess.run([PROGRAM, *options, *arguments], input=text, capture_output=True, text=True,
                              timeout=60, start_new_session=True)
        return done.returncode, done.stdout, done.stderr

    def json(self, *arguments, text=""):
        """Status, the document of standard output (None if there is none), the error's (likewise)."""
        status, out, err = self.run_cli("--json", *arguments, text=text)
        errors = [line for line in err.splitlines() if line.startswith("{")]
        for document in ([out] if out else []) + errors:
            self.assertTrue(document.startswith('{"version":1,'), document)
            self.assertEqual(len(document.splitlines()), 1)
        return status, json.loads(out) if out else None, json.loads(errors[0])["error"] if errors else None

    def assert_fails(self, code, *arguments, text=""):
        status, document, error = self.json(*arguments, text=text)
        self.assertEqual((status, document), (1, None))
        self.assertEqual(error["code"], code)
        self.assertGreater(len(error["message"]), 10)
        self.assertIn("detail", error)
        return error

    def add(self, *uris):
        status, document, error = self.json("--yes", "add", "-", text="\n".join(uris) + "\n")
        self.assertEqual(status, 0, (document, error))
        return [one["id"] for one in document["added"]]

    def picture(self, text):
        path = os.path.join(self.folder, "%d.png" % len(os.listdir(self.folder)))
        subprocess.run(["qrencode", "-s", "5", "-o", path, text], check=True)
        return path

    def with_terminal(self, *arguments, answers):
        """The program on a terminal of its own, where a person types `answers`; status and what is seen."""
        child, terminal = pty.fork()
        if child == 0:
            policy = ["--policy", self.policy] if self.policy else []
            os.execv(PROGRAM, [PROGRAM, "--profile", self.profile, *policy, *arguments])
        seen = b""
        while True:
            try:
                chunk = os.read(terminal, 4096)
            except OSError:  # the other side is gone
                break
            seen += chunk
            if answers and seen.rstrip(b" ").endswith((b"[y/N]", b"Number:", b"shows:", b"password:", b"none):", b"more:")):
                os.write(terminal, answers.pop(0).encode() + b"\n")
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen.decode()

    # -- accounts

    def test_an_account_is_added_listed_and_makes_codes(self):
        [first] = self.add(plain_uri())
        status, document, _ = self.json("list")
        self.assertEqual(status, 0)
        self.assertEqual(document["accounts"], [{
            "id": first, "issuer": "Example", "account": "alice", "type": "totp", "digits": 6, "period": 30,
            "groups": [], "favourite": False, "binding": None}])
        self.assertNotIn(KEY, json.dumps(document))

        status, document, _ = self.json("code", "Example:alice", "--at", "59")
        self.assertEqual(status, 0)
        self.assertEqual(document, {"version": 1, "id": first, "issuer": "Example", "account": "alice",
                                    "code": "287082", "at": 59, "valid_from": 30, "valid_until": 60,
                                    "clock_offset": 0})
        self.assertEqual(self.run_cli("code", first, "--at=59")[:2], (0, "287082\n"))
        status, document, _ = self.json("code", "alice")
        self.assertEqual((status, len(document["code"])), (0, 6))
        self.assertTrue(document["valid_from"] <= document["at"] < document["valid_until"])

    # -- doctor

    DOCTOR = ["version", "backend", "state", "vault_id", "generation", "pages", "accounts", "kept", "leftovers",
              "elsewhere", "twice", "older_copy_damaged", "memory_locked", "way_out"]

    def store_foreign(self, entry, value):
        subprocess.run([os.path.join(SUPPORT, "store_item"), "login", "server=Hufu",
                        "user=hufu/%s/%s" % (self.profile, entry), "type=plaintext"],
                       input=value, text=True, check=True)

    def test_the_doctor_counts_and_changes_nothing(self):
        status, document, _ = self.json("doctor")
        self.assertEqual((status, list(document)), (1, self.DOCTOR))
        self.assertEqual((document["state"], document["accounts"], document["vault_id"]), ("VaultNotFound", 0, None))
        self.add(plain_uri(), plain_uri("Other", key=OTHER_KEY))
        self.add(plain_uri("Third", key=base64.b32encode(b"a third secret here!").decode()))
        status, document, _ = self.json("doctor")
        self.assertEqual((status, list(document)), (0, self.DOCTOR))
        self.assertEqual({name: document[name] for name in ("backend", "state", "generation", "pages", "accounts", "kept",
                                                            "leftovers", "elsewhere", "twice")},
                         {"backend": "secret-service", "state": "Ok", "generation": 2, "pages": 1, "accounts": 3,
                          "kept": 0, "leftovers": [], "elsewhere": [], "twice": []})
        self.assertRegex(document["vault_id"], "^[0-9a-f]{32}$")
        self.assertIs(document["memory_locked"], True)
        self.assertEqual(self.json("doctor")[1], document)
        status, out, _ = self.run_cli("doctor")
        self.assertEqual(status, 0)
        self.assertIn("The keychain is in order.", out)
        self.assertNotIn("Example", out)

    def test_the_doctor_names_what_is_left_over_and_exports_it(self):
        self.add(plain_uri())
        self.store_foreign("page-0011223344556677", "hufu.page.1:AAAA")
        status, document, _ = self.json("doctor")
        self.assertEqual((status, document["leftovers"]), (0, ["page-0011223344556677"]))
        path = os.path.join(self.folder, "kept")
        status, document, _ = self.json("doctor", "--export", path)
        self.assertEqual((status, document), (0, {"version": 1, "records": 0, "entries": 1}))
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        with open(path) as file:
            text = file.read()
        self.assertIn("entry page-0011223344556677 " + base64.b64encode(b"hufu.page.1:AAAA").decode(), text)
        self.assert_fails("FileUnwritable", "doctor", "--export", path)
        with open(path) as file:
            self.assertEqual(file.read(), text)
        self.assertIn("Records in the file: 0, entries: 1.",
                      self.run_cli("doctor", "--export", path + "2")[1])

    def test_the_doctor_names_a_locked_keychain(self):
        self.add(plain_uri())
        subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", "/org/freedesktop/secrets",
                        "-m", "org.freedesktop.Secret.Service.Lock",
                        "['/org/freedesktop/secrets/collection/login']"], check=True, capture_output=True)
        try:
            status, document, _ = self.json("doctor")
        finally:
            subprocess.run([os.path.join(SUPPORT, "unlock_keyring")], check=True)
        self.assertEqual((status, document["state"], document["accounts"]), (1, "KeychainLocked", None))
        self.assertIn("Unlock it", document["way_out"])
        self.assertEqual(document["generation"], 1)
        self.assertEqual(self.json("doctor")[1]["state"], "Ok")

    def test_without_the_event_loop_of_the_keychain_nothing_waits_for_ever(self):
        self.add(plain_uri())
        with unittest.mock.patch.dict(os.environ, QT_NO_GLIB="1"):
            self.assert_fails("KeychainFailed", "list")
            self.assert_fails("KeychainFailed", "--yes", "add", "-", text=plain_uri(account="bob") + "\n")
        self.assertEqual(len(self.json("list")[1]["accounts"]), 1)

    def test_a_damaged_vault_is_exported_whole(self):
        self.store_foreign("head-a", "hufu.head.1:" + "A" * 400)
        status, document, _ = self.json("doctor")
        self.assertEqual((status, document["state"], document["accounts"]), (1, "VaultCorrupt", None))
        self.assertEqual(self.json("doctor", "--export", os.path.join(self.folder, "all"))[1]["entries"], 1)
        self.assert_fails("VaultCorrupt", "list")

    def test_the_same_account_again_is_unchanged(self):
        [first] = self.add(plain_uri())
        status, document, _ = self.json("add", "-", text=plain_uri() + "\n")
        self.assertEqual((status, document["added"], document["refused"]), (0, [], []))
        self.assertEqual(document["unchanged"], [{"id": first, "issuer": "Example", "account": "alice"}])

    def test_the_same_name_with_another_key_gets_a_number(self):
        self.add(plain_uri())
        self.add(plain_uri(key=OTHER_KEY))
        self.assertEqual([one["issuer"] for one in self.json("list")[1]["accounts"]], ["Example", "Example 2"])

    def test_bad_lines_are_named_and_the_good_ones_stay(self):
        lines = [plain_uri(), "nonsense", "", plain_uri("Other", more="&digits=99"), plain_uri("Third", key=OTHER_KEY)]
        status, document, _ = self.json("add", "-", text="\n".join(lines))
        self.assertEqual(status, 1)
        self.assertEqual([one["issuer"] for one in document["added"]], ["Example", "Third"])
        self.assertEqual(document["refused"], [{"source": "line 2", "code": "NotOurs"},
                                               {"source": "line 4", "code": "DigitsOutOfRange"}])

    def test_a_uri_as_argument_is_warned_about(self):
        status, out, err = self.run_cli("add", plain_uri())
        self.assertEqual((status, out), (0, "Added Example:alice\n"))
        self.assertIn("add -", err)
        self.assertNotIn(KEY, err)

    def test_a_counter_account_moves_on_only_by_next(self):
        self.add(plain_uri("Counter", kind="hotp", more="&counter=0"))
        self.assert_fails("HotpNeedsNext", "code", "Counter")
        codes = [self.json("next", "Counter")[1]["code"] for _ in range(3)]
        self.assertEqual(codes, ["755224", "287082", "359152"])  # RFC 4226 appendix D
        self.assertEqual(self.run_cli("next", "Counter")[:2], (0, "969429\n"))

    def test_next_is_for_counters(self):
        self.add(plain_uri())
        self.assert_fails("UnsupportedAlgorithm", "next", "alice")

    def test_a_deleted_account_stays_in_the_bin_until_it_is_restored(self):
        self.add(plain_uri("Example", "alice"), plain_uri("Example", "bob", key=OTHER_KEY))
        deleted = self.json("delete", "alice")[1]["deleted"]
        self.assertEqual((deleted["issuer"], deleted["account"]), ("Example", "alice"))
        self.assertEqual([a["account"] for a in self.json("list")[1]["accounts"]], ["bob"])
        self.assert_fails("NoSuchAccount", "code", "alice")
        self.assert_fails("NoSuchAccount", "code", deleted["id"])
        self.assert_fails("NoSuchAccount", "delete", "alice")
        self.assert_fails("NoSuchAccount", "restore", "bob")
        [binned] = self.json("bin")[1]["accounts"]
        self.assertEqual(binned["id"], deleted["id"])
        self.assertEqual(binned["gone"] - binned["deleted"], 30 * 24 * 3600)
        self.assertEqual(self.run_cli("bin")[:2], (0, "Example:alice  (gone in 30 d)\n"))
        self.assertEqual(self.json("restore", "alice")[1]["restored"]["id"], deleted["id"])
        self.assertEqual(self.json("bin")[1]["accounts"], [])
        self.assertEqual(len(self.json("list")[1]["accounts"]), 2)

    def test_names_that_fit_none_or_several(self):
        ids = self.add(plain_uri(), plain_uri("Other", key=OTHER_KEY))
        self.assert_fails("NoSuchAccount", "code", "nobody")
        error = self.assert_fails("AmbiguousName", "code", "alice")
        self.assertEqual([one["id"] for one in error["fitting"]], ids)

    def test_the_last_second_that_a_number_can_name(self):
        self.add(plain_uri())
        end = 2 ** 63 - 1
        document = self.json("code", "alice", "--at", str(end))[1]
        self.assertTrue(document["valid_from"] <= document["at"] <= document["valid_until"] == end, document)

    def test_output_that_cannot_be_written_is_a_failure(self):
        self.add(plain_uri())
        for arguments, given in [(["list"], ""), (["--json", "list"], ""), (["code", "alice"], ""),
                                 (["compute"], plain_uri() + "\t59\n"), (["--help"], "")]:
            with self.subTest(arguments=arguments), open("/dev/full", "w") as full:
                done = subprocess.run([PROGRAM, "--profile", self.profile, *arguments], input=given, text=True,
                                      stdout=full, stderr=subprocess.PIPE, timeout=60)
                self.assertEqual(done.returncode, 1)
                self.assertIn("cannot be written", done.stderr)

    def test_input_that_cannot_be_read_is_a_failure(self):
        folder = os.open(self.folder, os.O_RDONLY)
        self.addCleanup(os.close, folder)
        done = subprocess.run([PROGRAM, "--profile", self.profile, "--json", "add", "-"], stdin=folder,
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout)["refused"], [{"source": "line 1", "code": "FileUnreadable"}])

    def test_a_time_before_the_epoch(self):
        self.add(plain_uri())
        self.assert_fails("TimeBeforeEpoch", "code", "alice", "--at", "-1")

    def test_codes_follow_a_servers_time_once_that_was_agreed_to(self):
        api = "https://auth.example.com/v1"
        self.add(binding_uri(api), binding_uri("https://login.example.org/v1").replace("alice", "bob"),
                 plain_uri(account="carol", key=OTHER_KEY))
        subprocess.run([AGREE_TO_SERVER_TIME, self.profile, api, "3600"], check=True, timeout=60)
        code = self.json("code", "Northgate:alice")[1]
        self.assertIn(code["clock_offset"], (3599, 3600))
        self.assertTrue(code["valid_from"] <= code["at"] < code["valid_until"], code)
        server_time = code["at"] + code["clock_offset"]
        self.assertEqual(self.json("code", "Northgate:alice", "--at", str(server_time))[1]["code"], code["code"])
        self.assertEqual((code["valid_from"] + code["clock_offset"]) % 30, 0)
        status, out, err = self.run_cli("code", "Northgate:alice")
        self.assertEqual((status, len(out)), (0, 7))
        self.assertIn("auth.example.com", err)
        for other in ["Northgate:bob", "Example:carol"]:
            code = self.json("code", other)[1]
            self.assertEqual(code["clock_offset"], 0)
            self.assertEqual(self.json("code", other, "--at", str(code["at"]))[1]["code"], code["code"])

    # -- bindings and consent

    def test_a_binding_is_not_taken_without_consent(self):
        uri = binding_uri("https://auth.example.com/v1")
        self.assert_fails("ConsentNeeded", "add", "-", text=uri)
        self.assertEqual(self.json("list")[1]["accounts"], [])
        self.add(uri)
        self.assertEqual(self.json("list")[1]["accounts"][0]["binding"],
                         {"provider": "pct1", "server": "auth.example.com", "state": "new"})

    def test_a_refused_binding_needs_consent_and_becomes_a_plain_account(self):
        uri = binding_uri("http://auth.example.com/v1")
        self.assert_fails("ConsentNeeded", "add", "-", text=uri)
        self.add(uri)
        self.assertIsNone(self.json("list")[1]["accounts"][0]["binding"])

    def test_an_address_of_a_binding_is_not_asked_without_consent(self):
        address = "https://localhost:1/v1/bind/?token=" + TOKEN
        self.policy = os.path.join(self.folder, "policy.json")
        with open(self.policy, "w") as file:
            json.dump({"version": 1, "servers": {"allow_loopback": True}}, file)
        os.chmod(self.policy, 0o600)
        picture = self.picture(address)
        self.assert_fails("ConsentNeeded", "add", picture)
        status, seen = self.with_terminal("add", picture, answers=["n"])
        self.assertEqual(status, 1)
        self.assertIn("localhost:1", seen)
        status, document, _ = self.json("--yes", "add", "-", text=address)  # typed, so not followed
        self.assertEqual((status, document["refused"]), (1, [{"source": "line 1", "code": "NotOurs"}]))

    # -- pictures

    def test_pictures_are_scanned(self):
        for text, kind, members in [
                (plain_uri(), "key-uri", {"issuer": "Example", "account": "alice", "host": None}),
                (binding_uri("https://auth.example.com/v1"), "binding", {"host": "auth.example.com"}),
                ("https://auth.example.com/v1/verify/?token=" + TOKEN, "login", {"host": "auth.example.com"}),
                ("https://auth.example.com/v1/verify/?token=" + TOKEN[1:], "not-ours", {"what": "DamagedLoginCode"}),
                ("https://auth.example.com/v1/bind/?token=" + TOKEN, "binding",
                 {"what": "address", "host": "auth.example.com", "issuer": None}),
                ("otpauth-migration://offline?data=CgA", "migration", {}),
                ("WIFI:S:net;T:WPA;P:pass;;", "not-ours", {"what": "wifi"}),
                ("https://example.com/", "not-ours", {"what": "web-address", "host": "example.com"})]:
            with self.subTest(kind=kind, text=text[:20]):
                path = self.picture(text)
                status, document, _ = self.json("scan", path)
                self.assertEqual((status, len(document["found"])), (0, 1))
                found = document["found"][0]
                self.assertEqual(found["kind"], kind)
                self.assertEqual(found["source"], path)
                self.assertEqual([len(corner) for corner in found["outline"]], [2, 2, 2, 2])
                self.assertEqual({name: found[name] for name in members}, members)
                self.assertNotIn("text", found)
                self.assertEqual(self.json("scan", path, "--text")[1]["found"][0]["text"], text)

    def test_a_picture_is_added(self):
        status, document, _ = self.json("add", self.picture(plain_uri()))
        self.assertEqual((status, len(document["added"])), (0, 1))

    def test_another_authenticators_export_is_added_whole(self):
        links = [migration_writer.named("Acorn", 2, 3, index, 77) for index in range(3)]
        # Two of the codes as lines, in the wrong order and one of them twice, the third as a picture.
        status, document, _ = self.json("add", "-", self.picture(links[1]),
                                        text="\n".join((links[2], links[0], links[2])) + "\n")
        self.assertEqual((status, document["refused"], document["unchanged"]), (0, [], []))
        self.assertNotIn("missing", document)
        self.assertEqual([(one["issuer"], one["account"]) for one in document["added"]],
                         [("Acorn", str(number)) for number in range(1, 7)])
        again = self.json("add", "-", text="\n".join(links) + "\n")
        self.assertEqual((again[0], len(again[1]["unchanged"]), again[1]["added"]), (0, 6, []))
        found = self.json("scan", self.picture(links[1]))[1]["found"][0]
        self.assertEqual((found["kind"], found["what"]), ("migration", "2 of 3"))

    def test_what_an_export_lacks_is_named(self):
        links = [migration_writer.named("Corvus", 1, 3, index, -5) for index in range(3)]
        other = migration_writer.link(migration_writer.part([
            migration_writer.entry(b"1234567890", "old", "Harbor", migration_writer.MD5),
            migration_writer.entry(b"1234567890", "new", "Harbor", kind=migration_writer.HOTP, counter=7)]))
        lines = "\n".join((links[0], other, links[2], "otpauth-migration://offline?data=CgR")) + "\n"
        status, document, _ = self.json("add", "-", text=lines)
        self.assertEqual(status, 1)
        self.assertEqual([one["account"] for one in document["added"]], ["1", "3", "new"])
        self.assertEqual(document["missing"], [{"part": 2, "parts": 3}])
        self.assertEqual(document["refused"],
                         [{"source": "line 4", "code": "MalformedExport"},
                          {"source": "export code 1 of 1: Harbor:old", "code": "UnsupportedAlgorithm"}])
        status, out, err = self.run_cli("add", "-", text=lines)
        self.assertEqual((status, len(out.splitlines())), (1, 3))
        self.assertIn("Code 2 of 3 of the export is missing.", err)
        self.assertIn("MD5", err)

    def test_bad_pictures(self):
        empty = os.path.join(self.folder, "empty.png")
        open(empty, "w").close()
        self.assert_fails("FileUnreadable", "scan", os.path.join(self.folder, "gone.png"))
        self.assert_fails("FileUnreadable", "scan", self.folder)
        self.assert_fails("PictureUnreadable", "scan", empty)
        path = self.picture("https://example.com/")
        status, document, _ = self.json("add", path)
        self.assertEqual((status, document["refused"]), (1, [{"source": path, "code": "NotOurs"}]))

    # -- logins

    def bind(self):
        peer = LoginPeer(self.folder, SECRET, "alice-1")
        self.addCleanup(peer.close)
        self.policy = os.path.join(self.folder, "policy.json")
        with open(self.policy, "w") as file, open(peer.authority) as authority:
            json.dump({"version": 1, "servers": {"allow_loopback": True, "extra_ca": [authority.read()]}}, file)
        os.chmod(self.policy, 0o600)
        self.add(binding_uri(peer.api))
        return peer, self.picture("%s/verify/?token=%s" % (peer.api, TOKEN))

    def test_a_login_is_approved_or_denied(self):
        peer, code = self.bind()
        [account] = self.json("list")[1]["accounts"]
        for option, result, action in [("--approve", "approved", "confirm"), ("--deny", "denied", "deny")]:
            status, document, error = self.json("login", code, option)
            self.assertEqual((status, error), (0, None))
            self.assertEqual(document, {
                "version": 1, "result": result, "status": 200, "account_id": account["id"],
                "context": {"app_name": "Northgate", "browser": "Firefox 128", "ip_match": "same"},
                "number_needed": False})
            self.assertEqual([one[:2] for one in peer.actions[-2:]], [("scan", "image"), (action, "image")])
        self.assertEqual(peer.problems, [])
        self.assertEqual(account["binding"]["state"], "new")
        self.assertEqual(self.json("list")[1]["accounts"][0]["binding"]["state"], "worked-once")

    def test_no_foreign_text_steers_the_terminal(self):
        steering = "\u009b2J\u0085<b>"  # a clear screen in one character
        status, out, _ = self.run_cli("--json", "scan", "--text", self.picture(steering + "\x1b[2J"))
        self.assertEqual((status, json.loads(out)["found"][0]["text"]), (0, steering + "\x1b[2J"))
        self.assertNotRegex(out.rstrip("\n"), "[\x00-\x1f\x7f-\x9f]")
        peer, code = self.bind()
        peer.context["app_name"] = steering
        status, out, _ = self.run_cli("--json", "login", code, "--approve")
        self.assertEqual((status, json.loads(out)["context"]["app_name"]), (0, steering))
        self.assertNotRegex(out.rstrip("\n"), "[\x00-\x1f\x7f-\x9f]")
        status, out, _ = self.run_cli("activity")
        self.assertNotRegex(out.replace("\n", ""), "[\x00-\x1f\x7f-\x9f]")

    def test_a_new_key_replaces_the_old_one_once_it_has_worked(self):
        peer, code = self.bind()
        [old] = self.json("list")[1]["accounts"]
        [new] = self.add(binding_uri(peer.api).replace(KEY, OTHER_KEY))
        self.assertEqual({one["id"] for one in self.json("list")[1]["accounts"]}, {old["id"], new})
        # A server that has not seen the new key yet goes on with the old one. Nobody is asked which.
        status, document, error = self.json("login", code, "--approve")
        self.assertEqual((status, document and document["account_id"]), (0, old["id"]), error)
        self.assertEqual(peer.problems, ["wrong signature of scan"])
        self.assertEqual({one["id"] for one in self.json("list")[1]["accounts"]}, {old["id"], new})
        peer.secret = OTHER_SECRET
        status, document, error = self.json("login", code, "--approve")
        self.assertEqual((status, document and document["account_id"]), (0, new), error)
        self.assertEqual([one["id"] for one in self.json("list")[1]["accounts"]], [new])
        self.assertEqual([one["id"] for one in self.json("bin")[1]["accounts"]], [old["id"]])

    def test_a_number_must_be_given_and_be_right(self):
        peer, code = self.bind()
        peer.number = "07"
        self.assert_fails("NumberNeeded", "login", code, "--approve")
        self.assert_fails("NumberNeeded", "login", code, "--approve", "--number", "7")
        self.assertEqual([action for action, _, _ in peer.actions], ["scan", "scan"])
        status, document, _ = self.json("login", code, "--approve", "--number", "08")
        self.assertEqual((status, document["result"], document["status"]), (1, "refused", 600))
        status, document, _ = self.json("login", code, "--approve", "--number", "07")
        self.assertEqual((status, document["result"], document["number_needed"]), (0, "approved", True))

    def test_ends_that_the_server_decides(self):
        peer, code = self.bind()
        for status, result in [(603, "expired"), (409, "answered-elsewhere"), (403, "refused")]:
            peer.scan_status = status
            self.assertEqual(self.json("login", code, "--approve")[1]["result"], result)
        self.assertEqual({action for action, _, _ in peer.actions}, {"scan"})

    def test_an_address_is_not_followed(self):
        peer, _ = self.bind()
        address = "%s/verify/?token=%s" % (peer.api, TOKEN)
        self.assert_fails("LoginNeedsPicture", "login", address, "--approve")
        for source in ("-", address):
            status, document, _ = self.json("--yes", "add", source, text=address + "\n")
            self.assertEqual((status, [one["code"] for one in document["refused"]]), (1, ["LoginNeedsPicture"]))
        self.assertEqual(peer.connections, 0)

    def test_nothing_is_decided_without_consent(self):
        peer, code = self.bind()
        self.assert_fails("ConsentNeeded", "login", code)
        self.assertEqual([action for action, _, _ in peer.actions], ["scan"])

    def test_a_person_is_asked_on_the_terminal(self):
        peer, code = self.bind()
        status, seen = self.with_terminal("login", code, answers=["n"])
        self.assertEqual((status, peer.actions[-1]), (0, ("deny", "image", "cancel")))
        for part in ["Northgate", "Firefox 128", peer.api[8:-3], "came from a picture", "Denied."]:
            self.assertIn(part, seen)
        peer.number = "42"
        status, seen = self.with_terminal("login", code, answers=["y", "42"])
        self.assertEqual((status, peer.actions[-1]), (0, ("confirm", "image", "42")))
        self.assertIn("Approved.", seen)

        second = self.picture(binding_uri(peer.api, "alice-2").replace(KEY, OTHER_KEY))
        status, seen = self.with_terminal("add", second, answers=["n"])
        self.assertEqual((status, len(self.json("list")[1]["accounts"])), (1, 1))
        self.assertIn(peer.api, seen)
        status, seen = self.with_terminal("add", second, answers=["y"])
        self.assertEqual((status, len(self.json("list")[1]["accounts"])), (0, 2))

        # Two accounts of one application now: the person says which, before anything is sent.
        sent = len(peer.actions)
        error = self.assert_fails("AmbiguousName", "login", code, "--approve")
        self.assertEqual(len(error["fitting"]), 2)
        self.assertEqual(len(peer.actions), sent)
        peer.number = None
        status, seen = self.with_terminal("login", code, "--approve", answers=["1"])
        self.assertEqual((status, peer.actions[-1][0], peer.problems), (0, "confirm", []))

    # -- the portable file

    def test_a_portable_folder_holds_everything_under_a_password(self):
        portable = ["--portable", self.folder]
        self.assert_fails("PasswordNeeded", *portable, "add", "-", "--yes", text=plain_uri() + "\n")
        self.assertEqual(self.with_password(*portable, "move", "--to", "file", lines=["", "correct horse"])[:2],
                         (0, {"version": 1, "store": "file"}))
        status, document, _ = self.with_password(*portable, "--yes", "add", "-", lines=["correct horse", plain_uri()])
        self.assertEqual((status, len(document["added"])), (0, 1))
        self.assert_fails("PasswordWrong", "--password-fd", "0", *portable, "list", text="wrong\n")
        self.assert_fails("PlaceTaken", "--password-fd", "0", *portable, "move", "--to", "keychain",
                          text="correct horse\n")
        self.assert_fails("FileUnreadable", "--portable", self.folder + "/unplugged", "list")
        self.assertEqual(os.listdir(self.folder), ["hufu"])
        self.assertEqual(self.json("list")[1]["accounts"], [])  # the keychain's profile of that name
        self.assertEqual(self.json(*portable, "--yes", "profile", "remove", self.profile)[1]["removed"], 1)
        self.assertEqual(os.listdir(self.folder + "/hufu"), [])

    def test_accounts_move_into_a_file_and_back(self):
        self.add(plain_uri())
        before = self.json("list")[1]
        status, document, _ = self.with_password("move", "--to", "file", lines=["", "correct horse"])
        self.assertEqual((status, document), (0, {"version": 1, "store": "file"}))
        self.assert_fails("PasswordNeeded", "--password-fd", "0", "list")
        self.assertEqual(self.with_password("list", lines=["correct horse"])[1], before)
        status, document, _ = self.with_password("doctor", lines=["correct horse"])
        self.assertEqual((document["backend"], document["state"], document["elsewhere"]), ("file", "Ok", []))
        status, out, _ = self.run_cli("--password-fd", "0", "doctor", text="correct horse\n")
        self.assertEqual((status, out.splitlines()[0]), (0, "The file is in order. Nothing needs to be done."))
        status, document, _ = self.with_password("move", "--to", "keychain", lines=["correct horse"])
        self.assertEqual((status, document), (0, {"version": 1, "store": "keychain"}))
        self.assertEqual(self.with_password("list", lines=["correct horse"])[1], before)
        status, document, _ = self.with_password("doctor", lines=["correct horse"])
        self.assertEqual((document["state"], document["leftovers"], document["elsewhere"]), ("Ok", [], []))

    # -- activity

    def kinds(self, *arguments, **input):
        status, document, error = self.json(*arguments, "activity", **input)
        self.assertEqual((status, error), (0, None))
        return [event["kind"] for event in document["events"]]

    def test_what_happened_is_listed_the_newest_first(self):
        self.assertEqual(self.kinds(), [])
        before = int(time.time())
        [alice] = self.add(plain_uri("=Example", "alice"))
        self.json("delete", "alice")
        self.json("restore", "alice")
        status, document, _ = self.json("activity")
        self.assertEqual([event["kind"] for event in document["events"]],
                         ["account-restored", "account-binned", "account-added"])
        for event in document["events"]:
            self.assertEqual((event["account_id"], event["issuer"], event["account"]), (alice, "=Example", "alice"))
            self.assertTrue(before <= event["time"] <= time.time())
            self.assertEqual({event[name] for name in ("server", "application", "browser", "system", "address",
                                                      "place", "network", "via", "failure", "request_id")}, {None})
        status, out, _ = self.run_cli("activity")
        self.assertEqual(len(out.splitlines()), 3)
        self.assertRegex(out.splitlines()[0], r"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d  Account restored  =Example · alice$")

    def test_logins_stand_in_the_activity_list(self):
        peer, code = self.bind()
        self.json("login", code, "--approve")
        self.json("login", code, "--deny")
        peer.scan_status = 603
        self.json("login", code, "--approve")
        peer.scan_status = 403
        self.json("login", code, "--approve")
        document = self.json("activity")[1]
        self.assertEqual([event["kind"] for event in document["events"]],
                         ["login-failed", "login-expired", "login-denied", "login-approved", "account-bound"])
        failed, _, _, approved, bound = document["events"]
        self.assertEqual(failed["failure"], "ServerRefused")
        self.assertEqual((approved["application"], approved["browser"], approved["network"], approved["via"]),
                         ("Northgate", "Firefox 128", "same", "image"))
        self.assertEqual(approved["server"], bound["server"])
        self.assertEqual(approved["account_id"], bound["account_id"])
        self.assertRegex(approved["request_id"], "^[0-9a-f]{8}$")

    def test_the_activity_list_goes_with_the_profile(self):
        portable = ["--portable", self.folder]
        self.with_password(*portable, "move", "--to", "file", lines=["", "correct horse"])
        self.with_password(*portable, "--yes", "add", "-", lines=["correct horse", plain_uri("Zebra", "alice")])
        self.with_password(*portable, "password", lines=["correct horse", "battery"])
        self.assert_fails("PasswordNeeded", *portable, "activity")
        self.assertEqual(self.kinds(*portable, "--password-fd", "0", text="battery\n"),
                         ["password-changed", "account-added", "password-set"])
        data = os.path.join(self.folder, "hufu", self.profile)
        with open(os.path.join(data, "activity"), "rb") as file:
            sealed = file.read()
        self.assertEqual(len(sealed.splitlines()), 3)
        for line in sealed.splitlines():
            self.assertNotIn(b"Zebra", base64.b64decode(line, validate=True))
        with open(os.path.join(data, "activity"), "wb") as file:
            file.write(sealed[:20] + b"A" + sealed[21:] if sealed[20:21] != b"A" else sealed[:20] + b"B" + sealed[21:])
        self.assertEqual(self.kinds(*portable, "--password-fd", "0", text="battery\n"), ["begun-anew"])
        self.assertIn("activity.bad", os.listdir(data))
        with open(os.path.join(data, "usage"), "wb") as file:
            file.write(b"nobody sealed this")
        self.assertEqual(self.kinds(*portable, "--password-fd", "0", text="battery\n"),
                         ["usage-begun-anew", "begun-anew"])
        self.json(*portable, "--yes", "profile", "remove", self.profile)
        self.assertEqual(os.listdir(self.folder + "/hufu"), [])

    # -- app password

    def with_password(self, *arguments, lines):
        return self.json("--password-fd", "0", *arguments, text="".join(line + "\n" for line in lines))

    def test_an_app_password_is_set_changed_and_removed(self):
        self.add(plain_uri())
        self.assertEqual(self.with_password("password", lines=["", "correct horse"])[:2],
                         (0, {"version": 1, "password": True}))
        for command in [["list"], ["code", "alice"], ["password"], ["add", plain_uri(account="bob")]]:
            self.assert_fails("PasswordNeeded", *command)
            self.assert_fails("PasswordNeeded", "--password-fd", "0", *command)
            self.assert_fails("PasswordWrong", "--password-fd", "0", *command, text="correct hors\n")
        self.assert_fails("FileUnreadable", "--password-fd", "77", "list")
        status, document, _ = self.with_password("list", lines=["correct horse"])
        self.assertEqual((status, [one["account"] for one in document["accounts"]]), (0, ["alice"]))
        # The input goes on behind the password's line.
        status, document, _ = self.with_password("--yes", "add", "-", lines=["correct horse",
                                                                                plain_uri(account="bob", key=OTHER_KEY)])
        self.assertEqual((status, len(document["added"])), (0, 1))

        status, _, error = self.with_password("password", lines=["correct hors", "x"])
        self.assertEqual((status, error["code"]), (1, "PasswordWrong"))
        self.assertEqual(self.with_password("password", lines=["correct horse", "battery"])[0], 0)
        self.assert_fails("PasswordWrong", "--password-fd", "0", "list", text="correct horse\n")
        self.assert_fails("ConsentNeeded", "--password-fd", "0", "password", text="battery\n\n")
        self.assertEqual(self.with_password("--yes", "password", lines=["battery", ""])[:2],
                         (0, {"version": 1, "password": False}))
        self.assertEqual(len(self.json("list")[1]["accounts"]), 2)
        status, _, error = self.with_password("password", lines=["battery", "x"])
        self.assertEqual((status, error["code"]), (1, "PasswordWrong"))

    def test_the_app_password_is_asked_for_without_echo(self):
        self.add(plain_uri())
        status, seen = self.with_terminal("password", answers=["one", "another", "p\u00e4ss\u0008\u00df", "p\u00e4s\u00df"])
        self.assertEqual(status, 0, seen)
        self.assertIn("two different passwords", seen)
        status, seen = self.with_terminal("list", answers=["p\u00e4s\u00df"])
        self.assertEqual(status, 0, seen)
        self.assertIn("alice", seen)
        for typed in ["one", "p\u00e4s"]:
            self.assertNotIn(typed, seen.replace("none", ""))
        status, seen = self.with_terminal("list", answers=["\x03"])
        self.assertEqual(status, 1, seen)
        status, seen = self.with_terminal("password", answers=["p\u00e4s\u00df", "", "", "y"])
        self.assertEqual(status, 0, seen)
        self.assertEqual(len(self.json("list")[1]["accounts"]), 1)

    def test_codes_of_others(self):
        peer, _ = self.bind()
        error = self.assert_fails("UnboundServer", "login", "--approve",
                                  self.picture("https://elsewhere.example/v1/verify/?token=" + TOKEN))
        self.assertIn("elsewhere.example", error["message"])
        self.assert_fails("NotOurs", "login", "--approve", self.picture("https://example.com/"))
        self.assert_fails("DamagedLoginCode", "login", "--approve", self.picture(peer.api + "/verify/?token=0"))
        self.assertEqual(peer.actions, [])

    def test_a_server_that_only_the_policy_trusts(self):
        peer, code = self.bind()
        os.chmod(self.policy, 0o600)
        with open(self.policy, "w") as file:
            json.dump({"version": 1, "servers": {"allow_loopback": True}}, file)
        self.assert_fails("TlsUnknownIssuer", "login", code, "--approve")
        self.assertEqual(peer.actions, [])

    # -- profile, policy, usage

    def test_profiles_that_cannot_be(self):
        self.assert_fails("ProfileProtected", "--yes", "profile", "remove", "default")
        self.assert_fails("ProfileNameInvalid", "--yes", "profile", "remove", "../x")
        self.add(plain_uri())
        self.assert_fails("ConsentNeeded", "profile", "remove", self.profile)
        self.assertEqual(len(self.json("list")[1]["accounts"]), 1)

    def test_a_bad_policy_ends_the_call(self):
        self.policy = os.path.join(self.folder, "policy.json")
        with open(self.policy, "w") as file:
            file.write('{"version":1,\n"servers":{"allow_http":true}}')
        os.chmod(self.policy, 0o600)
        self.assertEqual(self.assert_fails("PolicyRefused", "list")["detail"], "line 2: unknown member")

    def test_usage(self):
        for arguments in [[], ["fly"], ["code"], ["list", "x"], ["scan"], ["scan", "x", "--screen"],
                          ["login", "x", "--approve", "--deny"], ["list", "--at", "1"], ["code", "x", "--at", "y"],
                          ["code", ""], ["add", ""], ["scan", ""], ["--colour", "list"], ["code", "x", "--at"], ["list", "--json=1"],
                          ["profile", "add", "x"], ["--yes", "--yes", "list"], ["password", "x"], ["move"],
                          ["move", "--to", "elsewhere"], ["list", "--to", "file"], ["--portable", "", "list"],
                          ["login"], ["login", "x", "--push"], ["login", "--push", "--screen"], ["scan", "--push"],
                          ["login", "x", "--wait", "5"], ["login", "--push", "--wait", "-1"],
                          ["--password-fd", "x", "list"], ["--password-fd", "-1", "list"]]:
            with self.subTest(arguments=arguments):
                status, out, err = self.run_cli(*arguments)
                self.assertEqual((status, out), (2, ""))
                self.assertIn("--help", err)
                self.assertEqual(len(err.splitlines()), 2)  # the mistake stays in view


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    AGREE_TO_SERVER_TIME = os.path.abspath(sys.argv.pop(1))
    unittest.main()
