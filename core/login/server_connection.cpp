#include "core/login/server_connection.h"

#include "core/login/proxy_challenge.h"
#include "core/login/tls_pins.h"

#include <QHostInfo>
#include <QNetworkInterface>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslError>

#include <algorithm>

namespace hufu {
namespace {

using namespace std::chrono_literals;

/// An address that swallows what it gets (a broken IPv6, mostly) must not eat the whole time.
constexpr auto patienceForAnAddress = 3s;
/// More than the largest answer, so that none has to be fetched piece by piece.
constexpr qint64 largestBacklog = 96 * 1024;

/// What to tell of several objections: the one that says most about who is at the other end.
Errc codeOf(const QList<QSslError> &errors)
{
    const auto has = [&](std::initializer_list<QSslError::SslError> kinds) {
        return std::any_of(errors.begin(), errors.end(), [&](const QSslError &error) {
            return std::find(kinds.begin(), kinds.end(), error.error()) != kinds.end();
        });
    };
    if (has({QSslError::UnableToGetIssuerCertificate, QSslError::UnableToGetLocalIssuerCertificate,
             QSslError::UnableToVerifyFirstCertificate, QSslError::SelfSignedCertificate,
             QSslError::SelfSignedCertificateInChain, QSslError::CertificateUntrusted}))
        return Errc::TlsUnknownIssuer;
    if (has({QSslError::HostNameMismatch}))
        return Errc::TlsWrongHost;
    if (has({QSslError::CertificateExpired, QSslError::CertificateNotYetValid}))
        return Errc::TlsExpired;
    return Errc::TlsFailed;
}

/// Whether this machine has no address besides its own loopback.
bool isOffline()
{
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    return std::none_of(interfaces.begin(), interfaces.end(), [](const QNetworkInterface &one) {
        return one.flags().testFlag(QNetworkInterface::IsRunning) &&
               !one.flags().testFlag(QNetworkInterface::IsLoopBack) &&
               !one.addressEntries().isEmpty();
    });
}

/// Why a proxy that wants a login does not take ours: Basic is the only kind that we speak.
Errc loginFault(const QByteArrayList &challenges)
{
    const QByteArrayList kinds = proxyLoginKinds(challenges);
    return kinds.isEmpty() || kinds.contains("basic") ? Errc::ProxyRefused
                                                      : Errc::ProxyLoginUnsupported;
}

QSslConfiguration configurationFor(const QList<QSslCertificate> &roots)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.setCaCertificates(roots);
    return tls;
}

} // namespace

ServerConnection::ServerConnection(const QUrl &url, ServerTrust trust, QObject *parent)
    : QObject(parent)
    , m_url(url)
    , m_trust(std::move(trust))
    , m_proxyAnswer(HttpAnswerReader::To::Connect, largestBacklog)
{
    m_nextAddress.setSingleShot(true);
    m_nextAddress.callOnTimeout(this, &ServerConnection::tryNextAddress);
    m_socket.setProxy(QNetworkProxy::NoProxy); // the way is ours to say
    m_socket.setReadBufferSize(largestBacklog);
    m_socket.setSslConfiguration(configurationFor(m_trust.roots));
    m_socket.setPeerVerifyName(targetHost());
    connect(&m_socket, &QSslSocket::connected, this, &ServerConnection::greet);
    connect(&m_socket, &QSslSocket::readyRead, this, [this] {
        if (m_step == Step::Tunnelling)
            readProxyAnswer();
    });
    connect(&m_socket, &QSslSocket::sslErrors, this,
            [this](const QList<QSslError> &errors) { m_objection = codeOf(errors); });
    connect(&m_socket, &QSslSocket::encrypted, this, &ServerConnection::judge);
    connect(&m_socket, &QSslSocket::errorOccurred, this, &ServerConnection::followFault);
}

ServerConnection::~ServerConnection()
{
    m_socket.disconnect(this);
}

QString ServerConnection::targetHost() const
{
    return m_url.host(QUrl::FullyEncoded);
}

void ServerConnection::open(std::optional<HttpProxy> proxy)
{
    m_proxy = std::move(proxy);
    const QString host = m_proxy ? m_proxy->host : targetHost();
    QHostInfo::lookupHost(host, this, [this](const QHostInfo &info) {
        m_addresses = info.addresses();
        if (m_addresses.isEmpty())
            return followFault(QAbstractSocket::HostNotFoundError);
        tryNextAddress();
    });
}

