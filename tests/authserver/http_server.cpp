#include "http_server.h"

#include <QElapsedTimer>
#include <QSet>
#include <QSocketNotifier>
#include <QTimer>

#include <microhttpd.h>

#include <cstdio>
#include <map>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <sys/socket.h>

namespace hufu::authserver {
namespace {

/// A body over the limit is read and dropped up to this multiple of it, so that the client sees
/// the 413 instead of a broken connection.
constexpr qsizetype tolerance = 16;
constexpr std::chrono::milliseconds sweepInterval{500};
constexpr int clientGone = 499; // for the log; nobody sees it

/// One connection, from accept to close.
struct Line
{
    MHD_socket socket = MHD_INVALID_SOCKET;
    QElapsedTimer sinceIdle;
    bool requestComplete = false;
};

/// One request and its answer. Shared with the responder, which may outlive the connection.
struct Exchange
{
    MHD_Connection *connection = nullptr; ///< null once MHD is done with it
    QByteArray target;
    HttpRequest request;
    QElapsedTimer age;
    qsizetype received = 0;
    bool seen = false;
    bool dispatched = false;
    bool suspended = false;
    bool vanished = false;
    std::optional<HttpAnswer> answer;
};
using ExchangePtr = std::shared_ptr<Exchange>;

QHostAddress peerOf(MHD_Connection *connection)
{
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == nullptr || info->client_addr == nullptr)
        return {};
    const QHostAddress address(info->client_addr);
    bool mapped = false;
    const quint32 four = address.toIPv4Address(&mapped);
    return mapped ? QHostAddress(four) : address;
}

MHD_Result addHeader(void *request, MHD_ValueKind, const char *name, const char *value)
{
    static_cast<HttpRequest *>(request)->headers.add(QByteArray(name).toLower(), QByteArray(value));
    return MHD_YES;
}

/// Splits the target and reads method, headers and peer. False for a damaged query.
bool readHead(Exchange &exchange, const char *method)
{
    HttpRequest &request = exchange.request;
    request.method = method;
    request.peer = peerOf(exchange.connection);
    MHD_get_connection_values(exchange.connection, MHD_HEADER_KIND, &addHeader, &request);
    const qsizetype mark = exchange.target.indexOf('?');
    request.path = mark < 0 ? exchange.target : exchange.target.first(mark);
    const QByteArray query = mark < 0 ? QByteArray() : exchange.target.sliced(mark + 1);
    exchange.target.clear();
    std::optional<Parameters> parameters = parseForm(query);
    if (parameters)
        request.query = std::move(*parameters);
    return parameters.has_value();
}

MHD_Result send(MHD_Connection *connection, const HttpAnswer &answer)
{
    QByteArray body = answer.body; // MHD takes a pointer to non-const and copies
    MHD_Response *response = MHD_create_response_from_buffer(static_cast<std::size_t>(body.size()),
                                                             body.data(), MHD_RESPMEM_MUST_COPY);
    if (response == nullptr)
        return MHD_NO;
    if (!answer.contentType.isEmpty())
        MHD_add_response_header(response, "Content-Type", answer.contentType.constData());
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    for (const auto &[name, value] : answer.headers)
        MHD_add_response_header(response, name.constData(), value.constData());
    const MHD_Result queued =
        MHD_queue_response(connection, static_cast<unsigned int>(answer.status), response);
    MHD_destroy_response(response);
    return queued;
}

} // namespace

class HttpServer::Daemon
{
public:
    Daemon(HttpSettings settings, HttpHandler handler)
        : m_settings(std::move(settings))
        , m_handler(std::move(handler))
    {
        m_wake.setSingleShot(true);
        QObject::connect(&m_wake, &QTimer::timeout, &m_wake, [this] { run(); });
        QObject::connect(&m_sweep, &QTimer::timeout, &m_sweep, [this] { sweep(); });
    }

    ~Daemon() { stop(); }

    Result<quint16> start();
    int waiting() const { return static_cast<int>(m_waiting.size()); }

private:
    void run();
    void stop();
    void sweep();
    void endVanished();
    MHD_Result access(const ExchangePtr &exchange, const char *method, const char *data,
                      std::size_t *size);
    MHD_Result dispatch(const ExchangePtr &exchange);
    void deliver(const ExchangePtr &exchange, HttpAnswer answer);

    static void *onTarget(void *self, const char *target, MHD_Connection *connection);
    static MHD_Result onAccess(void *self, MHD_Connection *, const char *, const char *method,
                               const char *, const char *data, std::size_t *size, void **context);
    static void onCompleted(void *self, MHD_Connection *, void **context,
                            MHD_RequestTerminationCode);
    static void onConnection(void *self, MHD_Connection *, void **line,
                             MHD_ConnectionNotificationCode);
    Line *lineOf(MHD_Connection *connection) const;

    HttpSettings m_settings;
    HttpHandler m_handler;
    MHD_Daemon *m_daemon = nullptr;
    QTimer m_wake;
    bool m_resumed = false;
    QTimer m_sweep;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QSet<Line *> m_lines;
    std::map<Exchange *, ExchangePtr> m_waiting;
};

