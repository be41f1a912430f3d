// The notification service of the session bus. Source: Desktop Notifications Specification 1.2.

#include "core/base/logging.h"
#include "core/session/desktop_notices.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

const QString notificationService = u"org.freedesktop.Notifications"_s;
const QString notificationPath = u"/org/freedesktop/Notifications"_s;
constexpr int untilTheServiceThinks = -1;

class LinuxNotices final : public DesktopNotices
{
    Q_OBJECT

public:
    LinuxNotices();
    ~LinuxNotices() override { LinuxNotices::withdraw(); }

    void show(const QString &headline, const QString &rest) override;
    void withdraw() override;

private slots: // QtDBus connects to named slots only
    void actionInvoked(uint id, const QString &action);
    void activationToken(uint id, const QString &token);
    void notificationClosed(uint id, uint reason);

private:
    [[nodiscard]] static QDBusMessage call(const QString &method)
    {
        return QDBusMessage::createMethodCall(notificationService, notificationPath,
                                              notificationService, method);
    }
    void send();
    void followReply(const QDBusPendingReply<uint> &reply);

    QDBusConnection m_session = QDBusConnection::sessionBus();
    QString m_headline; ///< to be shown; empty for nothing
    QString m_rest;
    uint m_id = 0; ///< of the notification that is shown; 0: none
    bool m_isSending = false;
};

LinuxNotices::LinuxNotices()
{
    // From whoever is the service: to name it here would wait for the bus.
    const auto follow = [this](const QString &signal, const char *slot) {
        m_session.connect(QString(), notificationPath, notificationService, signal, this, slot);
    };
    follow(u"ActionInvoked"_s, SLOT(actionInvoked(uint, QString)));
    follow(u"ActivationToken"_s, SLOT(activationToken(uint, QString)));
    follow(u"NotificationClosed"_s, SLOT(notificationClosed(uint, uint)));
}

void LinuxNotices::show(const QString &headline, const QString &rest)
{
    m_headline = headline;
    m_rest = rest;
    send();
}

void LinuxNotices::withdraw()
{
    m_headline.clear();
    m_rest.clear();
    if (m_id != 0)
        m_session.send(call(u"CloseNotification"_s) << std::exchange(m_id, 0U));
}

/// One call at a time, since the next one needs the number that it brings.
void LinuxNotices::send()
{
    if (std::exchange(m_isSending, true))
        return;
    // The default action is what a click on the notification itself does; it has no button.
    const QVariantMap hints{{u"urgency"_s, QVariant::fromValue<uchar>(1)},
                            {u"desktop-entry"_s, u"hufu"_s}};
    QDBusMessage message = call(u"Notify"_s);
    message << u"Hufu"_s << m_id << u"hufu"_s << m_headline << m_rest
            << QStringList{u"default"_s, m_headline} << hints << untilTheServiceThinks;
    auto *watcher = new QDBusPendingCallWatcher(m_session.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, headline = m_headline, rest = m_rest](QDBusPendingCallWatcher *finished) {
                finished->deleteLater();
                m_isSending = false;
                followReply(*finished);
                if (!m_headline.isEmpty() && (m_headline != headline || m_rest != rest))
                    send();
            });
}

void LinuxNotices::followReply(const QDBusPendingReply<uint> &reply)
{
    if (reply.isError()) {
        m_id = 0;
        qCInfo(logUi) << "no notification:" << reply.error().name();
        emit notShown();
        return;
    }
    m_id = reply.value();
    if (m_headline.isEmpty()) // withdrawn meanwhile
        withdraw();
}

void LinuxNotices::actionInvoked(uint id, const QString &)
{
    if (id != 0 && id == m_id)
        emit clicked();
}

void LinuxNotices::activationToken(uint id, const QString &token)
{
    if (id != 0 && id == m_id)
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8()); // Qt takes it for the next activation
}

void LinuxNotices::notificationClosed(uint id, uint)
{
    if (id == m_id)
        m_id = 0;
}

} // namespace

std::unique_ptr<DesktopNotices> DesktopNotices::ofThisSystem()
{
    return std::make_unique<LinuxNotices>();
}

} // namespace hufu

#include "platform_desktop_notices_linux.moc"
