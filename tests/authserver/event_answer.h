#pragma once

#include "api_context.h"

#include <optional>

namespace hufu::authserver {

/// What the event calls of the site's side have in common: their refusals and signatures.

[[nodiscard]] HttpAnswer refusedEvent(int status, const QString &description);
[[nodiscard]] HttpAnswer malformedEvent();      ///< 400
[[nodiscard]] HttpAnswer wrongEventSignature(); ///< 403
[[nodiscard]] HttpAnswer noSuchEvent();         ///< 604

/// The application, if it signed `parts`; an unknown one is not told apart from a bad signature.
[[nodiscard]] std::optional<Application> signer(const ApiContext &context, const QByteArray &appId,
                                                const QByteArrayList &parts,
                                                const QByteArray &signature);

/// The optional `context` of a call, with its `context_mac`.
struct SignedContext
{
    QByteArray json;                   ///< empty if the call has none
    std::optional<HttpAnswer> refusal; ///< 403 for a wrong MAC, 400 for a bad one
};

/// `uid` is "-" for a code to be scanned (site_context.h).
[[nodiscard]] SignedContext signedContext(const Application &application, const QByteArray &uid,
                                          const HttpRequest &request);

} // namespace hufu::authserver
