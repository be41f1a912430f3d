#pragma once

#include <QByteArrayList>

namespace hufu::authserver {

/// The vendor's signature: lower-case hex of MD5 over the parts and the key, one after the other
/// (token-api.txt). It has no time and no nonce (protocol.md S3), so a signed URL is never logged.
[[nodiscard]] QByteArray seedSignature(const QByteArrayList &parts, const QByteArray &appKey);

/// 1 to 64 bytes of UTF-8 without control characters (protocol.md S9).
[[nodiscard]] bool isUid(const QByteArray &text);
/// Exactly 32 of `[A-Za-z0-9]`, as this server issues them. Exact lengths matter: the signature is
/// the same for "12" + "3" and "1" + "23".
[[nodiscard]] bool isAppId(const QByteArray &text);
/// Exactly `length` of `[0-9a-f]`.
[[nodiscard]] bool isHex(const QByteArray &text, qsizetype length);
/// No C0 or C1 control character, DEL or line separator. `text` is UTF-8.
[[nodiscard]] bool isPlain(const QByteArray &text);

} // namespace hufu::authserver
