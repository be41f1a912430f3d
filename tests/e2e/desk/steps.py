"""The steps that are taken, printed with their times, so that a reader sees where the time goes."""

import contextlib
import sys
import time


class Steps:
    def __init__(self, out=sys.stdout):
        self._out = out
        self._begin = time.monotonic()

    def say(self, text):
        print(text, file=self._out, flush=True)

    @contextlib.contextmanager
    def step(self, text):
        """Prints `text` with the seconds since the beginning and those that the step took, done or not."""
        begin = time.monotonic()
        outcome = "FAILED"
        try:
            yield
            outcome = "ok"
        finally:
            end = time.monotonic()
            self.say(f"{end - self._begin:6.1f} s  {outcome:<6}  {text}  ({end - begin:.1f} s)")
