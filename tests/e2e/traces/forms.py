"""The ways in which a secret may be written down, and where they are found."""

import base64
import collections
import subprocess


def _base64_cores(secret):
    """What base64 of any text around `secret` must contain: three alignments, without the characters that the
    neighbours' bits are in."""
    for before in range(3):
        text = base64.b64encode(b"\0" * before + secret)
        first = -(-before * 8 // 6)
        last = (before + len(secret)) * 8 // 6
        yield text[first:last]


def forms(secret):
    """Every form by its name: raw, base32, hex, base64, and each of them in UTF-16."""
    base32 = base64.b32encode(secret).rstrip(b"=")
    found = {"raw": [secret], "base32": [base32, base32.lower()],
             "hex": [secret.hex().encode(), secret.hex().upper().encode()],
             "base64": [form for core in _base64_cores(secret)
                        for form in {core, core.replace(b"+", b"-").replace(b"/", b"_")}]}
    wide = {f"{name} in UTF-16": [text.decode("latin-1").encode("utf-16-le") for text in texts]
            for name, texts in found.items()}
    return found | wide


def halves(text):
    """What is looked for: each half by itself, since an allocator writes its own over the first bytes of a freed
    block, and a buffer may be overwritten in part."""
    middle = len(text) // 2
    return [half for half in (text[:middle], text[middle:]) if len(half) >= 8] or [text]


class Traces:
    """Looks for named secrets with the tool `find_traces` of the folder `binaries`."""

    def __init__(self, binaries, secrets):
        self._tool = binaries / "find_traces"
        self._patterns, self._meaning = [], []
        for name, secret in secrets.items():
            for form, texts in forms(secret).items():
                for text in texts:
                    start = 0
                    for half in halves(text):
                        self._patterns.append(half.hex())
                        self._meaning.append((name, form, start))
                        start += len(half)

    def in_process(self, pid):
        """How often each secret is found in the memory of the process: {(name, form): [(where, address)]}."""
        return self._find([f"pid:{pid}"])

    def in_files(self, paths):
        return self._find([str(path) for path in paths])

    def _find(self, targets):
        if not targets:
            return {}
        done = subprocess.run([self._tool, *targets], input="\n".join(self._patterns) + "\n", capture_output=True,
                              text=True, errors="surrogateescape", timeout=120)
        if done.returncode:
            raise RuntimeError(done.stderr)
        found = collections.defaultdict(set)
        for line in done.stdout.splitlines():
            number, address, where = line.split(" ", 2)
            name, form, start = self._meaning[int(number)]
            # Both halves of one copy begin, counted back, at one address.
            found[name, form].add((where, int(address, 16) - start))
        return {key: sorted(places) for key, places in found.items()}


def count(found, name=None, form=None):
    """How many copies of those that are asked for."""
    return sum(len(places) for (a_name, a_form), places in found.items()
               if name in (None, a_name) and form in (None, a_form))


def told(found):
    """For a person, without the secret: what was found how often, and where."""
    lines = []
    for (name, form), places in sorted(found.items()):
        wheres = collections.Counter(where for where, _ in places)
        lines.append(f"{name}, {form}: {len(places)} ({', '.join(f'{n} in {w}' for w, n in wheres.items())})")
    return "\n".join(lines) or "nothing"
