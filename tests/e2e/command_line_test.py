#!/usr/bin/python3
"""End-to-end test of hufu-cli on the screen: it binds, shows a code, approves and denies as the window does, and sends
nothing for a server that it is not bound to. Real keyring, real browser.

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


def expect(got, wanted):
    if got != wanted:
        raise AssertionError(f"{got!r} instead of {wanted!r}")


def unbound_login_sends_nothing(desk):
    desk.open_login_page()
    try:
        done = desk.hufu.cli("login", "--screen", "--approve")
    except CommandFailed as failure:
        expect((failure.status, failure.error), (1, "UnboundServer"))
    else:
        raise AssertionError(f"It did not fail: {done}")
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
    desk.open_login_page()
    expect(desk.hufu.cli("login", "--screen", "--deny")["result"], "denied")
    desk.browser.wait_state("denied")


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
            deny(desk)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
