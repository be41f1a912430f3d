#include "core/login/https_client.h"

#include "core/login/http_answer_reader.h"
#include "core/login/server_connection.h"
#include "core/login/trusted_certificates.h"

#include <QTimer>

namespace hufu {
namespace {

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// What is sent; `body` null for a GET. No compression is asked for, so nothing can swell.
QByteArray requestText(const QUrl &url, const std::optional<QByteArray> &body)
{
    const QByteArray query = url.query(QUrl::FullyEncoded).toLatin1();
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    QUrl authority;
    authority.setHost(url.host());
    authority.setPort(url.port() == 443 ? -1 : url.port());
    QByteArray text = (body ? "POST " : "GET ") + (path.isEmpty() ? "/" : path) +
                      (query.isEmpty() ? "" : '?' + query) +
                      " HTTP/1.1\r\nHost: " + authority.authority(QUrl::FullyEncoded).toLatin1() +
                      "\r\nUser-Agent: Hufu/" HUFU_VERSION "\r\nAccept: application/json\r\n"
                      "Accept-Encoding: identity\r\nConnection: close\r\n";
    if (body)
        text += "Content-Type: application/json\r\nContent-Length: " +
                QByteArray::number(body->size()) + "\r\n";
    return text + "\r\n" + body.value_or(QByteArray());
}

} // namespace

/// One request and its answer. A child of the receiver's context, so that it ends with it.
class HttpsClient::Exchange : public QObject
{
public:
    Exchange(QObject *context, const QUrl &url, std::optional<QByteArray> body,
             Answer<HttpsAnswer> answer, HttpsLimits limits)
        : QObject(context)
        , m_url(url)
        , m_request(requestText(url, body))
        , m_answer(std::move(answer))
        , m_reader(HttpAnswerReader::To::Request, limits.body)
    {
        m_wait.setSingleShot(true);
        m_wait.callOnTimeout(
            this, [this] { end(m_connection ? m_connection->tooLate() : Errc::ServerTimedOut); });
        m_wait.start(limits.wait);
    }

    void start(ServerTrust trust, const ProxyRoute *route)
    {
        if (!route)
            return connectBy(std::move(trust), {});
        route->find(m_url, this, [this, trust](Result<ProxyRoute::Way> way) {
            if (way)
                connectBy(trust, std::move(*way));
            else
                end(way.error().code, way.error().detail);
        });
    }

private:
    void connectBy(ServerTrust trust, ProxyRoute::Way way)
    {
        m_connection = new ServerConnection(m_url, std::move(trust), this);
        connect(m_connection, &ServerConnection::opened, this, [this] {
            m_isOpen = true;
            m_connection->socket().write(m_request);
            connect(&m_connection->socket(), &QSslSocket::readyRead, this, &Exchange::read);
            read();
        });
        connect(m_connection, &ServerConnection::failed, this, &Exchange::followFault);
        m_connection->open(std::move(way));
    }

    void read()
    {
        if (m_isOver)
            return;
        const bool hadHead = m_reader.hasHead();
        const Result<void> taken = m_reader.take(m_connection->socket().readAll());
        // A redirect is told as one, whatever else is wrong behind it.
        if (!hadHead && m_reader.hasHead() && isRedirect(m_reader.status()))
            return refuseRedirect();
        if (!taken)
            return end(taken.error().code, taken.error().detail);
        if (m_reader.isWhole())
            leave(HttpsAnswer{.status = m_reader.status(),
                              .body = m_reader.body(),
                              .mac = m_reader.field("x-pct-mac")});
    }

    void refuseRedirect()
    {
        const QUrl target =
            m_url.resolved(QUrl::fromEncoded(m_reader.field("location"), QUrl::TolerantMode));
        end(Errc::RedirectRefused, target.host(QUrl::FullyEncoded));
    }

    /// The connection is over; what came through it before still counts.
    void followFault(const Error &error)
    {
        if (m_isOpen)
            read();
        if (m_isOver)
            return;
        const bool hasEnded =
            m_connection->socket().error() == QAbstractSocket::RemoteHostClosedError;
        if (m_isOpen && hasEnded && m_reader.end())
            return read();
        end(error.code, error.detail);
    }

    void end(Errc code, const QString &detail = {}) { leave(failure(code, detail)); }

    /// Hands the outcome over and goes. The connection is destroyed from the event loop, since its
    /// socket may be in the middle of telling us something.
    void leave(Result<HttpsAnswer> outcome)
    {
        if (std::exchange(m_isOver, true))
            return;
        m_wait.stop();
        answerLater<HttpsAnswer>(parent(), std::move(m_answer), std::move(outcome));
        deleteLater();
    }

    const QUrl m_url;
    const QByteArray m_request;
    QTimer m_wait;
    Answer<HttpsAnswer> m_answer;
    HttpAnswerReader m_reader;
    ServerConnection *m_connection = nullptr;
    bool m_isOpen = false; ///< what is read is the server's
    bool m_isOver = false;
};

HttpsClient::HttpsClient(TrustedCertificates &trusted, std::vector<Sha256Digest> pins,
                         HttpsLimits limits, const ProxyRoute *route)
    : m_trusted(trusted)
    , m_pins(std::move(pins))
    , m_limits(limits)
    , m_route(route)
{
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
    if (url.scheme() != QLatin1String("https") || url.host().isEmpty()) {
        answerLater<HttpsAnswer>(context, std::move(answer), failure(Errc::TlsFailed));
        return;
    }
    auto *exchange = new Exchange(context, url, std::move(body), std::move(answer), m_limits);
    m_trusted.whenReady(
        exchange, [exchange, pins = m_pins, route = m_route](const QList<QSslCertificate> &roots) {
            exchange->start({.roots = roots, .pins = pins}, route);
        });
}

} // namespace hufu
