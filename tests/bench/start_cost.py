#!/usr/bin/python3
"""What the start of hufu costs: instructions in user space, the loader's included, up to the first painted codes of 10
accounts, as a multiple of the yardstick's (an empty window that is painted and reads one entry of the keychain).
Counted by callgrind, so the load of the machine does not matter.

Two multiples are printed. In the first both programs are counted up to the line that they print at that point. In the
second the yardstick is counted to its own end, as `perf stat` counts a program: Qt then loads the fonts to clear them
away, which an empty window never needed, and any window with a word in it does.

    start_cost.py BINARIES EVIDENCE
"""

import re
import subprocess

import bench

RUNS = 3
ACCOUNTS = 10
PAINTED = "first codes painted"  # hufu says so in its log
READ = "painted and read"  # the yardstick says so
ENTRY = ["Hufu", "hufu/bench/head-a"]  # storage.md 1: service and key of an entry that is there


def instructions(command, env, profile, until=None):
    """Runs the command under callgrind, to its end or until it prints a line with `until` in it. The file `profile`
    is for callgrind_annotate."""
    callgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}"]
    said = []
    with subprocess.Popen([*callgrind, *command], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True) as child:
        try:
            for words in child.stderr:
                said.append(words)
                if until is not None and until in words:
                    child.terminate()
        finally:
            child.kill()
    text = "".join(said)
    if until is not None and until not in text:
        raise RuntimeError(f"{command} never said: {until}\n{text}")
    if until is None and child.returncode:
        raise RuntimeError(f"{command} ended with {child.returncode}\n{text}")
    return int(re.findall(r"Collected : (\d+)", text)[-1])


def main(binaries, evidence):
    with bench.desk(binaries, evidence, ACCOUNTS) as desk:
        env = desk.env | {"QT_LOGGING_RULES": "hufu.ui.info=true"}
        hufu = [binaries / "hufu", "--profile", "bench"]
        yardstick = [binaries / "yardstick", *ENTRY]
        instructions(hufu, env, "/dev/null", PAINTED)  # so that the caches on the disk are there

        def middle(command, name, until=None):
            return bench.median(instructions(command, env, evidence / f"{name}.callgrind", until) for _ in range(RUNS))

        read = middle([*yardstick, "stay"], "yardstick", READ)
        ended = middle(yardstick, "yardstick-ended")
        painted = middle(hufu, "hufu", PAINTED)
        bench.figure("yardstick, painted and read", read / 1e6, "M instructions")
        bench.figure("yardstick, to its end", ended / 1e6, "M instructions")
        bench.figure(f"hufu, {ACCOUNTS} accounts painted", painted / 1e6, "M instructions")
        bench.figure("ratio, painted and read", painted / read, "")
        bench.figure("ratio, to its end", painted / ended, "(at most 1.4)")


bench.run(main, __doc__)
