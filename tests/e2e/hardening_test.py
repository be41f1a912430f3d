#!/usr/bin/python3
"""What another program of the same user can do to the running programs: nothing (security.md 13). As root, which
becomes an ordinary user for it, since root itself passes every check; on a build of the release preset.

    hardening_test.py BINARIES EVIDENCE

BINARIES: the folder of the built programs. EVIDENCE: not used.
"""

import contextlib
import ctypes
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys

from desk.session import scratch_folder
from desk.steps import Steps
from desk.waiting import until

USER = 64321  # nobody else's
LIBC = ctypes.CDLL(None, use_errno=True)
URI = "otpauth://totp/Example:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\t59\n"


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def as_user(command):
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--", *map(str, command)]


class Victim:
    """A program that runs as the ordinary user, allowed to write a core file as large as it likes."""

    def __init__(self, command, folder, env):
        self.folder = folder
        self.process = subprocess.Popen(
            as_user(command), cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, start_new_session=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2))
        self.pid = self.process.pid

    def status(self, field):
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return line.split()[1]
        return None

    def runs_as(self, name):
        """Whether setpriv has become the program already."""
        return self.status("Name") == name

    def crash(self):
        """Whether it wrote a core file when it got SIGSEGV, as the kernel says to its parent."""
        os.kill(self.pid, signal.SIGSEGV)
        _, status = os.waitpid(self.pid, 0)
        self.process.returncode = status
        return os.WCOREDUMP(status) or any(self.folder.glob("core*"))

    def end(self):
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def victim(command, env):
    with scratch_folder() as folder:
        os.chown(folder, USER, USER)
        one = Victim(command, folder, env | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder),
                                             "TMPDIR": str(folder)})
        try:
            until(f"the start of {command[0]}", lambda: one.runs_as(pathlib.Path(command[0]).name[:15]))
            yield one
        finally:
            one.end()


def makes_a_core_file(one):
    target = one.folder / "dump"
    subprocess.run(as_user(["gcore", "-o", target, one.pid]), capture_output=True, timeout=60)
    return any(one.folder.glob("dump*"))


def attaches(one):
    done = subprocess.run(as_user(["gdb", "-nx", "-batch", "-p", one.pid, "-ex", "info registers rip pc sp"]),
                          capture_output=True, text=True, timeout=60)
    return "0x" in done.stdout.split("Could not attach")[0] and "ptrace" not in done.stderr


def _as_user_in_a_child(question):
    """The answer of question(), yes or no, from a child process that has become the ordinary user for good."""
    child = os.fork()
    if child == 0:
        status = 2
        try:
            os.setgroups([])
            os.setresgid(USER, USER, USER)
            os.setresuid(USER, USER, USER)
            status = 0 if question() else 1
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    expect(os.WIFEXITED(status) and os.WEXITSTATUS(status) < 2, "the child failed")
    return os.WEXITSTATUS(status) == 0


def _first_readable(pid):
    for line in pathlib.Path(f"/proc/{pid}/maps").read_text().splitlines():
        if line.split()[1].startswith("r"):
            return int(line.split("-")[0], 16)
    raise RuntimeError("no readable memory")


def opens_its_memory(one):
    address = _first_readable(one.pid)

    def reads():
        try:
            with open(f"/proc/{one.pid}/mem", "rb", buffering=0) as memory:
                memory.seek(address)
                return len(memory.read(16)) == 16
        except PermissionError:
            return False

    return _as_user_in_a_child(reads)


class _Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


def reads_its_memory(one):
    address = _first_readable(one.pid)

    def reads():
        room = ctypes.create_string_buffer(16)
        here = _Vector(ctypes.cast(room, ctypes.c_void_p), 16)
        there = _Vector(address, 16)
        return LIBC.process_vm_readv(one.pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) == 16

    return _as_user_in_a_child(reads)


ATTACKS = [makes_a_core_file, attaches, opens_its_memory, reads_its_memory]


def succeed(one):
    return [attack.__name__ for attack in ATTACKS if attack(one)]


def main(binaries, _evidence):
    if os.geteuid() != 0:
        sys.exit("Only root can become another user to try.")
    steps = Steps()
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    with scratch_folder() as folder:
        # The ordinary user may not be able to go where the programs were built.
        folder.chmod(0o755)
        for program in ("hufu", "hufu-cli", "hufu-scanner"):
            shutil.copy(binaries / program, folder)

        with steps.step("A program that does nothing about it: all four ways in, and a core file"):
            with victim(["/usr/bin/sleep", "600"], env) as one:
                expect(len(succeed(one)) == 4, f"this machine refuses already: only {succeed(one)}")
                expect(one.crash(), "this machine writes no core file at all")

        with steps.step("hufu-cli: 0 of 4 ways in, locked memory, no core file"):
            with victim([folder / "hufu-cli", "compute"], env) as one:
                print(URI, end="", file=one.process.stdin, flush=True)
                until("locked memory", lambda: int(one.status("VmLck")) > 0)
                expect(not succeed(one), f"let in by {succeed(one)}")
                expect(not one.crash(), "a core file")

        with steps.step("hufu: 0 of 4 ways in, no core file"):
            display = env | {"DISPLAY": os.environ["DISPLAY"], "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
            with victim([folder / "hufu", "--profile", "hardening"], display) as one:
                # It becomes so once it has asked the portal, and before it opens the vault.
                until("a process that is not dumpable",
                      lambda: os.stat(f"/proc/{one.pid}/status").st_uid == 0)
                expect(not succeed(one), f"let in by {succeed(one)}")
                expect(one.process.poll() is None, "hufu ended by itself")
                expect(not one.crash(), "a core file")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
