#include "tests/core/login/scripted_server.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <memory>

namespace hufu::test {
namespace {

void drip(QTcpSocket *socket, const QByteArray &bytes)
{
    auto *timer = new QTimer(socket);
    QObject::connect(timer, &QTimer::timeout, socket, [socket, timer, bytes, at = 0]() mutable {
        if (at == bytes.size())
            return timer->stop();
        socket->write(bytes.mid(at++, 1));
    });
    timer->start(50);
}

/// Never more than one portion waits to be sent, so that the memory is the client's to lose.
void pour(QTcpSocket *socket, const QByteArray &more)
{
    auto *secure = qobject_cast<QSslSocket *>(socket);
    const auto goOn = [secure, more] {
        if (secure->encryptedBytesToWrite() == 0 && secure->bytesToWrite() == 0)
            secure->write(more);
    };
    QObject::connect(secure, &QSslSocket::encryptedBytesWritten, secure, goOn,
                     Qt::QueuedConnection);
}

void answer(QTcpSocket *socket, const ScriptedAnswer &answer)
{
    switch (answer.way) {
    case ScriptedAnswer::Way::Whole:
        socket->write(answer.bytes);
        socket->disconnectFromHost();
        return;
    case ScriptedAnswer::Way::Silence:
        return;
    case ScriptedAnswer::Way::HangUp:
        socket->disconnectFromHost();
        return;
    case ScriptedAnswer::Way::DripFeed:
        drip(socket, answer.bytes);
        return;
    case ScriptedAnswer::Way::Endless:
        pour(socket, answer.more);
        socket->write(answer.bytes);
        return;
    }
}

/// The request that `received` holds, if it is whole.
std::optional<SeenRequest> wholeRequest(const QByteArray &received)
{
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return {};
    SeenRequest request;
    request.header = received.first(end);
    const QList<QByteArray> first = request.header.left(request.header.indexOf('\r')).split(' ');
    request.method = first.value(0);
    request.target = first.value(1);
    request.body = received.mid(end + 4);
    const QByteArray lower = request.header.toLower();
    const qsizetype at = lower.indexOf("content-length:");
    const qsizetype size =
        at < 0 ? 0 : lower.mid(at + 15, lower.indexOf('\r', at) - at - 15).trimmed().toLongLong();
    if (request.body.size() < size)
        return {};
    return request;
}

} // namespace

ScriptedAnswer ScriptedAnswer::http(int status, const QByteArray &body, const QByteArray &header)
{
    return {.bytes = "HTTP/1.1 " + QByteArray::number(status) +
                     " Answer\r\nContent-Length: " + QByteArray::number(body.size()) +
                     "\r\nConnection: close\r\n" + header + "\r\n" + body};
}

ScriptedServer::ScriptedServer(const QSslConfiguration &tls)
{
    m_server.setSslConfiguration(tls);
    connect(&m_server, &QSslServer::startedEncryptionHandshake, this, [this] { ++connections; });
    connect(&m_server, &QSslServer::pendingConnectionAvailable, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection())
            serve(socket);
    });
    m_server.listen(QHostAddress::LocalHost);
}

QByteArray ScriptedServer::api() const
{
    return "https://localhost:" + QByteArray::number(port()) + "/v1";
}

void ScriptedServer::serve(QTcpSocket *socket)
{
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QTcpSocket::disconnected, this, [this] { ++ended; });
    auto received = std::make_shared<QByteArray>();
    const auto take = [this, socket, received] {
        const QByteArray chunk = socket->readAll();
        bytesReceived += chunk.size();
        *received += chunk;
        if (const std::optional<SeenRequest> request = wholeRequest(*received)) {
            received->clear();
            requests.append(*request);
            answer(socket, script(*request));
        }
    };
    connect(socket, &QTcpSocket::readyRead, this, take);
    if (socket->bytesAvailable() > 0)
        take();
}

} // namespace hufu::test
