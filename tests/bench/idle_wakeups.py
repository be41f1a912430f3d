#!/usr/bin/python3
"""How often hufu wakes up while its codes are visible and nobody does anything: voluntary context switches of all
its threads.

    idle_wakeups.py BINARIES EVIDENCE
"""

import pathlib
import re
import time

import bench
from desk.hufu import MAIN

SECONDS = 20
RUNS = 3


def switches(pid):
    total = 0
    for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"):
        total += int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status.read_text(), re.MULTILINE)[1])
    return total


def main(binaries, evidence):
    with bench.desk(binaries, evidence, accounts=10) as desk:
        desk.hufu.start()
        desk.windows.activate(desk.windows.wait_for(MAIN))
        pid = desk.hufu.process.pid
        bench.settled(lambda: len(list(pathlib.Path(f"/proc/{pid}/task").iterdir())), seconds=30)
        rates = []
        for _ in range(RUNS):
            before, begin = switches(pid), time.monotonic()
            time.sleep(SECONDS)  # the measured time itself
            rates.append((switches(pid) - before) / (time.monotonic() - begin))
        bench.figure("wakeups", bench.median(rates), "a second (at most 2)")


bench.run(main, __doc__)
