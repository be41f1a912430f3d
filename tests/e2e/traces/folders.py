"""Where a program of a person may have written something."""

import os
import pathlib
import stat
import tempfile

# Written by everybody; only what changed since the beginning can be ours.
_SHARED = ("/tmp", "/var/tmp", "/dev/shm")


def _files_below(folder, since=0.0):
    for where, _folders, names in os.walk(folder, onerror=None):
        for name in names:
            path = pathlib.Path(where, name)
            try:
                about = path.lstat()
            except OSError:
                continue  # gone meanwhile
            if stat.S_ISREG(about.st_mode) and about.st_mtime >= since:
                yield path


def files_of_a_person(since):
    """All files of the home, runtime and temporary folder that the environment names, and those of the folders that all
    people share which changed after `since` (as time.time() tells it)."""
    own = {os.environ["HOME"], os.environ["XDG_RUNTIME_DIR"], tempfile.gettempdir()} - set(_SHARED)
    found = {path for folder in own for path in _files_below(folder)}
    found |= {path for folder in _SHARED for path in _files_below(folder, since)}
    return sorted(found)
