"""A program stopped at its last breath: everything is done, `main` has returned, and its memory is still there."""

import contextlib
import os
import pathlib
import shlex
import subprocess

# Written by gdb's own Python: it knows the process that it runs.
_PID = "python open(r'%s', 'w').write(str(gdb.selected_inferior().pid))"


class Stopped:
    """`pid` of the program, the `status` that it is about to end with, and its `output`."""

    def __init__(self, pid):
        self.pid, self.status, self.output = pid, None, ""


@contextlib.contextmanager
def stopped_at_end(folder, command, given, password=None):
    """Runs `command` under gdb with `given` as its standard input, and `password`, if any, on descriptor 3. Yields a
    Stopped when it is about to end; lets it end afterwards."""
    given_file, password_file, said = folder / "given", folder / "password", folder / "said"
    given_file.write_text(given)
    password_file.write_text(password or "")
    report, go_on = folder / "pid", folder / "go-on"
    for pipe in (report, go_on):
        os.mkfifo(pipe)
    program, *arguments = (str(part) for part in command)
    lines = ["set startup-with-shell on", "set debuginfod enabled off", "set auto-load off", "catch syscall exit_group",
             f"run {shlex.join(arguments)} <{given_file} 3<{password_file} >{said} 2>&1", _PID % report, f"shell cat {go_on}"]
    gdb = subprocess.Popen(
        ["gdb", "-nx", "-q", "-batch", *(part for line in lines for part in ("-ex", line)), program],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"SHELL": "/bin/sh"})
    try:
        stopped = Stopped(int(report.read_text()))
        # The system call that it is stopped in, as numbers: which one, and its first argument.
        stopped.status = int(pathlib.Path(f"/proc/{stopped.pid}/syscall").read_text().split()[1], 16)
        stopped.output = said.read_text()
        yield stopped
        go_on.write_text("")
        gdb.wait(timeout=60)  # and with it goes the program
    finally:
        gdb.kill()
        gdb.wait()
        for path in (given_file, password_file, said, report, go_on):
            path.unlink(missing_ok=True)
