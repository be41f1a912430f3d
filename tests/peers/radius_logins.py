#!/usr/bin/env python3
"""Logs in through a real FreeRADIUS (rlm_totp) with user name, static password and Hufu's code.

    tests/support/with_keyring tests/peers/radius_logins.py HUFU_CLI [COUNT]

Prints how many of COUNT random logins were accepted, and what became of wrong ones. The exit status is 0 only if all
of the first and none of the second were. The server has a folder and a port of its own."""
import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile

from accounts import Hufu, in_one_step, wrong_logins

SHARED_SECRET = "between client and server"
# Without the last "if" a static password alone would do: totp says "noop" where no code was typed.
CONFIGURATION = """
name = peer
libdir = /usr/lib/freeradius
raddbdir = {folder}
logdir = {folder}
run_dir = {folder}
pidfile = {folder}/pid
log {{
  destination = stdout
}}
security {{
  reject_delay = 0
}}
proxy_requests = no
thread pool {{
  start_servers = 1
}}
client here {{
  ipaddr = 127.0.0.1
  secret = "{secret}"
}}
modules {{
  files {{
    filename = {folder}/users
  }}
  pap {{
  }}
  totp {{
  }}
  always reject {{
    rcode = reject
  }}
}}
server totp {{
  listen {{
    type = auth
    ipaddr = 127.0.0.1
    port = {port}
  }}
  authorize {{
    files
    if (&User-Password =~ /^(.*)([0-9]{{6}})$/) {{
      update request {{
        TOTP-Password := "%{{2}}"
        User-Password := "%{{1}}"
      }}
    }}
    update control {{
      Auth-Type := "both"
    }}
  }}
  authenticate {{
    Auth-Type both {{
      pap
      if (ok) {{
        totp
        if (!ok) {{
          reject
        }}
      }}
    }}
  }}
}}
"""


class Radius:
    """The server; it ends with this object's `close`."""

    def __init__(self, folder, accounts):
        self.folder = folder
        with open(os.path.join(folder, "users"), "w") as users:
            for one in accounts:
                users.write('%s Cleartext-Password := "%s", TOTP-Secret := "%s"\n'
                            % (one.name, one.password, one.base32))
        for _ in range(5):  # another program may take the port before the server does
            self.port = free_port()
            if self.start():
                return
        raise AssertionError("FreeRADIUS does not start: " + self.said)

    def start(self):
        with open(os.path.join(self.folder, "radiusd.conf"), "w") as file:
            file.write(CONFIGURATION.format(folder=self.folder, port=self.port, secret=SHARED_SECRET))
        self.process = subprocess.Popen(["/usr/sbin/freeradius", "-f", "-d", self.folder, "-l", "stdout"],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        preexec_fn=end_with_the_test)
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "Ready to process requests" in line:
                return True
        self.close()
        return False

    def close(self):
        self.process.terminate()
        self.process.communicate()

    def accepts(self, account, password):
        request = 'User-Name = "%s", User-Password = "%s"\n' % (account.name, password)
        done = subprocess.run(["radclient", "-x", "-t", "5", "127.0.0.1:%d" % self.port, "auth", SHARED_SECRET],
                              input=request, capture_output=True, text=True, timeout=60)
        answer = re.search(r"^Received (Access-\w+)", done.stdout, re.MULTILINE)
        assert answer, done.stdout + done.stderr
        return {"Access-Accept": True, "Access-Reject": False}[answer[1]]


def end_with_the_test():
    """In the new process: it gets SIGTERM when ours ends, however that ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(program, count):
    hufu = Hufu(program, count)
    with tempfile.TemporaryDirectory(prefix="hufu-radius-") as folder:
        radius = Radius(folder, hufu.accounts)
        try:
            accepted = sum(in_one_step(lambda one=one: radius.accepts(one, one.password + hufu.code(one)))
                           for one in hufu.accounts)
            print("%d of %d logins accepted" % (accepted, count))
            account, other = hufu.accounts[:2]

            def wrong_accepted():
                logins = wrong_logins(hufu, account, other)
                return len(logins), [name for name, text in logins.items() if radius.accepts(account, text)]
            tried, wrong = in_one_step(wrong_accepted)
            print("%d kinds of wrong logins, accepted: %s" % (tried, ", ".join(wrong) or "none"))

            def twice():
                typed = other.password + hufu.code(other)
                return [radius.accepts(other, typed) for _ in range(2)]
            again = in_one_step(twice)
            print("the same code twice: %s" % ", ".join("accepted" if one else "refused" for one in again))
        finally:
            radius.close()
            hufu.remove()
    return 0 if accepted == count and not wrong and again[0] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20))
