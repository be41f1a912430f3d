#include "bind_call.h"

#include "binding_uri.h"
#include "seed_signature.h"
#include "strict_json.h"
#include "token_call.h"

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestName = 128;

/// Nothing if the body is malformed. The device's name is for the person, and checked only.
std::optional<BindRequester> parseRequester(const QByteArray &body)
{
    const auto object = parseStrictObject(body);
    if (!object || object->value("v"_L1).toInt() != 1)
        return {};
    const QJsonValue name = object->value("device_name"_L1);
    BindRequester by{.deviceId = object->value("device_id"_L1).toString().toUtf8(),
                     .nonce = object->value("nonce"_L1).toString().toUtf8()};
    if (!isHex(by.deviceId, 32) || !isHex(by.nonce, 32) || !name.isString() ||
        name.toString().size() > longestName || !isPlain(name.toString().toUtf8()))
        return {};
    return by;
}

QJsonObject noSuchBinding(const ApiContext &context)
{
    return tokenBody(context, 604, u"unknown"_s, u"This binding code is over or was used."_s);
}

} // namespace

HttpAnswer lookAtBinding(ApiContext &context, const HttpRequest &request)
{
    if (auto refusal = refusedLook(context, request))
        return *refusal;
    return pageInWords("Binding code",
                       "Scan it with your token to bind it. Opening it in a browser does nothing: "
                       "go back to the page that shows the code.");
}

HttpAnswer takeBinding(ApiContext &context, const HttpRequest &request)
{
    if (auto refusal = refusedLook(context, request))
        return *refusal;
    if (auto refusal = refusedContentType(request))
        return *refusal;
    const auto by = parseRequester(request.body);
    if (!by)
        return jsonAnswer(tokenBody(context, 400, u"refused"_s, u"The request is malformed."_s));
    const QByteArray token = request.query.value("token");
    const auto binding = context.bindings.find(token);
    const auto application =
        binding ? context.applications.find(binding->user.appId) : std::nullopt;
    if (!application || context.users.openBinding(binding->user) != binding->secret)
        return jsonAnswer(noSuchBinding(context));
    const auto uri = bindingUri(context.api, *application, *binding);
    if (!uri)
        return jsonAnswer(tokenBody(context, 500, u"refused"_s, u"Internal error."_s));
    QJsonObject body = tokenBody(context, 200, u"bound"_s, u"success"_s);
    const std::string_view text = uri->text();
    body.insert(u"uri"_s, QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    const auto answer = context.bindings.take(token, *by, jsonText(body));
    if (!answer)
        return jsonAnswer(noSuchBinding(context));
    HttpAnswer given = jsonAnswer({});
    given.body = *answer;
    given.requestId = by->nonce.first(8);
    return given;
}

} // namespace hufu::authserver
