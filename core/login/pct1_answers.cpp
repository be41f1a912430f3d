#include "core/login/pct1_answers.h"

#include "core/payload/payload.h"
#include "core/payload/shown_text.h"

#include <algorithm>

namespace hufu {
namespace {

constexpr qsizetype longestText = 128;
constexpr std::int64_t largestTimeMs = 253'402'300'799'000; // 9999-12-31

tl::unexpected<Error> malformedAnswer(const char *what)
{
    return failure(Errc::AnswerMalformed, QString::fromLatin1(what));
}

/// The text member `name` of `object`, fit to be shown, empty if there is none.
Result<QString> textMember(const JsonValue &object, QStringView name)
{
    const JsonValue *value = object.member(name);
    if (value == nullptr)
        return QString();
    if (value->text() == nullptr)
        return malformedAnswer("a text is something else");
    if (value->text()->size() > longestText)
        return malformedAnswer("a text is longer than 128 characters");
    return shownText(value->text()->toStdString()).value_or(QString());
}

/// The integer member `name` of `object`; nothing if there is none.
Result<std::optional<std::int64_t>> integerMember(const JsonValue &object, QStringView name,
                                                  std::int64_t largest)
{
    const JsonValue *value = object.member(name);
    if (value == nullptr)
        return std::optional<std::int64_t>();
    if (value->integer() == nullptr || *value->integer() < 0 || *value->integer() > largest)
        return malformedAnswer("a number is out of range or something else");
    return std::optional(*value->integer());
}

/// The seconds that the code still lives; a server may say less than S12 allows, never more.
Result<std::chrono::seconds> expiresInOf(const JsonValue &document)
{
    const auto seconds = integerMember(document, u"expires_in", 86'400);
    if (!seconds)
        return tl::unexpected(seconds.error());
    return std::min(std::chrono::seconds(seconds->value_or(longestLogin.count())), longestLogin);
}

Result<int> numberDigitsOf(const JsonValue &document)
{
    const JsonValue *number = document.member(u"number");
    if (number == nullptr)
        return 0;
    const Result<QString> mode = textMember(*number, u"mode");
    const auto digits = integerMember(*number, u"digits", 6);
    if (!mode || !digits || number->object() == nullptr)
        return malformedAnswer("\"number\" is damaged");
    if (*mode == QLatin1String("none"))
        return 0;
    if (*mode != QLatin1String("enter") || digits->value_or(0) < 2)
        return malformedAnswer("\"number\" asks for something unknown");
    return static_cast<int>(**digits);
}

LoginContext::Network networkOf(const QString &match)
{
    if (match == QLatin1String("same"))
        return LoginContext::Network::Same;
    if (match == QLatin1String("different"))
        return LoginContext::Network::Different;
    return LoginContext::Network::Unknown;
}

Result<LoginContext> readContext(const JsonValue &json)
{
    if (json.object() == nullptr)
        return malformedAnswer("\"context\" is no object");
    LoginContext context;
    const std::pair<QStringView, QString *> texts[] = {
        {u"app_name", &context.application},
        {u"location", &context.place},
        {u"ip", &context.address},
        {u"browser", &context.browser},
        {u"os", &context.system},
    };
    for (const auto &[name, target] : texts) {
        const Result<QString> text = textMember(json, name);
        if (!text)
            return tl::unexpected(text.error());
        *target = *text;
    }
    const Result<QString> scene = textMember(json, u"scene");
    const Result<QString> match = textMember(json, u"ip_match");
    const auto created = integerMember(json, u"created", largestTimeMs / 1000);
    if (!scene || !match || !created)
        return malformedAnswer("\"context\" is damaged");
    context.network = networkOf(*match);
    if (*created)
        context.asked = std::chrono::sys_seconds(std::chrono::seconds(**created));
    return context;
}

} // namespace

Result<Pct1Answer> readAnswer(QByteArrayView body, QStringView secret)
{
    tl::expected<JsonValue, JsonProblem> document = readStrictJson(body, secret);
    if (!document)
        return failure(Errc::AnswerMalformed, document.error().reason);
    const auto status = integerMember(*document, u"status", 999);
    const Result<QString> state = textMember(*document, u"state");
    const auto serverTime = integerMember(*document, u"server_time", largestTimeMs);
    if (!status)
        return tl::unexpected(status.error());
    if (!*status || **status < 100)
        return malformedAnswer("\"status\" is missing");
    if (!state || !serverTime)
        return malformedAnswer("\"state\" or \"server_time\" is damaged");

    Pct1Answer answer{.status = static_cast<int>(**status),
                      .state = *state,
                      .serverTime = {},
                      .document = std::move(*document)};
    if (*serverTime)
        answer.serverTime = UtcTime(std::chrono::milliseconds(**serverTime));
    return answer;
}

Result<Pct1Inquiry> readInquiry(const Pct1Answer &answer)
{
    const Result<QString> appId = textMember(answer.document, u"app_id");
    const Result<std::chrono::seconds> expiresIn = expiresInOf(answer.document);
    if (!appId)
        return tl::unexpected(appId.error());
    if (!expiresIn)
        return tl::unexpected(expiresIn.error());
    if (appId->isEmpty() || appId->size() > 64)
        return malformedAnswer("\"app_id\" is missing or too long");
    return Pct1Inquiry{.appId = appId->toStdString(), .expiresIn = *expiresIn};
}

Result<Pct1ScanAnswer> readScanAnswer(const Pct1Answer &answer, QByteArrayView body)
{
    const Result<std::chrono::seconds> expiresIn = expiresInOf(answer.document);
    if (!expiresIn)
        return tl::unexpected(expiresIn.error());
    const Result<int> digits = numberDigitsOf(answer.document);
    if (!digits)
        return tl::unexpected(digits.error());

    Pct1ScanAnswer scan{.context = {}, .expiresIn = *expiresIn, .rawContext = "{}"};
    if (const JsonValue *json = answer.document.member(u"context")) {
        Result<LoginContext> context = readContext(*json);
        if (!context)
            return tl::unexpected(context.error());
        scan.context = std::move(*context);
        scan.rawContext = body.sliced(json->begin, json->end - json->begin).toByteArray();
    }
    scan.context.numberDigits = *digits;
    return scan;
}

Result<std::vector<std::string>> readPending(const Pct1Answer &answer)
{
    const JsonValue *requests = answer.document.member(u"requests");
    if (requests == nullptr || requests->array() == nullptr)
        return malformedAnswer("\"requests\" is missing");
    std::vector<std::string> tokens;
    for (const JsonValue &request : *requests->array()) {
        const Result<QString> text = textMember(request, u"token");
        std::string token = text ? text->toStdString() : std::string();
        if (!isToken(token))
            return malformedAnswer("a token is damaged");
        tokens.push_back(std::move(token));
    }
    return tokens;
}

Result<std::optional<std::chrono::seconds>> readRetryAfter(const Pct1Answer &answer)
{
    const auto seconds = integerMember(answer.document, u"retry_after", 86'400);
    if (!seconds)
        return tl::unexpected(seconds.error());
    if (!*seconds)
        return std::optional<std::chrono::seconds>();
    return std::optional(std::chrono::seconds(**seconds));
}

} // namespace hufu
