#include "core/payload/payload.h"

#include "core/payload/uri_parts.h"

#include <QUrl>
#include <QUtf8StringView>

#include <algorithm>
#include <array>

namespace hufu {
namespace {

constexpr std::size_t longestText = 4'096; // protocol.md B1
constexpr std::size_t tokenSize = 32;
constexpr std::string_view loginMark = "/verify/?token=";
constexpr std::string_view bindMark = "/bind/?token=";

struct Sign
{
    std::string_view prefix;
    NotOursKind kind;
};

// What other codes begin with (formats.md 1, last paragraph). More special rows come first.
constexpr std::array signs{
    Sign{"FIDO:/", NotOursKind::Passkey},
    Sign{"WIFI:", NotOursKind::Wifi},
    Sign{"phonefactor:", NotOursKind::OtherAuthenticator},
    Sign{"msauth", NotOursKind::OtherAuthenticator},
    Sign{"duo:", NotOursKind::OtherAuthenticator},
    Sign{"oktaverify:", NotOursKind::OtherAuthenticator},
    Sign{"com-okta-authenticator:", NotOursKind::OtherAuthenticator},
    Sign{"pia:", NotOursKind::OtherAuthenticator},
    Sign{"tiqr", NotOursKind::OtherAuthenticator},
    Sign{"BEGIN:VCARD", NotOursKind::Contact},
    Sign{"MECARD:", NotOursKind::Contact},
    Sign{"BIZCARD:", NotOursKind::Contact},
    Sign{"BEGIN:VEVENT", NotOursKind::Event},
    Sign{"BEGIN:VCALENDAR", NotOursKind::Event},
    Sign{"mailto:", NotOursKind::Mail},
    Sign{"MATMSG:", NotOursKind::Mail},
    Sign{"tel:", NotOursKind::Phone},
    Sign{"sms:", NotOursKind::Phone},
    Sign{"smsto:", NotOursKind::Phone},
    Sign{"geo:", NotOursKind::Place},
    Sign{"bitcoin:", NotOursKind::Payment},
    Sign{"ethereum:", NotOursKind::Payment},
    Sign{"lightning:", NotOursKind::Payment},
    Sign{"wxp://", NotOursKind::Payment},
    Sign{"https://qr.alipay.com/", NotOursKind::Payment},
    Sign{"BCD\n", NotOursKind::Payment},
    Sign{"BCD\r\n", NotOursKind::Payment},
    Sign{"weixin://", NotOursKind::ChatLogin},
    Sign{"https://login.weixin.qq.com/", NotOursKind::ChatLogin},
    Sign{"tg://login", NotOursKind::ChatLogin},
    Sign{"sgnl://", NotOursKind::ChatLogin},
    Sign{"https://discord.com/ra/", NotOursKind::ChatLogin},
};

bool isWebAddress(std::string_view text)
{
    return startsWithIgnoringCase(text, "https://") || startsWithIgnoringCase(text, "http://");
}

bool isUtf8(std::string_view text)
{
    return QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

bool isToken(std::string_view token)
{
    return token.size() == tokenSize && std::ranges::all_of(token, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// The host that a browser would go to, in A-label form.
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
    if (!isToken(token))
        return failure(Errc::DamagedLoginCode);
    return LoginCode{std::string(text.substr(0, mark)), std::string(token), serverOf(text)};
}

bool isKeyUri(std::string_view text)
{
    return startsWithIgnoringCase(text, "otpauth://") ||
           startsWithIgnoringCase(text, "apple-otpauth://") ||
           startsWithIgnoringCase(text, "steam://");
}

} // namespace

Result<Payload> readPayload(std::string_view text, PayloadOrigin origin, Loopback loopback)
{
    if (isKeyUri(text)) {
        Result<KeyUri> uri = parseKeyUri(text, loopback);
        if (!uri)
            return tl::unexpected(uri.error());
        return std::move(*uri);
    }
    if (startsWithIgnoringCase(text, "otpauth-migration:"))
        return MigrationBatch{};
    if (startsWithIgnoringCase(text, "motp:"))
        return failure(Errc::UnsupportedUri);
    if (text.size() > longestText || !isUtf8(text))
        return NotOurs{NotOursKind::Text, {}};
    for (const Sign &sign : signs) {
        if (startsWithIgnoringCase(text, sign.prefix))
            return NotOurs{sign.kind, {}};
    }
    if (!isWebAddress(text))
        return NotOurs{NotOursKind::Text, {}};
    if (const std::size_t mark = text.find(loginMark); mark != std::string_view::npos)
        return readLoginCode(text, mark, origin);
    const bool binds = text.find(bindMark) != std::string_view::npos;
    return NotOurs{binds ? NotOursKind::BindingAddress : NotOursKind::WebAddress, hostOf(text)};
}

} // namespace hufu
