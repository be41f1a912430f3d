#!/usr/bin/python3
"""End-to-end test of the first login: real keyring, real browser, real windows (issue "First login").

    first_login_test.py BINARIES EVIDENCE

BINARIES: the folder of the built programs. EVIDENCE: where pictures and logs are left.
"""

import pathlib
import shutil
import sys

from desk.private_desk import private_desk
from desk.steps import Steps
from desk.waiting import until

LIMIT = 280  # seconds, under the test's TIMEOUT, so that we clean up ourselves


def main(binaries, evidence):
    shutil.rmtree(evidence, ignore_errors=True)
    with private_desk(Steps(), binaries, evidence, "e2e", LIMIT) as desk:
        desk.open_hufu()
        used = desk.bind()
        desk.approve_login()
        with desk.steps.step("The vault says that the binding has worked"):
            until("the binding is proven", lambda: desk.hufu.cli("list")["accounts"][0]["binding"]["state"] == "worked-once")
        desk.deny_login()
        desk.sign_in_with_code(used)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
