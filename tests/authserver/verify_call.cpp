#include "verify_call.h"

#include "login_context.h"
#include "seed_signature.h"
#include "site_context.h"
#include "strict_json.h"
#include "token_call.h"

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

qint64 secondsLeft(const ApiContext &context, const Event &event)
{
    return std::chrono::floor<std::chrono::seconds>(event.expires - context.clock.now()).count();
}

qint64 unixSeconds(UtcTime time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
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

QJsonObject expired(const ApiContext &context)
{
    return tokenBody(context, 603, u"expired"_s, u"This login code has expired."_s);
}

QJsonObject alreadyAnswered(const ApiContext &context, EventState state)
{
    return tokenBody(context, 409, nameOf(state), u"This login has been answered already."_s);
}

/// What the server saw of the browser that loaded the picture, else what the site said of it
/// (B3.4). What is not known is left out.
QJsonObject loginContext(const Application &application, const Event &event,
                         const QHostAddress &tokenAddress)
{
    QJsonObject context = parseSiteContext(event.siteContext).value_or(QJsonObject());
    const auto prefer = [&context](const QString &name, const QString &seen) {
        if (!seen.isEmpty())
            context.insert(name, shortened(seen));
    };
    prefer(u"ip"_s, event.browserAddress);
    prefer(u"browser"_s, browserName(event.browserAgent));
    prefer(u"os"_s, systemName(event.browserAgent));
    if (!context.contains(u"scene"_s))
        context.insert(u"scene"_s, u"login"_s);
    context.insert(u"app_name"_s, shortened(application.name));
    context.insert(u"ip_match"_s,
                   ipMatch(QHostAddress(context.value(u"ip"_s).toString()), tokenAddress));
    context.insert(u"created"_s, unixSeconds(event.created));
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
    QJsonObject answer =
        tokenBody(context, 201, u"scanned"_s, u"Scanned; waiting for the person."_s);
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

QJsonObject answerDecision(const ApiContext &context, const VerifyRequest &request,
                           const Event &event, const QHostAddress &address)
{
    const Scan by{request.uid, request.fields.deviceId, request.fields.ctx};
    if (event.state != EventState::Scanned || event.uid != by.uid || event.deviceId != by.deviceId)
        return alreadyAnswered(context, event.state);
    if (!equalSecretly(event.ctx, by.ctx))
        return tokenBody(context, 403, nameOf(event.state),
                         u"This was not what the login showed."_s);
    const UserKey user{request.appId, request.uid};
    if (request.fields.action == "deny") {
        if (!context.events.deny(event.token, by, request.fields.answer))
            return alreadyAnswered(context, event.state);
        const bool notMe = request.fields.answer == "not_me";
        if (notMe)
            context.events.report(event, by.uid, address.toString());
        context.pushes.answered(user, event.token, !notMe);
        return tokenBody(context, 200, u"denied"_s, u"Denied."_s);
    }
    const QByteArray number = event.number.isEmpty() ? QByteArray("-") : event.number;
    if (!equalSecretly(request.fields.answer, number)) { // one try: a second would double the odds
        if (!context.events.deny(event.token, by, "number"))
            return alreadyAnswered(context, event.state);
        context.pushes.answered(user, event.token, false);
        return tokenBody(context, 600, u"denied"_s,
                         u"The number was wrong; the login is denied."_s);
    }
    if (!context.events.confirm(event.token, by))
        return alreadyAnswered(context, event.state);
    context.pushes.answered(user, event.token, true);
    return tokenBody(context, 200, u"confirmed"_s, u"success"_s);
}

/// B3.5 from the event on: the request is authentic, fresh and new.
QJsonObject execute(ApiContext &context, const VerifyRequest &request, const QHostAddress &address)
{
    const auto event = context.events.byToken(request.fields.token);
    if (!event || event->appId != request.appId ||
        (!event->pushUid.isEmpty() && event->pushUid != request.uid))
        return unknownToken(context);
    if (event->state == EventState::Expired)
        return expired(context);
    if (event->state == EventState::Confirmed || event->state == EventState::Denied)
        return alreadyAnswered(context, event->state);
    if (request.fields.action == "scan")
        return answerScan(context, request, *event, address);
    return answerDecision(context, request, *event, address);
}

/// The body of the answer to a request of a known user; the same bytes for the same request.
QByteArray answerTo(ApiContext &context, const VerifyRequest &request, const QByteArray &requestKey,
                    const QHostAddress &address)
{
    if (const auto refusal = refusedMac(context, request, requestKey, address))
        return jsonText(*refusal);
    const RequestKey key{request.fields.token, request.fields.action, request.mac};
    if (const auto stored = context.answers.find(key))
        return *stored;
    if (const auto refusal = refusedClock(context, request))
        return jsonText(*refusal);

    QByteArray answer;
    context.database.atomically([&] {
        if (context.answers.useNonce(request.appId, request.uid, request.fields.nonce)) {
            answer = jsonText(execute(context, request, address));
            context.answers.keep(key, answer);
            return;
        }
        // The same request may have reached another process a moment ago.
        answer = context.answers.find(key).value_or(
            jsonText(tokenBody(context, 400, u"refused"_s, u"This nonce was used before."_s)));
    });
    return answer;
}

} // namespace

HttpAnswer lookAtEvent(ApiContext &context, const HttpRequest &request)
{
    if (auto refusal = refusedLook(context, request))
        return *refusal;
    if (!request.headers.value("accept").contains("application/json"))
        return pageInWords("Login code",
                           "Scan it with your token to sign in. Opening it in a browser does "
                           "nothing: go back to the page that shows the code.");
    const auto event = context.events.byToken(request.query.value("token"));
    const auto application = event ? context.applications.find(event->appId) : std::nullopt;
    if (!application)
        return jsonAnswer(unknownToken(context));
    if (event->state == EventState::Expired)
        return jsonAnswer(expired(context));
    if (event->state == EventState::Confirmed || event->state == EventState::Denied)
        return jsonAnswer(alreadyAnswered(context, event->state));
    QJsonObject answer = tokenBody(context, 200, nameOf(event->state), u"success"_s);
    answer.insert(u"app_id"_s, QString::fromLatin1(event->appId));
    answer.insert(u"app_name"_s, shortened(application->name));
    answer.insert(u"expires_in"_s, secondsLeft(context, *event));
    return jsonAnswer(answer);
}

HttpAnswer actOnEvent(ApiContext &context, const HttpRequest &request)
{
    if (auto refusal = refusedContentType(request))
        return *refusal;
    const QByteArray token = request.query.value("token");
    const auto verify = parseVerifyRequest(request.body, token);
    if (!verify)
        return jsonAnswer(tokenBody(context, 400, u"refused"_s, u"The request is malformed."_s));
    if (!isHex(token, 32))
        return jsonAnswer(unknownToken(context));
    const auto secret = context.users.activeSecret({verify->appId, verify->uid});
    if (!secret)
        return jsonAnswer(unknownToken(context));
    const Pct1Identity identity = identityOf(context, *verify);
    const QByteArray body =
        answerTo(context, *verify, pct1Key(*secret, "req", identity), request.peer);
    return signedAnswer(body, verify->fields.nonce, pct1Key(*secret, "res", identity));
}

} // namespace hufu::authserver
