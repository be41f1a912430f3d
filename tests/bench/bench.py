"""What the measuring programs share: a private desk with some accounts, medians, and lines that name a figure."""

import base64
import contextlib
import pathlib
import statistics
import sys
import types

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))

from desk import session  # noqa: E402
from desk.hufu import Hufu  # noqa: E402
from desk.processes import Processes, raise_on_signals  # noqa: E402
from desk.waiting import until  # noqa: E402
from desk.windows import Windows  # noqa: E402

LIMIT = 900  # seconds
median = statistics.median


@contextlib.contextmanager
def desk(binaries, evidence, accounts):
    """The desktop that is there (a private one) and the profile "bench" with so many accounts. What comes back has
    `env`, `processes`, `windows` and `hufu`, which is not started yet."""
    raise_on_signals(LIMIT)
    with Processes(evidence / "logs") as processes:
        env = session.plain_environment(pathlib.Path.home())
        hufu = Hufu(processes, binaries, env, "bench")
        for number in range(accounts):
            # Each with a key of its own: one key twice would be one account.
            key = base64.b32encode(f"account {number:012}".encode()).decode()
            hufu.cli("add", "-", given=f"otpauth://totp/Company%20{number}:alice{number}@example.com"
                                       f"?secret={key}&issuer=Company%20{number}\n")
        stored = len(hufu.cli("list")["accounts"])
        if stored != accounts:
            raise RuntimeError(f"{stored} accounts are stored, not {accounts}")
        yield types.SimpleNamespace(env=env, processes=processes, windows=Windows(env), hufu=hufu)
        hufu.end()
        hufu.remove_profile()


def settled(look, seconds=15.0):
    """What look() says once it has said the same for two seconds."""
    looks = []

    def same():
        looks.append(look())
        return len(looks) > 10 and len(set(looks[-10:])) == 1

    until("something that stays", same, seconds, every=0.2)
    return looks[-1]


def figure(name, value, unit):
    print(f"{name:<28} {value:10.2f} {unit}", flush=True)


def run(main, usage):
    if len(sys.argv) != 3:
        sys.exit(usage)
    main(*(pathlib.Path(argument).resolve() for argument in sys.argv[1:]))
