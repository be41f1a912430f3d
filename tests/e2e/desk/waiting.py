"""Waiting for something to become true, with a limit. Nothing here sleeps for a guessed time."""

import time


class TooLate(Exception):
    """What was waited for did not come; the text names it."""


def until(what, question, seconds=10.0, every=0.05):
    """The first true answer of question(), asked again and again. Raises TooLate after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TooLate(f"{what}: not within {seconds:g} s")
        time.sleep(every)
