#pragma once

#include "core/base/result.h"
#include "http_exchange.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace hufu::authserver {

/// What a client may ask of us before it is cut off.
struct HttpLimits
{
    unsigned int connections = 1024;
    unsigned int connectionsPerAddress = 256;
    std::size_t connectionMemory = 16 * 1024; ///< request line and headers must fit in here
    qsizetype body = 4 * 1024;
    std::chrono::seconds idle{10};    ///< without a byte in either direction
    std::chrono::seconds request{15}; ///< from the first byte to a complete request
};

struct HttpSettings
{
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 0;       ///< 0: a free one
    QByteArray certificate; ///< PEM, the whole chain
    QByteArray key;         ///< PEM
    HttpLimits limits;
};

/// HTTP/1.1 over TLS 1.2 and 1.3: request in, answer out, perhaps later. The seam over
/// libmicrohttpd, which nothing else names. It runs in the event loop of its thread, without
/// threads of its own, so a handler and what it touches need no locks.
///
/// Answered here, without the handler: 400 for what is no HTTP or has a damaged query, 413 for a
/// body over the limit, 431 for headers over the limit. A request that is not complete in time is
/// cut off.
class HttpServer : public QObject
{
    Q_OBJECT

public:
    HttpServer(HttpSettings settings, HttpHandler handler, QObject *parent = nullptr);
    /// Stops: answers whatever still waits with 503, then closes every connection.
    ~HttpServer() override;

    /// Begins to accept; returns the port. Called once. Errors: ServerFailed, with the reason.
    [[nodiscard]] Result<quint16> start();
    /// Requests that wait for an answer from later.
    [[nodiscard]] int waiting() const;

private:
    class Daemon;
    std::unique_ptr<Daemon> m_daemon;
};

} // namespace hufu::authserver
