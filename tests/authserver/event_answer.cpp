#include "event_answer.h"

#include "pct1_keys.h"
#include "seed_signature.h"
#include "site_context.h"

namespace hufu::authserver {

using namespace Qt::StringLiterals;

HttpAnswer refusedEvent(int status, const QString &description)
{
    return jsonAnswer({{u"status"_s, status}, {u"description"_s, description}});
}

HttpAnswer malformedEvent()
{
    return refusedEvent(400, u"参数错误!"_s);
}

HttpAnswer wrongEventSignature()
{
    return refusedEvent(403, u"签名错误!"_s);
}

HttpAnswer noSuchEvent()
{
    return refusedEvent(604, u"用户或event_id不存在!"_s);
}

std::optional<Application> signer(const ApiContext &context, const QByteArray &appId,
                                  const QByteArrayList &parts, const QByteArray &signature)
{
    auto application = context.applications.find(appId);
    if (!application || !equalSecretly(seedSignature(parts, application->appKey), signature))
        return {};
    return application;
}

SignedContext signedContext(const Application &application, const QByteArray &uid,
                            const HttpRequest &request)
{
    if (!request.query.contains("context"))
        return {};
    const QByteArray json = request.query.value("context");
    const QByteArray expected =
        pct1Mac(application.appKey, siteContextText(application.appId, uid, json));
    if (!equalSecretly(expected, request.query.value("context_mac")))
        return {.json = {}, .refusal = wrongEventSignature()};
    if (!parseSiteContext(json))
        return {.json = {}, .refusal = malformedEvent()};
    return {.json = json, .refusal = {}};
}

} // namespace hufu::authserver
