"""Real windows, keys and pictures of one X display, by xdotool and ImageMagick."""

import subprocess
import time

from .waiting import TooLate, until


class Windows:
    def __init__(self, env):
        self._env = env

    def find(self, title):
        """The id of the visible window with exactly this title, or None."""
        ids = self._xdotool("search", "--onlyvisible", "--name", f"^{title}$", check=False).split()
        return ids[-1] if ids else None

    def wait_for(self, title, seconds=15.0):
        return until(f"the window \"{title}\"", lambda: self.find(title), seconds, every=0.02)

    def wait_gone(self, title, seconds=15.0):
        until(f"the end of the window \"{title}\"", lambda: not self.find(title), seconds)

    def place(self, window, x, y):
        self._xdotool("windowmove", "--sync", window, x, y)

    def activate(self, window):
        """Gives the window the keyboard, and comes back when it has it."""
        self._xdotool("windowactivate", "--sync", window)
        until("the keyboard's focus", lambda: self._xdotool("getactivewindow", check=False).strip() == str(window))

    def press(self, *keys):
        """Presses and lets go each of the keys, such as "ctrl+s" or "Return", in the active window."""
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        """Types the text into the active window."""
        self._xdotool("type", "--clearmodifiers", text)

    def picture(self, path):
        """A picture of the whole screen, as PNG."""
        subprocess.run(["import", "-silent", "-window", "root", path], env=self._env, check=True, timeout=30)

    def wait_foot_settled(self, window, at_least, height=120, seconds=20.0):
        """Waits until the lowest `height` pixels of the window have been the same for three looks in a row, and
        `at_least` seconds have gone by: an animation in it has ended."""
        begin = time.monotonic()
        looks = []

        def settled():
            looks.append(self._foot(window, height))
            return time.monotonic() - begin >= at_least and len(looks) >= 3 and len(set(looks[-3:])) == 1

        until("the end of the animation", settled, seconds, every=0.1)

    def wait_moving(self, window, seconds=20.0):
        """Waits until the middle of the window has looked different five times: something in it moves."""
        looks = set()

        def moved():
            looks.add(self._look(window, "Center", "50%x30%+0+0"))
            return len(looks) == 5

        until("a picture that moves", moved, seconds)

    def _foot(self, window, height):
        return self._look(window, "South", f"x{height}+0+0")

    def _look(self, window, gravity, part):
        command = ["import", "-silent", "-window", window, "-gravity", gravity, "-crop", part, "rgb:-"]
        return subprocess.run(command, env=self._env, check=True, capture_output=True, timeout=30).stdout

    def _xdotool(self, *arguments, check=True):
        command = ["xdotool", *map(str, arguments)]
        try:
            done = subprocess.run(command, env=self._env, capture_output=True, text=True, timeout=15)
        except subprocess.TimeoutExpired as late:
            raise TooLate(" ".join(command)) from late
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout
