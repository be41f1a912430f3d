#pragma once

#include "core/base/crypto.h"
#include "core/login/http_answer_reader.h"
#include "core/login/proxy_route.h"

#include <QHostAddress>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTimer>

#include <optional>
#include <vector>

namespace hufu {

/// What a server is judged by.
struct ServerTrust
{
    QList<QSslCertificate> roots;
    std::vector<Sha256Digest> pins; ///< keys of which its chain must have one; none if empty
};

/// One connection to a server, straight or through a proxy, that is open once TLS stands under the
/// rules of protocol.md B6: TLS 1.2 or newer, the chain and the host name checked, a pinned key
/// in the chain that OpenSSL verifies. Nothing waves a fault through, and not a byte of a request
/// is written before. A proxy sees the host's name and the port. GUI thread.
class ServerConnection : public QObject
{
    Q_OBJECT

public:
    ServerConnection(const QUrl &url, ServerTrust trust, QObject *parent);
    /// Ends the connection at once.
    ~ServerConnection() override;

    /// Begins. Called once.
    void open(std::optional<HttpProxy> proxy);

    /// What is read and written once the connection is open. No more than 96 KiB wait to be read:
    /// a server that sends faster waits.
    [[nodiscard]] QSslSocket &socket() { return m_socket; }
    /// Why it took too long, if it takes too long now.
    [[nodiscard]] Errc tooLate() const;

signals:
    void opened();
    /// Errors: NoNetwork, ServerUnreachable, ProxyUnreachable, ProxyRefused, TlsExpired,
    /// TlsWrongHost, TlsUnknownIssuer, TlsPinMismatch, TlsFailed. Also after opened(), when
    /// the server ends the connection: ServerUnreachable.
    void failed(const hufu::Error &error);

private:
    enum class Step { Reaching, Tunnelling, Securing, Open, Over };

    void tryNextAddress();
    void greet();
    void askProxy();
    void readProxyAnswer();
    void secure();
    void judge();
    void followFault(QAbstractSocket::SocketError error);
    void fail(Errc code, const QString &detail = {});
    [[nodiscard]] QString targetHost() const;

    const QUrl m_url;
    const ServerTrust m_trust;
    std::optional<HttpProxy> m_proxy;
    Step m_step = Step::Reaching;
    QList<QHostAddress> m_addresses; ///< yet to be tried
    QTimer m_nextAddress;
    HttpAnswerReader m_proxyAnswer;
    std::optional<Errc> m_objection;
    QSslSocket m_socket;
};

} // namespace hufu
