#pragma once

#include <QSslServer>

#include <functional>

namespace hufu::test {

/// One request as it arrived.
struct SeenRequest
{
    QByteArray method;
    QByteArray target;
    QByteArray header; ///< all lines
    QByteArray body;
};

/// What the script answers with.
struct ScriptedAnswer
{
    enum class Way {
        Whole,    ///< `bytes`, then the connection ends
        Silence,  ///< nothing; the connection stays
        HangUp,   ///< nothing; the connection ends
        DripFeed, ///< `bytes`, one every 50 ms
        Endless,  ///< `bytes`, then `more` again and again as fast as it is taken
    };

    Way way = Way::Whole;
    QByteArray bytes;
    QByteArray more{};

    /// An HTTP answer with a body and further header lines ("Name: value\r\n").
    static ScriptedAnswer http(int status, const QByteArray &body, const QByteArray &header = {});
};

/// A real TLS server on a port of its own that answers by a script and remembers what came.
class ScriptedServer : public QObject
{
public:
    using Script = std::function<ScriptedAnswer(const SeenRequest &)>;

    explicit ScriptedServer(const QSslConfiguration &tls);

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    /// `https://localhost:PORT/v1`
    [[nodiscard]] QByteArray api() const;

    Script script;
    QList<SeenRequest> requests;
    int connections = 0;         ///< TCP connections that came
    int ended = 0;               ///< connections that are over
    qsizetype bytesReceived = 0; ///< after the handshakes

private:
    void serve(QTcpSocket *socket);

    QSslServer m_server;
};

} // namespace hufu::test
