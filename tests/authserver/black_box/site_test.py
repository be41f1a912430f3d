"""The sample site."""
import os, re, sqlite3
from urllib.parse import parse_qs, urlencode, urlsplit

from documents import totp
from server import Event
from token_device import Token
from case import Case


class Browser:
    """Just enough of one: a cookie."""

    def __init__(self, server):
        self.server, self.cookie = server, None

    def send(self, method, path, form=None, **headers):
        if self.cookie:
            headers["Cookie"] = self.cookie
        body = None
        if form is not None:
            body = urlencode(form)
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        answer = self.server.request(method, path, body, headers)
        if cookie := answer.headers["Set-Cookie"]:
            self.cookie = cookie.split(";")[0]
        return answer

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, **form):
        return self.send("POST", path, form)

    @staticmethod
    def state(answer):
        return re.search(rb'<main data-state="([a-z-]+)"', answer.body)[1].decode()


class Site(Case):
    site, numbers = True, True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.command("site", "user", "alice", text="correct horse\n")
        cls.server.command("site", "user", "bob <i>", text="battery\n")
        cls.token = cls.bind_on_site("alice", "correct horse")

    @classmethod
    def bind_on_site(cls, user, password):
        browser = Browser(cls.server)
        page = browser.post("/bind", user=user, password=password)
        assert browser.state(page) == "code", page.body
        assert browser.get("/bind/qr.png").is_png()
        uid = cls.server.command("user", "list", cls.server.app["app_id"])[-1]["uid"]
        secret = cls.server.pending_secret(uid)
        page = browser.post("/bind/confirm", code="000 000")
        assert browser.state(page) == "code" and b"not right" in page.body, page.body
        code = totp(secret, cls.server.now())
        page = browser.post("/bind/confirm", code=code[:3] + " " + code[3:])
        assert browser.state(page) == "bound", page.body
        return Token(cls.server, uid, secret)

    def setUp(self):
        self.server.advance(400)  # codes anew, brakes released

    def open_login(self, browser):
        page = browser.get("/")
        self.assertEqual(browser.state(page), "waiting")
        picture = re.search(rb'id="qr" src="([^"]+)"', page.body)[1].decode()
        login = re.search(rb'data-login="(\d+)"', page.body)[1].decode()
        self.assertTrue(self.server.request("GET", picture.removeprefix(self.server.base)).is_png())
        uuid = parse_qs(urlsplit(picture).query)["uuid"][0]
        with sqlite3.connect(os.path.join(self.server.data, "authserver.sqlite")) as database:
            event_id, token = (value.decode() for value in database.execute(
                "SELECT event_id, token FROM events WHERE picture = ?", (uuid.encode(),)).fetchone())
        self.assertNotIn(event_id.encode(), page.body)
        return Event(event_id, token, None), "/login/state?login=" + login

    def test_the_page_says_who_is_signed_in(self):
        browser = Browser(self.server)
        event, state = self.open_login(browser)
        self.assertEqual(browser.get(state).json()["state"], "waiting")
        scanned = self.token.scan(event)
        report = browser.get(state).json()
        self.assertEqual(report["state"], "scanned")
        before = browser.cookie
        self.assertStatus(self.token.confirm(event, scanned, report["number"]), 200)
        report = browser.get(state).json()
        self.assertEqual((report["state"], report["text"]), ("signed-in", "Signed in as alice"))
        self.assertNotEqual(browser.cookie, before)
        self.assertIn(b"Signed in as alice", browser.get("/").body)
        self.assertEqual(browser.send("POST", "/signout", {}).status, 303)
        self.assertEqual(browser.state(browser.get("/")), "waiting")

    def test_the_page_says_that_the_login_was_denied(self):
        browser = Browser(self.server)
        event, state = self.open_login(browser)
        self.token.deny(event, self.token.scan(event))
        report = browser.get(state).json()
        self.assertEqual((report["state"], report["text"]),
                         ("denied", "You denied this login on your PC."))

    def test_the_page_says_that_the_code_has_expired(self):
        browser = Browser(self.server)
        _, state = self.open_login(browser)
        self.server.advance(301)
        self.assertEqual(browser.get(state).json()["state"], "expired")

    def test_another_browser_learns_nothing_of_a_login(self):
        browser, thief = Browser(self.server), Browser(self.server)
        event, state = self.open_login(browser)
        scanned = self.token.scan(event)
        self.assertEqual(thief.get(state).json()["state"], "failed")
        self.token.confirm(event, scanned, browser.get(state).json()["number"])
        self.assertEqual(thief.get(state).json()["state"], "failed")
        self.assertEqual(browser.get(state).json()["state"], "signed-in")

    def test_password_and_code_sign_in(self):
        browser = Browser(self.server)
        self.assertEqual(browser.state(browser.get("/password")), "form")
        code = totp(self.token.secret, self.server.now())
        page = browser.post("/password", user="alice", password="correct horse", code=code)
        self.assertEqual(browser.state(page), "signed-in")
        self.assertIn(b"Signed in as alice", page.body)

    def test_wrong_password_and_wrong_code_read_the_same(self):
        code = totp(self.token.secret, self.server.now())
        pages = [Browser(self.server).post("/password", user="alice", password=password, code=given)
                 for password, given in (("wrong", code), ("correct horse", "000000"))]
        pages.append(Browser(self.server).post("/password", user="alice", password="correct horse", code="x"))
        self.assertEqual(len({page.body for page in pages}), 1)
        self.assertIn(b"is wrong", pages[0].body)
        stranger = Browser(self.server).post("/password", user="nobody", password="x", code="1")
        self.assertIn(b"is wrong", stranger.body)

    def test_passwords_cannot_be_guessed_for_long(self):
        for _ in range(10):
            Browser(self.server).post("/password", user="alice", password="wrong", code="000000")
        code = totp(self.token.secret, self.server.now())
        page = Browser(self.server).post("/password", user="alice", password="correct horse", code=code)
        self.assertIn(b"Too many tries", page.body)

    def test_a_second_token_needs_the_first(self):
        token = self.bind_on_site("bob <i>", "battery")
        self.server.advance(60)
        browser = Browser(self.server)
        page = browser.post("/bind", user="bob <i>", password="battery")
        self.assertEqual(browser.state(page), "replace")
        page = browser.post("/bind/replace", code="000000")
        self.assertEqual(browser.state(page), "replace")
        page = browser.post("/bind/replace", code=totp(token.secret, self.server.now()))
        self.assertEqual(browser.state(page), "code")
        self.server.advance(60)
        page = browser.post("/bind/confirm", code=totp(token.secret, self.server.now()))
        self.assertEqual(browser.state(page), "code")
        self.assertIn(b"old token", page.body)
        fresh = self.server.pending_secret(token.uid)
        page = browser.post("/bind/confirm", code=totp(fresh, self.server.now()))
        self.assertEqual(browser.state(page), "bound")
        self.assertIn(b"bob &lt;i&gt;", page.body)
        self.assertNotIn(b"<i>", page.body)

    def test_binding_needs_the_password_and_stays_in_its_browser(self):
        browser = Browser(self.server)
        page = browser.post("/bind", user='"><script>x</script>', password="x")
        self.assertEqual(browser.state(page), "form")
        self.assertIn(b"wrong", page.body)
        self.assertNotIn(b"<script>x", page.body)
        self.assertEqual(browser.get("/bind/qr.png").status, 404)
        self.assertEqual(browser.state(browser.post("/bind/confirm", code="123456")), "form")

    def test_pages_are_locked_down(self):
        for path in ("/", "/bind", "/password"):
            answer = self.server.get(path)
            self.assertEqual(answer.status, 200)
            policy = answer.headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            # With "no-referrer" browsers send "Origin: null", and our own forms would be refused.
            self.assertEqual(answer.headers["Referrer-Policy"], "same-origin")
            for mark in ("HttpOnly", "Secure", "SameSite=Strict", "__Host-"):
                self.assertIn(mark, answer.headers["Set-Cookie"])
            self.assertNotIn(b"http:", answer.body)
            self.assertNotRegex(answer.body, rb"<[^>]+ on[a-z]+=|<style|<script>")
        for path in ("/style.css", "/login.js", "/favicon.svg"):
            self.assertEqual(self.server.get(path).status, 200)

    def test_forms_of_other_sites_are_refused(self):
        browser = Browser(self.server)
        form = {"user": "alice", "password": "correct horse"}
        self.assertEqual(browser.send("POST", "/bind", form, Origin="https://evil.example").status, 403)
        self.assertEqual(browser.send("POST", "/bind", form, Origin=self.server.base).status, 200)
        self.assertEqual(browser.send("POST", "/bind", form, **{"Content-Type": "text/plain"}).status, 415)
        self.assertEqual(browser.get("/bind/confirm").status, 405)
        self.assertEqual(browser.get("/admin").status, 404)
        self.assertEqual(browser.send("POST", "/bind", {"user": "x" * 5000}).status, 413)
