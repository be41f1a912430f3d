"""A private desktop: a screen of its own, a window manager, a session bus and an unlocked gnome-keyring, all in a
throw-away home. Nothing of the person's own session is touched."""

import contextlib
import os
import pathlib
import secrets
import shutil
import subprocess
import tempfile

from .waiting import until

SCREEN = (1920, 1080)


def plain_environment(home, runtime):
    """What a program gets to know of its surroundings: nothing of ours but the language and the path."""
    return {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "USER": os.environ.get("USER", "demo")}


@contextlib.contextmanager
def scratch_folder():
    """A folder for one run that only we can read, gone afterwards."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hufu-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def private_session(processes, folder):
    """Starts the desktop below `folder`; the environment that programs on it need comes back."""
    home, runtime = folder / "home", folder / "run"
    for place in (home, runtime):
        place.mkdir(mode=0o700)
    env = plain_environment(home, runtime) | {"XDG_SESSION_TYPE": "x11"}
    env |= _start_display(processes, env, folder)
    env |= _start_bus(processes, env)
    _start_keyring(processes, env)
    processes.start("openbox", ["openbox", "--sm-disable"], env)
    until("a window manager", lambda: "window id" in _output(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env))
    return env


def _start_display(processes, env, folder):
    cookies = folder / "Xauthority"
    cookie = secrets.token_hex(16)
    # The server takes every cookie of the file; the number of the display is only known once it runs.
    _add_cookie(cookies, 0, cookie)
    reading, writing = os.pipe()
    size = "x".join(map(str, SCREEN)) + "x24"
    processes.start("Xvfb", ["Xvfb", "-displayfd", writing, "-screen", "0", size, "-nolisten", "tcp", "-noreset",
                             "-auth", cookies], env, pass_fds=(writing,))
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    if not number:
        raise RuntimeError("Xvfb did not start: " + processes.log_text("Xvfb"))
    _add_cookie(cookies, number, cookie)
    return {"DISPLAY": f":{number}", "XAUTHORITY": str(cookies)}


def _add_cookie(cookies, number, cookie):
    subprocess.run(["xauth", "-q", "-f", cookies, "add", f":{number}", "MIT-MAGIC-COOKIE-1", cookie],
                   check=True, capture_output=True)


def _start_bus(processes, env):
    address = f"unix:path={env['XDG_RUNTIME_DIR']}/bus"
    processes.start("dbus", ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"], env)
    until("a session bus", lambda: os.path.exists(f"{env['XDG_RUNTIME_DIR']}/bus"))
    return {"DBUS_SESSION_BUS_ADDRESS": address}


def _start_keyring(processes, env):
    # The first unlock makes the login keyring, which is the default collection.
    processes.start("keyring", ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], env,
                    stdin=b"private")
    # Asked by name first: a call to a service that is not there yet would make the bus start a second, locked one.
    owner = _call("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.secrets")
    until("a keyring", lambda: "true" in _output(owner, env))
    alias = _call("org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.ReadAlias",
                  "default")
    until("an unlocked keyring", lambda: "/collection/login" in _output(alias, env))


def _call(service, path, method, argument):
    return ["gdbus", "call", "--session", "-d", service, "-o", path, "-m", method, argument]


def _output(command, env):
    return subprocess.run(command, env=env, capture_output=True, text=True).stdout
