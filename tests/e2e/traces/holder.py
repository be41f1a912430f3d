"""The program that holds a vault, open or locked, and nothing else: traces/vault_holder.cpp."""

import subprocess


class Holder:
    """A context manager; `pid` is the program's. Raises RuntimeError where it does not answer as it should."""

    def __init__(self, binaries, profile):
        self._process = subprocess.Popen([binaries / "vault_holder", profile], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)
        self.pid = self._process.pid
        self._answer()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        finally:
            self._process.kill()

    def unlock(self, password, wanted):
        self._tell(f"unlock {password}", wanted)

    def change_password(self, current, following, wanted):
        self._tell(f"password {current}\t{following}", wanted)

    def make_codes(self, wanted):
        self._tell("codes", wanted)

    def lock(self):
        self._tell("lock", "done 0")

    def _tell(self, line, wanted):
        print(line, file=self._process.stdin, flush=True)
        got = self._answer()
        if got != wanted:
            raise RuntimeError(f"{line.split()[0]}: {got} instead of {wanted}")

    def _answer(self):
        return self._process.stdout.readline().strip()