void ServerConnection::tryNextAddress()
{
    m_socket.abort();
    const QHostAddress address = m_addresses.takeFirst();
    if (!m_addresses.isEmpty())
        m_nextAddress.start(patienceForAnAddress);
    const int port = m_proxy ? m_proxy->port : m_url.port(443);
    m_socket.connectToHost(address, static_cast<quint16>(port));
}

void ServerConnection::greet()
{
    m_nextAddress.stop();
    m_proxy ? askProxy() : secure();
}

void ServerConnection::askProxy()
{
    m_step = Step::Tunnelling;
    const QString host = targetHost();
    const QByteArray name =
        host.contains(QLatin1Char(':')) ? '[' + host.toLatin1() + ']' : host.toLatin1();
    const QByteArray target = name + ':' + QByteArray::number(m_url.port(443));
    m_socket.write("CONNECT " + target + " HTTP/1.1\r\nHost: " + target +
                   "\r\nUser-Agent: Hufu/" HUFU_VERSION "\r\n");
    if (m_proxy->login) {
        const std::string_view login = m_proxy->login->text();
        m_socket.write("Proxy-Authorization: Basic ");
        m_socket.write(login.data(), static_cast<qint64>(login.size()));
        m_socket.write("\r\n");
    }
    m_socket.write("\r\n");
}

void ServerConnection::readProxyAnswer()
{
    const Result<void> taken = m_proxyAnswer.take(m_socket.readAll());
    if (!taken)
        return fail(Errc::ProxyRefused, QStringLiteral("its answer makes no sense"));
    if (!m_proxyAnswer.hasHead())
        return;
    const int status = m_proxyAnswer.status();
    const QString detail = QStringLiteral("the proxy says %1").arg(status);
    if (status == 407)
        return fail(loginFault(m_proxyAnswer.fields("proxy-authenticate")), detail);
    if (status >= 500) // it does not reach the server
        return fail(Errc::ServerUnreachable, detail);
    if (status >= 300)
        return fail(Errc::ProxyRefused, detail);
    secure();
}

void ServerConnection::secure()
{
    m_step = Step::Securing;
    m_socket.startClientEncryption();
}

void ServerConnection::judge()
{
    if (m_step != Step::Securing)
        return;
    const QSslConfiguration tls = m_socket.sslConfiguration();
    if (!m_trust.pins.empty() &&
        !chainHasPin(tls.peerCertificateChain(), m_trust.roots, m_trust.pins))
        return fail(Errc::TlsPinMismatch);
    m_step = Step::Open;
    emit opened();
}

Errc ServerConnection::tooLate() const
{
    const bool isAtProxy = m_step == Step::Reaching || m_step == Step::Tunnelling;
    return m_proxy && isAtProxy ? Errc::ProxyUnreachable : Errc::ServerTimedOut;
}

void ServerConnection::followFault(QAbstractSocket::SocketError error)
{
    const QString detail = m_socket.errorString();
    switch (m_step) {
    case Step::Reaching:
        if (!m_addresses.isEmpty())
            return m_nextAddress.start(0ms); // not from within the socket's own signal
        if (!isOnThisMachine(m_proxy ? m_proxy->host : targetHost()) && isOffline())
            return fail(Errc::NoNetwork);
        return fail(m_proxy ? Errc::ProxyUnreachable : Errc::ServerUnreachable, detail);
    case Step::Tunnelling:
        return fail(Errc::ProxyRefused, QStringLiteral("it ended the connection"));
    case Step::Securing:
        if (m_objection)
            return fail(*m_objection);
        return fail(error == QAbstractSocket::SslHandshakeFailedError ? Errc::TlsFailed
                                                                      : Errc::ServerUnreachable,
                    detail);
    case Step::Open:
        return fail(Errc::ServerUnreachable, detail);
    case Step::Over:
        return;
    }
}

void ServerConnection::fail(Errc code, const QString &detail)
{
    m_step = Step::Over;
    m_nextAddress.stop();
    emit failed({code, detail});
}

} // namespace hufu
