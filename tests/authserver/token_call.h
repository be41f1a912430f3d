#pragma once

#include "api_context.h"
#include "verify_request.h"

namespace hufu::authserver {

/// What the calls of the token's side have in common. Main thread.

/// The members that every answer has (protocol.md B3.4).
[[nodiscard]] QJsonObject tokenBody(const ApiContext &context, int status, const QString &state,
                                    const QString &description);
/// 604, whatever it is that is not there.
[[nodiscard]] QJsonObject unknownToken(const ApiContext &context);

/// A plain refusal if the request's body is not JSON by its own word.
[[nodiscard]] std::optional<HttpAnswer> refusedContentType(const HttpRequest &request);
/// 429 for an address that asks too often for what needs no signature; else counts.
[[nodiscard]] std::optional<HttpAnswer> refusedLook(ApiContext &context,
                                                    const HttpRequest &request);
/// A page for a browser that a person pointed at a code's address (S12).
[[nodiscard]] HttpAnswer pageInWords(const QByteArray &title, const QByteArray &words);

/// Rules of protocol.md B3.5: 407 after five wrong MACs for this user from this address, 403 for a
/// wrong one. Nothing if it is right.
[[nodiscard]] std::optional<QJsonObject> refusedMac(const ApiContext &context,
                                                    const VerifyRequest &request,
                                                    const QByteArray &key,
                                                    const QHostAddress &address);
/// 408 if the request is more than 120 s old or ahead.
[[nodiscard]] std::optional<QJsonObject> refusedClock(const ApiContext &context,
                                                      const VerifyRequest &request);

/// The body with its MAC, by the user's `secret`.
[[nodiscard]] HttpAnswer signedAnswer(const QByteArray &body, const QByteArray &nonce,
                                      const QByteArray &resultKey);
/// Who the keys of this request belong to.
[[nodiscard]] Pct1Identity identityOf(const ApiContext &context, const VerifyRequest &request);

} // namespace hufu::authserver
