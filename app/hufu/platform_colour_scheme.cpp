#include "app/hufu/platform_colour_scheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr int longestWait = 250; // ms
constexpr uint dark = 1;         // org.freedesktop.appearance: 0 no preference, 1 dark, 2 light

const QString service = u"org.freedesktop.portal.Desktop"_s;
const QString path = u"/org/freedesktop/portal/desktop"_s;
const QString interface = u"org.freedesktop.portal.Settings"_s;
const QString appearance = u"org.freedesktop.appearance"_s;
const QString colourScheme = u"color-scheme"_s;

} // namespace

bool ColourScheme::prefersDark()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return false;
    bus.connect(service, path, interface, u"SettingChanged"_s, this,
                SLOT(takeChange(QString, QString, QDBusVariant)));
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
    call.setArguments({appearance, colourScheme});
    call.setAutoStartService(false); // a portal that nobody needed yet is not started for this
    const QDBusMessage answer = bus.call(call, QDBus::Block, longestWait);
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty())
        return false;
    QVariant value = answer.arguments().constFirst();
    while (value.canConvert<QDBusVariant>()) // Read wraps twice
        value = value.value<QDBusVariant>().variant();
    return value.toUInt() == dark;
}

void ColourScheme::takeChange(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == appearance && key == colourScheme)
        emit changed(value.variant().toUInt() == dark);
}

} // namespace hufu
