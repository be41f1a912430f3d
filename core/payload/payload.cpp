#include "core/payload/payload.h"

#include "core/payload/api_base.h"
#include "core/payload/uri_parts.h"

#include <QUrl>
#include <QUtf8StringView>

#include <algorithm>

namespace hufu {
namespace {

constexpr std::size_t longestText = 4'096; // protocol.md B1
constexpr std::size_t tokenSize = 32;
constexpr std::string_view loginMark = "/verify/?token=";
constexpr std::string_view bindMark = "/bind/?token=";

bool isWebAddress(std::string_view text)
{
    return startsWithIgnoringCase(text, "https://") || startsWithIgnoringCase(text, "http://");
}

bool isUtf8(std::string_view text)
{
    return QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

/// The host that a browser would go to, in A-label form; empty if it would go to none.
QString hostOf(std::string_view address)
{
    const QUrl url(QString::fromUtf8(address.data(), static_cast<qsizetype>(address.size())));
    const QString host = QString::fromLatin1(QUrl::toAce(url.host()));
    return host.isEmpty() ? url.host(QUrl::FullyEncoded) : host;
}

/// hostOf with what else makes it another server than a bound one of that name: the port, and a
/// scheme without encryption.
QString serverOf(std::string_view address)
{
    const QUrl url(QString::fromUtf8(address.data(), static_cast<qsizetype>(address.size())));
    const QString scheme =
        url.scheme() == QLatin1String("http") ? QStringLiteral("http://") : QString();
    const QString port = url.port() < 0 ? QString() : QStringLiteral(":%1").arg(url.port());
    return scheme + hostOf(address) + port;
}

Result<Payload> readLoginCode(std::string_view text, std::size_t mark, PayloadOrigin origin)
{
    if (origin == PayloadOrigin::Text)
        return failure(Errc::LoginNeedsPicture);
    const std::string_view token = text.substr(mark + loginMark.size());
    if (!isToken(token) || hostOf(text).isEmpty())
        return failure(Errc::DamagedLoginCode);
    return LoginCode{std::string(text.substr(0, mark)), std::string(token), serverOf(text)};
}

Result<Payload> readBindingAddress(std::string_view text, std::size_t mark, PayloadOrigin origin,
                                   Loopback loopback)
{
    if (origin == PayloadOrigin::Text)
        return NotOurs{NotOursKind::BindingAddress, serverOf(text)};
    const std::string_view base = text.substr(0, mark);
    const std::string_view token = text.substr(mark + bindMark.size());
    if (!isToken(token) || !isApiBase(base, loopback))
        return failure(Errc::MalformedBinding);
    const std::string_view host = hostOfApiBase(base);
    return BindingAddress{std::string(base), std::string(token),
                          QString::fromLatin1(host.data(), static_cast<qsizetype>(host.size()))};
}

bool isKeyUri(std::string_view text)
{
    return startsWithIgnoringCase(text, "otpauth://") ||
           startsWithIgnoringCase(text, "apple-otpauth://") ||
           startsWithIgnoringCase(text, "steam://");
}

} // namespace

bool isToken(std::string_view text)
{
    return text.size() == tokenSize && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Result<Payload> readPayload(std::string_view text, PayloadOrigin origin, Loopback loopback)
{
    if (isKeyUri(text)) {
        Result<KeyUri> uri = parseKeyUri(text, loopback);
        if (!uri)
            return tl::unexpected(uri.error());
        return std::move(*uri);
    }
    if (startsWithIgnoringCase(text, "otpauth-migration:"))
        return readMigration(text).map(
            [](MigrationPart &&part) { return Payload(std::move(part)); });
    if (startsWithIgnoringCase(text, "motp:"))
        return failure(Errc::UnsupportedUri);
    if (text.size() > longestText || !isUtf8(text))
        return NotOurs{NotOursKind::Text, {}};
    if (std::optional<NotOurs> known = recognise(text))
        return std::move(*known);
    if (!isWebAddress(text))
        return NotOurs{NotOursKind::Text, {}};
    if (const std::size_t mark = text.find(loginMark); mark != std::string_view::npos)
        return readLoginCode(text, mark, origin);
    const QString host = hostOf(text);
    if (host.isEmpty())
        return NotOurs{NotOursKind::Text, {}};
    if (const std::size_t mark = text.find(bindMark); mark != std::string_view::npos)
        return readBindingAddress(text, mark, origin, loopback);
    return NotOurs{NotOursKind::WebAddress, host};
}

} // namespace hufu
