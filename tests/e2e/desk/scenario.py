"""What a person does with Hufu and the sample site, step by step. The demo and the tests both use it."""

import re
import time

from . import hufu as titles
from .server import PERSON, STATIC_PASSWORD
from .waiting import until

PERIOD = 30  # seconds of a code, protocol.md B1


class Desk:
    """Everything a person has in front of them: pictures are kept in `pictures`, numbered in order."""

    def __init__(self, steps, windows, browser, hufu, server, pictures):
        self.steps, self.windows, self.browser, self.hufu = steps, windows, browser, hufu
        self.server, self._pictures, self._count = server, pictures, 0
        pictures.mkdir(parents=True, exist_ok=True)

    def keep_picture(self, name):
        self._count += 1
        self.windows.picture(self._pictures / f"{self._count:02}-{name}.png")

    def open_hufu(self):
        with self.steps.step("Hufu opens, without an account"):
            self.hufu.start()
            main = self.windows.wait_for(titles.MAIN, 30)
            self.windows.place(main, *titles.CORNER)
            self.windows.activate(main)

    def bind(self, by_address=False):
        """From the binding page's code, which may hold an address only, to the first code that the server accepts."""
        with self.steps.step("The binding page shows its code"):
            self.open_binding_page()
            self.keep_picture("binding-page")
        if by_address:
            self._fetch_binding()
        else:
            with self.steps.step("Scan: Hufu finds it and asks"):
                self._scan_screen(titles.ADD)
                self.keep_picture("add-account")
        with self.steps.step("Enter: the account is in the keychain"):
            self.windows.press("Return")
            self.windows.wait_gone(titles.ADD)
        with self.steps.step("Enter copies the first code, Ctrl+V hands it to the page, the server accepts it"):
            code = self._paste_code("#code", titles.FIRST)
            self.keep_picture("first-code")
            self.browser.click("#confirm")
            self.browser.wait_state("bound")
        self.keep_picture("bound")
        with self.steps.step("Escape closes the sheet of the first code"):
            self.windows.activate(self.windows.wait_for(titles.FIRST))
            self.windows.press("Escape")
            self.windows.wait_gone(titles.FIRST)
        return code

    def _fetch_binding(self):
        asked = self.server.requests("/v1/bind/")
        with self.steps.step("Scan: Hufu names the server, and asks nobody"):
            self._scan_screen(titles.ASK)
            self.keep_picture("ask-server")
            if self.server.requests("/v1/bind/") != asked:
                raise RuntimeError("The server was asked before anybody agreed.")
        with self.steps.step("Tab, Space: the server is asked, and Hufu shows its offer"):
            self.windows.press("Tab", "space")
            self.windows.activate(self.windows.wait_for(titles.ADD))
            self.windows.wait_gone(titles.ASK)
            self.keep_picture("add-account")

    def open_binding_page(self):
        self.browser.open(self.server.url + "/bind")
        self.browser.type("#user", PERSON)
        self.browser.type("#password", STATIC_PASSWORD)
        self.browser.click("#submit")
        self.browser.wait_picture("#bind-qr")

    def open_login_page(self):
        self._open_signed_out("/")
        self.browser.wait_state("waiting")
        self.browser.wait_picture("#qr")

    def approve_login(self):
        """Signs in by the login page's code; the seconds from the key press to the sheet come back."""
        latency = self._scan_login()
        with self.steps.step("Tab, Space: approved, and the page says signed in"):
            self._press_approve()
            self.browser.wait_state("signed-in")
            self.keep_picture("signed-in")
        with self.steps.step("The sheet closes by itself"):
            self.windows.wait_gone(titles.CONFIRM)
        return latency

    def deny_login(self):
        """The same, denied; the page must say so."""
        latency = self._scan_login()
        with self.steps.step("Space: denied, and the page says so"):
            self.windows.press("space")
            self.browser.wait_state("denied")
            self.keep_picture("denied")
        with self.steps.step("Escape closes the sheet"):
            self.windows.press("Escape")
            self.windows.wait_gone(titles.CONFIRM)
        return latency

    def sign_in_with_code(self, used):
        """User name, static password and a dynamic code that is not `used`: a code is good for one time only."""
        with self.steps.step("User name, password and a new code sign in"):
            self._open_signed_out("/password")
            self.browser.type("#user", PERSON)
            self.browser.type("#password", STATIC_PASSWORD)
            until("the next code", lambda: self._paste_code("#code") != used, PERIOD + 10, every=1)
            self.browser.click("#submit")
            self.browser.wait_state("signed-in")
            self.keep_picture("signed-in-with-code")

    def _scan_login(self):
        with self.steps.step("The login page shows its code"):
            self.open_login_page()
            self.keep_picture("login-page")
        with self.steps.step("Scan: Hufu asks whether to approve"):
            latency = self._scan_screen(titles.CONFIRM)
            self.browser.wait_state("scanned")
            self.keep_picture("confirm")
        self.steps.say(f"          key press to the sheet: {latency * 1000:.0f} ms")
        return latency

    def _open_signed_out(self, page):
        self.browser.open(self.server.url + "/")
        if self.browser.shown("#signout button"):
            self.browser.click("#signout button")
            until("the end of the sign-in", lambda: not self.browser.shown("#signout button"))
        self.browser.open(self.server.url + page)

    def _scan_screen(self, expected):
        """Ctrl+S in Hufu's window, as a person does; the seconds until `expected` is mapped come back."""
        self.windows.activate(self.windows.wait_for(titles.MAIN))
        begin = time.monotonic()
        self.windows.press("ctrl+s")
        sheet = self.windows.wait_for(expected)
        seconds = time.monotonic() - begin
        self.windows.activate(sheet)
        return seconds

    def _press_approve(self):
        # Approve arms one second after the sheet got the keyboard, and a sweep runs through it until then.
        sheet = self.windows.wait_for(titles.CONFIRM)
        self.windows.activate(sheet)
        self.windows.wait_foot_settled(sheet, at_least=1.2)
        self.windows.press("Tab", "space")

    def _paste_code(self, field, window=titles.MAIN):
        """Copies the code that is current in Hufu and pastes it into the page's empty field; it comes back."""
        self.windows.activate(self.windows.wait_for(window))
        self.windows.press("Return")

        def pasted():
            self.browser.type(field, "")
            self.browser.type(field, "\ue009v\ue000")  # WebDriver: Control down, v, all keys up
            text = self.browser.value(field).replace(" ", "")
            return re.fullmatch(r"\d{6}", text) and text

        return until("a code in the page", pasted, 5)
