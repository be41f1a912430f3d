#include "push_call.h"

#include "event_answer.h"
#include "pct1_keys.h"
#include "seed_signature.h"

#include "core/base/crypto.h"

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

const QByteArray push = "3"; // auth_type
constexpr int leastDigits = 2;

HttpAnswer tooSoon(std::chrono::seconds wait)
{
    return jsonAnswer({{u"status"_s, 407},
                       {u"description"_s, u"推送过于频繁,请稍后再试!"_s},
                       {u"retry_after"_s, static_cast<qint64>(wait.count())}});
}

} // namespace

QByteArray ringName(const UserKey &user)
{
    return sha256Hex(limitName({user.appId, user.uid}));
}

HttpAnswer pushForAuth(ApiContext &context, const HttpRequest &request)
{
    const UserKey user{request.query.value("app_id"), request.query.value("uid")};
    const QByteArray type = request.query.value("auth_type");
    const QByteArray signature = request.query.value("signature");
    if (!isAppId(user.appId) || !isUid(user.uid) || type != push || !isHex(signature, 32))
        return malformedEvent();
    const auto application = signer(context, user.appId, {user.appId, type, user.uid}, signature);
    if (!application)
        return wrongEventSignature();
    const SignedContext said = signedContext(*application, user.uid, request);
    if (said.refusal)
        return *said.refusal;
    if (!context.users.activeSecret(user))
        return noSuchEvent();

    const QByteArray token = toHex(randomId<16>());
    const auto wait = context.pushes.pass(user, token, context.clock.now() + eventLife);
    if (wait.count() > 0)
        return tooSoon(wait);
    const Event event = context.events.create(
        user.appId, {.numberDigits = std::max(leastDigits, application->numberDigits),
                     .pushUid = user.uid,
                     .siteContext = said.json,
                     .token = token});
    context.database.ring(ringName(user));
    return jsonAnswer({{u"status"_s, 200},
                       {u"event_id"_s, QString::fromLatin1(event.eventId)},
                       {u"description"_s, u"success"_s}});
}

} // namespace hufu::authserver
