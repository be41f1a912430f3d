#pragma once

#include "pct1_keys.h"

#include <QString>

#include <chrono>
#include <optional>

namespace hufu::authserver {

/// The body of `POST /v1/verify/` or `/v1/pending`, every field of the right type and form.
/// Source: protocol.md B3.3, B4.
struct VerifyRequest
{
    QByteArray appId;
    QByteArray uid;
    Pct1Request fields; ///< with the token of the address
    qint64 ts = 0;      ///< Unix seconds
    QByteArray mac;
    std::chrono::seconds wait{0}; ///< of a poll
};

/// Reads a body; nothing if it is malformed: no strict JSON, a field missing, of another type, out
/// of range or with a control character. Pure, any thread.
[[nodiscard]] std::optional<VerifyRequest> parseVerifyRequest(const QByteArray &body,
                                                              const QByteArray &token);
/// Likewise for a poll; `wait` is 0 to 25.
[[nodiscard]] std::optional<VerifyRequest> parsePollRequest(const QByteArray &body);

} // namespace hufu::authserver
