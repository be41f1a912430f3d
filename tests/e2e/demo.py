#!/usr/bin/python3
"""The demonstration: what installer/demo starts once everything is built.

    demo.py BINARIES EVIDENCE [--by-itself]

BINARIES: the folder of the built programs. EVIDENCE: where pictures and logs are left. By itself: on a private desktop.
"""

import os
import pathlib
import shutil
import signal
import sys
import time

from desk import browser, session
from desk.certificates import Certificates
from desk.hufu import Hufu, write_policy
from desk.private_desk import private_desk
from desk.processes import Processes, raise_on_signals
from desk.server import PERSON, STATIC_PASSWORD, Server
from desk.steps import Steps

PROFILE = "demo"
LIMIT = 280  # seconds, when it runs by itself

WHAT_TO_DO = """
Hufu is open, and so is the sample site: {url}

  1. Bind      {url}/bind
               sign in as "{person}" with the password "{password}"; a code appears.
               In Hufu press Ctrl+S (Scan screen), then Add. Type Hufu's code into the page.
  2. Sign in   {url}/
               In Hufu press Ctrl+S, read who asks, approve. The page says that you are signed in.
  3. Or type   {url}/password
               user name, password and Hufu's code.

Ctrl+C here, or closing the browser, ends it all and removes the profile "{profile}".
"""


def by_itself(binaries, evidence):
    with private_desk(Steps(), binaries, evidence, PROFILE, LIMIT) as desk:
        desk.open_hufu()
        desk.bind()
        desk.approve_login()
    print(f"Signed in because it was approved in Hufu. Pictures: {evidence}")


def for_a_person(binaries, evidence):
    """On the person's own desktop and keychain; the browser alone gets a home of its own."""
    raise_on_signals(0)
    env = dict(os.environ)
    with session.scratch_folder() as folder, Processes(evidence / "logs") as processes:
        certificates = Certificates(folder / "certificates")
        policy = folder / "policy.json"
        write_policy(policy, certificates.ca)
        server = Server(processes, binaries, env, folder / "server", certificates)
        hufu = Hufu(processes, binaries, env, PROFILE, policy)
        try:
            home = browser.throw_away_home(folder, certificates.ca)
            window = processes.start("chromium", ["chromium", *browser.switches(home, (1200, 900)),
                                                  server.url + "/bind"], session.plain_environment(home))
            hufu.start()
            print(WHAT_TO_DO.format(url=server.url, person=PERSON, password=STATIC_PASSWORD, profile=PROFILE),
                  flush=True)
            while window.poll() is None and hufu.still_runs():
                time.sleep(0.3)
        except KeyboardInterrupt:
            print()
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            hufu.end()
            removed = hufu.remove_profile()
            print(f"The profile \"{PROFILE}\" is removed ({removed} entries of the keychain).")


def main(binaries, evidence, *mode):
    shutil.rmtree(evidence, ignore_errors=True)
    try:
        by_itself(binaries, evidence) if mode else for_a_person(binaries, evidence)
    except Exception as problem:
        sys.exit(f"The demonstration failed. {type(problem).__name__}: {problem}\nPictures and logs: {evidence}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*(pathlib.Path(argument).resolve() for argument in sys.argv[1:3]), *sys.argv[3:])
