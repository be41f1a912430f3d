#include "core/otp/base32.h"
#include "core/payload/api_base.h"
#include "core/payload/key_uri_reader.h"
#include "core/payload/shown_text.h"

#include <algorithm>
#include <array>
#include <map>

namespace hufu {
namespace {

// protocol.md B1, "Rules for a reader".
constexpr std::size_t longestBindingUri = 2'048;
constexpr std::size_t shortestSecret = 10;       // bytes: 80 bits
constexpr std::size_t longestStrictSecret = 128; // bytes: 1,024 bits
constexpr int longestName = 128;
constexpr std::size_t longestField = 64;
constexpr qsizetype pinSize = 32;
constexpr std::size_t pinTextSize = 43;

constexpr std::array<std::string_view, 11> knownNames{"secret", "issuer",  "algorithm", "digits",
                                                      "period", "counter", "v",         "appid",
                                                      "uid",    "api",     "spki"};

using Values = std::map<std::string_view, std::string_view>;

/// Known parameters by name, still encoded, and the others decoded. Known ones stand once.
Result<Values> sortParameters(const UriParts &parts, KeyUri &uri)
{
    Values values;
    for (const UriParts::Parameter &parameter : parts.parameters()) {
        if (std::ranges::find(knownNames, parameter.name) != knownNames.end()) {
            if (!values.emplace(parameter.name, parameter.value).second)
                return failure(Errc::DuplicateParameter);
            continue;
        }
        const auto name = percentDecoded(parameter.name, Plus::IsSpace);
        const auto value = percentDecoded(parameter.value, Plus::IsSpace);
        if (!name || !value || !isCleanText(*name) || !isCleanText(*value) || isBindingName(*name))
            return failure(Errc::MalformedUri); // a binding's name in disguise is one as well
        uri.further.emplace_back(*name, *value);
    }
    return values;
}

/// A value decoded, or nothing if it is absent. Errors: MalformedUri.
Result<std::optional<std::string>> textOf(const Values &values, std::string_view name)
{
    const auto found = values.find(name);
    if (found == values.end())
        return std::nullopt;
    std::optional<std::string> text = percentDecoded(found->second, Plus::IsSpace);
    if (!text || !isCleanText(*text))
        return failure(Errc::MalformedUri);
    return text;
}

Result<std::uint64_t> numberOf(const Values &values, std::string_view name, std::uint64_t absent,
                               std::uint64_t least, std::uint64_t most, Errc outside)
{
    const auto found = values.find(name);
    if (found == values.end())
        return absent;
    const std::optional<std::uint64_t> number = toNumber(found->second);
    if (!number || *number < least || *number > most)
        return failure(outside);
    return *number;
}

Result<OtpParameters> readParameters(const Values &values, OtpType type)
{
    OtpParameters parameters{.type = type};
    if (const auto found = values.find("algorithm"); found != values.end()) {
        const Result<HashAlgorithm> hash = readHash(found->second);
        if (!hash)
            return tl::unexpected(hash.error());
        parameters.hash = *hash;
    }
    const auto digits = numberOf(values, "digits", 6, 6, 8, Errc::DigitsOutOfRange);
    const auto period = numberOf(values, "period", 30, 15, 300, Errc::PeriodOutOfRange);
    const auto counter = numberOf(values, "counter", 0, 0, UINT64_MAX, Errc::MalformedUri);
    for (const auto *number : {&digits, &period, &counter}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    parameters.digits = static_cast<int>(*digits);
    parameters.period = static_cast<std::int64_t>(*period);
    parameters.counter = *counter;
    return parameters;
}

Result<SecretBytes> readSecret(const Values &values)
{
    const auto found = values.find("secret");
    if (found == values.end())
        return failure(Errc::EmptySecret);
    const Result<SecretBytes> text = percentDecodedSecret(found->second);
    if (!text)
        return tl::unexpected(text.error());
    Result<SecretBytes> secret = decodeBase32(text->text());
    if (secret && secret->size() < shortestSecret)
        return failure(Errc::SecretTooShort);
    if (secret && secret->size() > longestStrictSecret)
        return failure(Errc::SecretTooLong);
    return secret;
}

bool isAppId(std::string_view id)
{
    return !id.empty() && id.size() <= longestField && std::ranges::all_of(id, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
}

Result<std::vector<Sha256Digest>> readPins(const std::optional<std::string> &text)
{
    std::vector<Sha256Digest> pins;
    if (!text)
        return pins;
    std::string_view rest = *text;
    while (true) {
        const std::string_view piece = rest.substr(0, rest.find(','));
        const auto decoded = QByteArray::fromBase64Encoding(
            QByteArray(piece.data(), static_cast<qsizetype>(piece.size())),
            QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
        if (piece.size() != pinTextSize || !decoded || (*decoded).size() != pinSize ||
            pins.size() == 2)
            return failure(Errc::MalformedBinding);
        Sha256Digest pin;
        std::ranges::copy(std::as_bytes(std::span((*decoded).constData(), pin.size())),
                          pin.begin());
        pins.push_back(pin);
        if (piece.size() == rest.size())
            return pins;
        rest.remove_prefix(piece.size() + 1);
    }
}

/// The offer, or nothing where the rules refuse one and the account is imported without.
Result<std::optional<BindingOffer>> readBinding(const Values &values, Loopback loopback)
{
    const auto version = textOf(values, "v");
    const auto appId = textOf(values, "appid");
    const auto uid = textOf(values, "uid");
    const auto api = textOf(values, "api");
    const auto spki = textOf(values, "spki");
    for (const auto *text : {&version, &appId, &uid, &api, &spki}) {
        if (!*text)
            return tl::unexpected(text->error());
    }
    Result<std::vector<Sha256Digest>> pins = readPins(*spki);
    if (!pins)
        return tl::unexpected(pins.error());
    const bool good = *version == "1" && *appId && isAppId(**appId) && *uid && !(*uid)->empty() &&
                      (*uid)->size() <= longestField && *api && isApiBase(**api, loopback);
    if (!good)
        return std::nullopt;
    return BindingOffer{.api = **api, .appId = **appId, .uid = **uid, .pins = std::move(*pins)};
}

} // namespace

Result<KeyUri> readStrictly(std::string_view uri, const UriParts &parts, Loopback loopback)
{
    if (uri.size() > longestBindingUri)
        return failure(Errc::UriTooLong);
    if (!isCleanText(uri) || !parts.fragment.empty())
        return failure(Errc::MalformedUri);

    KeyUri read;
    const Result<Values> values = sortParameters(parts, read);
    if (!values)
        return tl::unexpected(values.error());
    const OtpType type =
        equalsIgnoringCase(parts.authority, "hotp") ? OtpType::Hotp : OtpType::Totp;
    const Result<OtpParameters> parameters = readParameters(*values, type);
    if (!parameters)
        return tl::unexpected(parameters.error());
    read.parameters = *parameters;
    Result<SecretBytes> secret = readSecret(*values);
    if (!secret)
        return tl::unexpected(secret.error());
    read.secret = std::move(*secret);

    const auto issuer = textOf(*values, "issuer");
    if (!issuer)
        return tl::unexpected(issuer.error());
    const Result<Label> label = readLabel(parts.path, issuer->value_or(std::string()));
    if (!label)
        return tl::unexpected(label.error());
    if (!isCleanText(label->prefix) || !isCleanText(label->account))
        return failure(Errc::MalformedUri);
    const auto shownIssuer = shownText(issuer->value_or(std::string()));
    const auto shownPrefix = shownText(label->prefix);
    const auto shownAccount = shownText(label->account);
    if (!shownIssuer || !shownPrefix || !shownAccount)
        return failure(Errc::MalformedUri);
    read.issuer = shownIssuer->isEmpty() ? *shownPrefix : *shownIssuer;
    // Two issuers that differ are both shown.
    read.account = shownPrefix->isEmpty() || *shownPrefix == read.issuer
                       ? *shownAccount
                       : *shownPrefix + QStringLiteral(": ") + *shownAccount;
    if (read.issuer.size() > longestName || read.account.size() > longestName)
        return failure(Errc::MalformedUri);

    Result<std::optional<BindingOffer>> binding = readBinding(*values, loopback);
    if (!binding)
        return tl::unexpected(binding.error());
    if (type == OtpType::Totp)
        read.binding = std::move(*binding);
    read.bindingRefused = !read.binding;
    return read;
}

} // namespace hufu
