#include "core/login/https_client.h"

#include "core/login/tls_pins.h"
#include "core/login/trusted_certificates.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>

#include <algorithm>

namespace hufu {
namespace {

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

bool isThisMachine(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

Errc codeOf(QNetworkReply::NetworkError error, const QString &host)
{
    switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
        return Errc::TlsFailed;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // by Qt's own transfer time-out
    case QNetworkReply::ProxyTimeoutError:
        return Errc::ServerTimedOut;
    default:
        return !isThisMachine(host) && isOffline() ? Errc::NoNetwork : Errc::ServerUnreachable;
    }
}

QNetworkRequest requestFor(const QUrl &url, std::chrono::milliseconds wait)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Hufu/" HUFU_VERSION));
    request.setRawHeader("Accept", "application/json");
    // Our own header keeps Qt from asking for, and unpacking, a compressed body: nothing can swell.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setTransferTimeout(static_cast<int>(wait.count()));
    return request;
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

/// One request and its answer. A child of the receiver's context, so that it ends with it.
class HttpsClient::Exchange : public QObject
{
public:
    Exchange(QObject *context, Answer<HttpsAnswer> answer, HttpsLimits limits)
        : QObject(context)
        , m_answer(std::move(answer))
        , m_limits(limits)
    {
        m_wait.setSingleShot(true);
        m_wait.callOnTimeout(this, [this] { end(Errc::ServerTimedOut); });
    }

    ~Exchange() override { drop(); }

    void start(QNetworkReply *reply, const QList<QSslCertificate> &roots,
               const std::vector<Sha256Digest> &pins)
    {
        m_reply = reply;
        reply->setReadBufferSize(m_limits.body + 1);
        connect(reply, &QNetworkReply::sslErrors, this,
                [this](const QList<QSslError> &errors) { m_failure = codeOf(errors); });
        connect(reply, &QNetworkReply::encrypted, this, [this, roots, pins] {
            if (!pins.empty() &&
                !chainHasPin(m_reply->sslConfiguration().peerCertificateChain(), roots, pins))
                end(Errc::TlsPinMismatch);
        });
        connect(reply, &QNetworkReply::metaDataChanged, this, [this] { judgeHeader(); });
        connect(reply, &QNetworkReply::readyRead, this, [this] { takeBody(); });
        connect(reply, &QNetworkReply::finished, this, [this] { finish(); });
        m_wait.start(m_limits.wait); // Qt's own time-out begins anew with every byte
    }

private:
    [[nodiscard]] int httpStatus() const
    {
        return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }

    void judgeHeader()
    {
        if (isRedirect(httpStatus())) {
            const QUrl target =
                m_reply->url().resolved(QUrl::fromEncoded(m_reply->rawHeader("Location")));
            end(Errc::RedirectRefused, target.host(QUrl::FullyEncoded));
        }
    }

    void takeBody()
    {
        if (m_reply == nullptr)
            return;
        m_body += m_reply->read(m_limits.body + 1 - m_body.size());
        if (m_body.size() > m_limits.body)
            end(Errc::AnswerTooLarge);
    }

    void finish()
    {
        takeBody();
        if (m_reply == nullptr)
            return;
        const int status = httpStatus();
        if (m_failure)
            return end(*m_failure);
        if (m_reply->error() != QNetworkReply::NoError && status < 400)
            return end(codeOf(m_reply->error(), m_reply->url().host()));
        HttpsAnswer answer{
            .status = status, .body = m_body, .mac = m_reply->rawHeader("X-PCT-MAC").trimmed()};
        leave(std::move(answer));
    }

    void end(Errc code, const QString &detail = {}) { leave(failure(code, detail)); }

    /// Hands the outcome over and goes, in this order of safety: no reply, then no exchange.
    void leave(Result<HttpsAnswer> outcome)
    {
        if (m_reply == nullptr)
            return;
        drop();
        m_wait.stop();
        answerLater<HttpsAnswer>(parent(), std::move(m_answer), std::move(outcome));
        deleteLater();
    }

    void drop()
    {
        if (m_reply == nullptr)
            return;
        QNetworkReply *reply = m_reply;
        m_reply = nullptr;
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }

    QPointer<QNetworkReply> m_reply;
    QTimer m_wait;
    Answer<HttpsAnswer> m_answer;
    HttpsLimits m_limits;
    QByteArray m_body;
    std::optional<Errc> m_failure;
};

HttpsClient::HttpsClient(TrustedCertificates &trusted, std::vector<Sha256Digest> pins,
                         HttpsLimits limits)
    : m_trusted(trusted)
    , m_pins(std::move(pins))
    , m_limits(limits)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

void HttpsClient::get(const QUrl &url, QObject *context, Answer<HttpsAnswer> answer)
{
    exchange(url, {}, context, std::move(answer));
}

void HttpsClient::post(const QUrl &url, const QByteArray &body, QObject *context,
                       Answer<HttpsAnswer> answer)
{
    exchange(url, body, context, std::move(answer));
}

void HttpsClient::exchange(const QUrl &url, std::optional<QByteArray> body, QObject *context,
                           Answer<HttpsAnswer> answer)
{
    if (url.scheme() != QLatin1String("https")) {
        answerLater<HttpsAnswer>(context, std::move(answer), failure(Errc::TlsFailed));
        return;
    }
    auto *exchange = new Exchange(context, std::move(answer), m_limits);
    m_trusted.whenReady(exchange, [this, exchange, url, body](const QList<QSslCertificate> &roots) {
        QNetworkRequest request = requestFor(url, m_limits.wait);
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setProtocol(QSsl::TlsV1_2OrLater);
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
        tls.setCaCertificates(roots);
        request.setSslConfiguration(tls);
        if (body)
            request.setHeader(QNetworkRequest::ContentTypeHeader,
                              QStringLiteral("application/json"));
        QNetworkReply *reply = body ? m_network.post(request, *body) : m_network.get(request);
        exchange->start(reply, roots, m_pins);
    });
}

} // namespace hufu
