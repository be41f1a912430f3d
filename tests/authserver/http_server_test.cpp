#include "http_server.h"
#include "tests/support/result_printing.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace hufu;
using namespace hufu::authserver;

/// The seam's promises about late answers; everything that is answered at once is in the
/// black-box test.
class HttpServerTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const QString key = m_folder.filePath(QStringLiteral("key"));
        const QString certificate = m_folder.filePath(QStringLiteral("certificate"));
        const QStringList arguments{QStringLiteral("req"),
                                    QStringLiteral("-x509"),
                                    QStringLiteral("-newkey"),
                                    QStringLiteral("rsa:2048"),
                                    QStringLiteral("-nodes"),
                                    QStringLiteral("-subj"),
                                    QStringLiteral("/CN=localhost"),
                                    QStringLiteral("-addext"),
                                    QStringLiteral("subjectAltName=DNS:localhost"),
                                    QStringLiteral("-keyout"),
                                    key,
                                    QStringLiteral("-out"),
                                    certificate};
        QCOMPARE(QProcess::execute(QStringLiteral("openssl"), arguments), 0);
        m_settings.key = contentOf(key);
        m_settings.certificate = contentOf(certificate);
    }

    void init()
    {
        m_kept.clear();
        m_server.emplace(m_settings, [this](const HttpRequest &request, HttpResponder responder) {
            if (request.path == "/drop")
                return;
            if (request.path == "/now")
                return responder.answer(plainAnswer(200, "now"));
            m_kept.push_back(std::move(responder));
        });
        const auto port = m_server->start();
        VERIFY_OK(port);
        m_port = *port;
    }

    void cleanup() { m_server.reset(); }

    void aLateAnswerArrives()
    {
        const auto client = ask("/later");
        QTRY_COMPARE(m_server->waiting(), 1);
        m_kept.front().answer(plainAnswer(200, "later"));
        QTRY_VERIFY(client->peek(1000).endsWith("later\n"));
        QCOMPARE(m_server->waiting(), 0);
    }

    void aConnectionGoesOnAfterALateAnswer()
    {
        const auto client = ask("/later");
        QTRY_COMPARE(m_server->waiting(), 1);
        m_kept.front().answer(plainAnswer(200, "later"));
        QTRY_VERIFY(client->peek(1000).endsWith("later\n"));
        client->readAll();
        send(*client, "/now");
        QTRY_VERIFY(client->peek(1000).endsWith("now\n"));
    }

    void onlyTheFirstAnswerCounts()
    {
        const auto client = ask("/later");
        QTRY_COMPARE(m_server->waiting(), 1);
        m_kept.front().answer(plainAnswer(200, "first"));
        m_kept.front().answer(plainAnswer(200, "second"));
        QTRY_VERIFY(client->peek(1000).endsWith("first\n"));
    }

    void aForgottenRequestIsAnsweredWith500()
    {
        const auto client = ask("/drop");
        QTRY_VERIFY(client->peek(1000).startsWith("HTTP/1.1 500"));
        const auto later = ask("/later");
        QTRY_COMPARE(m_server->waiting(), 1);
        m_kept.clear();
        QTRY_VERIFY(later->peek(1000).startsWith("HTTP/1.1 500"));
    }

    void clientsThatVanishBeforeTheirAnswerDoNoHarm()
    {
        constexpr int clients = 20;
        for (int i = 0; i < clients; ++i) {
            const auto client = ask("/later");
            QTRY_COMPARE(std::ssize(m_kept), i + 1);
            client->abort();
        }
        for (HttpResponder &responder : m_kept)
            responder.answer(plainAnswer(200, QByteArray(3000, 'x')));
        QTRY_COMPARE(m_server->waiting(), 0);
        const auto client = ask("/now");
        QTRY_VERIFY(client->peek(1000).endsWith("now\n"));
    }

    void aClientThatVanishesIsNoticed()
    {
        const auto staying = ask("/later");
        QTRY_COMPARE(m_server->waiting(), 1);
        auto leaving = ask("/later");
        QTRY_COMPARE(m_server->waiting(), 2);
        QVERIFY(m_kept[1].isOpen());
        leaving->disconnectFromHost();
        QTRY_COMPARE(m_server->waiting(), 1);
        QVERIFY(!m_kept[1].isOpen());
        QVERIFY(m_kept[0].isOpen());
        m_kept[1].answer(plainAnswer(200, "nobody"));
        m_kept[0].answer(plainAnswer(200, "later"));
        QTRY_VERIFY(staying->peek(1000).endsWith("later\n"));
    }

    void anAnswerMayEndAnotherRequest()
    {
        m_server.reset();
        m_server.emplace(m_settings, [this](const HttpRequest &, HttpResponder responder) {
            if (!m_kept.empty())
                m_kept.back().answer(plainAnswer(200, "older"));
            m_kept.push_back(std::move(responder));
        });
        const auto port = m_server->start();
        VERIFY_OK(port);
        m_port = *port;
        const auto older = ask("/older");
        QTRY_COMPARE(m_server->waiting(), 1);
        const auto newer = ask("/newer");
        QTRY_VERIFY_WITH_TIMEOUT(older->peek(1000).endsWith("older\n"), 5000);
        QCOMPARE(m_server->waiting(), 1);
    }

    void theServerMayEndBeforeTheAnswers()
    {
        const auto waiting = ask("/later");
        const auto gone = ask("/later");
        QTRY_COMPARE(m_server->waiting(), 2);
        gone->abort();
        m_server.reset();
        for (HttpResponder &responder : m_kept)
            responder.answer(plainAnswer(200, "too late"));
        QTRY_COMPARE(waiting->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(!waiting->readAll().contains("too late"));
    }

    void aWaitingRequestIsNotCutOff()
    {
        m_server.reset();
        HttpSettings hasty = m_settings;
        hasty.limits.idle = std::chrono::seconds(1);
        hasty.limits.request = std::chrono::seconds(1);
        m_server.emplace(hasty, [this](const HttpRequest &, HttpResponder responder) {
            m_kept.push_back(std::move(responder));
        });
        const auto port = m_server->start();
        VERIFY_OK(port);
        m_port = *port;
        const auto client = ask("/later");
        QTRY_COMPARE(m_server->waiting(), 1);
        QTest::qWait(2600);
        m_kept.front().answer(plainAnswer(200, "at last"));
        QTRY_VERIFY(client->peek(1000).endsWith("at last\n"));
    }

    void aTakenPortIsAFailure()
    {
        HttpSettings same = m_settings;
        same.port = m_port;
        HttpServer second(same, [](const HttpRequest &, HttpResponder) {});
        VERIFY_FAILS(second.start(), Errc::ServerFailed);
    }

    void aKeyOfAnotherCertificateIsAFailure()
    {
        HttpSettings wrong = m_settings;
        wrong.key = "-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----\n";
        HttpServer second(wrong, [](const HttpRequest &, HttpResponder) {});
        VERIFY_FAILS(second.start(), Errc::ServerFailed);
    }

private:
    static QByteArray contentOf(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void send(QSslSocket &client, const QByteArray &path)
    {
        client.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    std::unique_ptr<QSslSocket> ask(const QByteArray &path) const
    {
        auto client = std::make_unique<QSslSocket>();
        QSslConfiguration trust = client->sslConfiguration();
        trust.setCaCertificates({QSslCertificate(m_settings.certificate)});
        client->setSslConfiguration(trust);
        client->connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_port,
                                       QStringLiteral("localhost"));
        send(*client, path);
        return client;
    }

    QTemporaryDir m_folder;
    HttpSettings m_settings;
    std::vector<HttpResponder> m_kept;
    std::optional<HttpServer> m_server;
    quint16 m_port = 0;
};

QTEST_GUILESS_MAIN(HttpServerTest)
#include "http_server_test.moc"
