#include "verify_call.h"

#include "login_context.h"
#include "seed_signature.h"
#include "strict_json.h"
#include "verify_request.h"

#include <QByteArrayList>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::seconds clockTolerance{120};

qint64 milliseconds(const ApiContext &context)
{
    return context.clock.now().time_since_epoch().count();
}

qint64 secondsLeft(const ApiContext &context, const Event &event)
{
    return std::chrono::floor<std::chrono::seconds>(event.expires - context.clock.now()).count();
}

qint64 unixSeconds(UtcTime time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

/// The members that every answer has (B3.4).
QJsonObject body(const ApiContext &context, int status, const QString &state,
                 const QString &description)
{
    return {{u"status"_s, status},
            {u"state"_s, state},
            {u"description"_s, description},
            {u"server_time"_s, milliseconds(context)}};
}

QString nameOf(EventState state)
{
    switch (state) {
    case EventState::New:
        return u"new"_s;
    case EventState::Scanned:
        return u"scanned"_s;
    case EventState::Confirmed:
        return u"confirmed"_s;
    case EventState::Denied:
        return u"denied"_s;
    case EventState::Expired:
        return u"expired"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject unknownToken(const ApiContext &context)
{
    return body(context, 604, u"unknown"_s, u"No such user, binding or login code."_s);
}

QJsonObject expired(const ApiContext &context)
{
    return body(context, 603, u"expired"_s, u"This login code has expired."_s);
}

QJsonObject alreadyAnswered(const ApiContext &context, EventState state)
{
    return body(context, 409, nameOf(state), u"This login has been answered already."_s);
}

/// What the server saw of the browser that loaded the picture (B3.4). What it does not know it
/// leaves out.
QJsonObject loginContext(const Application &application, const Event &event,
                         const QHostAddress &tokenAddress)
{
    const QHostAddress browser(event.browserAddress);
    QJsonObject context{
        {u"app_name"_s, shortened(application.name)},
        {u"scene"_s, u"login"_s},
        {u"ip_match"_s, ipMatch(browser, tokenAddress)},
        {u"created"_s, unixSeconds(event.created)},
    };
    if (!browser.isNull())
        context.insert(u"ip"_s, browser.toString());
    if (const QString name = browserName(event.browserAgent); !name.isEmpty())
        context.insert(u"browser"_s, shortened(name));
    if (const QString name = systemName(event.browserAgent); !name.isEmpty())
        context.insert(u"os"_s, shortened(name));
    return context;
}

QJsonObject answerScan(ApiContext &context, const VerifyRequest &request, const Event &event,
                       const QHostAddress &address)
{
    const bool mayTakeOver = event.state == EventState::Scanned && event.uid == request.uid;
    if (event.state != EventState::New && !mayTakeOver)
        return alreadyAnswered(context, event.state);
    const auto application = context.applications.find(request.appId);
    if (!application)
        return unknownToken(context);
    QJsonObject answer = body(context, 201, u"scanned"_s, u"Scanned; waiting for the person."_s);
    answer.insert(u"expires_in"_s, secondsLeft(context, event));
    answer.insert(u"context"_s, loginContext(*application, event, address));
    answer.insert(u"number"_s,
                  event.number.isEmpty()
                      ? QJsonObject{{u"mode"_s, u"none"_s}}
                      : QJsonObject{{u"mode"_s, u"enter"_s},
                                    {u"digits"_s, static_cast<int>(event.number.size())}});
    const Scan by{request.uid, request.fields.deviceId, sha256Hex(jsonText(answer))};
    if (!context.events.scan(event.token, by))
        return alreadyAnswered(context, EventState::Scanned);
    return answer;
}

QJsonObject answerDecision(ApiContext &context, const VerifyRequest &request, const Event &event)
{
    const Scan by{request.uid, request.fields.deviceId, request.fields.ctx};
    if (event.state != EventState::Scanned || event.uid != by.uid || event.deviceId != by.deviceId)
        return alreadyAnswered(context, event.state);
    if (!equalSecretly(event.ctx, by.ctx))
        return body(context, 403, nameOf(event.state), u"This was not what the login showed."_s);
    if (request.fields.action == "deny") {
        if (!context.events.deny(event.token, by))
            return alreadyAnswered(context, event.state);
        return body(context, 200, u"denied"_s, u"Denied."_s);
    }
    const QByteArray number = event.number.isEmpty() ? QByteArray("-") : event.number;
    if (!equalSecretly(request.fields.answer, number)) { // one try: a second would double the odds
        if (!context.events.deny(event.token, by))
            return alreadyAnswered(context, event.state);
        return body(context, 600, u"denied"_s, u"The number was wrong; the login is denied."_s);
    }
    if (!context.events.confirm(event.token, by))
        return alreadyAnswered(context, event.state);
    return body(context, 200, u"confirmed"_s, u"success"_s);
}

/// B3.5 from the event on: the request is authentic, fresh and new.
QJsonObject execute(ApiContext &context, const VerifyRequest &request, const QHostAddress &address)
{
    const auto event = context.events.byToken(request.fields.token);
    if (!event || event->appId != request.appId)
        return unknownToken(context);
    if (event->state == EventState::Expired)
        return expired(context);
    if (event->state == EventState::Confirmed || event->state == EventState::Denied)
        return alreadyAnswered(context, event->state);
    if (request.fields.action == "scan")
        return answerScan(context, request, *event, address);
    return answerDecision(context, request, *event);
}

/// The body of the answer to a request of a known user; the same bytes for the same request.
QByteArray answerTo(const Database &database, ApiContext &context, const VerifyRequest &request,
                    const QByteArray &requestKey, const Pct1Identity &identity,
                    const QHostAddress &address)
{
    const QByteArray source =
        limitName({request.appId, request.uid, address.toString().toLatin1()});
    if (const auto wait = context.wrongMacs.wait(source); wait.count() > 0) {
        QJsonObject answer = body(context, 407, u"refused"_s, u"Too many tries."_s);
        answer.insert(u"retry_after"_s, static_cast<qint64>(wait.count()));
        return jsonText(answer);
    }
    if (!equalSecretly(pct1Mac(requestKey, pct1Canonical(request.fields, identity)), request.mac)) {
        context.wrongMacs.count(source);
        return jsonText(body(context, 403, u"refused"_s, u"The signature is wrong."_s));
    }
    const RequestKey key{request.fields.token, request.fields.action, request.mac};
    if (const auto stored = context.answers.find(key))
        return *stored;
    const auto now = std::chrono::floor<std::chrono::seconds>(context.clock.now());
    const std::chrono::sys_seconds sent{std::chrono::seconds(request.ts)};
    if (std::chrono::abs(sent - now) > clockTolerance)
        return jsonText(body(context, 408, u"refused"_s, u"The clock is off."_s));

    QByteArray answer;
    database.atomically([&] {
        if (!context.answers.useNonce(request.appId, request.uid, request.fields.nonce)) {
            answer = jsonText(body(context, 400, u"refused"_s, u"This nonce was used before."_s));
            return;
        }
        answer = jsonText(execute(context, request, address));
        context.answers.keep(key, answer);
    });
    return answer;
}

/// The page for a browser that a person pointed at the code's address (S12).
HttpAnswer pageInWords()
{
    return {.contentType = "text/html; charset=utf-8",
            .body = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                    "<meta name=\"viewport\" content=\"width=device-width\">"
                    "<title>Login code</title><h1>This is a login code</h1>"
                    "<p>Scan it with your token to sign in. Opening it in a browser does nothing: "
                    "go back to the page that shows the code.</p></html>\n",
            .headers = {{"Cache-Control", "no-store"},
                        {"Content-Security-Policy", "default-src 'none'"}}};
}

} // namespace

HttpAnswer lookAtEvent(ApiContext &context, const HttpRequest &request)
{
    const QByteArray address = request.peer.toString().toLatin1();
    if (const auto wait = context.looks.wait(address); wait.count() > 0) {
        HttpAnswer answer = plainAnswer(429, "Too many requests.");
        answer.headers.emplace_back("Retry-After", QByteArray::number(wait.count()));
        return answer;
    }
    context.looks.count(address);
    if (!request.headers.value("accept").contains("application/json"))
        return pageInWords();
    const auto event = context.events.byToken(request.query.value("token"));
    const auto application = event ? context.applications.find(event->appId) : std::nullopt;
    if (!application)
        return jsonAnswer(unknownToken(context));
    if (event->state == EventState::Expired)
        return jsonAnswer(expired(context));
    if (event->state == EventState::Confirmed || event->state == EventState::Denied)
        return jsonAnswer(alreadyAnswered(context, event->state));
    QJsonObject answer = body(context, 200, nameOf(event->state), u"success"_s);
    answer.insert(u"app_id"_s, QString::fromLatin1(event->appId));
    answer.insert(u"app_name"_s, shortened(application->name));
    answer.insert(u"expires_in"_s, secondsLeft(context, *event));
    return jsonAnswer(answer);
}

HttpAnswer actOnEvent(const Database &database, ApiContext &context, const HttpRequest &request)
{
    const QByteArray type = request.headers.value("content-type").split(';').first().trimmed();
    if (type.toLower() != "application/json")
        return plainAnswer(415, "The body must be application/json.");
    const QByteArray token = request.query.value("token");
    const auto verify = parseVerifyRequest(request.body, token);
    if (!verify)
        return jsonAnswer(body(context, 400, u"refused"_s, u"The request is malformed."_s));
    if (!isHex(token, 32))
        return jsonAnswer(unknownToken(context));
    const auto secret = context.users.activeSecret({verify->appId, verify->uid});
    if (!secret)
        return jsonAnswer(unknownToken(context));

    const Pct1Identity identity{context.api, verify->appId, verify->uid};
    HttpAnswer answer = jsonAnswer({});
    answer.body = answerTo(database, context, *verify, pct1Key(*secret, "req", identity), identity,
                           request.peer);
    answer.headers.emplace_back("X-PCT-MAC",
                                pct1Mac(pct1Key(*secret, "res", identity),
                                        pct1AnswerCanonical(verify->fields.nonce, answer.body)));
    answer.requestId = verify->fields.nonce.first(8);
    return answer;
}

} // namespace hufu::authserver
