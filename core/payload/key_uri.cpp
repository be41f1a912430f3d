#include "core/payload/key_uri.h"

#include "core/otp/base32.h"
#include "core/payload/key_uri_reader.h"

#include <algorithm>
#include <array>

namespace hufu {
namespace {

constexpr std::size_t longestUri = 4'096; // formats.md 1

std::string_view hashName(HashAlgorithm hash)
{
    switch (hash) {
    case HashAlgorithm::Sha1:
        return "SHA1";
    case HashAlgorithm::Sha256:
        return "SHA256";
    case HashAlgorithm::Sha512:
        return "SHA512";
    case HashAlgorithm::Md5:
        return "MD5";
    }
    Q_UNREACHABLE();
}

std::string_view trimmed(std::string_view text)
{
    static constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

/// Writes a URI piece by piece; the first failure is kept.
class UriWriter
{
public:
    void literal(std::string_view text)
    {
        if (m_done)
            m_done = m_uri.append(bytesOf(text));
    }
    void encoded(std::string_view text)
    {
        if (m_done)
            m_done = appendPercentEncoded(m_uri, text);
    }
    void parameter(std::string_view name, std::string_view value)
    {
        literal(m_first ? "?" : "&");
        m_first = false;
        encoded(name); // a further one may hold anything
        literal("=");
        encoded(value);
    }
    Result<SecretBytes> take()
    {
        if (!m_done)
            return tl::unexpected(m_done.error());
        return std::move(m_uri);
    }

private:
    SecretBytes m_uri;
    Result<void> m_done;
    bool m_first = true;
};

} // namespace

Result<KeyUri> KeyUri::copy() const
{
    Result<SecretBytes> secretCopy = SecretBytes::copyOf(secret.view());
    if (!secretCopy)
        return tl::unexpected(secretCopy.error());
    return KeyUri{.parameters = parameters,
                  .issuer = issuer,
                  .account = account,
                  .secret = std::move(*secretCopy),
                  .further = further,
                  .binding = binding,
                  .bindingRefused = bindingRefused};
}

Result<KeyUri> parseKeyUri(std::string_view uri, Loopback loopback)
{
    uri = trimmed(uri);
    if (uri.size() > longestUri)
        return failure(Errc::UriTooLong);
    if (uri.find('\0') != std::string_view::npos)
        return failure(Errc::MalformedUri);
    const std::optional<UriParts> parts = splitUri(uri);
    if (!parts)
        return failure(Errc::MalformedUri);
    if (asksForBinding(*parts))
        return readStrictly(uri, *parts, loopback);
    return readTolerantly(uri);
}

bool asksForBinding(const UriParts &parts)
{
    if (!equalsIgnoringCase(parts.scheme, "otpauth") ||
        !(equalsIgnoringCase(parts.authority, "totp") ||
          equalsIgnoringCase(parts.authority, "hotp")))
        return false;
    return std::ranges::any_of(parts.parameters(), [](const UriParts::Parameter &parameter) {
        return parameter.name != "spki" && isBindingName(parameter.name);
    });
}

bool isBindingName(std::string_view name)
{
    static constexpr std::array<std::string_view, 5> names{"v", "appid", "uid", "api", "spki"};
    return std::ranges::find(names, name) != names.end();
}

Result<HashAlgorithm> readHash(std::string_view name)
{
    for (const std::string_view prefix : {"Algorithm.", "HMAC-", "HMAC"}) {
        if (startsWithIgnoringCase(name, prefix))
            name.remove_prefix(prefix.size());
    }
    if (equalsIgnoringCase(name, "SHA1") || equalsIgnoringCase(name, "SHA-1"))
        return HashAlgorithm::Sha1;
    if (equalsIgnoringCase(name, "SHA256") || equalsIgnoringCase(name, "SHA-256"))
        return HashAlgorithm::Sha256;
    if (equalsIgnoringCase(name, "SHA512") || equalsIgnoringCase(name, "SHA-512"))
        return HashAlgorithm::Sha512;
    return failure(Errc::UnsupportedAlgorithm);
}

Result<Label> readLabel(std::string_view path, std::string_view issuer)
{
    const std::optional<std::string> whole = percentDecoded(path, Plus::IsPlus);
    if (!whole)
        return failure(Errc::MalformedUri);
    // A longer prefix that ends before a colon counts if it is the issuer itself.
    if (!issuer.empty() && whole->size() > issuer.size() && whole->starts_with(issuer) &&
        (*whole)[issuer.size()] == ':')
        return Label{std::string(issuer), whole->substr(issuer.size() + 1)};
    // The first literal colon parts the halves; an encoded one does if there is no literal one.
    if (const std::size_t colon = path.find(':'); colon != std::string_view::npos) {
        return Label{*percentDecoded(path.substr(0, colon), Plus::IsPlus),
                     *percentDecoded(path.substr(colon + 1), Plus::IsPlus)};
    }
    const std::size_t colon = whole->find(':');
    if (colon == std::string::npos)
        return Label{{}, *whole};
    return Label{whole->substr(0, colon), whole->substr(colon + 1)};
}

Result<SecretBytes> writeKeyUri(const KeyUri &uri)
{
    Result<SecretBytes> secret = encodeBase32(uri.secret.view());
    if (!secret)
        return secret;
    const std::string issuer = uri.issuer.toStdString();
    const OtpParameters &parameters = uri.parameters;
    UriWriter writer;
    writer.literal("otpauth://");
    writer.literal(parameters.type == OtpType::Hotp    ? "hotp/"
                   : parameters.type == OtpType::Steam ? "steam/"
                                                       : "totp/");
    if (!issuer.empty()) {
        writer.encoded(issuer);
        writer.literal(":");
    }
    writer.encoded(uri.account.toStdString());
    writer.parameter("secret", secret->text());
    if (!issuer.empty())
        writer.parameter("issuer", issuer);
    writer.parameter("algorithm", hashName(parameters.hash));
    writer.parameter("digits", std::to_string(parameters.digits));
    if (parameters.type == OtpType::Hotp)
        writer.parameter("counter", std::to_string(parameters.counter));
    else
        writer.parameter("period", std::to_string(parameters.period));
    for (const auto &[name, value] : uri.further) {
        // An earlier version kept them of plain accounts.
        if (!isBindingName(name))
            writer.parameter(name, value);
    }
    if (uri.binding) {
        writer.parameter("v", "1");
        writer.parameter("appid", uri.binding->appId);
        writer.parameter("uid", uri.binding->uid);
        writer.parameter("api", uri.binding->api);
        std::string pins;
        for (const Sha256Digest &pin : uri.binding->pins) {
            const auto raw = QByteArray(reinterpret_cast<const char *>(pin.data()),
                                        static_cast<qsizetype>(pin.size()));
            if (!pins.empty())
                pins += ',';
            pins += raw.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
                        .toStdString();
        }
        if (!pins.empty())
            writer.parameter("spki", pins);
    }
    return writer.take();
}

} // namespace hufu
