#!/usr/bin/python3
"""End-to-end test of the camera: a person moves a binding code in front of it, and the account is in the keychain. Real
window, real keyring, a camera that PipeWire plays.

    camera_binding_test.py BINARIES EVIDENCE

BINARIES: the folder of the built programs. EVIDENCE: where pictures and logs are left.
"""

import contextlib
import json
import pathlib
import shutil
import subprocess
import sys

from desk import film, session
from desk.hufu import ADD, CORNER, MAIN, Hufu
from desk.processes import Processes, raise_on_signals
from desk.steps import Steps
from desk.waiting import until
from desk.windows import Windows

LIMIT = 280  # seconds, under the test's TIMEOUT, so that we clean up ourselves
PATIENCE = 60  # of each wait for the camera: the first look at the plugins of a new home takes seconds
SUPPORT = pathlib.Path(__file__).resolve().parents[1] / "support"
SCAN = "Scan a code"
SERVER = "login.northgate.invalid"  # nobody ever answers there
CODE = ("otpauth://totp/Northgate:alice%40northgate.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Northgate"
        "&algorithm=SHA1&digits=6&period=30&v=1&appid=works&uid=alice&api=https%3A%2F%2Flogin.northgate.invalid%2Fv1")


class Camera:
    """Cameras that are plugged in one after the other, and the streams that lead from them. Each serves one stream."""

    def __init__(self, processes, env):
        self._processes, self._env, self._process = processes, env, None

    def plug_in(self, name, frames):
        if self._process:
            self._processes.end(self._process)
        self._process = self._processes.start(name, [SUPPORT / "show_on_camera", name, frames], self._env)
        until("the camera", lambda: name in self._state()[0], PATIENCE, every=0.2)

    def wait_streams(self, count):
        until(f"{count} streams of the camera", lambda: self._state()[1] == count, PATIENCE, every=0.2)

    def _state(self):
        """The names of the cameras, and how many streams there are."""
        said = subprocess.run(["pw-dump"], env=self._env, check=True, capture_output=True, timeout=30).stdout
        objects = json.loads(said)
        properties = [(of.get("info") or {}).get("props", {}) for of in objects]
        names = [of["node.name"] for of in properties if of.get("media.class") == "Video/Source"]
        return names, sum(of["type"].endswith(":Link") for of in objects)


def open_camera(windows):
    windows.activate(windows.wait_for(MAIN))
    windows.press("ctrl+shift+s")
    return windows.wait_for(SCAN)


def look_through_it(steps, windows, camera, folder, evidence):
    with steps.step("A camera is plugged in; nothing but an empty room is before it"):
        film.write(folder / "room")
        camera.plug_in("Front Camera", folder / "room")
    with steps.step("Ctrl+Shift+S: the room is seen, live"):
        sheet = open_camera(windows)
        camera.wait_streams(1)
        windows.wait_moving(sheet, PATIENCE)
        windows.picture(evidence / "1-camera.png")
    with steps.step("Escape: the camera is free"):
        windows.activate(sheet)
        windows.press("Escape")
        windows.wait_gone(SCAN)
        camera.wait_streams(0)


def bind(steps, windows, camera, hufu, folder, evidence):
    with steps.step("Another camera, and somebody who moves a code before it"):
        film.write(folder / "film", CODE)
        camera.plug_in("Desk Camera", folder / "film")
    with steps.step("Ctrl+Shift+S: the code is found, and Hufu asks"):
        open_camera(windows)
        sheet = until("the question", lambda: windows.find(ADD) or windows.picture(evidence / "2-code.png"), PATIENCE)
        windows.picture(evidence / "3-add-account.png")
    with steps.step("The camera is free, and its sheet gone"):
        windows.wait_gone(SCAN)
        camera.wait_streams(0)
    with steps.step("Enter: the account is in the keychain"):
        if hufu.cli("list")["accounts"]:
            raise AssertionError("An account was stored before anybody agreed.")
        windows.activate(sheet)
        windows.press("Return")
        windows.wait_gone(ADD)
        windows.picture(evidence / "4-account.png")
        accounts = hufu.cli("list")["accounts"]
    found = [(of["issuer"], of["account"], (of["binding"] or {}).get("server")) for of in accounts]
    if found != [("Northgate", "alice@northgate.example", SERVER)]:
        raise AssertionError(f"These are the accounts: {accounts}")


def main(binaries, evidence):
    shutil.rmtree(evidence, ignore_errors=True)
    raise_on_signals(LIMIT)
    steps = Steps()
    with session.scratch_folder() as folder, Processes(evidence / "logs") as processes:
        env = session.plain_environment(pathlib.Path.home())
        windows = Windows(env)
        hufu = Hufu(processes, binaries, env, "e2e-camera")
        camera = Camera(processes, env)
        try:
            with steps.step("Hufu opens, without an account"):
                hufu.start()
                windows.place(windows.wait_for(MAIN, 30), *CORNER)
            look_through_it(steps, windows, camera, folder, evidence)
            bind(steps, windows, camera, hufu, folder, evidence)
            with steps.step("Hufu ends, and its profile is removed"):
                hufu.quit(windows)
                if not hufu.remove_profile():
                    raise RuntimeError("The profile had no entry in the keychain.")
        except BaseException:
            with contextlib.suppress(Exception):
                windows.picture(evidence / "failure.png")
            raise


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
