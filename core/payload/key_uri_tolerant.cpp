#include "core/otp/base32.h"
#include "core/payload/key_uri_reader.h"
#include "core/payload/shown_text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace hufu {
namespace {

constexpr std::size_t longestTolerantName = 1'024; // bytes of UTF-8, storage.md 4
constexpr int steamDigits = 5;

constexpr std::array<std::string_view, 8> tolerantNames{"secret", "issuer",  "algorithm", "digits",
                                                        "period", "counter", "encoder",   "steam"};

/// First occurrence of each known parameter; the views are still encoded.
struct Query
{
    std::vector<UriParts::Parameter> parameters;

    [[nodiscard]] const UriParts::Parameter *find(std::string_view name) const
    {
        const auto found = std::ranges::find_if(parameters, [&](const auto &parameter) {
            return equalsIgnoringCase(parameter.name, name);
        });
        return found == parameters.end() ? nullptr : &*found;
    }
    /// Decoded; empty if absent. Errors: MalformedUri.
    [[nodiscard]] Result<std::string> text(std::string_view name) const
    {
        const UriParts::Parameter *parameter = find(name);
        if (parameter == nullptr)
            return std::string();
        std::optional<std::string> decoded = percentDecoded(parameter->value, Plus::IsSpace);
        if (!decoded)
            return failure(Errc::MalformedUri);
        return std::move(*decoded);
    }
};

bool hasEncodedByte(std::string_view text)
{
    for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
        if (i + 2 < text.size() && std::isxdigit(static_cast<unsigned char>(text[i + 1])) != 0 &&
            std::isxdigit(static_cast<unsigned char>(text[i + 2])) != 0)
            return true;
    }
    return false;
}

Result<SecretBytes> readSecret(std::string_view encoded)
{
    Result<SecretBytes> text = percentDecodedSecret(encoded);
    if (!text)
        return text;
    Result<SecretBytes> secret = decodeBase32(text->text());
    // A few producers encode the query twice.
    if (!secret && secret.error().code == Errc::MalformedBase32 &&
        text->text().find('%') != std::string_view::npos) {
        const Result<SecretBytes> again = percentDecodedSecret(text->text());
        if (again)
            secret = decodeBase32(again->text());
    }
    if (secret && secret->size() > longestSecret)
        return failure(Errc::SecretTooLong);
    return secret;
}

Result<void> readParameters(const Query &query, std::string_view missedPeriod, KeyUri &read)
{
    OtpParameters &parameters = read.parameters;
    const Result<std::string> hash = query.text("algorithm");
    if (!hash)
        return tl::unexpected(hash.error());
    if (!hash->empty()) {
        const Result<HashAlgorithm> known = readHash(*hash);
        if (!known)
            return tl::unexpected(known.error());
        parameters.hash = *known;
    }
    const UriParts::Parameter *digits = query.find("digits");
    if (digits != nullptr && !digits->value.empty()) {
        const auto number = toNumber(digits->value);
        if (!number || *number < smallestDigits || *number > largestDigits)
            return failure(Errc::DigitsOutOfRange);
        parameters.digits = static_cast<int>(*number);
    }
    const UriParts::Parameter *period = query.find("period");
    const std::string_view periodText = period != nullptr ? period->value : missedPeriod;
    if (!periodText.empty() && parameters.type != OtpType::Hotp) {
        const auto number = toNumber(periodText);
        if (!number || *number < 1 || *number > largestPeriod)
            return failure(Errc::PeriodOutOfRange);
        parameters.period = static_cast<std::int64_t>(*number);
    }
    const UriParts::Parameter *counter = query.find("counter");
    if (counter != nullptr && !counter->value.empty() && parameters.type == OtpType::Hotp) {
        const auto number = toNumber(counter->value);
        if (!number)
            return failure(Errc::MalformedUri);
        parameters.counter = *number;
    }
    return {};
}

/// "+" for space, as Microsoft writes company names; an account name keeps its "+".
std::string companyName(std::string name)
{
    if (name.find(' ') == std::string::npos)
        std::ranges::replace(name, '+', ' ');
    return name;
}

