"""What the API document and protocol.md say, written once more: codes, signatures, keys."""
import hashlib, hmac, struct


def totp(key, when):
    digest = hmac.new(key, struct.pack(">Q", int(when) // 30), "sha1").digest()
    at = digest[-1] & 15
    return str((struct.unpack(">I", digest[at:at + 4])[0] & 0x7FFFFFFF) % 10 ** 6).zfill(6)


def md5(*parts):
    return hashlib.md5("".join(parts).encode()).hexdigest()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def pct_key(secret, label, api, app_id, uid):
    prk = hmac.new(b"PCT1", secret, hashlib.sha256).digest()
    info = "\n".join(("PCT1-KEY", label, api, app_id, uid)).encode()
    return hmac.new(prk, info + b"\x01", hashlib.sha256).digest()


def pct_mac(key, *lines):
    return hmac.new(key, "\n".join(lines).encode(), hashlib.sha256).hexdigest()
