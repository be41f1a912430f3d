#!/usr/bin/python3
"""What the finder reads of generated pictures and what it costs, beside one default pass of the installed ZXing.

    finder_score.py BINARIES EVIDENCE

The generator synth.py is taken from HUFU_SYNTH, or from ../shared/bench beside the checkout. HUFU_SEED chooses the
pictures (2); tune on one seed, report another. It needs python3-numpy, python3-opencv and python3-pil.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

import bench

ROOT = pathlib.Path(__file__).resolve().parents[2]
FRAMES = 6  # every look of a camera, once
PRINTED = 46  # characters of a name


def generator():
    path = pathlib.Path(os.environ.get("HUFU_SYNTH", ROOT.parent / "shared/bench/synth.py"))
    if not path.is_file():
        sys.exit(f"The generator of the test pictures is missing: {path}. Name it in HUFU_SYNTH.")
    return path


def pictures(evidence):
    """The folder of this seed's pictures, made if it is not there yet."""
    seed = os.environ.get("HUFU_SEED", "2")
    folder = evidence / f"pictures-{seed}"
    if not (folder / "complete").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["/usr/bin/python3", "-W", "ignore", generator(), folder], check=True, env={**os.environ, "SEED": seed})
        (folder / "complete").touch()
    return folder


def score(program, kind, manifest):
    said = subprocess.run([program, kind, manifest], check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in said.splitlines()]


def total(rows, who, what):
    return sum(row[who][what] for row in rows)


def report(name, value, limit, raw):
    print(f"{name:<{PRINTED}} {value:>16}   {limit:<18} raw pass: {raw}", flush=True)


def report_found(name, rows, limit):
    codes = sum(row["codes"] for row in rows)
    report(f"{name}: found", f"{total(rows, 'ours', 'found')} of {codes}", limit, total(rows, "raw", "found"))
    report(f"{name}: false reads", total(rows, "ours", "wrong"), "(0)", total(rows, "raw", "wrong"))


def instructions(program, kind, picture, times):
    """Of the search alone: what loading the picture takes is counted apart and taken off."""

    def counted(what):
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "cost", what, picture, str(times)]
        said = subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True).stderr
        return int(re.search(r"Collected\s*:\s*(\d+)", said).group(1))

    return counted(kind) - counted("none")


def report_cost(program, name, kind, picture, times, limit):
    ours = instructions(program, kind, picture, times) / times
    raw = instructions(program, "raw", picture, 1)
    report(name, f"{ours / raw:.2f} x", limit, f"{raw / 1e6:.0f} million instructions")


def main(binaries, evidence):
    program = binaries / "finder_score"
    folder = pictures(evidence)

    screen = score(program, "still", folder / "screen/manifest.jsonl")
    report_found("SCREEN", screen, "(at least 205)")
    wide = score(program, "still", folder / "screen2x4k/manifest.jsonl")
    report_found("SCREEN 2x4K", wide, "(7)")
    webcam = score(program, "live", folder / "webcam/manifest.jsonl")
    report_found("WEBCAM, 6 frames", webcam, "(at least 275)")
    camera = [row for row in score(program, "still", folder / "versions/manifest.jsonl") if row["sub"] == "camera6"]
    report_found("VERSIONS, camera 6 px", camera, "(at least 34)")

    read = sorted(row["ours"]["cpu_ms"] / row["raw"]["cpu_ms"] for row in webcam if row["ours"]["found"])
    report("first frame to result, CPU: median", f"{bench.median(read):.2f} x", "(at most 2)", "1 x")
    report("first frame to result, CPU: p95", f"{read[len(read) * 95 // 100]:.2f} x", "(at most 5)", "1 x")

    empty = [row["path"] for row in webcam if row["codes"] == 0]
    report_cost(program, "empty 720p frame, mean of all looks", "live", empty[0], FRAMES, "(at most 3.5)")
    report_cost(program, "empty 2x4K screen", "still", next(row["path"] for row in wide if row["codes"] == 0), 1, "(at most 5)")


bench.run(main, __doc__)
