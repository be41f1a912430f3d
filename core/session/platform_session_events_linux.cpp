// login1 on the system bus tells of this session's lock, of user switches and of sleep; a screen
// saver on the session bus tells when it hides the screen. Source: the D-Bus interfaces
// org.freedesktop.login1(5) and the ScreenSaver interfaces of the desktops.

#include "core/base/logging.h"
#include "core/session/session_events.h"

#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

const QString login1 = u"org.freedesktop.login1"_s;
const QString managerPath = u"/org/freedesktop/login1"_s;
const QString managerInterface = u"org.freedesktop.login1.Manager"_s;
const QString sessionInterface = u"org.freedesktop.login1.Session"_s;
const QString propertiesInterface = u"org.freedesktop.DBus.Properties"_s;

/// The desktops' own names of the same signal.
const QStringList screenSavers{u"org.freedesktop.ScreenSaver"_s, u"org.gnome.ScreenSaver"_s,
                               u"org.cinnamon.ScreenSaver"_s, u"org.mate.ScreenSaver"_s,
                               u"org.xfce.ScreenSaver"_s};

class LinuxEvents final : public SessionEvents
{
    Q_OBJECT

public:
    LinuxEvents();

    void holdSleep(bool hold) override;
    void releaseSleep() override;

private slots: // QtDBus connects to named slots only
    void lock() { emit happened(Event::SessionLocked); }
    void prepareForSleep(bool isStarting);
    void propertiesChanged(const QString &interface, const QVariantMap &changed);
    void activeChanged(bool isActive);

private:
    void findSession();
    void followSession(const QString &path);
    void inhibit();

    QDBusConnection m_system = QDBusConnection::systemBus();
    QDBusUnixFileDescriptor m_inhibitor; ///< the sleep waits while this is open
    bool m_mayHold = false;
    bool m_isSleeping = false;
};

LinuxEvents::LinuxEvents()
{
    QDBusConnection session = QDBusConnection::sessionBus();
    for (const QString &interface : screenSavers) // whoever plays the screen saver on this desktop
        session.connect(QString(), QString(), interface, u"ActiveChanged"_s, this,
                        SLOT(activeChanged(bool)));
    if (!m_system.isConnected())
        return;
    m_system.connect(login1, managerPath, managerInterface, u"PrepareForSleep"_s, this,
                     SLOT(prepareForSleep(bool)));
    findSession();
}

void LinuxEvents::findSession()
{
    // A program that systemd started for the desktop belongs to no session itself: "auto" finds
    // the person's.
    const QString id = qEnvironmentVariable("XDG_SESSION_ID", u"auto"_s);
    QDBusMessage message =
        QDBusMessage::createMethodCall(login1, managerPath, managerInterface, u"GetSession"_s);
    message << id;
    auto *watcher = new QDBusPendingCallWatcher(m_system.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this](QDBusPendingCallWatcher *finished) {
                finished->deleteLater();
                const QDBusPendingReply<QDBusObjectPath> reply = *finished;
                if (reply.isError())
                    qCInfo(logUi) << "no session of login1:" << reply.error().name();
                else
                    followSession(reply.value().path());
            });
}

void LinuxEvents::followSession(const QString &path)
{
    m_system.connect(login1, path, sessionInterface, u"Lock"_s, this, SLOT(lock()));
    m_system.connect(login1, path, propertiesInterface, u"PropertiesChanged"_s, this,
                     SLOT(propertiesChanged(QString, QVariantMap)));
}

void LinuxEvents::holdSleep(bool hold)
{
    m_mayHold = hold;
    if (!hold)
        m_inhibitor = {};
    else if (!m_isSleeping && !m_inhibitor.isValid())
        inhibit();
}

void LinuxEvents::releaseSleep()
{
    m_inhibitor = {};
}

void LinuxEvents::inhibit()
{
    if (!m_system.isConnected())
        return;
    QDBusMessage message =
        QDBusMessage::createMethodCall(login1, managerPath, managerInterface, u"Inhibit"_s);
    message << u"sleep"_s << u"Hufu"_s << u"Hides the accounts before the sleep"_s << u"delay"_s;
    auto *watcher = new QDBusPendingCallWatcher(m_system.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this](QDBusPendingCallWatcher *finished) {
                finished->deleteLater();
                const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *finished;
                if (reply.isError())
                    qCInfo(logUi) << "the sleep cannot be held back:" << reply.error().name();
                else if (m_mayHold && !m_isSleeping)
                    m_inhibitor = reply.value();
            });
}

void LinuxEvents::prepareForSleep(bool isStarting)
{
    m_isSleeping = isStarting;
    if (!isStarting && m_mayHold && !m_inhibitor.isValid())
        inhibit(); // for the next time
    emit happened(isStarting ? Event::Sleeping : Event::Woken);
}

void LinuxEvents::propertiesChanged(const QString &interface, const QVariantMap &changed)
{
    if (interface != sessionInterface)
        return;
    if (changed.contains(u"Active"_s))
        emit happened(changed.value(u"Active"_s).toBool() ? Event::UserReturned
                                                          : Event::UserSwitched);
    // GNOME and KDE tell login1 of their own locks, too.
    if (changed.contains(u"LockedHint"_s))
        activeChanged(changed.value(u"LockedHint"_s).toBool());
}

void LinuxEvents::activeChanged(bool isActive)
{
    emit happened(isActive ? Event::ScreenLocked : Event::ScreenUnlocked);
}

} // namespace

std::unique_ptr<SessionEvents> SessionEvents::ofThisSystem()
{
    return std::make_unique<LinuxEvents>();
}

} // namespace hufu

#include "platform_session_events_linux.moc"
