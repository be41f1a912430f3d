"""The reference server with its sample site, on a free port of this machine."""

import json
import re
import subprocess

from .waiting import until

PERSON = "alice"
STATIC_PASSWORD = "correct horse"


class Server:
    """A running hufu-authserver with one application and one person of the sample site; `url` is its address."""

    def __init__(self, processes, binaries, env, folder, certificates, application=()):
        """`application` are options of its making."""
        self._command = [binaries / "hufu-authserver", "--data", folder]
        self._env = env
        self._processes = processes
        folder.mkdir(mode=0o700)
        application = json.loads(self._administer("app", "create", "Sample Works", *application))
        self._administer("site", "user", PERSON, given=STATIC_PASSWORD)
        self.process = processes.start("authserver", [
            *self._command, "serve", "--cert", certificates.certificate, "--key", certificates.key, "--port", "0",
            "--site", application["app_id"]], env)
        self.url = until("the server", self._address, 15)

    def requests(self, path):
        """How many requests for a path that begins so it has answered."""
        return len(re.findall(rf"^[A-Z]+ {re.escape(path)}", self._log(), re.MULTILINE))

    def _address(self):
        if self.process.poll() is not None:
            raise RuntimeError("The server ended: " + self._log())
        found = re.search(r"listening (https://localhost:\d+)", self._log())
        return found and found[1]

    def _log(self):
        return self._processes.log_text("authserver")

    def _administer(self, *arguments, given=""):
        done = subprocess.run([*self._command, *arguments], env=self._env, input=given, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"hufu-authserver {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout
