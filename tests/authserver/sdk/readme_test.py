#!/usr/bin/env python3
"""Runs the curl examples of the server's README as they stand there, against the real server.

  readme_test.py HUFU_AUTHSERVER

Of the section "SDKs and curl": indented lines with "$ " are typed into bash, the others are what it must print, where
"…" stands for anything. Where bash reads an answer, the test does what the words ask of a person."""
import os
import re
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
README = os.path.join(HERE, "..", "README.md")
if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.path[:0] = [os.path.join(HERE, "..", "black_box"), HERE]
    os.environ["HUFU_AUTHSERVER"] = os.path.abspath(sys.argv[1])

from documents import totp
from server import Event, Server
from token_device import Token

END = "-- end of a command --"


def examples():
    """Commands of the section with the lines that each must print."""
    with open(README, encoding="utf-8") as file:
        section = file.read().split("\n## SDKs and curl\n")[1].split("\n## ")[0]
    commands = []
    for line in re.findall(r"^ {4}(.*)$", section, re.MULTILINE):
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    return commands


class ReadmeTest(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)
        app = self.server.app
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": self.server.path,
                       "CA": self.server.file("ca.pem"), "BASE": self.server.api, "APP": app["app_id"],
                       "KEY": app["app_key"], "AUTH_ID": app["auth_id"]}
        self.bash = subprocess.Popen(["bash", "--norc"], cwd=self.server.path, env=environment, encoding="utf-8",
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(self.bash.communicate)

    def run_line(self, line, answer=None):
        typed = [line] if answer is None else [line, answer]
        self.bash.stdin.write("\n".join([*typed, "echo '%s'" % END, ""]))
        self.bash.stdin.flush()
        printed = []
        for got in self.bash.stdout:
            if got.rstrip("\n") == END:
                break
            printed.append(got.rstrip("\n"))
        return [text for text in printed if text]

    def value(self, name):
        return self.run_line('echo "$%s"' % name)[0]

    def do_as_asked(self, words):
        """What the person types after it is done."""
        uid = self.value("UID_")
        if "bind.png" in words:
            self.assertIsPicture("bind.png")
            self.secret = self.server.pending_secret(uid)
            return totp(self.secret, self.server.now())
        self.assertIn("login.png", words)
        self.assertIsPicture("login.png")
        link = self.value("LOGIN")
        event = Event(self.value("EVENT"), re.search(r"\?token=([0-9a-f]{32})", link)[1], None)
        token = Token(self.server, uid, self.secret)
        self.assertEqual(token.confirm(event, token.scan(event)).json()["status"], 200)
        return ""

    def assertIsPicture(self, name):
        with open(self.server.file(name), "rb") as file:
            self.assertEqual(file.read(8), b"\x89PNG\r\n\x1a\n")

    def test_the_examples_do_what_they_say(self):
        commands = examples()
        self.assertGreater(len(commands), 15)
        self.assertGreater(sum(len(expected) for _, expected in commands), 8)
        for command, expected in commands:
            answer = self.do_as_asked(command) if command.startswith("read ") else None
            printed = self.run_line(command, answer)
            self.assertEqual(len(printed), len(expected), (command, printed))
            for got, wanted in zip(printed, expected):
                self.assertRegex(got, r"\A%s\Z" % re.escape(wanted).replace("…", ".+"), command)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
