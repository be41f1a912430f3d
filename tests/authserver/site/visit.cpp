#include "site/visit.h"

#include "site/page.h"

#include <QByteArrayList>

#include <array>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

// "__Host-": the browser takes it only with Secure, for this host alone, and for all paths.
const QByteArray cookieName = "__Host-session";

struct FixedFile
{
    const char *path;
    const char *contentType;
};

constexpr std::array files{
    FixedFile{"/style.css", "text/css; charset=utf-8"},
    FixedFile{"/login.js", "text/javascript; charset=utf-8"},
    FixedFile{"/favicon.svg", "image/svg+xml"},
};

} // namespace

std::optional<HttpAnswer> fixedFile(const HttpRequest &request)
{
    for (const FixedFile &file : files) {
        if (request.path != file.path)
            continue;
        if (request.method != "GET")
            return wrongMethod("GET");
        return HttpAnswer{.contentType = file.contentType,
                          .body = siteFile(QString::fromLatin1(file.path + 1)),
                          .headers = {{"Cache-Control", "no-cache"}},
                          .requestId = {}};
    }
    return {};
}

QByteArray sessionCookie(const HttpRequest &request)
{
    for (const QByteArray &cookie : request.headers.value("cookie").split(';')) {
        const QByteArray pair = cookie.trimmed();
        if (pair.startsWith(cookieName + '='))
            return pair.sliced(cookieName.size() + 1);
    }
    return {};
}

QByteArray codeOf(const Parameters &form)
{
    return form.value("code").replace(' ', "");
}

void redirect(Visit &visit, const QByteArray &path)
{
    visit.answer.status = 303;
    visit.answer.headers.emplace_back("Location", path);
}

std::optional<HttpAnswer> readForm(Visit &visit, const QByteArray &origin)
{
    const HttpRequest &request = visit.request;
    const QByteArray type = request.headers.value("content-type").split(';').first().trimmed();
    if (type.toLower() != "application/x-www-form-urlencoded")
        return plainAnswer(415, "The body must be a form.");
    if (request.headers.contains("origin") && request.headers.value("origin") != origin)
        return plainAnswer(403, "This form belongs to another site.");
    const auto form = parseForm(request.body);
    if (!form)
        return plainAnswer(400, "The form is damaged.");
    visit.form = *form;
    return {};
}

HttpAnswer finished(Visit visit)
{
    HttpAnswer answer = std::move(visit.answer);
    const auto add = [&](const char *name, const QByteArray &value) {
        answer.headers.emplace_back(name, value);
    };
    if (visit.cookieChanged)
        add("Set-Cookie",
            cookieName + '=' + visit.sessionId + "; Path=/; Secure; HttpOnly; SameSite=Strict");
    add("Content-Security-Policy",
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    // Not "no-referrer": that makes browsers send "Origin: null" with our own forms.
    add("Referrer-Policy", "same-origin");
    if (answer.contentType != "image/png") // which says so itself
        add("Cache-Control", "no-store");
    return answer;
}

} // namespace hufu::authserver
