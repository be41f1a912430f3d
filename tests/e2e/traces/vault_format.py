"""Reads a vault's entries after storage.md 2 to 4, knowing nothing of the program: what somebody could do who has
the entries and that page."""

import base64
import dataclasses
import hashlib
import hmac
import struct

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

OPEN, PASSWORD = 1, 2


def fields(data):
    """[(tag, value)] of encoded fields."""
    found, at = [], 0
    while at < len(data):
        tag, size = struct.unpack_from(">HI", data, at)
        found.append((tag, data[at + 6:at + 6 + size]))
        at += 6 + size
    return found


def value_of(text, kind):
    prefix = f"hufu.{kind}.1:"
    if not text.startswith(prefix):
        raise ValueError(f"not a {kind}")
    return base64.b64decode(text[len(prefix):], validate=True)


@dataclasses.dataclass
class Head:
    vault: bytes
    generation: int
    key_id: bytes
    slots: list  # [{tag: value}]
    clear: bytes
    box: bytes

    @staticmethod
    def read(text):
        value = value_of(text, "head")
        if hashlib.sha256(value[:-32]).digest() != value[-32:] or value[:8] != b"HUFUHEAD":
            raise ValueError("not a whole head")
        size = struct.unpack_from(">I", value, 8)[0]
        clear, rest = value[:12 + size], value[12 + size:-32]
        known = fields(clear[12:])
        one = dict(known)
        return Head(one[1], int.from_bytes(one[2], "big"), one[3], [dict(fields(v)) for t, v in known if t == 4],
                    clear, rest[4:])

    def vault_key(self, password=None):
        """The vault key out of an open slot, or out of a password slot with its password; None if there is no way."""
        for slot in self.slots:
            kind = int.from_bytes(slot[1], "big")
            if kind == OPEN:
                return slot[16]
            if kind == PASSWORD and password is not None:
                try:
                    return self._unwrap(slot, password)
                except InvalidTag:
                    continue
        return None

    def password_keys(self, password):
        """What the password gives for each slot that has one, right or wrong."""
        return [_password_key(slot, password) for slot in self.slots if int.from_bytes(slot[1], "big") == PASSWORD]

    def _unwrap(self, slot, password):
        said = b"".join(struct.pack(">HI", tag, len(slot[tag])) + slot[tag] for tag in sorted(slot) if tag < 20)
        return AESGCM(_password_key(slot, password)).decrypt(slot[20][:12], slot[20][12:],
                                                             b"hufu1 slot" + self.vault + said)


def _password_key(slot, password):
    memory, passes, lanes = (int.from_bytes(slot[tag], "big") for tag in (17, 18, 19))
    return hash_secret_raw(password.encode(), slot[16], passes, memory, lanes, 32, Type.ID)


def derived(vault, vault_key, info):
    root = hmac.new(vault, vault_key, hashlib.sha256).digest()
    return hmac.new(root, info + b"\x01", hashlib.sha256).digest()


def newest_head(entries):
    return max((Head.read(text) for name, text in entries.items() if name.startswith("head-")),
               key=lambda head: head.generation)


def keys(head, vault_key):
    """All keys that somebody has who has the vault key, by name."""
    return {"vault key": vault_key, "head key": derived(head.vault, vault_key, b"hufu1 head"),
            "page key": derived(head.vault, vault_key, b"hufu1 page")}


def accounts(entries, head, vault_key):
    """The fields of all accounts whose pages open with this key: {account name: {tag: value}}, one of each tag."""
    found = {}
    for name, text in entries.items():
        if not name.startswith("page-"):
            continue
        page = value_of(text, "page")
        try:
            records = AESGCM(derived(head.vault, vault_key, b"hufu1 page")).decrypt(
                page[24:36], page[36:], page[:24] + head.vault)
        except InvalidTag:
            continue
        for tag, record in fields(records):
            if tag == 1:
                account = dict(fields(record))
                found[account[4].decode()] = account
    return found


def account_secrets(entries, head, vault_key):
    """Their secrets: {account name: secret}."""
    return {name: account[5] for name, account in accounts(entries, head, vault_key).items()}


def login_keys(account):
    """What a bound account's secret gives for its logins, by name (protocol.md B2)."""
    binding = dict(fields(account[32]))
    root = hmac.new(b"PCT1", account[5], hashlib.sha256).digest()
    lines = b"\n".join(binding[tag] for tag in (2, 3, 4))
    return {"login root": root} | {
        f"login key {label}": hmac.new(root, f"PCT1-KEY\n{label}\n".encode() + lines + b"\x01",
                                       hashlib.sha256).digest() for label in ("req", "poll", "res")}
