#pragma once

#include "core/base/answer.h"
#include "core/base/crypto.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <vector>

namespace hufu {

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
    std::chrono::milliseconds wait{15'000}; ///< from the first byte sent to the last one read
    qsizetype body = 64 * 1024;
};

/// Exchanges with bound servers under the rules of protocol.md B6: https only, certificates checked
/// and never waved through, no redirects, no cookies, no cache, no HTTP authentication.
///
/// One client for each set of pins, since a connection that is kept alive is checked once. GUI
/// thread.
class HttpsClient : public QObject
{
    Q_OBJECT

public:
    /// @param trusted  outlives the client
    /// @param pins     keys of which the server's chain must have one; none if empty
    HttpsClient(TrustedCertificates &trusted, std::vector<Sha256Digest> pins, HttpsLimits limits);

    /// GET of `url`, or POST if there is a body.
    ///
    /// The answer's errors: NoNetwork, ServerUnreachable, ServerTimedOut, TlsExpired, TlsWrongHost,
    /// TlsUnknownIssuer, TlsPinMismatch, TlsFailed, RedirectRefused with the host it went to,
    /// AnswerTooLarge. A context that dies ends the exchange.
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
    QNetworkAccessManager m_network;
};

} // namespace hufu
