#include "core/login/proxy_settings.h"

#include <QSettings>
#include <QUrl>

#include <algorithm>

namespace hufu {
namespace {

constexpr auto kindKey = "servers/proxy";
constexpr auto hostKey = "servers/proxyHost";
constexpr auto portKey = "servers/proxyPort";
constexpr auto userKey = "servers/proxyUser";

constexpr auto noneName = "none";
constexpr auto manualName = "manual";
constexpr auto systemName = "system";

const char *nameOf(ProxySettings::Kind kind)
{
    switch (kind) {
    case ProxySettings::Kind::System:
        return systemName;
    case ProxySettings::Kind::None:
        return noneName;
    case ProxySettings::Kind::Manual:
        return manualName;
    }
    Q_UNREACHABLE();
}

} // namespace

ProxySettings ProxySettings::read(const QString &settingsFile)
{
    const QSettings file(settingsFile, QSettings::IniFormat);
    ProxySettings settings;
    const QString kind = file.value(QLatin1String(kindKey)).toString();
    if (kind == QLatin1String(manualName))
        settings.kind = Kind::Manual;
    else if (kind == QLatin1String(noneName))
        settings.kind = Kind::None;
    settings.host = file.value(QLatin1String(hostKey)).toString();
    settings.user = file.value(QLatin1String(userKey)).toString();
    bool isNumber = false;
    const uint port = file.value(QLatin1String(portKey)).toUInt(&isNumber);
    if (isNumber && port <= 65'535)
        settings.port = static_cast<quint16>(port);
    return settings;
}

void ProxySettings::write(const QString &settingsFile) const
{
    QSettings file(settingsFile, QSettings::IniFormat);
    file.setValue(QLatin1String(kindKey), QLatin1String(nameOf(kind)));
    file.setValue(QLatin1String(hostKey), host);
    file.setValue(QLatin1String(portKey), port);
    file.setValue(QLatin1String(userKey), user);
}

bool ProxySettings::isComplete() const
{
    return port != 0 && isProxyHost(host);
}

bool isProxyHost(const QString &host)
{
    if (host.isEmpty() || host.size() > 253)
        return false;
    const auto fits = [](QChar c) {
        return c.isLetterOrNumber() || c == QLatin1Char('-') || c == QLatin1Char('.') ||
               c == QLatin1Char(':') || c == QLatin1Char('_');
    };
    return std::all_of(host.begin(), host.end(), fits);
}

} // namespace hufu
