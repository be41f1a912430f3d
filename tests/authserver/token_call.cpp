#include "token_call.h"

#include "login_context.h"
#include "strict_json.h"

#include <QByteArrayList>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::seconds clockTolerance{120};

} // namespace

QJsonObject tokenBody(const ApiContext &context, int status, const QString &state,
                      const QString &description)
{
    return {
        {u"status"_s, status},
        {u"state"_s, state},
        {u"description"_s, description},
        {u"server_time"_s, static_cast<qint64>(context.clock.now().time_since_epoch().count())}};
}

QJsonObject unknownToken(const ApiContext &context)
{
    return tokenBody(context, 604, u"unknown"_s, u"No such user, binding or login code."_s);
}

std::optional<HttpAnswer> refusedContentType(const HttpRequest &request)
{
    const QByteArray type = request.headers.value("content-type").split(';').first().trimmed();
    if (type.toLower() == "application/json")
        return {};
    return plainAnswer(415, "The body must be application/json.");
}

std::optional<HttpAnswer> refusedLook(ApiContext &context, const HttpRequest &request)
{
    const QByteArray source = sourceName(request.peer);
    if (const auto wait = context.looks.wait(source); wait.count() > 0) {
        HttpAnswer answer = plainAnswer(429, "Too many requests.");
        answer.headers.emplace_back("Retry-After", QByteArray::number(wait.count()));
        return answer;
    }
    context.looks.count(source);
    return {};
}

HttpAnswer pageInWords(const QByteArray &title, const QByteArray &words)
{
    return {.contentType = "text/html; charset=utf-8",
            .body = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                    "<meta name=\"viewport\" content=\"width=device-width\">"
                    "<title>" +
                    title + "</title><h1>This is a " + title.toLower() + "</h1><p>" + words +
                    "</p></html>\n",
            .headers = {{"Cache-Control", "no-store"},
                        {"Content-Security-Policy", "default-src 'none'"}},
            .requestId = {}};
}

std::optional<QJsonObject> refusedMac(const ApiContext &context, const VerifyRequest &request,
                                      const QByteArray &key, const QHostAddress &address)
{
    const QByteArray source = limitName({"mac", request.appId, request.uid, sourceName(address)});
    if (const auto wait = context.wrongMacs.wait(source); wait.count() > 0) {
        QJsonObject answer = tokenBody(context, 407, u"refused"_s, u"Too many tries."_s);
        answer.insert(u"retry_after"_s, static_cast<qint64>(wait.count()));
        return answer;
    }
    const QByteArray text = pct1Canonical(request.fields, identityOf(context, request));
    if (equalSecretly(pct1Mac(key, text), request.mac))
        return {};
    context.wrongMacs.count(source);
    return tokenBody(context, 403, u"refused"_s, u"The signature is wrong."_s);
}

std::optional<QJsonObject> refusedClock(const ApiContext &context, const VerifyRequest &request)
{
    const auto now = std::chrono::floor<std::chrono::seconds>(context.clock.now());
    const std::chrono::sys_seconds sent{std::chrono::seconds(request.ts)};
    if (std::chrono::abs(sent - now) <= clockTolerance)
        return {};
    return tokenBody(context, 408, u"refused"_s, u"The clock is off."_s);
}

HttpAnswer signedAnswer(const QByteArray &body, const QByteArray &nonce,
                        const QByteArray &resultKey)
{
    HttpAnswer answer = jsonAnswer({});
    answer.body = body;
    answer.headers.emplace_back("X-PCT-MAC", pct1Mac(resultKey, pct1AnswerCanonical(nonce, body)));
    answer.requestId = nonce.first(8);
    return answer;
}

Pct1Identity identityOf(const ApiContext &context, const VerifyRequest &request)
{
    return {context.api, request.appId, request.uid};
}

} // namespace hufu::authserver
