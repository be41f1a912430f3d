#pragma once

#include "core/base/strict_json.h"
#include "core/login/provider.h"

namespace hufu {

/// What every answer has (protocol.md B3.4). Values of the right kind and range; whether they may
/// be believed is the caller's question.
struct Pct1Answer
{
    int status = 0; ///< of B3.6, or one that we do not know
    QString state;  ///< empty if there is none
    std::optional<UtcTime> serverTime;
    JsonValue document;
};

/// Reads the body of an answer. Errors: AnswerMalformed. Pure, any thread.
/// @param secret  the member that is not decoded, as readStrictJson
[[nodiscard]] Result<Pct1Answer> readAnswer(QByteArrayView body, QStringView secret = {});

/// The answer to the GET of B3.2, which carries no signature: it picks accounts, nothing else.
struct Pct1Inquiry
{
    std::string appId;
    std::chrono::seconds expiresIn{};
};

/// Errors: AnswerMalformed. Pure, any thread.
[[nodiscard]] Result<Pct1Inquiry> readInquiry(const Pct1Answer &answer);

/// The answer to `scan`.
struct Pct1ScanAnswer
{
    LoginContext context; ///< without server, expires and channel, which are ours to say
    std::chrono::seconds expiresIn{};
    QByteArray rawContext; ///< the member as received; `{}` if there is none
};

/// @param body  the text that `answer` was read from
/// Errors: AnswerMalformed. Pure, any thread.
[[nodiscard]] Result<Pct1ScanAnswer> readScanAnswer(const Pct1Answer &answer, QByteArrayView body);

/// The answer to `poll`: the tokens of the logins that wait. Errors: AnswerMalformed. Pure, any
/// thread.
[[nodiscard]] Result<std::vector<std::string>> readPending(const Pct1Answer &answer);

/// How long the server asks to be left alone (`retry_after`); nothing if it does not say.
/// Errors: AnswerMalformed. Pure, any thread.
[[nodiscard]] Result<std::optional<std::chrono::seconds>> readRetryAfter(const Pct1Answer &answer);

/// No login code lives longer (S12).
constexpr std::chrono::seconds longestLogin{300};

} // namespace hufu
