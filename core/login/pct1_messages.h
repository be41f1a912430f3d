#pragma once

#include "core/account/account.h"

#include <QByteArray>

#include <chrono>
#include <optional>

namespace hufu {

/// What a key of a binding may sign (protocol.md B2): the person's decisions, the question whether
/// a request waits, or the server's answers.
enum class Pct1Key { Request, Poll, Answer };

/// The key for one purpose, 32 bytes, from the account's secret and the binding's `api`, `appId`
/// and `uid`. Errors: SecretMemoryFull, CryptoFailed. Pure, any thread.
[[nodiscard]] Result<SecretBytes> derivePct1Key(Pct1Key which, const SecretBytes &secret,
                                                const Binding &binding);

/// What a binding's secret must have at least for its approvals to count: 128 bits (B1, strength).
constexpr std::size_t smallestBindingSecret = 16;

/// One request of B3.3 or B4; "-" where a member does not apply. All values are text as sent.
struct Pct1Request
{
    std::string action; ///< `scan`, `confirm`, `deny` or `poll`
    std::string api;
    std::string appId;
    std::string uid;
    std::string deviceId;  ///< 32 hex
    std::string token;     ///< 32 hex, or "-" for `poll`
    std::int64_t time = 0; ///< Unix seconds by the server's clock as we know it
    std::string nonce;     ///< 32 hex
    std::string via = "-";
    std::string answer = "-";
    std::string context = "-"; ///< SHA-256 of the scan answer, 64 hex
    /// `poll` only: how long the server may hold its answer, at most 25 s. Not signed.
    std::optional<std::chrono::seconds> wait;
};

/// The twelve lines that are signed. Errors: AnswerMalformed, never met with values of ours, for an
/// empty field, a control character or a time before 1970: no field can fake a line. Pure.
[[nodiscard]] Result<std::string> canonicalText(const Pct1Request &request);

/// The JSON body with its `mac`. Errors: those of canonicalText, SecretMemoryFull, CryptoFailed.
[[nodiscard]] Result<QByteArray> signedBody(const Pct1Request &request, const SecretBytes &key);

/// The JSON body that asks for a binding (B1, "Alternative"); not signed, since there is no key
/// yet.
/// @param nonce  32 hex   @param deviceName  at most 128 characters, no control characters
[[nodiscard]] QByteArray bindingRequest(const DeviceId &deviceId, const QByteArray &nonce,
                                        const QString &deviceName);

/// The HMAC-SHA256 of `message` in 64 hex. Errors: SecretMemoryFull, CryptoFailed. Pure.
[[nodiscard]] Result<QByteArray> macText(const SecretBytes &key, std::string_view message);

/// What the server signs of an answer to the request with `nonce`: B3.4. Pure.
[[nodiscard]] std::string answerText(std::string_view nonce, QByteArrayView body);

/// Whether `mac`, as the header brought it, is right; compared in constant time. Pure.
[[nodiscard]] bool isAuthenticAnswer(const SecretBytes &key, std::string_view nonce,
                                     QByteArrayView body, QByteArrayView mac);

} // namespace hufu
