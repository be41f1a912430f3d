#include "event_calls.h"

#include "event_answer.h"
#include "qr_image.h"
#include "seed_signature.h"

#include <QRegularExpression>

namespace hufu::authserver {
namespace {

const QByteArray scanLogin = "2"; // auth_type; push_call.h has the other one

bool isEventId(const QByteArray &text)
{
    static const QRegularExpression form(
        QStringLiteral("\\A[0-9]{10,11}\\.[0-9]{2}[A-Za-z0-9]{22}\\z"));
    return form.match(QString::fromUtf8(text)).hasMatch();
}

struct Standing
{
    int status;
    QString description;
};

Standing standingOf(EventState state)
{
    switch (state) {
    case EventState::New:
        return {602, QStringLiteral("等待扫码")};
    case EventState::Scanned:
        return {201, QStringLiteral("已扫码,等待确认")};
    case EventState::Confirmed:
        return {200, QStringLiteral("请求成功")};
    case EventState::Denied:
        return {606, QStringLiteral("用户已拒绝")};
    case EventState::Expired:
        return {603, QStringLiteral("已过期")};
    }
    Q_UNREACHABLE();
}

} // namespace

HttpAnswer qrcodeForAuth(ApiContext &context, const HttpRequest &request)
{
    const QByteArray appId = request.query.value("app_id");
    const QByteArray type = request.query.value("auth_type");
    const QByteArray signature = request.query.value("signature");
    if (!isAppId(appId) || type != scanLogin || !isHex(signature, 32))
        return malformedEvent();
    const auto application = signer(context, appId, {appId, type}, signature);
    if (!application)
        return wrongEventSignature();
    const SignedContext said = signedContext(*application, "-", request);
    if (said.refusal)
        return *said.refusal;
    const Event event = context.events.create(appId, {.numberDigits = application->numberDigits,
                                                      .pushUid = {},
                                                      .siteContext = said.json,
                                                      .token = {}});
    const QString api = QString::fromUtf8(context.api);
    return jsonAnswer({
        {QStringLiteral("status"), 200},
        {QStringLiteral("event_id"), QString::fromLatin1(event.eventId)},
        {QStringLiteral("qrcode_url"),
         api + QStringLiteral("/show/qrcode_url/?uuid=") + QString::fromLatin1(event.picture)},
        {QStringLiteral("qrcode_data"),
         api + QStringLiteral("/verify/?token=") + QString::fromLatin1(event.token)},
        {QStringLiteral("description"), QStringLiteral("success")},
    });
}

HttpAnswer showQrcode(ApiContext &context, const HttpRequest &request)
{
    const auto event = context.events.byPicture(request.query.value("uuid"));
    if (!event)
        return noSuchEvent();
    if (event->state != EventState::New && event->state != EventState::Scanned)
        return refusedEvent(603, QStringLiteral("已过期"));
    context.events.noteBrowser(event->picture, request.peer.toString(),
                               request.headers.value("user-agent"));
    return pngAnswer(qrPng(context.api + "/verify/?token=" + event->token));
}

HttpAnswer eventResult(ApiContext &context, const HttpRequest &request)
{
    const QByteArray appId = request.query.value("app_id");
    const QByteArray eventId = request.query.value("event_id");
    const QByteArray signature = request.query.value("signature");
    if (!isAppId(appId) || !isEventId(eventId) || !isHex(signature, 32))
        return malformedEvent();
    const auto application = signer(context, appId, {appId, eventId}, signature);
    if (!application)
        return wrongEventSignature();
    const auto event = context.events.byEventId(eventId);
    if (!event || event->appId != appId)
        return noSuchEvent();

    const Standing standing = standingOf(event->state);
    const QByteArray uid = event->state == EventState::Confirmed ? event->uid : QByteArray();
    const QByteArray status = QByteArray::number(standing.status);
    QJsonObject answer{
        {QStringLiteral("status"), standing.status},
        {QStringLiteral("event_id"), QString::fromLatin1(eventId)},
        {QStringLiteral("description"), standing.description},
        {QStringLiteral("signature"),
         QString::fromLatin1(seedSignature({appId, eventId, status, uid}, application->appKey))},
    };
    if (!uid.isEmpty())
        answer.insert(QStringLiteral("uid"), QString::fromUtf8(uid));
    // So that a site can warn when the person said "This was not me".
    if (!event->reason.isEmpty())
        answer.insert(QStringLiteral("reason"), QString::fromLatin1(event->reason));
    // The site shows the number beside the waiting page; the person types it into the token.
    if (event->state == EventState::Scanned && !event->number.isEmpty())
        answer.insert(QStringLiteral("number"), QString::fromLatin1(event->number));
    return jsonAnswer(answer);
}

} // namespace hufu::authserver
