#!/usr/bin/python3
"""What the start of hufu costs: instructions in user space up to the first painted codes of 10 accounts, as a
multiple of the yardstick's (an empty window that reads one entry of the keychain). Counted by callgrind, so the load
of the machine does not matter.

    start_cost.py BINARIES EVIDENCE
"""

import re
import subprocess

import bench
from desk.hufu import MAIN
from desk.waiting import until

RUNS = 3
ACCOUNTS = 10
NAMES = "170x480+12+70"  # part of the window: avatars and names, which are the same at every start
ENTRY = ["Hufu", "hufu/bench/head-a"]  # storage.md 1: service and key of an entry that is there
CALLGRIND = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]


def names_painted(env, window):
    command = ["import", "-silent", "-window", window, "-crop", NAMES, "rgb:-"]
    return subprocess.run(command, env=env, capture_output=True, timeout=30).stdout


def collected(text):
    return int(re.findall(r"Collected : (\d+)", text)[-1])


def wait_painted(desk, expected):
    window = desk.windows.wait_for(MAIN, 180)
    until("the names of the accounts", lambda: names_painted(desk.env, window) == expected, 180)


def main(binaries, evidence):
    with bench.desk(binaries, evidence, ACCOUNTS) as desk:
        desk.hufu.start()
        window = desk.windows.wait_for(MAIN)
        expected = bench.settled(lambda: names_painted(desk.env, window))
        desk.windows.picture(evidence / "accounts.png")
        desk.hufu.quit(desk.windows)

        hufu, yardstick = [], []
        for _ in range(RUNS):
            done = subprocess.run([*CALLGRIND, binaries / "yardstick", *ENTRY], env=desk.env, check=True,
                                  capture_output=True, text=True, timeout=300)
            yardstick.append(collected(done.stderr))
            desk.hufu.start(under=CALLGRIND)
            wait_painted(desk, expected)
            desk.hufu.end(seconds=60)
            hufu.append(collected(desk.processes.log_text("hufu")))
        bench.figure("yardstick", bench.median(yardstick) / 1e6, "M instructions")
        bench.figure(f"hufu, {ACCOUNTS} accounts", bench.median(hufu) / 1e6, "M instructions")
        bench.figure("ratio", bench.median(hufu) / bench.median(yardstick), "(at most 1.4)")


bench.run(main, __doc__)
