#!/usr/bin/env python3
"""Key URIs from strangers, by the thousand, in a file and as arguments (security.md 7): nothing is stored
without consent, and each line is stored, known or refused.

    tests/support/with_keyring tests/cli/fuzzed_lines_test.py HUFU_CLI FUZZED_LINES"""

import json
import os
import subprocess
import sys
import unittest

PROGRAM = FUZZED_LINES = None
PROFILE = "fuzzed-lines"
LINES = 5000
AT_ONCE = 1000  # arguments of one call


class FuzzedLinesTest(unittest.TestCase):
    def tearDown(self):
        self.cli("--yes", "profile", "remove", PROFILE)

    def cli(self, *arguments, text=b""):
        """Status, document and name of the error; a program that was ended by a signal has no status."""
        done = subprocess.run([PROGRAM, "--profile", PROFILE, "--json", *arguments], input=text,
                              capture_output=True, timeout=120, start_new_session=True)
        self.assertIn(done.returncode, (0, 1), done.stderr[-2000:])
        failures = [line for line in done.stderr.splitlines() if line.startswith(b'{"version":1,"error"')]
        return (done.returncode, json.loads(done.stdout) if done.stdout else None,
                json.loads(failures[0])["error"]["code"] if failures else None)

    def lines(self, seed):
        made = subprocess.run([FUZZED_LINES, str(seed), str(LINES)], capture_output=True, check=True).stdout
        lines = made.split(b"\n")[:-1]
        self.assertEqual(len(lines), LINES)
        return lines

    def stored(self):
        return len(self.cli("list")[1]["accounts"])

    def assert_all_accounted_for(self, document, count):
        self.assertEqual(sum(len(document[what]) for what in ("added", "unchanged", "refused")), count)

    def test_a_file(self):
        text = b"\n".join(self.lines(20261122)) + b"\n"
        self.assertEqual(self.cli("add", "-", text=text), (1, None, "ConsentNeeded"))
        self.assertEqual(self.stored(), 0)
        status, document, error = self.cli("--yes", "add", "-", text=text)
        self.assertEqual((status, error), (1, None))
        self.assert_all_accounted_for(document, LINES)
        self.assertGreater(len(document["added"]) + len(document["unchanged"]), LINES // 50)
        self.assertGreater(len(document["refused"]), LINES // 10)
        self.assertEqual(self.stored(), len(document["added"]))

    def test_arguments(self):
        lines = self.lines(7)
        for first in range(0, LINES, AT_ONCE):
            some = lines[first:first + AT_ONCE]
            self.assertEqual(self.cli("add", "--", *some), (1, None, "ConsentNeeded"))
            self.assertEqual(self.stored(), 0)
        status, document, error = self.cli("--yes", "add", "--", *lines[:AT_ONCE])
        self.assertEqual((status, error), (1, None))
        self.assert_all_accounted_for(document, AT_ONCE)


if __name__ == "__main__":
    PROGRAM, FUZZED_LINES = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
    unittest.main()
