#pragma once

#include <QTcpServer>
#include <QTcpSocket>

namespace hufu::test {

/// A small HTTP proxy on a port of its own that knows CONNECT and, if it is told to, wants a login.
class ConnectProxy : public QObject
{
public:
    enum class Mood {
        Helpful,
        Refusing,    ///< 403
        CutOff,      ///< 502: it does not reach the server
        Silent,      ///< takes the connection and says nothing
        HangingUp,   ///< takes the connection and ends it
        Babbling,    ///< a header without end
        TalkingOver, ///< says something of its own before the server does
    };

    ConnectProxy();

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }

    Mood mood = Mood::Helpful;
    QByteArray login; ///< `user:password` that it wants; empty: none
    /// How it asks for that: the values of its Proxy-Authenticate lines.
    QByteArrayList challenges{"Basic realm=\"test\""};
    QByteArrayList targets;
    QByteArrayList requests; ///< whole, as they came
    int tunnels = 0;
    qsizetype bytesPoured = 0; ///< of a header without end

private:
    void serve(QTcpSocket *client);
    void answer(QTcpSocket *client, const QByteArray &request);
    void tunnel(QTcpSocket *client, const QByteArray &target);

    QTcpServer m_server;
};

} // namespace hufu::test
