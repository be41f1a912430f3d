"""Chromium in a throw-away home that trusts one certificate authority more, driven through chromedriver by the
W3C WebDriver protocol. No switch weakens its checks of certificates."""

import json
import os
import re
import subprocess
import urllib.error
import urllib.request

from .session import plain_environment
from .waiting import until

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # WebDriver, section 12: the key of an element's reference


def throw_away_home(folder, ca):
    """A home folder for Chromium below `folder` that trusts the PEM file `ca` for servers."""
    home = folder / "browser"
    database = home / ".pki" / "nssdb"
    database.mkdir(mode=0o700, parents=True)
    for arguments in (["-N", "--empty-password"], ["-A", "-n", "hufu-demo", "-t", "C,,", "-i", ca]):
        subprocess.run(["certutil", "-d", f"sql:{database}", *arguments], check=True, capture_output=True)
    return home


def switches(home, size):
    """Chromium's switches for a first start without questions, its window in the left upper corner."""
    found = [f"--user-data-dir={home}/profile", "--no-first-run", "--no-default-browser-check",
             "--password-store=basic", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-gpu", "--window-position=0,0", f"--window-size={size[0]},{size[1]}"]
    if os.geteuid() == 0:
        found.append("--no-sandbox")  # Chromium refuses to start as root with it
    return found


class WebDriverError(Exception):
    pass


class Browser:
    """One window of Chromium. A context manager: leaving it closes the browser."""

    def __init__(self, processes, home, size):
        processes.start("chromedriver", ["chromedriver", "--port=0"], plain_environment(home))
        port = until("chromedriver", lambda: re.search(r"started successfully on port (\d+)",
                                                       processes.log_text("chromedriver")), 30)
        self._root = f"http://127.0.0.1:{port[1]}"
        # A proxy of the surroundings has no business between us and our own driver.
        self._http = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        options = {"binary": "/usr/bin/chromium", "args": switches(home, size),
                   "excludeSwitches": ["enable-automation"],
                   "prefs": {"credentials_enable_service": False}}  # its question would lie over the page
        started = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self._root += f"/session/{started['sessionId']}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._call("DELETE", "", None)
        except (WebDriverError, OSError):
            pass  # whoever started the processes ends them

    def open(self, url):
        self._call("POST", "/url", {"url": url})

    def evaluate(self, expression, *arguments):
        """The value of a JavaScript expression; `arguments` is what it knows the further ones by."""
        return self._call("POST", "/execute/sync", {"script": f"return {expression}", "args": list(arguments)})

    def shown(self, selector):
        """Whether an element is there and has a size."""
        return self.evaluate("!!document.querySelector(arguments[0])?.getClientRects().length", selector)

    def state(self):
        """What the page says about itself: `data-state` of its main element, or None."""
        return self.evaluate("document.querySelector('main')?.dataset.state ?? null")

    def text(self, selector):
        return self.evaluate("document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def value(self, selector):
        return self.evaluate("document.querySelector(arguments[0])?.value ?? ''", selector)

    def type(self, selector, text):
        element = self._wait_element(selector)
        self._call("POST", f"/element/{element}/clear", {})
        self._call("POST", f"/element/{element}/value", {"text": text})

    def click(self, selector):
        self._call("POST", f"/element/{self._wait_element(selector)}/click", {})

    def wait_state(self, wanted, seconds=15.0):
        until(f"the page's state \"{wanted}\"", lambda: self.state() == wanted, seconds)

    def wait_picture(self, selector, seconds=15.0):
        """Waits until the picture has come and is painted: two frames have begun since it was complete."""
        until(f"the picture {selector}", lambda: self.evaluate(
            "(e => !!e && e.getClientRects().length > 0 && (!('complete' in e) || (e.complete && e.naturalWidth > 0)))"
            "(document.querySelector(arguments[0]))", selector), seconds)
        self._call("POST", "/execute/async", {"script":
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))",
            "args": []})

    def _wait_element(self, selector):
        until(f"the element {selector}", lambda: self.shown(selector))
        return self._call("POST", "/element", {"using": "css selector", "value": selector})[_ELEMENT]

    def _call(self, method, path, body):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._root + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with self._http.open(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            value = json.load(refused)["value"]
            raise WebDriverError(f"{value['error']}: {value['message'].splitlines()[0]}") from refused
