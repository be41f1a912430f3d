"""Processes that end with us, whatever happens: each child has a group of its own, gets SIGKILL when we die, and
whatever it leaves behind becomes our child and is ended too."""

import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import time

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


def raise_on_signals(limit_seconds):
    """Makes SIGTERM, SIGHUP and the end of the time limit (0: none) exceptions, so that clean-up runs."""

    def end(number, _frame):
        raise SystemExit(128 + number)

    def too_long(_number, _frame):
        raise TimeoutError(f"The whole run took longer than {limit_seconds} s")

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(limit_seconds)


def _die_with_parent():
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class Processes:
    """Starts programs and ends them. A context manager: nothing that it started outlives it. What they print is kept
    below `log_folder`, which is emptied first."""

    def __init__(self, log_folder):
        self._logs = pathlib.Path(log_folder)
        shutil.rmtree(self._logs, ignore_errors=True)
        self._logs.mkdir(parents=True)
        self._running = []
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        signal.alarm(0)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(self._running):
            self.end(child)
        end_descendants()

    def log_path(self, name):
        return self._logs / f"{name}.log"

    def log_text(self, name):
        return self.log_path(name).read_text(errors="replace")

    def start(self, name, command, env):
        """Starts `command` in a process group of its own; what it prints goes to NAME.log."""
        with open(self.log_path(name), "ab") as log:
            child = subprocess.Popen(
                [str(part) for part in command], env=env, start_new_session=True, preexec_fn=_die_with_parent,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        self._running.append(child)
        return child

    def end(self, child, seconds=5.0):
        """SIGTERM to the child and its group, SIGKILL to what is left after `seconds`."""
        if child in self._running:
            self._running.remove(child)
        if child.poll() is None:
            _signal_group(child.pid, signal.SIGTERM)
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                pass
        _signal_group(child.pid, signal.SIGKILL)
        child.wait()


def _signal_group(pid, number):
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def descendants():
    """The pids of all processes below this one, zombies left out."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(entry.name)] = int(fields[1])
    found, wave = [], [os.getpid()]
    while wave:
        wave = [pid for pid, parent in parents.items() if parent in wave]
        found += wave
    return found


def end_descendants(seconds=5.0):
    """Ends whatever is still below this process, daemons included, and collects it."""
    deadline = time.monotonic() + seconds
    number = signal.SIGTERM
    while left := descendants():
        for pid in left:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        time.sleep(0.05)
        _collect()
        if time.monotonic() > deadline - seconds / 2:
            number = signal.SIGKILL
        if time.monotonic() > deadline:
            raise RuntimeError(f"Processes that do not end: {left}")
    _collect()


def _collect():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
