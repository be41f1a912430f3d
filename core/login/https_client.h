#pragma once

#include "core/base/answer.h"
#include "core/base/crypto.h"

#include <QUrl>

#include <vector>

namespace hufu {

class ProxyRoute;
class TrustedCertificates;

struct HttpsAnswer
{
    int status = 0; ///< of HTTP, never a redirect
    QByteArray body;
    QByteArray mac; ///< the header X-PCT-MAC, empty if there is none
};

/// How long and how large an exchange may become.
struct HttpsLimits
{
    std::chrono::milliseconds wait{15'000}; ///< from the first step to the last byte read
    qsizetype body = 64 * 1024;
};

/// Exchanges with bound servers under the rules of protocol.md B6: https only, certificates checked
/// and never waved through, no redirects, no cookies, no cache, no HTTP authentication, nothing
/// unpacked. One exchange is one connection, so each is judged anew.
///
/// HTTP is spoken by ServerConnection and HttpAnswerReader: QNetworkAccessManager of Qt 6.4 sets no
/// bound to a header, keeps 500 MB of one that does not end, and offers no place to set one.
/// GUI thread.
class HttpsClient : public QObject
{
    Q_OBJECT

public:
    /// @param trusted  outlives the client
    /// @param pins     keys of which the server's chain must have one; none if empty
    /// @param route    outlives the client; null: straight ahead
    HttpsClient(TrustedCertificates &trusted, std::vector<Sha256Digest> pins, HttpsLimits limits,
                const ProxyRoute *route = nullptr);

    /// GET of `url`, or POST if there is a body.
    ///
    /// The answer's errors: NoNetwork, ServerUnreachable, ServerTimedOut, ProxyUnreachable,
    /// ProxyRefused, TlsExpired, TlsWrongHost, TlsUnknownIssuer, TlsPinMismatch, TlsFailed,
    /// RedirectRefused with the host it went to, AnswerTooLarge, AnswerMalformed. A context that
    /// dies ends the exchange.
    void get(const QUrl &url, QObject *context, Answer<HttpsAnswer> answer);
    void post(const QUrl &url, const QByteArray &body, QObject *context,
              Answer<HttpsAnswer> answer);

private:
    class Exchange;
    void exchange(const QUrl &url, std::optional<QByteArray> body, QObject *context,
                  Answer<HttpsAnswer> answer);

    TrustedCertificates &m_trusted;
    std::vector<Sha256Digest> m_pins;
    HttpsLimits m_limits;
    const ProxyRoute *m_route;
};

} // namespace hufu