Result<quint16> HttpServer::Daemon::start()
{
    sockaddr_storage address{};
    const bool six = m_settings.address.protocol() == QAbstractSocket::IPv6Protocol;
    if (six) {
        auto *in6 = reinterpret_cast<sockaddr_in6 *>(&address);
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(m_settings.port);
        const Q_IPV6ADDR bytes = m_settings.address.toIPv6Address();
        std::copy_n(bytes.c, 16, in6->sin6_addr.s6_addr);
    } else {
        auto *in4 = reinterpret_cast<sockaddr_in *>(&address);
        in4->sin_family = AF_INET;
        in4->sin_port = htons(m_settings.port);
        in4->sin_addr.s_addr = htonl(m_settings.address.toIPv4Address());
    }
    const HttpLimits &limits = m_settings.limits;
    const unsigned int flags =
        MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME | (six ? MHD_USE_IPv6 : MHD_NO_FLAG);
    m_daemon = MHD_start_daemon(
        flags, m_settings.port, nullptr, nullptr, &onAccess, this, //
        MHD_OPTION_SOCK_ADDR, reinterpret_cast<sockaddr *>(&address), MHD_OPTION_HTTPS_MEM_CERT,
        m_settings.certificate.constData(), MHD_OPTION_HTTPS_MEM_KEY, m_settings.key.constData(),
        MHD_OPTION_HTTPS_PRIORITIES, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2",
        MHD_OPTION_URI_LOG_CALLBACK, &onTarget, this, MHD_OPTION_NOTIFY_COMPLETED, &onCompleted,
        this, MHD_OPTION_NOTIFY_CONNECTION, &onConnection, this, MHD_OPTION_CONNECTION_TIMEOUT,
        static_cast<unsigned int>(limits.idle.count()), MHD_OPTION_CONNECTION_LIMIT,
        limits.connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits.connectionsPerAddress,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.connectionMemory, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_END);
    if (m_daemon == nullptr)
        return failure(Errc::ServerFailed,
                       QStringLiteral("cannot listen: address in use, or certificate and key "
                                      "that do not fit together"));

    const auto *port = MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_BIND_PORT);
    const auto *epoll = MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (port == nullptr || epoll == nullptr)
        return failure(Errc::ServerFailed, QStringLiteral("no port or no epoll descriptor"));
    m_notifier = std::make_unique<QSocketNotifier>(epoll->epoll_fd, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, &m_wake, [this] { run(); });
    m_sweep.start(sweepInterval);
    return port->port;
}

void HttpServer::Daemon::run()
{
    m_resumed = false;
    MHD_run(m_daemon);
    MHD_UNSIGNED_LONG_LONG milliseconds = 0;
    if (m_resumed) // by a handler; MHD looks at it the next time only
        m_wake.start(0);
    else if (MHD_get_timeout(m_daemon, &milliseconds) == MHD_YES)
        m_wake.start(std::chrono::milliseconds(milliseconds));
    else
        m_wake.stop();
}

void HttpServer::Daemon::stop()
{
    if (m_daemon == nullptr)
        return;
    m_sweep.stop();
    // MHD must not be stopped while a connection is suspended.
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &[raw, exchange] : waiting) {
        exchange->answer = plainAnswer(503, "The server is going down.");
        exchange->suspended = false;
        MHD_resume_connection(exchange->connection);
    }
    m_notifier.reset();
    MHD_run(m_daemon);
    m_wake.stop();
    MHD_stop_daemon(std::exchange(m_daemon, nullptr));
}

/// MHD's time-out starts anew with every byte; this one does not, so nobody can hold a connection
/// by sending a byte now and then.
void HttpServer::Daemon::sweep()
{
    using std::chrono::milliseconds;
    for (const Line *line : std::as_const(m_lines)) {
        if (!line->requestComplete &&
            line->sinceIdle.hasExpired(milliseconds(m_settings.limits.request).count()))
            ::shutdown(line->socket, SHUT_RDWR); // MHD reads the end and closes
    }
    endVanished();
}

/// MHD does not look at a suspended connection, so a client that has gone would be kept until its
/// answer. Nobody closes his half of a TLS connection and waits for an answer all the same.
void HttpServer::Daemon::endVanished()
{
    std::vector<pollfd> sockets;
    std::vector<ExchangePtr> exchanges;
    for (const auto &[raw, exchange] : m_waiting) {
        if (const Line *line = lineOf(exchange->connection)) {
            sockets.push_back({.fd = line->socket, .events = POLLRDHUP, .revents = 0});
            exchanges.push_back(exchange);
        }
    }
    if (sockets.empty() || ::poll(sockets.data(), sockets.size(), 0) <= 0)
        return;
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        if ((sockets[i].revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) {
            exchanges[i]->vanished = true;
            deliver(exchanges[i], plainAnswer(clientGone, "The client has gone."));
        }
    }
}

