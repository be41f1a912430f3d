"""The command line and the files it leaves."""
import json, os, signal, subprocess, tempfile, unittest

from server import PROGRAM, Server


class Program(unittest.TestCase):
    def test_it_ends_cleanly_when_asked(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = Server()
            try:
                line = server.connect()  # somebody is still there
                self.assertEqual(server.stop(number), 0)
                line.close()
            finally:
                server.close()

    def test_applications_and_users_are_listed(self):
        server = Server()
        try:
            app = server.app
            self.assertEqual(set(app), {"app_id", "app_key", "auth_id", "name"})
            for name in ("app_id", "app_key", "auth_id"):
                self.assertRegex(app[name], r"\A[A-Za-z0-9]{32}\Z")
            listed = server.command("app", "list")
            self.assertEqual({a["app_id"] for a in listed},
                             {app["app_id"], server.other_app["app_id"]})
            self.assertNotIn(app["app_key"], json.dumps(listed))
            server.qrcode("bob")
            server.bind("alice")
            users = server.command("user", "list", app["app_id"])
            self.assertEqual({u["uid"]: u["bound"] for u in users}, {"alice": True, "bob": False})
            self.assertEqual(server.command("user", "list", server.other_app["app_id"]), [])
        finally:
            server.close()

    def test_wrong_use_has_a_sentence_and_a_status(self):
        with tempfile.TemporaryDirectory() as folder:
            for words, status in ((("serve",), 2), (("app",), 2), (("app", "destroy", "x"), 2), ((), 2),
                                  (("app", "create", ""), 1), (("app", "create", "a\nb"), 1),
                                  (("user", "list", "x"), 1), (("site", "user", "bob"), 1),
                                  (("serve", "--cert", "/none", "--key", "/none"), 1)):
                done = subprocess.run([PROGRAM, "--data", folder, *words], capture_output=True, input=b"")
                self.assertEqual(done.returncode, status, words)
                self.assertTrue(done.stderr.startswith(b"hufu-authserver: "), words)
            self.assertEqual(subprocess.run([PROGRAM, "app", "list"], capture_output=True).returncode, 2)

    def test_what_the_sites_forms_do_not_take_is_not_stored(self):
        with tempfile.TemporaryDirectory() as folder:
            for password, status in (("p" * 128, 0), ("p" * 129, 1), ("密" * 128, 0), ("p" * 5000, 1)):
                for end in ("", "\n", "\r\n"):
                    done = subprocess.run([PROGRAM, "--data", folder, "site", "user", " bob "], capture_output=True,
                                          input=(password + end).encode())
                    self.assertEqual(done.returncode, status, (password, end, done.stderr))
                    self.assertEqual(done.stdout, b"" if status else b'{"user":"bob"}\n')

    def test_a_public_url_that_tokens_refuse_is_refused(self):
        server = Server()
        try:
            for url in ("http://auth.example.com", "https://192.0.2.7", "https://[2001:db8::1]", "https://auth.example.com.",
                        "https://u@auth.example.com", "https://auth.example.com/v1", "https://auth.example.com:0",
                        "https://a_b.example.com", "https://" + "a." * 100 + "example.com", "auth.example.com"):
                done = subprocess.run([PROGRAM, *server.place, "serve", "--cert", server.file("server.pem"), "--key",
                                       server.file("server.key"), "--public-url", url], capture_output=True, timeout=20)
                self.assertEqual((done.returncode, done.stdout), (1, b""), url)
                self.assertIn(b"--public-url", done.stderr)
        finally:
            server.close()

    def test_the_state_is_for_its_owner_only(self):
        server = Server()
        try:
            self.assertEqual(os.stat(server.data).st_mode & 0o077, 0)
            for name in os.listdir(server.data):
                self.assertEqual(os.stat(os.path.join(server.data, name)).st_mode & 0o077, 0, name)
        finally:
            server.close()
