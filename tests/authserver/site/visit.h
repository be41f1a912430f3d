#pragma once

#include "http_exchange.h"
#include "site/session_store.h"

#include <optional>

namespace hufu::authserver {

/// One request to the sample site, with what belongs to it.
struct Visit
{
    const HttpRequest &request;
    Parameters form; ///< of a POST
    QByteArray sessionId;
    Session *session = nullptr; ///< of sessionId; not null while a page is made
    bool cookieChanged = false;
    HttpAnswer answer;
};

/// Style sheet, script and icon; nothing for another path.
[[nodiscard]] std::optional<HttpAnswer> fixedFile(const HttpRequest &request);
/// The session's id from the browser's cookie; empty if it has none.
[[nodiscard]] QByteArray sessionCookie(const HttpRequest &request);
/// A code as people type it: spaces dropped.
[[nodiscard]] QByteArray codeOf(const Parameters &form);
void redirect(Visit &visit, const QByteArray &path);

/// Reads the form. A refusal if it is none (415), damaged (400) or sent by another site (403).
[[nodiscard]] std::optional<HttpAnswer> readForm(Visit &visit, const QByteArray &origin);
/// The answer with the cookie and the headers that keep a browser from doing more than it must.
[[nodiscard]] HttpAnswer finished(Visit visit);

} // namespace hufu::authserver