Result<void> readNames(const UriParts &parts, std::string issuer, KeyUri &read)
{
    if (hasEncodedByte(issuer)) {
        if (auto again = percentDecoded(issuer, Plus::IsSpace))
            issuer = std::move(*again);
    }
    const Result<Label> label = readLabel(parts.path, issuer);
    if (!label)
        return tl::unexpected(label.error());
    const auto shownIssuer = shownText(issuer);
    const auto shownPrefix =
        shownText(label->prefix == issuer ? label->prefix : companyName(label->prefix));
    const auto shownAccount = shownText(label->account);
    if (!shownIssuer || !shownPrefix || !shownAccount)
        return failure(Errc::MalformedUri);
    read.issuer = shownIssuer->isEmpty() ? *shownPrefix : *shownIssuer;
    read.account = shownPrefix->isEmpty() || *shownPrefix == read.issuer
                       ? *shownAccount
                       : *shownPrefix + QStringLiteral(": ") + *shownAccount;
    if (static_cast<std::size_t>(read.issuer.toUtf8().size()) > longestTolerantName ||
        static_cast<std::size_t>(read.account.toUtf8().size()) > longestTolerantName)
        return failure(Errc::MalformedUri);
    return {};
}

bool isSteam(const UriParts &parts, const Query &query, const KeyUri &read)
{
    const UriParts::Parameter *encoder = query.find("encoder");
    const UriParts::Parameter *bare = query.find("steam");
    return equalsIgnoringCase(parts.authority, "steam") ||
           (encoder != nullptr && equalsIgnoringCase(encoder->value, "steam")) ||
           (bare != nullptr && !bare->hasValue) ||
           (read.issuer.compare(QStringLiteral("Steam"), Qt::CaseInsensitive) == 0 &&
            read.parameters.digits == steamDigits);
}

void makeSteam(KeyUri &read)
{
    read.parameters = {.type = OtpType::Steam, .digits = steamDigits};
}

Result<KeyUri> readSteamAddress(const UriParts &parts)
{
    KeyUri read;
    makeSteam(read);
    read.issuer = QStringLiteral("Steam");
    Result<SecretBytes> secret = readSecret(parts.authority);
    if (!secret)
        return tl::unexpected(secret.error());
    read.secret = std::move(*secret);
    return read;
}

void keepOthers(const Query &query, KeyUri &read)
{
    for (const UriParts::Parameter &parameter : query.parameters) {
        const bool known = std::ranges::any_of(tolerantNames, [&](std::string_view name) {
            return equalsIgnoringCase(name, parameter.name);
        });
        if (known)
            continue;
        const auto name = percentDecoded(parameter.name, Plus::IsSpace);
        const auto value = percentDecoded(parameter.value, Plus::IsSpace);
        // What is broken in a parameter that we do not need is dropped, not a reason to refuse.
        if (!name || !value || !isCleanText(*name) || !isCleanText(*value))
            continue;
        // Where the strict reader was not asked, a binding's parameters were hidden from it.
        if (isBindingName(*name))
            read.bindingRefused = true;
        else
            read.further.emplace_back(*name, *value);
    }
}

} // namespace

Result<KeyUri> readTolerantly(std::string_view uri)
{
    std::optional<UriParts> parts = splitUri(uri);
    if (parts && parts->query.empty() && parts->fragment.find("secret=") != std::string_view::npos)
        parts = splitUri(uri, Fragment::PartOfPath);
    if (!parts)
        return failure(Errc::MalformedUri);
    if (equalsIgnoringCase(parts->scheme, "steam"))
        return readSteamAddress(*parts);
    if (!equalsIgnoringCase(parts->scheme, "otpauth") &&
        !equalsIgnoringCase(parts->scheme, "apple-otpauth"))
        return failure(Errc::UnsupportedUri);

    KeyUri read;
    if (equalsIgnoringCase(parts->authority, "hotp"))
        read.parameters.type = OtpType::Hotp;
    else if (!equalsIgnoringCase(parts->authority, "totp") &&
             !equalsIgnoringCase(parts->authority, "steam"))
        return failure(Errc::UnsupportedUri);

    const Query query{parts->parameters()};
    Result<std::string> issuer = query.text("issuer");
    if (!issuer)
        return tl::unexpected(issuer.error());
    // A missing "&" gives an issuer like "Acmeperiod=30".
    std::string missedPeriod;
    if (const std::size_t place = issuer->find("period="); place != std::string::npos) {
        missedPeriod = issuer->substr(place + std::string_view("period=").size());
        issuer->resize(place);
    }
    if (const Result<void> done = readParameters(query, missedPeriod, read); !done)
        return tl::unexpected(done.error());
    if (const Result<void> done = readNames(*parts, std::move(*issuer), read); !done)
        return tl::unexpected(done.error());
    if (isSteam(*parts, query, read))
        makeSteam(read);
    const UriParts::Parameter *secret = query.find("secret");
    if (secret == nullptr)
        return failure(Errc::EmptySecret);
    Result<SecretBytes> key = readSecret(secret->value);
    if (!key)
        return tl::unexpected(key.error());
    read.secret = std::move(*key);
    keepOthers(query, read);
    return read;
}

} // namespace hufu
