#include "core/payload/not_ours.h"

#include "core/payload/uri_parts.h"

#include <algorithm>
#include <array>

namespace hufu {
namespace {

struct Sign
{
    std::string_view prefix;
    NotOursKind kind;
    const char *app = "";
};

// What other codes begin with. More special rows come first.
constexpr std::array signs{
    Sign{"FIDO:/", NotOursKind::Passkey},
    Sign{"WIFI:", NotOursKind::Wifi},
    Sign{"DPP:", NotOursKind::Wifi}, // Wi-Fi Easy Connect
    Sign{"phonefactor:", NotOursKind::OtherAuthenticator, "Microsoft Authenticator"},
    Sign{"msauth", NotOursKind::OtherAuthenticator, "Microsoft Authenticator"},
    Sign{"duo:", NotOursKind::OtherAuthenticator, "Duo Mobile"},
    Sign{"oktaverify:", NotOursKind::OtherAuthenticator, "Okta Verify"},
    Sign{"com-okta-authenticator:", NotOursKind::OtherAuthenticator, "Okta Verify"},
    Sign{"com.rsa.securid", NotOursKind::OtherAuthenticator, "RSA Authenticator"},
    Sign{"http://127.0.0.1/securid/ct", NotOursKind::OtherAuthenticator, "RSA Authenticator"},
    Sign{"https://s.team/q/", NotOursKind::OtherAuthenticator, "Steam"},
    Sign{"authy:", NotOursKind::OtherAuthenticator, "Authy"},
    Sign{"pushauth:", NotOursKind::OtherAuthenticator, "ForgeRock Authenticator"},
    Sign{"mfauth:", NotOursKind::OtherAuthenticator, "ForgeRock Authenticator"},
    Sign{"pia:", NotOursKind::OtherAuthenticator, "privacyIDEA Authenticator"},
    Sign{"tiqr", NotOursKind::OtherAuthenticator, "tiqr"},
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
    Sign{"mmsto:", NotOursKind::Phone},
    Sign{"geo:", NotOursKind::Place},
    Sign{"bitcoin:", NotOursKind::Payment},
    Sign{"bitcoincash:", NotOursKind::Payment},
    Sign{"litecoin:", NotOursKind::Payment},
    Sign{"monero:", NotOursKind::Payment},
    Sign{"ethereum:", NotOursKind::Payment},
    Sign{"lightning:", NotOursKind::Payment},
    Sign{"lnbc", NotOursKind::Payment}, // a bare Lightning invoice
    Sign{"upi://", NotOursKind::Payment},
    Sign{"wxp://", NotOursKind::Payment, "WeChat Pay"},
    Sign{"weixin://wxpay/", NotOursKind::Payment, "WeChat Pay"},
    Sign{"https://qr.alipay.com/", NotOursKind::Payment, "Alipay"},
    Sign{"alipay", NotOursKind::Payment, "Alipay"}, // alipays:, alipayqr:
    Sign{"https://qr.95516.com/", NotOursKind::Payment, "UnionPay"},
    Sign{"BCD\n", NotOursKind::Payment}, // SEPA credit transfer, EPC069-12
    Sign{"BCD\r\n", NotOursKind::Payment},
    Sign{"SPC\n", NotOursKind::Payment}, // Swiss QR bill
    Sign{"SPC\r\n", NotOursKind::Payment},
    Sign{"SPD*", NotOursKind::Payment}, // Czech payment descriptor
    Sign{"weixin://", NotOursKind::ChatLogin, "WeChat"},
    Sign{"https://login.weixin.qq.com/", NotOursKind::ChatLogin, "WeChat"},
    Sign{"https://txz.qq.com/p?k=", NotOursKind::ChatLogin, "QQ"},
    Sign{"tg://login", NotOursKind::ChatLogin, "Telegram"},
    Sign{"sgnl://", NotOursKind::ChatLogin, "Signal"},
    Sign{"tsdevice:", NotOursKind::ChatLogin, "Signal"},
    Sign{"https://wa.me/settings/linked_devices", NotOursKind::ChatLogin, "WhatsApp"},
    Sign{"https://discord.com/ra/", NotOursKind::ChatLogin, "Discord"},
    Sign{"https://discordapp.com/ra/", NotOursKind::ChatLogin, "Discord"},
    Sign{"https://line.me/R/au/", NotOursKind::ChatLogin, "LINE"},
};

bool isLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// EMVCo merchant-presented code: payload format "01" at the front, a CRC in field 63 at the end.
bool isEmvPayment(std::string_view text)
{
    constexpr std::string_view front = "000201";
    constexpr std::string_view mark = "6304";
    constexpr std::size_t tail = 8; // the mark and four hex digits
    return text.starts_with(front) && text.size() >= front.size() + tail &&
           text.substr(text.size() - tail, mark.size()) == mark;
}

/// Duo Mobile: `CODE-HOST`, the host `api-….duosecurity.com` in base64; or an address of it.
bool isDuoActivation(std::string_view text)
{
    constexpr std::size_t codeSize = 20;
    if (text.size() > codeSize && std::ranges::all_of(text.substr(0, codeSize), isLetterOrDigit) &&
        text.substr(codeSize).starts_with("-YXBpL"))
        return true;
    const std::optional<UriParts> parts = splitUri(text);
    constexpr std::string_view domain = ".duosecurity.com";
    return parts && parts->authority.size() > domain.size() &&
           equalsIgnoringCase(parts->authority.substr(parts->authority.size() - domain.size()),
                              domain) &&
           (startsWithIgnoringCase(parts->path, "activate/") ||
            startsWithIgnoringCase(parts->path, "push/v2/activation/"));
}

/// WhatsApp Web: `2@` and fields in base64, cut by commas.
bool isWhatsAppLogin(std::string_view text)
{
    return (text.starts_with("2@") || text.starts_with("1@")) &&
           std::ranges::count(text, ',') >= 2 && std::ranges::all_of(text.substr(2), [](char c) {
               return isLetterOrDigit(c) || c == ',' || c == '+' || c == '/' || c == '=' ||
                      c == '-' || c == '_';
           });
}

} // namespace

std::optional<NotOurs> recognise(std::string_view text)
{
    if (isDuoActivation(text))
        return NotOurs{NotOursKind::OtherAuthenticator, {}, QStringLiteral("Duo Mobile")};
    if (isWhatsAppLogin(text))
        return NotOurs{NotOursKind::ChatLogin, {}, QStringLiteral("WhatsApp")};
    if (isEmvPayment(text))
        return NotOurs{NotOursKind::Payment, {}};
    const auto sign = std::ranges::find_if(
        signs, [&](const Sign &one) { return startsWithIgnoringCase(text, one.prefix); });
    if (sign == signs.end())
        return std::nullopt;
    return NotOurs{sign->kind, {}, QString::fromLatin1(sign->app)};
}

} // namespace hufu
