"""What the programs of one run know of their surroundings. The desktop itself is made around us by
tests/support/with_keyring and with_xvfb, or is a person's own."""

import contextlib
import os
import pathlib
import shutil
import tempfile

_DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS")


def plain_environment(home):
    """The desktop, a home folder, a language and the path: nothing else of ours changes what a program does."""
    env = {name: os.environ[name] for name in _DESKTOP if name in os.environ}
    # Looked for in the home folder if it is not named, and that may be another one.
    env["XAUTHORITY"] = os.environ.get("XAUTHORITY") or os.path.expanduser("~/.Xauthority")
    return env | {"HOME": str(home), "USER": os.environ.get("USER", "demo"), "PATH": "/usr/local/bin:/usr/bin:/bin",
                  "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


@contextlib.contextmanager
def scratch_folder():
    """A folder for one run that only we can read, gone afterwards."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hufu-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
