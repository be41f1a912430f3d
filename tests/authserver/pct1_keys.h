#pragma once

#include <QByteArray>

namespace hufu::authserver {

/// Who a key belongs to; all UTF-8, as the binding says them.
struct Pct1Identity
{
    QByteArray api; ///< base URL in normal form
    QByteArray appId;
    QByteArray uid;
};

/// The fields of a request as they are signed. Source: protocol.md B3.3.
struct Pct1Request
{
    QByteArray action;
    QByteArray deviceId;
    QByteArray token;
    QByteArray ts;
    QByteArray nonce;
    QByteArray via;
    QByteArray answer;
    QByteArray ctx;
};

/// The key with a power of its own: `req` signs scan, confirm and deny, `poll` the long poll,
/// `res` the server's answers. 32 bytes. Source: protocol.md B2.
///
/// Written apart from the client on purpose: two implementations that check each other, and both
/// against the vectors. Pure, any thread, as all of this file.
[[nodiscard]] QByteArray pct1Key(const QByteArray &secret, const QByteArray &label,
                                 const Pct1Identity &identity);

/// The text that a request's MAC is over: twelve lines. Source: protocol.md B3.3.
[[nodiscard]] QByteArray pct1Canonical(const Pct1Request &request, const Pct1Identity &identity);
/// The text that an answer's MAC is over. Source: protocol.md B3.4.
[[nodiscard]] QByteArray pct1AnswerCanonical(const QByteArray &nonce, const QByteArray &body);
/// Lower-case hex of HMAC-SHA256.
[[nodiscard]] QByteArray pct1Mac(const QByteArray &key, const QByteArray &text);
/// Lower-case hex of SHA-256.
[[nodiscard]] QByteArray sha256Hex(const QByteArray &bytes);

/// Equal? In the same time for all contents of one length.
[[nodiscard]] bool equalSecretly(const QByteArray &a, const QByteArray &b);

} // namespace hufu::authserver
