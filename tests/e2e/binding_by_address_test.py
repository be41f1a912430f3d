#!/usr/bin/python3
"""End-to-end test of a binding whose code holds an address instead of the key (protocol.md B1, "Alternative"): real
keyring, real browser, real windows.

    binding_by_address_test.py BINARIES EVIDENCE

BINARIES: the folder of the built programs. EVIDENCE: where pictures and logs are left.
"""

import pathlib
import shutil
import sys

from desk.private_desk import private_desk
from desk.steps import Steps

LIMIT = 280  # seconds, under the test's TIMEOUT, so that we clean up ourselves


def main(binaries, evidence):
    shutil.rmtree(evidence, ignore_errors=True)
    with private_desk(Steps(), binaries, evidence, "e2e-address", LIMIT, application=["--bind-by-address"]) as desk:
        desk.open_hufu()
        desk.bind(by_address=True)
        desk.approve_login()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
