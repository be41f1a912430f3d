#include "core/login/pct1_messages.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace hufu {
namespace {

std::string_view labelOf(Pct1Key which)
{
    switch (which) {
    case Pct1Key::Request:
        return "req";
    case Pct1Key::Poll:
        return "poll";
    case Pct1Key::Answer:
        return "res";
    }
    Q_UNREACHABLE();
}

std::string lines(std::initializer_list<std::string_view> parts)
{
    std::string text;
    for (const std::string_view part : parts) {
        if (!text.empty())
            text += '\n';
        text += part;
    }
    return text;
}

bool canStandOnALine(std::string_view field)
{
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return !field.empty() && std::none_of(field.begin(), field.end(), isControl);
}

} // namespace

Result<SecretBytes> derivePct1Key(Pct1Key which, const SecretBytes &secret, const Binding &binding)
{
    const Result<SecretBytes> pseudoRandom = hkdfExtract(bytesOf("PCT1"), secret.view());
    if (!pseudoRandom)
        return tl::unexpected(pseudoRandom.error());
    return hkdfExpand32(*pseudoRandom, lines({"PCT1-KEY", labelOf(which), binding.api,
                                              binding.appId, binding.uid}));
}

Result<std::string> canonicalText(const Pct1Request &request)
{
    const std::string time = std::to_string(request.time);
    const auto fields = {std::string_view(request.action),
                         std::string_view(request.api),
                         std::string_view(request.appId),
                         std::string_view(request.uid),
                         std::string_view(request.deviceId),
                         std::string_view(request.token),
                         std::string_view(time),
                         std::string_view(request.nonce),
                         std::string_view(request.via),
                         std::string_view(request.answer),
                         std::string_view(request.context)};
    if (request.time < 0 || !std::all_of(fields.begin(), fields.end(), canStandOnALine))
        return failure(Errc::AnswerMalformed, QStringLiteral("a field cannot be signed"));
    std::string text = "PCT1-REQ";
    for (const std::string_view field : fields)
        text.append("\n").append(field);
    return text;
}

Result<QByteArray> signedBody(const Pct1Request &request, const SecretBytes &key)
{
    const Result<std::string> text = canonicalText(request);
    if (!text)
        return tl::unexpected(text.error());
    const Result<QByteArray> mac = macText(key, *text);
    if (!mac)
        return tl::unexpected(mac.error());

    QJsonObject body{
        {QStringLiteral("v"), 1},
        {QStringLiteral("action"), QString::fromStdString(request.action)},
        {QStringLiteral("app_id"), QString::fromStdString(request.appId)},
        {QStringLiteral("uid"), QString::fromStdString(request.uid)},
        {QStringLiteral("device_id"), QString::fromStdString(request.deviceId)},
        {QStringLiteral("ts"), static_cast<qint64>(request.time)},
        {QStringLiteral("nonce"), QString::fromStdString(request.nonce)},
        {QStringLiteral("via"), QString::fromStdString(request.via)},
        {QStringLiteral("answer"), QString::fromStdString(request.answer)},
        {QStringLiteral("ctx"), QString::fromStdString(request.context)},
        {QStringLiteral("mac"), QString::fromLatin1(*mac)},
    };
    if (request.wait)
        body.insert(QStringLiteral("wait"), static_cast<qint64>(request.wait->count()));
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QByteArray bindingRequest(const DeviceId &deviceId, const QByteArray &nonce,
                          const QString &deviceName)
{
    const QJsonObject body{
        {QStringLiteral("v"), 1},
        {QStringLiteral("device_id"), QString::fromLatin1(toHex(deviceId))},
        {QStringLiteral("device_name"), deviceName},
        {QStringLiteral("nonce"), QString::fromLatin1(nonce)},
    };
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

Result<QByteArray> macText(const SecretBytes &key, std::string_view message)
{
    const Result<SecretBytes> mac = hmac(HashAlgorithm::Sha256, key.view(), bytesOf(message));
    if (!mac)
        return tl::unexpected(mac.error());
    return toHex(mac->view());
}

std::string answerText(std::string_view nonce, QByteArrayView body)
{
    const Sha256Digest digest = sha256(std::as_bytes(std::span(body.begin(), body.end())));
    return lines({"PCT1-RES", nonce, toHex(digest).toStdString()});
}

bool isAuthenticAnswer(const SecretBytes &key, std::string_view nonce, QByteArrayView body,
                       QByteArrayView mac)
{
    const Result<QByteArray> right = macText(key, answerText(nonce, body));
    return right && equalInConstantTime(std::as_bytes(std::span(right->begin(), right->end())),
                                        std::as_bytes(std::span(mac.begin(), mac.end())));
}

} // namespace hufu
