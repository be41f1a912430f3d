#!/usr/bin/env python3
"""Writes Google Authenticator exports, from the description of the format (formats.md 2) and nothing
else: what tests/core/payload/export_links.h holds came from here. Run it to see those links again."""

import base64
import urllib.parse

SHA1, SHA256, SHA512, MD5 = 1, 2, 3, 4
SIX, EIGHT = 1, 2
HOTP, TOTP = 1, 2


def varint(number):
    number &= (1 << 64) - 1  # negative numbers take ten bytes
    out = bytearray()
    while True:
        out.append(number & 0x7F | (0x80 if number > 0x7F else 0))
        number >>= 7
        if not number:
            return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def block(field, data):
    return varint(field << 3 | 2) + varint(len(data)) + data


def entry(secret, name="", issuer=None, algorithm=SHA1, digits=SIX, kind=TOTP, counter=None, extra=b""):
    out = block(1, secret) + block(2, name.encode())
    if issuer is not None:
        out += block(3, issuer.encode())
    for field, value in ((4, algorithm), (5, digits), (6, kind), (7, counter)):
        if value is not None:
            out += number(field, value)
    return out + extra


def part(entries, version=1, size=1, index=0, batch=0, extra=b""):
    out = b"".join(block(1, one) for one in entries)
    for field, value in ((2, version), (3, size), (4, index), (5, batch)):
        if value is not None:
            out += number(field, value)
    return out + extra


def link(message):
    return "otpauth-migration://offline?data=" + urllib.parse.quote(base64.b64encode(message), safe="")


def named(name, count, size, index, batch):
    """A part of an export whose accounts are called 1, 2… at NAME, `count` of them a part."""
    return link(part([entry(b"key of %s %d" % (name.encode(), n), "%s:%d" % (name, n), name)
                      for n in range(index * count + 1, (index + 1) * count + 1)],
                     size=size, index=index, batch=batch))


if __name__ == "__main__":
    key = b"12345678901234567890"
    for title, message in (
            ("every kind", part([
                entry(key, "Acorn:alice", "Acorn"),
                entry(key[:10], "bob", "Corvus", SHA256, EIGHT),
                entry(key, "carol", "Harbor", SHA512, SIX, HOTP, 42),
                entry(key, "dave@example.com", None, 0, 0, 0),
                entry(key, "Orbit: erin", None)], version=2, batch=-123456789)),
            ("refused", part([
                entry(key, "md5", "A", MD5), entry(b"", "empty", "B"), entry(key, "digits", "C", digits=3),
                entry(key, "kind", "D", kind=7), entry(key, "counter", "E", kind=HOTP, counter=-1),
                entry(key, "good", "F")])),
            ("chinese", part([entry(key, "北门科技:陈小雨", "北门科技")])),
            ("newer", part([entry(key, "alice", "Acorn", extra=block(8, b"id") + varint(9 << 3 | 5) + b"1234"
                                  + varint(10 << 3 | 1) + b"12345678" + number(11, 7))],
                           version=3, size=None, index=None, batch=None, extra=block(6, b"later")))):
        print("%s\n    %s" % (title, link(message)))
    for index in range(3):
        print("part %d of 3\n    %s" % (index + 1, named("Acorn", 2, 3, index, 77)))
