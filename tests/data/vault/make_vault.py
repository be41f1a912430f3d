#!/usr/bin/python3
"""Writes a small vault byte by byte after storage.md 2 to 4, as a second reading of that page.

    tests/data/vault/make_vault.py >tests/data/vault/vault_1.json
    tests/data/vault/make_vault.py password >tests/data/vault/password_1.json

Knows nothing of the program. Ids, nonces and keys are fixed so that the outcome is.
"""
import base64
import hashlib
import hmac
import json
import struct
import sys

from argon2 import low_level as argon2
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VAULT = bytes(range(0x10, 0x20))
KEY_ID = bytes(range(0x20, 0x28))
VAULT_KEY = bytes(range(0x40, 0x60))
PAGE = bytes(range(0x80, 0x88))
WRITTEN = 1_700_000_000
PASSWORD = "Gr\u00fc\u00dfe, \u8d26\u53f7 1"


def number(value):
    for size, code in ((1, "B"), (2, ">H"), (4, ">I"), (8, ">Q")):
        if value < 1 << (8 * size):
            return struct.pack(code, value)
    raise ValueError(value)


def field(tag, value):
    if isinstance(value, int):
        value = number(value)
    if isinstance(value, str):
        value = value.encode()
    return struct.pack(">HI", tag, len(value)) + value


def fields(*pairs):
    return b"".join(field(tag, value) for tag, value in pairs)


def derived(info):
    root = hmac.new(VAULT, VAULT_KEY, hashlib.sha256).digest()
    return hmac.new(root, info + b"\x01", hashlib.sha256).digest()


def text(kind, value):
    return f"hufu.{kind}.1:" + base64.b64encode(value).decode()


def page(records):
    opening = b"HUFUPAGE" + PAGE + KEY_ID
    nonce = bytes(range(0xA0, 0xAC))
    box = AESGCM(derived(b"hufu1 page")).encrypt(nonce, records, opening + VAULT)
    return text("page", opening + nonce + box)


def open_slot():
    return fields((1, 1), (2, bytes(range(0x28, 0x30))), (3, WRITTEN - 60), (16, VAULT_KEY))


def password_slot():
    salt = bytes(range(0x60, 0x70))
    costs = {"memory_cost": 64 << 10, "time_cost": 3, "parallelism": 4}
    key = argon2.hash_secret_raw(PASSWORD.encode(), salt, hash_len=32, type=argon2.Type.ID, version=0x13, **costs)
    clear = fields((1, 2), (2, bytes(range(0x30, 0x38))), (3, WRITTEN - 60), (4, "newer, sealed"), (16, salt),
                   (17, costs["memory_cost"]), (18, costs["time_cost"]), (19, costs["parallelism"]))
    nonce = bytes(range(0xC0, 0xCC))
    box = nonce + AESGCM(key).encrypt(nonce, VAULT_KEY, b"hufu1 slot" + VAULT + clear)
    return clear + fields((20, box), (21, "newer, not sealed"))


def recovery_slot():
    """Of a newer version: this one passes it over and writes it back."""
    return fields((1, 3), (2, bytes(range(0x38, 0x40))), (3, WRITTEN - 50), (40, "newer"))


def head(generation, pages, slots):
    inner = fields((1, VAULT), (2, generation), (3, KEY_ID), *((4, slot) for slot in slots),
                   (0x0100, "newer, optional"))
    clear = b"HUFUHEAD" + struct.pack(">I", len(inner)) + inner
    body = fields((1, WRITTEN), (2, "hufu 0.1.0"), *((3, entry) for entry in pages),
                  (4, "hufu 9.8.7"), (0x0200, b"\x01\x02"))
    nonce = bytes(range(0xB0, 0xBC))
    box = nonce + AESGCM(derived(b"hufu1 head")).encrypt(nonce, body, clear)
    value = clear + struct.pack(">I", len(box)) + box
    return text("head", value + hashlib.sha256(value).digest())


def main():
    bound = fields(
        (1, bytes(range(0x00, 0x10))), (2, 1), (3, "Example"), (4, "alice@example.com"),
        (5, b"12345678901234567890"), (6, 2), (7, 8), (8, 60), (11, "image=https://x/y.png"),
        (11, "second=2"), (16, 1_600_000_000), (17, 1_600_000_001), (19, 1), (20, 1 << 32),
        (21, bytes([0xC1] * 16)), (21, bytes([0xC2] * 16)), (22, "a note"), (23, bytes([0xD0] * 32)),
        (32, fields((1, "pct1"), (2, "https://auth.example.com/v1"), (3, "app"), (4, "uid-1"),
                    (5, bytes([0xE0] * 16)), (6, bytes([0xF1] * 32)), (6, bytes([0xF2] * 32)),
                    (7, 2), (8, bytes([0xE1] * 16)), (9, "newer"))),
        (0x0040, "kept for a newer version"))
    counter = fields(
        (1, bytes(range(0xF0, 0x100))), (2, 2), (3, ""), (4, "bob"), (5, b"foobar"), (6, 1), (7, 6),
        (8, 30), (9, 1 << 40), (10, b"1234"), (16, 1_600_000_002), (17, 1_600_000_003),
        (18, 1_600_000_004), (20, 2 << 32))
    group = fields((1, bytes([0xC1] * 16)), (2, "Work"), (3, 1))
    settings = fields((1, bytes([0x77] * 32)))
    records = fields((1, bound), (1, counter), (2, group), (3, settings), (4, b"kept bytes"),
                     (0x0105, b"a record of a newer version"))
    sealed = page(records)
    entry = fields((1, PAGE), (2, hashlib.sha256(sealed.encode()).digest()), (3, len(sealed)),
                   (4, 6))
    slots = [password_slot(), recovery_slot()] if sys.argv[1:] == ["password"] else [open_slot()]
    json.dump({"head-a": head(1, [entry], slots), "page-" + PAGE.hex(): sealed}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
