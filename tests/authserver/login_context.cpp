#include "login_context.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hufu::authserver {
namespace {

constexpr qsizetype longestMember = 128;
constexpr int ipv6Network = 64;

struct Mark
{
    std::string_view inAgent;
    std::string_view name;
};

// In the order of search: Edge and Opera call themselves Chrome too, and Chrome calls itself
// Safari.
constexpr std::array browsers{
    Mark{"Firefox/", "Firefox"}, Mark{"Edg/", "Edge"},       Mark{"OPR/", "Opera"},
    Mark{"Chrome/", "Chrome"},   Mark{"Version/", "Safari"},
};

// Android calls itself Linux too, and an iPhone is "like Mac OS X".
constexpr std::array systems{
    Mark{"Windows", "Windows"}, Mark{"Android", "Android"}, Mark{"iPhone", "iOS"},
    Mark{"iPad", "iPadOS"},     Mark{"Mac OS X", "macOS"},  Mark{"CrOS", "ChromeOS"},
    Mark{"Linux", "Linux"},
};

QByteArray bytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

QString ipMatch(const QHostAddress &browser, const QHostAddress &token)
{
    if (browser.isNull() || token.isNull())
        return QStringLiteral("unknown");
    if (browser.isLoopback() && token.isLoopback())
        return QStringLiteral("same");
    if (browser.protocol() != token.protocol())
        return QStringLiteral("unknown");
    const bool same = browser.protocol() == QAbstractSocket::IPv6Protocol
                          ? token.isInSubnet(browser, ipv6Network)
                          : browser == token;
    return same ? QStringLiteral("same") : QStringLiteral("different");
}

QByteArray sourceName(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address.toString().toLatin1();
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + ipv6Network / 8, std::end(bytes.c), quint8{0});
    return QHostAddress(bytes).toString().toLatin1();
}

QString browserName(const QByteArray &userAgent)
{
    for (const Mark &mark : browsers) {
        const qsizetype at = userAgent.indexOf(bytes(mark.inAgent));
        if (at < 0)
            continue;
        qsizetype end = at + static_cast<qsizetype>(mark.inAgent.size());
        const qsizetype begin = end;
        while (end < userAgent.size() && userAgent[end] >= '0' && userAgent[end] <= '9')
            ++end;
        return QString::fromLatin1(bytes(mark.name) + ' ' + userAgent.sliced(begin, end - begin))
            .trimmed();
    }
    return {};
}

QString systemName(const QByteArray &userAgent)
{
    for (const Mark &mark : systems) {
        if (userAgent.contains(bytes(mark.inAgent)))
            return QString::fromLatin1(bytes(mark.name));
    }
    return {};
}

QString shortened(const QString &text)
{
    return text.left(longestMember);
}

} // namespace hufu::authserver
