"""Hufu itself, in a profile of its own: its window, its command line, its removal."""

import contextlib
import json
import os
import subprocess

from .waiting import until

MAIN, ASK, ADD, FIRST, CONFIRM = "Hufu", "Bind an account", "Add account", "Account added", "Confirm a login"
CORNER = (1480, 60)  # right of the browser, so that neither covers the other


def write_policy(path, ca):
    """The policy that lets Hufu talk to a server on this machine whose certificate `ca` (a PEM file) vouches for."""
    servers = {"allow_loopback": True, "extra_ca": [ca.read_text()]}
    path.write_text(json.dumps({"version": 1, "servers": servers}))
    path.chmod(0o600)


@contextlib.contextmanager
def _lines_to_read(lines):
    """A descriptor that gives these lines; they fit into a pipe."""
    end, beginning = os.pipe()
    try:
        with open(beginning, "w") as pipe:
            pipe.writelines(f"{line}\n" for line in lines or ())
        yield end
    finally:
        os.close(end)


class CommandFailed(Exception):
    """`status` of hufu-cli, and the name of the `error` (contracts.md 2) or None."""

    def __init__(self, arguments, done):
        super().__init__(f"hufu-cli {' '.join(map(str, arguments))}: {done.returncode} {done.stdout} {done.stderr}")
        self.status = done.returncode
        self.error = json.loads(done.stderr)["error"]["code"] if done.stderr.startswith("{") else None


class Hufu:
    def __init__(self, processes, binaries, env, profile, policy=None):
        self._processes, self._binaries, self._env = processes, binaries, env
        self._profile, self._policy = profile, ["--policy", policy] if policy else []
        self.process = None

    def start(self, under=()):
        """Starts the window; `under` is a command that gets the program and its arguments to run."""
        self.process = self._processes.start(
            "hufu", [*under, self._binaries / "hufu", "--profile", self._profile, *self._policy], self._env)

    def still_runs(self):
        return self.process is not None and self.process.poll() is None

    def quit(self, windows):
        """Ctrl+Q in the main window, and waits for the end. Raises RuntimeError if Hufu does not end well."""
        windows.activate(windows.wait_for(MAIN))
        windows.press("ctrl+q")
        until("the end of Hufu", lambda: not self.still_runs())
        if self.process.returncode:
            raise RuntimeError(f"Hufu ended with {self.process.returncode}: " + self._processes.log_text("hufu"))

    def end(self, seconds=5.0):
        """Ends Hufu from outside, if it runs."""
        if self.process is not None:
            self._processes.end(self.process, seconds)

    def cli(self, *arguments, given=None, passwords=None):
        """What hufu-cli prints with --json, parsed; `passwords` are the lines of its --password-fd. Raises CommandFailed
        if its status is not 0."""
        with _lines_to_read(passwords) as descriptor:
            own = ["--password-fd", str(descriptor)] if passwords is not None else []
            done = subprocess.run(
                [self._binaries / "hufu-cli", "--profile", self._profile, *self._policy, "--json", *own, *arguments],
                env=self._env, input=given, capture_output=True, text=True, timeout=60, pass_fds=[descriptor])
        if done.returncode:
            raise CommandFailed(arguments, done)
        return json.loads(done.stdout)

    def remove_profile(self):
        """Takes the profile out of the keychain and the settings; the number of removed entries comes back."""
        return self.cli("profile", "remove", self._profile, "--yes")["removed"]
