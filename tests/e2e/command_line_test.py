#!/usr/bin/python3
"""End-to-end test of hufu-cli: it binds, shows a code, approves and denies as the window does, and it says what is
wrong with a login that it cannot confirm. Real keyring, real browser, the screen's own picture.

    command_line_test.py BINARIES EVIDENCE

BINARIES: the folder of the built programs. EVIDENCE: where pictures and logs are left.
"""

import pathlib
import shutil
import sys

from desk.hufu import CommandFailed
from desk.private_desk import private_desk
from desk.steps import Steps

LIMIT = 280  # seconds, under the test's TIMEOUT, so that we clean up ourselves
EXPIRED = 400  # seconds after which a login that lives for 300 has expired


def expect(got, wanted):
    if got != wanted:
        raise AssertionError(f"{got!r} instead of {wanted!r}")


def failure_of(desk, *arguments):
    """The CommandFailed of a call that must fail with status 1."""
    try:
        done = desk.hufu.cli(*arguments)
    except CommandFailed as failure:
        expect(failure.status, 1)
        return failure
    raise AssertionError(f"hufu-cli {arguments} did not fail: {done}")


def unbound_login_sends_nothing(desk):
    desk.open_login_page()
    expect(failure_of(desk, "login", "--screen", "--approve").error, "UnboundServer")
    expect(desk.server.requests("/v1/verify/"), 0)
    expect(desk.browser.state(), "waiting")


def bind(desk):
    desk.open_binding_page()
    found = desk.hufu.cli("scan", "--screen", "--text")["found"]
    expect([(code["kind"], code["account"]) for code in found], [("binding", "alice")])
    expect(len(desk.hufu.cli("add", "-", "--yes", given=found[0]["text"] + "\n")["added"]), 1)
    desk.browser.type("#code", desk.hufu.cli("code", "alice")["code"])
    desk.browser.click("#confirm")
    desk.browser.wait_state("bound")


def approve(desk):
    desk.open_login_page()
    expect(desk.hufu.cli("login", "--screen", "--approve")["result"], "approved")
    desk.browser.wait_state("signed-in")
    expect(desk.server.requests("/v1/verify/") >= 3, True)  # so the count above would have seen one


def deny(desk):
    """The picture of the login page comes back: its code is used up now."""
    desk.open_login_page()
    picture = desk.keep_picture("used-login")
    expect(desk.hufu.cli("login", str(picture), "--deny")["result"], "denied")
    desk.browser.wait_state("denied")
    return picture


def used_code_is_told_apart(desk, picture):
    expect(failure_of(desk, "login", str(picture), "--approve").document["result"], "answered-elsewhere")
    expect(desk.browser.state(), "denied")


def expired_code_is_told_apart(desk):
    desk.open_login_page()
    picture = desk.keep_picture("expired-login")
    desk.server.set_clock(ahead=EXPIRED)
    expect(failure_of(desk, "login", str(picture), "--approve").document["result"], "expired")
    desk.server.set_clock(ahead=0)


def main(binaries, evidence):
    shutil.rmtree(evidence, ignore_errors=True)
    with private_desk(Steps(), binaries, evidence, "e2e-cli", LIMIT) as desk:
        with desk.steps.step("A login of an unbound server is refused, and nothing was sent"):
            unbound_login_sends_nothing(desk)
        with desk.steps.step("Bound from the screen; the first code is accepted"):
            bind(desk)
        with desk.steps.step("Approved: the page says signed in"):
            approve(desk)
        with desk.steps.step("Denied: the page says so"):
            used = deny(desk)
        with desk.steps.step("A used code is told apart"):
            used_code_is_told_apart(desk, used)
        with desk.steps.step("An expired code is told apart"):
            expired_code_is_told_apart(desk)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
