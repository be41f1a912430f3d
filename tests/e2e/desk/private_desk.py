"""The whole desk, put together on the desktop that is there (a private one, or it gets in a person's way), and taken
away again."""

import contextlib
import pathlib

from . import browser, session
from .certificates import Certificates
from .hufu import Hufu, write_policy
from .processes import Processes, raise_on_signals
from .scenario import Desk
from .server import Server
from .windows import Windows

BROWSER_SIZE = (1440, 1040)


@contextlib.contextmanager
def private_desk(steps, binaries, evidence, profile, limit_seconds, application=()):
    """A Desk whose programs come from the folder `binaries`. Pictures, and logs of all programs, are left in the
    folder `evidence`; `application` are options of the sample site's; a picture of the screen as it was at a failure too. Hufu's profile is removed at the end."""
    raise_on_signals(limit_seconds)
    with contextlib.ExitStack() as opened:
        folder = opened.enter_context(session.scratch_folder())
        processes = opened.enter_context(Processes(evidence / "logs"))
        env = session.plain_environment(pathlib.Path.home())
        windows = Windows(env)
        try:
            with steps.step("The sample site, with a certificate authority of its own"):
                certificates = Certificates(folder / "certificates")
                server = Server(processes, binaries, env, folder / "server", certificates, application)
                policy = folder / "policy.json"
                write_policy(policy, certificates.ca)
            with steps.step("A browser that trusts it"):
                home = browser.throw_away_home(folder, certificates.ca)
                page = opened.enter_context(browser.Browser(processes, home, BROWSER_SIZE))
            hufu = Hufu(processes, binaries, env, profile, policy)
            yield Desk(steps, windows, page, hufu, server, evidence)
            with steps.step("Hufu ends, and its profile is removed"):
                if hufu.still_runs():
                    hufu.quit(windows)
                if not hufu.remove_profile():
                    raise RuntimeError("The profile had no entry in the keychain.")
        except BaseException:
            with contextlib.suppress(Exception):
                windows.picture(evidence / "failure.png")
            raise
