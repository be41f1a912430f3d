#include "verify_request.h"

#include "seed_signature.h"
#include "strict_json.h"

#include <algorithm>
#include <initializer_list>

namespace hufu::authserver {
namespace {

constexpr qint64 largestTime = 253'402'300'799; // the year 9999
constexpr qsizetype longestNumber = 6;
constexpr qint64 longestWait = 25; // seconds; proxies commonly give up after 30

QByteArray textOf(const QJsonObject &object, QLatin1StringView name)
{
    return object.value(name).toString().toUtf8(); // empty for another type
}

std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    constexpr qint64 none = -1;
    const qint64 number = value.toInteger(none);
    if (number < 0 || number > largestTime)
        return {};
    return number;
}

bool isOneOf(const QByteArray &text, std::initializer_list<const char *> allowed)
{
    return std::ranges::any_of(allowed, [&](const char *one) { return text == one; });
}

/// "-" or what the person typed.
bool isNumber(const QByteArray &text)
{
    return text == "-" || (!text.isEmpty() && text.size() <= longestNumber &&
                           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }));
}

bool fitsAction(const Pct1Request &fields)
{
    if (fields.action == "scan")
        return fields.answer == "-" && fields.ctx == "-";
    if (fields.action == "confirm")
        return isNumber(fields.answer) && isHex(fields.ctx, 64);
    if (fields.action == "deny")
        return isOneOf(fields.answer, {"not_me", "cancel"}) && isHex(fields.ctx, 64);
    return false;
}

/// What every signed request has; the caller looks at what is its own.
std::optional<VerifyRequest> readSigned(const QJsonObject &object, const QByteArray &token)
{
    using namespace Qt::StringLiterals;
    const auto ts = wholeNumber(object.value("ts"_L1));
    if (wholeNumber(object.value("v"_L1)) != 1 || !ts)
        return {};
    VerifyRequest request{.appId = textOf(object, "app_id"_L1),
                          .uid = textOf(object, "uid"_L1),
                          .fields = {.action = textOf(object, "action"_L1),
                                     .deviceId = textOf(object, "device_id"_L1),
                                     .token = token,
                                     .ts = QByteArray::number(*ts),
                                     .nonce = textOf(object, "nonce"_L1),
                                     .via = textOf(object, "via"_L1),
                                     .answer = textOf(object, "answer"_L1),
                                     .ctx = textOf(object, "ctx"_L1)},
                          .ts = *ts,
                          .mac = textOf(object, "mac"_L1)};
    const Pct1Request &fields = request.fields;
    const bool wellFormed = !request.appId.isEmpty() && request.appId.size() <= 64 &&
                            isPlain(request.appId) && isUid(request.uid) &&
                            isHex(fields.deviceId, 32) && isHex(fields.nonce, 32) &&
                            isHex(request.mac, 64);
    if (!wellFormed)
        return {};
    return request;
}

} // namespace

std::optional<VerifyRequest> parseVerifyRequest(const QByteArray &body, const QByteArray &token)
{
    const auto object = parseStrictObject(body);
    auto request = object ? readSigned(*object, token) : std::nullopt;
    if (!request || !fitsAction(request->fields) ||
        !isOneOf(request->fields.via, {"screen", "camera", "image", "push"}))
        return {};
    return request;
}

std::optional<VerifyRequest> parsePollRequest(const QByteArray &body)
{
    using namespace Qt::StringLiterals;
    const auto object = parseStrictObject(body);
    auto request = object ? readSigned(*object, "-") : std::nullopt;
    const auto wait = object ? wholeNumber(object->value("wait"_L1)) : std::nullopt;
    if (!request || !wait || *wait > longestWait || request->fields.action != "poll" ||
        request->fields.via != "-" || request->fields.answer != "-" || request->fields.ctx != "-")
        return {};
    request->wait = std::chrono::seconds(*wait);
    return request;
}

} // namespace hufu::authserver
