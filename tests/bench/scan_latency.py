#!/usr/bin/python3
"""How long a person waits between the key that scans the screen and the sheet that asks whether to approve, on the
demo's desk.

    scan_latency.py BINARIES EVIDENCE
"""

import bench
from desk.private_desk import private_desk
from desk.steps import Steps

RUNS = 5


def main(binaries, evidence):
    with private_desk(Steps(), binaries, evidence, "bench", bench.LIMIT) as desk:
        desk.open_hufu()
        desk.bind()
        seconds = [desk.deny_login() for _ in range(RUNS)]
    bench.figure("key press to the sheet", bench.median(seconds) * 1000, f"ms, {RUNS} runs (under 1000)")


bench.run(main, __doc__)
