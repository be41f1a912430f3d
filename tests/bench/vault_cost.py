#!/usr/bin/python3
"""What the vault costs with 10,000 accounts, beside the same with 10: calls of the keychain, CPU time, memory. On the
keychain that is there (a private one), by the program vault_cost, each step in a process of its own.

    vault_cost.py BINARIES EVIDENCE
"""

import collections
import subprocess

import bench

MANY = 10_000
FEW = 10
ADDS = 80  # one after the other; a small page takes fewer, so that a full one is met
RUNS = 3


def step(program, profile, *arguments):
    """The figures that a step printed: by name, in their order."""
    said = subprocess.run([program, profile, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True).stdout
    figures = collections.defaultdict(list)
    for name, value in (line.split() for line in said.splitlines()):
        figures[name].append(float(value))
    return figures


def median(steps, name):
    return bench.median(value for figures in steps for value in figures[name])


def bulk(program, kind):
    """The last vault stays for the other measures. The others go: the keyring writes all it holds at each change."""
    steps = []
    for run in range(RUNS):
        if run:
            step(program, f"many-{kind}", "remove")
        steps.append(step(program, f"many-{kind}", "bulk", MANY, kind))
    bench.figure(f"{kind}: bulk add, CPU", median(steps, "cpu_ms") / 1e3, "s (at most 1.0)")
    bench.figure(f"{kind}: bulk add, calls", max(figures["calls"][0] for figures in steps), "(at most 24)")


def load(program, kind):
    many = [step(program, f"many-{kind}", "load") for _ in range(RUNS)]
    few = [step(program, f"few-{kind}", "load") for _ in range(RUNS)]
    apiece = (median(many, "resident_kb") - median(few, "resident_kb")) / (MANY - FEW)
    bench.figure(f"{kind}: load, calls", many[0]["calls"][0], "(at most 12)")
    bench.figure(f"{kind}: load, CPU", median(many, "cpu_ms"), "ms (at most 100)")
    bench.figure(f"{kind}: load of {FEW}, CPU", median(few, "cpu_ms"), "ms")
    bench.figure(f"{kind}: memory an account", apiece, "kB (at most 1)")
    bench.figure(f"{kind}: peak of a load", median(many, "peak_kb") / 1024, "MiB")


def add_one(program, kind):
    """To 10 and to 10,000 in turns, so that both meet the same machine."""
    few, many = [], []
    for _ in range(RUNS):
        step(program, f"few-{kind}", "remove")
        step(program, f"few-{kind}", "bulk", FEW, kind)
        few.append(step(program, f"few-{kind}", "single", ADDS))
        many.append(step(program, f"many-{kind}", "single", ADDS))
    ratio = median(many, "add_cpu_ms") / median(few, "add_cpu_ms")
    bench.figure(f"{kind}: add one to {MANY}, CPU", median(many, "add_cpu_ms"), "ms")
    bench.figure(f"{kind}: add one to {FEW}, CPU", median(few, "add_cpu_ms"), "ms")
    bench.figure(f"{kind}: ratio", ratio, "(at most 1.5)")
    bench.figure(f"{kind}: writes", median(many, "add_writes"), "(2)")
    bench.figure(f"{kind}: writes, full page", max(max(figures["add_writes"]) for figures in many), "(3)")


def main(binaries, _evidence):
    program = binaries / "vault_cost"
    for kind in ("plain", "bound"):
        step(program, f"few-{kind}", "bulk", FEW, kind)
        bulk(program, kind)
        load(program, kind)
        add_one(program, kind)
        step(program, f"many-{kind}", "remove")


bench.run(main, __doc__)
