#include "core/scan/platform_portal.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

const QString busName = u"hufu screenshot"_s;
const QString service = u"org.freedesktop.portal.Desktop"_s;
const QString desktopPath = u"/org/freedesktop/portal/desktop"_s;
const QString requestInterface = u"org.freedesktop.portal.Request"_s;

enum class Dialog { None, Desktops };

/// How a request ended; the numbers are the portal's.
enum class Ending { Granted = 0, Refused = 1, Otherwise = 2 };

struct Response
{
    Ending ending = Ending::Otherwise;
    QString uri;
};

tl::unexpected<Error> unavailable(const QString &why)
{
    return failure(Errc::ScreenUnavailable, why);
}

/// The address of the session's bus; empty if there is none. Looked up here because the bus's own
/// library would else start a bus.
QString sessionBusAddress()
{
    const QString told = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    if (!told.isEmpty())
        return told;
    const QString path = qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s;
    return QFileInfo::exists(path) && path.startsWith(u'/') ? u"unix:path="_s + path : QString();
}

/// One request: the call, and the signal that comes when the person has decided.
class Request : public QObject
{
    Q_OBJECT

public:
    explicit Request(Dialog dialog)
        : m_bus(busName)
        , m_dialog(dialog)
    {
    }

    Result<Response> wait(QDeadlineTimer deadline);

private slots: // QtDBus connects to named slots only
    void respond(uint response, const QVariantMap &results)
    {
        if (m_outcome)
            return;
        const bool isKnown = response <= static_cast<uint>(Ending::Otherwise);
        m_outcome = Response{isKnown ? static_cast<Ending>(response) : Ending::Otherwise,
                             results.value(u"uri"_s).toString()}; // of another type: an empty text
        m_loop.quit();
    }

private:
    bool listen(const QString &path)
    {
        return m_bus.connect(service, path, requestInterface, u"Response"_s, this,
                             SLOT(respond(uint, QVariantMap)));
    }

    void finishCall(const QDBusPendingReply<QDBusObjectPath> &reply);
    void close();

    QDBusConnection m_bus;
    Dialog m_dialog;
    QString m_path; ///< of the request's object
    QEventLoop m_loop;
    std::optional<Result<Response>> m_outcome;
};

Result<Response> Request::wait(QDeadlineTimer deadline)
{
    // The path is known before the call, so that no answer can come too early to be heard.
    const QString token = u"hufu%1"_s.arg(QRandomGenerator::system()->generate64(), 0, 16);
    const QString sender = m_bus.baseService().mid(1).replace(u'.', u'_');
    m_path = desktopPath + u"/request/"_s + sender + u'/' + token;
    if (!listen(m_path))
        return unavailable(u"the bus takes no subscription"_s);

    QDBusMessage call = QDBusMessage::createMethodCall(
        service, desktopPath, u"org.freedesktop.portal.Screenshot"_s, u"Screenshot"_s);
    call << QString() // no parent window: this process has none
         << QVariantMap{{u"handle_token"_s, token},
                        {u"interactive"_s, m_dialog == Dialog::Desktops}};
    const auto remaining = static_cast<int>(std::max(qint64{1}, deadline.remainingTime()));
    QDBusPendingCallWatcher watcher(m_bus.asyncCall(call, remaining));
    connect(&watcher, &QDBusPendingCallWatcher::finished, this,
            [this](QDBusPendingCallWatcher *done) { finishCall(*done); });
    QTimer::singleShot(remaining, this, [this] {
        if (m_outcome)
            return;
        m_outcome = unavailable(u"the portal does not answer"_s);
        close();
        m_loop.quit();
    });
    if (!m_outcome)
        m_loop.exec();
    return std::move(*m_outcome);
}

void Request::finishCall(const QDBusPendingReply<QDBusObjectPath> &reply)
{
    if (m_outcome)
        return;
    if (reply.isError()) {
        m_outcome = unavailable(reply.error().name());
        m_loop.quit();
    } else if (reply.value().path() != m_path) {
        // Portals before 0.9 choose the path themselves.
        m_path = reply.value().path();
        if (listen(m_path))
            return;
        m_outcome = unavailable(u"the portal names no request"_s);
        m_loop.quit();
    }
}

/// Nobody waits any more: takes the desktop's dialog away.
void Request::close()
{
    m_bus.send(QDBusMessage::createMethodCall(service, m_path, requestInterface, u"Close"_s));
}

} // namespace

ScreenshotPortal::ScreenshotPortal(std::unique_ptr<QCoreApplication> application)
    : m_application(std::move(application))
{
}

Result<ScreenshotPortal> ScreenshotPortal::connect()
{
    static char name[] = "hufu-scanner";
    static char *arguments[] = {name, nullptr};
    static int count = 1;
    std::unique_ptr<QCoreApplication> application;
    if (!QCoreApplication::instance())
        application = std::make_unique<QCoreApplication>(count, arguments);
    const QString address = sessionBusAddress();
    if (address.isEmpty() || !QDBusConnection::connectToBus(address, busName).isConnected())
        return unavailable(u"no session bus"_s);
    return ScreenshotPortal(std::move(application));
}

Result<QString> ScreenshotPortal::ask(std::chrono::milliseconds patience) const
{
    const QDeadlineTimer deadline(patience);
    for (const Dialog dialog : {Dialog::None, Dialog::Desktops}) {
        const Result<Response> response = Request(dialog).wait(deadline);
        if (!response)
            return tl::unexpected(response.error());
        if (response->ending == Ending::Refused)
            return failure(Errc::ScreenRefused);
        if (response->ending == Ending::Otherwise)
            continue;
        const QUrl uri(response->uri, QUrl::StrictMode);
        const bool isHere = uri.isLocalFile() && uri.host().isEmpty();
        if (!isHere || uri.toLocalFile().contains(QChar(u'\0')))
            return unavailable(u"the portal names no local file"_s);
        return uri.toLocalFile();
    }
    return unavailable(u"the portal gives no picture"_s);
}

} // namespace hufu

#include "platform_portal.moc"
