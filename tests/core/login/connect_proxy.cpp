#include "tests/core/login/connect_proxy.h"

#include <memory>

namespace hufu::test {

ConnectProxy::ConnectProxy()
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            serve(client);
    });
    m_server.listen(QHostAddress::LocalHost);
}

void ConnectProxy::serve(QTcpSocket *client)
{
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    auto received = std::make_shared<QByteArray>();
    auto isDone = std::make_shared<bool>(false);
    connect(client, &QTcpSocket::readyRead, this, [this, client, received, isDone] {
        if (*isDone)
            return;
        *received += client->readAll();
        if (!received->endsWith("\r\n\r\n"))
            return;
        *isDone = true;
        answer(client, *received);
    });
}

void ConnectProxy::answer(QTcpSocket *client, const QByteArray &request)
{
    requests.append(request);
    const QByteArray target = request.split(' ').value(1);
    targets.append(target);
    switch (mood) {
    case Mood::Helpful:
    case Mood::TalkingOver:
        break;
    case Mood::Refusing:
        client->write("HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\nnobody");
        return;
    case Mood::CutOff:
        client->write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        return;
    case Mood::Silent:
        return;
    case Mood::HangingUp:
        client->disconnectFromHost();
        return;
    case Mood::Babbling:
        connect(client, &QTcpSocket::bytesWritten, this, [this, client](qint64 size) {
            bytesPoured += size;
            if (client->bytesToWrite() == 0)
                client->write(QByteArray(1 << 18, 'x'));
        });
        client->write("HTTP/1.1 200 OK\r\nX-Filler: ");
        return;
    }
    if (!login.isEmpty() &&
        !request.contains("\r\nProxy-Authorization: Basic " + login.toBase64() + "\r\n")) {
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\n");
        for (const QByteArray &challenge : challenges)
            client->write("Proxy-Authenticate: " + challenge + "\r\n");
        client->write("Content-Length: 4\r\n\r\nwho?");
        return;
    }
    tunnel(client, target);
}

void ConnectProxy::tunnel(QTcpSocket *client, const QByteArray &target)
{
    auto *server = new QTcpSocket(client);
    connect(server, &QTcpSocket::connected, this, [this, client] {
        ++tunnels;
        QByteArray established = "HTTP/1.1 200 Connection established\r\n\r\n";
        if (mood == Mood::TalkingOver)
            established += "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        client->write(established);
    });
    connect(client, &QTcpSocket::readyRead, server,
            [client, server] { server->write(client->readAll()); });
    connect(server, &QTcpSocket::readyRead, client,
            [client, server] { client->write(server->readAll()); });
    connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    const QByteArray port = target.mid(target.lastIndexOf(':') + 1);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), port.toUShort());
}

} // namespace hufu::test
