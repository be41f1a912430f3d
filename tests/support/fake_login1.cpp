#include "tests/support/fake_login1.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>

#include <poll.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace hufu::test {
namespace {

const QString managerPath = u"/org/freedesktop/login1"_s;
const QString sessionPath = u"/org/freedesktop/login1/session/_32"_s;
const QString serviceName = u"org.freedesktop.login1"_s;
const QString connectionName = u"fake login1"_s;

} // namespace

/// What is called over the bus.
class FakeLogin1::Service : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    Service()
        : bus(QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"),
                                            connectionName))
    {
        isServing = bus.registerObject(managerPath, this, QDBusConnection::ExportAllSlots) &&
                    bus.registerService(serviceName);
    }

    ~Service() override
    {
        if (kept >= 0)
            close(kept);
        bus.unregisterService(serviceName);
        QDBusConnection::disconnectFromBus(connectionName);
    }

    void send(const QDBusMessage &signal)
    {
        if (!bus.send(signal))
            qFatal("a signal cannot be sent");
    }

    QDBusConnection bus;
    bool isServing = false;
    int inhibitors = 0;
    int kept = -1; ///< the reading end: at its end once the inhibitor is closed
    QString lastMode;

public slots:
    QDBusObjectPath GetSession(const QString &) { return QDBusObjectPath(sessionPath); }

    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &, const QString &,
                                    const QString &mode)
    {
        int ends[2] = {-1, -1};
        if (what != u"sleep"_s || pipe(ends) != 0)
            return {};
        if (kept >= 0)
            close(kept);
        kept = ends[0];
        lastMode = mode;
        ++inhibitors;
        QDBusUnixFileDescriptor given(ends[1]); // a copy; the reply brings another to the caller
        close(ends[1]);
        return given;
    }
};

void FakeLogin1::standInForTheSystem()
{
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", qgetenv("DBUS_SESSION_BUS_ADDRESS"));
}

FakeLogin1::FakeLogin1()
    : m_service(std::make_unique<Service>())
{
}

FakeLogin1::~FakeLogin1() = default;

bool FakeLogin1::isServing() const
{
    return m_service->isServing;
}

int FakeLogin1::inhibitors() const
{
    return m_service->inhibitors;
}

QString FakeLogin1::lastMode() const
{
    return m_service->lastMode;
}

void FakeLogin1::prepareForSleep(bool isStarting)
{
    QDBusMessage signal = QDBusMessage::createSignal(
        managerPath, u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s);
    m_service->send(signal << isStarting);
}

void FakeLogin1::lockSession()
{
    m_service->send(
        QDBusMessage::createSignal(sessionPath, u"org.freedesktop.login1.Session"_s, u"Lock"_s));
}

void FakeLogin1::setSessionActive(bool isActive)
{
    QDBusMessage signal = QDBusMessage::createSignal(
        sessionPath, u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
    m_service->send(signal << u"org.freedesktop.login1.Session"_s
                           << QVariantMap{{u"Active"_s, isActive}} << QStringList());
}

void FakeLogin1::screenSaverActive(const QString &interface, bool isActive)
{
    QDBusMessage signal =
        QDBusMessage::createSignal(u"/ScreenSaver"_s, interface, u"ActiveChanged"_s);
    m_service->send(signal << isActive);
}

bool FakeLogin1::isInhibited() const
{
    if (m_service->kept < 0)
        return false;
    pollfd ask{.fd = m_service->kept, .events = POLLIN, .revents = 0};
    poll(&ask, 1, 0);
    return !(ask.revents & POLLHUP);
}

} // namespace hufu::test

#include "fake_login1.moc"