MHD_Result HttpServer::Daemon::access(const ExchangePtr &exchange, const char *method,
                                      const char *data, std::size_t *size)
{
    MHD_Connection *connection = exchange->connection;
    if (!exchange->seen) {
        exchange->seen = true;
        if (!readHead(*exchange, method))
            exchange->answer = plainAnswer(400, "The query is damaged.");
        bool number = false;
        const qint64 announced =
            exchange->request.headers.value("content-length").toLongLong(&number);
        if (number && announced > m_settings.limits.body)
            return send(connection, plainAnswer(413, "The body is too large."));
        return MHD_YES;
    }
    if (*size != 0) {
        const auto length = static_cast<qsizetype>(*size);
        *size = 0;
        exchange->received += length;
        if (exchange->received > m_settings.limits.body * tolerance)
            return MHD_NO;
        if (exchange->received > m_settings.limits.body)
            exchange->answer = plainAnswer(413, "The body is too large.");
        else
            exchange->request.body.append(data, length);
        return MHD_YES;
    }
    if (!exchange->answer && !exchange->dispatched)
        return dispatch(exchange);
    return exchange->answer ? send(connection, *exchange->answer) : MHD_NO;
}

MHD_Result HttpServer::Daemon::dispatch(const ExchangePtr &exchange)
{
    exchange->dispatched = true;
    if (Line *line = lineOf(exchange->connection))
        line->requestComplete = true;
    m_handler(exchange->request,
              HttpResponder(
                  [this, exchange](HttpAnswer answer) { deliver(exchange, std::move(answer)); },
                  [exchange] { return exchange->connection != nullptr && !exchange->vanished; }));
    if (exchange->answer)
        return send(exchange->connection, *exchange->answer);
    exchange->suspended = true;
    m_waiting.emplace(exchange.get(), exchange);
    MHD_suspend_connection(exchange->connection);
    return MHD_YES;
}

void HttpServer::Daemon::deliver(const ExchangePtr &exchange, HttpAnswer answer)
{
    if (exchange->answer || exchange->connection == nullptr)
        return; // stopped meanwhile; `this` may be gone, so it is not touched
    exchange->answer = std::move(answer);
    if (!exchange->suspended)
        return;
    exchange->suspended = false;
    m_waiting.erase(exchange.get());
    MHD_resume_connection(exchange->connection);
    m_resumed = true;
    m_wake.start(0);
}

void *HttpServer::Daemon::onTarget(void *, const char *target, MHD_Connection *connection)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->connection = connection;
    exchange->target = target;
    exchange->age.start();
    return new ExchangePtr(std::move(exchange));
}

MHD_Result HttpServer::Daemon::onAccess(void *self, MHD_Connection *, const char *,
                                        const char *method, const char *, const char *data,
                                        std::size_t *size, void **context)
{
    const ExchangePtr exchange = *static_cast<ExchangePtr *>(*context);
    return static_cast<Daemon *>(self)->access(exchange, method, data, size);
}

/// One line a request: method, path of a known address, status, time. Never the query.
static void logRequest(const Exchange &exchange)
{
    if (!exchange.answer)
        return;
    const bool known = exchange.answer->status != 404;
    std::fprintf(stderr, "%s %s %d %lld ms %s\n", exchange.request.method.constData(),
                 known ? exchange.request.path.constData() : "-", exchange.answer->status,
                 static_cast<long long>(exchange.age.elapsed()),
                 exchange.answer->requestId.constData());
}

void HttpServer::Daemon::onCompleted(void *self, MHD_Connection *connection, void **context,
                                     MHD_RequestTerminationCode)
{
    auto *daemon = static_cast<Daemon *>(self);
    if (Line *line = daemon->lineOf(connection)) {
        line->requestComplete = false;
        line->sinceIdle.start();
    }
    if (*context == nullptr)
        return;
    const std::unique_ptr<ExchangePtr> exchange(static_cast<ExchangePtr *>(*context));
    *context = nullptr;
    logRequest(**exchange);
    (*exchange)->connection = nullptr;
    daemon->m_waiting.erase(exchange->get());
}

void HttpServer::Daemon::onConnection(void *self, MHD_Connection *connection, void **line,
                                      MHD_ConnectionNotificationCode code)
{
    auto *daemon = static_cast<Daemon *>(self);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        auto *fresh = new Line;
        fresh->socket =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        fresh->sinceIdle.start();
        daemon->m_lines.insert(fresh);
        *line = fresh;
    } else {
        daemon->m_lines.remove(static_cast<Line *>(*line));
        delete static_cast<Line *>(*line);
        *line = nullptr;
    }
}

Line *HttpServer::Daemon::lineOf(MHD_Connection *connection) const
{
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    auto *line = info == nullptr ? nullptr : static_cast<Line *>(info->socket_context);
    return m_lines.contains(line) ? line : nullptr;
}

HttpServer::HttpServer(HttpSettings settings, HttpHandler handler, QObject *parent)
    : QObject(parent)
    , m_daemon(std::make_unique<Daemon>(std::move(settings), std::move(handler)))
{
}

HttpServer::~HttpServer() = default;

Result<quint16> HttpServer::start()
{
    return m_daemon->start();
}

int HttpServer::waiting() const
{
    return m_daemon->waiting();
}

} // namespace hufu::authserver
