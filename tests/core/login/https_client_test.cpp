#include "core/login/https_client.h"
#include "core/login/trusted_certificates.h"
#include "tests/core/login/scripted_server.h"
#include "tests/core/login/test_certificates.h"
#include "tests/support/result_printing.h"

#include <QElapsedTimer>
#include <QSslKey>
#include <QTcpServer>
#include <QTest>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;

/// Against real TLS servers on loopback (security.md 4).
class HttpsClientTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void takesAnAnswerAndSaysOnlyWhatItMust();
    void namesEachTlsFaultAndSendsNoByte_data();
    void namesEachTlsFaultAndSendsNoByte();
    void refusesTls11();
    void wantsThePinnedKey_data();
    void wantsThePinnedKey();
    void followsNoRedirect_data();
    void followsNoRedirect();
    void cutsALargeAnswer_data();
    void cutsALargeAnswer();
    void unpacksNothing();
    void givesUpOnASlowServer_data();
    void givesUpOnASlowServer();
    void saysThatNobodyAnswers();
    void neverSpeaksHttp();
    void aContextThatDiesIsNotAnswered();

private:
    [[nodiscard]] Sha256Digest pinOf(const QString &name) const
    {
        const QByteArray key = m_certificates.certificate(name).publicKey().toDer();
        return sha256(std::as_bytes(std::span(key.begin(), key.end())));
    }
    /// What a client of ours gets from `server` with a POST.
    Result<HttpsAnswer> ask(const ScriptedServer &server, std::vector<Sha256Digest> pins = {},
                            HttpsLimits limits = {});

    TestCertificates m_certificates;
    std::unique_ptr<TrustedCertificates> m_trusted;
};

void HttpsClientTest::initTestCase()
{
    QVERIFY(m_certificates.isValid());
    m_trusted = std::make_unique<TrustedCertificates>(QList{m_certificates.authorityPem()});
}

Result<HttpsAnswer> HttpsClientTest::ask(const ScriptedServer &server,
                                         std::vector<Sha256Digest> pins, HttpsLimits limits)
{
    HttpsClient client(*m_trusted, std::move(pins), limits);
    QObject context;
    std::optional<Result<HttpsAnswer>> outcome;
    client.post(QUrl(QString::fromLatin1(server.api() + "/verify/")), "{}", &context,
                [&](Result<HttpsAnswer> answer) { outcome = std::move(answer); });
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 10'000))
        return failure(Errc::HelperTimedOut, QStringLiteral("the client never answered"));
    return *outcome;
}

void HttpsClientTest::takesAnAnswerAndSaysOnlyWhatItMust()
{
    ScriptedServer server(m_certificates.serverConfiguration(QStringLiteral("good")));
    server.script = [](const SeenRequest &) {
        return ScriptedAnswer::http(200, "{\"status\":200}",
                                    "X-PCT-MAC: abc\r\nSet-Cookie: a=b\r\n");
    };
    HttpsClient client(*m_trusted, {}, {});
    for (int i = 0; i < 2; ++i) {
        std::optional<Result<HttpsAnswer>> outcome;
        client.post(QUrl(QString::fromLatin1(server.api() + "/verify/?token=0")), "{\"v\":1}", this,
                    [&](Result<HttpsAnswer> answer) { outcome = std::move(answer); });
        QTRY_VERIFY(outcome.has_value());
        VERIFY_OK(*outcome);
        QCOMPARE((*outcome)->status, 200);
        QCOMPARE((*outcome)->body, "{\"status\":200}");
        QCOMPARE((*outcome)->mac, "abc");
    }
    QCOMPARE(server.requests.size(), 2);
    const SeenRequest &second = server.requests.last();
    QCOMPARE(second.method, "POST");
    QCOMPARE(second.target, "/v1/verify/?token=0");
    QCOMPARE(second.body, "{\"v\":1}");
    QVERIFY(second.header.contains("User-Agent: Hufu/" HUFU_VERSION "\r\n"));
    QVERIFY(second.header.contains("Content-Type: application/json"));
    QVERIFY(!second.header.toLower().contains("cookie:"));
    QVERIFY(!second.header.toLower().contains("authorization:"));
}

void HttpsClientTest::namesEachTlsFaultAndSendsNoByte_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QStringList>("appended");
    QTest::addColumn<Errc>("expected");

    QTest::newRow("signed by itself")
        << QStringLiteral("stranger") << QStringList() << Errc::TlsUnknownIssuer;
    QTest::newRow("issuer not sent along")
        << QStringLiteral("deep") << QStringList() << Errc::TlsUnknownIssuer;
    QTest::newRow("expired") << QStringLiteral("expired") << QStringList() << Errc::TlsExpired;
    QTest::newRow("for another host")
        << QStringLiteral("elsewhere") << QStringList() << Errc::TlsWrongHost;
    QTest::newRow("signed by itself, with the authority appended")
        << QStringLiteral("stranger") << QStringList{QStringLiteral("root")}
        << Errc::TlsUnknownIssuer;
    QTest::newRow("for another host, behind a zero byte")
        << QStringLiteral("null-prefix") << QStringList() << Errc::TlsWrongHost;
}

void HttpsClientTest::namesEachTlsFaultAndSendsNoByte()
{
    QFETCH(QString, certificate);
    QFETCH(QStringList, appended);
    QFETCH(Errc, expected);
    ScriptedServer server(m_certificates.serverConfiguration(certificate, appended));
    server.script = [](const SeenRequest &) { return ScriptedAnswer::http(200, "{}"); };
    VERIFY_FAILS(ask(server), expected);
    QTest::qWait(50);
    QCOMPARE(server.connections, 1);
    QCOMPARE(server.bytesReceived, 0);
}

void HttpsClientTest::refusesTls11()
{
    QSslConfiguration old = m_certificates.serverConfiguration(QStringLiteral("good"));
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    old.setProtocol(QSsl::TlsV1_1);
    QT_WARNING_POP
    ScriptedServer server(old);
    server.script = [](const SeenRequest &) { return ScriptedAnswer::http(200, "{}"); };
    VERIFY_FAILS(ask(server), Errc::TlsFailed);
    QCOMPARE(server.bytesReceived, 0);
}

void HttpsClientTest::wantsThePinnedKey_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QStringList>("appended");
    QTest::addColumn<QString>("pinned");
    QTest::addColumn<bool>("accepted");

    const QString good = QStringLiteral("good");
    const QString deep = QStringLiteral("deep");
    const QString middle = QStringLiteral("middle");
    const QString root = QStringLiteral("root");
    QTest::newRow("the leaf's") << good << QStringList() << good << true;
    QTest::newRow("the root's, not sent along") << good << QStringList() << root << true;
    QTest::newRow("the one between's") << deep << QStringList{middle} << middle << true;
    QTest::newRow("nobody's here") << good << QStringList() << QStringLiteral("stranger") << false;
    QTest::newRow("of a certificate appended to a stranger's leaf")
        << good << QStringList{middle} << middle << false;
    QTest::newRow("of another leaf appended") << good << QStringList{deep} << deep << false;
}

void HttpsClientTest::wantsThePinnedKey()
{
    QFETCH(QString, certificate);
    QFETCH(QStringList, appended);
    QFETCH(QString, pinned);
    QFETCH(bool, accepted);
    ScriptedServer server(m_certificates.serverConfiguration(certificate, appended));
    server.script = [](const SeenRequest &) { return ScriptedAnswer::http(200, "{}"); };
    const Result<HttpsAnswer> answer = ask(server, {Sha256Digest{}, pinOf(pinned)});
    if (accepted) {
        VERIFY_OK(answer);
        return;
    }
    VERIFY_FAILS(answer, Errc::TlsPinMismatch);
    QTest::qWait(50);
    QCOMPARE(server.bytesReceived, 0);
}

void HttpsClientTest::followsNoRedirect_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("target"); // 0 other host, 1 same host, 2 http

    for (const int status : {301, 302, 303, 307, 308}) {
        for (const int target : {0, 1, 2})
            QTest::addRow("%d to %d", status, target) << status << target;
    }
}

void HttpsClientTest::followsNoRedirect()
{
    QFETCH(int, status);
    QFETCH(int, target);
    ScriptedServer decoy(m_certificates.serverConfiguration(QStringLiteral("good")));
    decoy.script = [](const SeenRequest &) { return ScriptedAnswer::http(200, "{}"); };
    ScriptedServer server(m_certificates.serverConfiguration(QStringLiteral("good")));
    const QByteArray targets[] = {
        "https://LocalHost:" + QByteArray::number(decoy.port()) + "/v1/verify/", "/v1/elsewhere",
        "http://127.0.0.1:" + QByteArray::number(decoy.port()) + "/"};
    server.script = [&](const SeenRequest &) {
        return ScriptedAnswer::http(status, "{}", "Location: " + targets[target] + "\r\n");
    };
    const Result<HttpsAnswer> answer = ask(server);
    VERIFY_FAILS(answer, Errc::RedirectRefused);
    QCOMPARE(answer.error().detail,
             target == 2 ? QStringLiteral("127.0.0.1") : QStringLiteral("localhost"));
    QTest::qWait(30);
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(decoy.connections, 0);
}

void HttpsClientTest::cutsALargeAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("accepted");

    const QByteArray chunk = "10000\r\n" + QByteArray(0x10000, 'x') + "\r\n";
    QTest::newRow("64 KiB") << ScriptedAnswer::http(200, QByteArray(65'536, 'x')).bytes << true;
    QTest::newRow("one byte more")
        << ScriptedAnswer::http(200, QByteArray(65'537, 'x')).bytes << false;
    QTest::newRow("5 MB") << ScriptedAnswer::http(200, QByteArray(5'000'000, 'x')).bytes << false;
    QTest::newRow("in pieces of unknown number")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk << false;
    QTest::newRow("an error page")
        << ScriptedAnswer::http(500, QByteArray(5'000'000, 'x')).bytes << false;
}

void HttpsClientTest::cutsALargeAnswer()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, accepted);
    ScriptedServer server(m_certificates.serverConfiguration(QStringLiteral("good")));
    server.script = [&](const SeenRequest &) { return ScriptedAnswer{.bytes = answer}; };
    const Result<HttpsAnswer> got = ask(server);
    if (accepted) {
        VERIFY_OK(got);
        QCOMPARE(got->body.size(), 65'536);
    } else {
        VERIFY_FAILS(got, Errc::AnswerTooLarge);
    }
}

void HttpsClientTest::unpacksNothing()
{
    // RFC 1952 around a stored block: what a server sends that packs although it was asked not to.
    const QByteArray packed = QByteArray::fromHex("1f8b08000000000000ff") + QByteArray(20, 'x');
    ScriptedServer server(m_certificates.serverConfiguration(QStringLiteral("good")));
    server.script = [&](const SeenRequest &) {
        return ScriptedAnswer::http(200, packed, "Content-Encoding: gzip\r\n");
    };
    const Result<HttpsAnswer> got = ask(server);
    VERIFY_OK(got);
    QCOMPARE(got->body, packed);
    QVERIFY(server.requests.first().header.contains("Accept-Encoding: identity"));
}

void HttpsClientTest::givesUpOnASlowServer_data()
{
    QTest::addColumn<ScriptedAnswer::Way>("way");

    QTest::newRow("silent") << ScriptedAnswer::Way::Silence;
    QTest::newRow("a byte now and then") << ScriptedAnswer::Way::DripFeed;
}

void HttpsClientTest::givesUpOnASlowServer()
{
    QFETCH(ScriptedAnswer::Way, way);
    ScriptedServer server(m_certificates.serverConfiguration(QStringLiteral("good")));
    server.script = [&](const SeenRequest &) {
        return ScriptedAnswer{way, ScriptedAnswer::http(200, QByteArray(4'000, 'x')).bytes};
    };
    QElapsedTimer timer;
    timer.start();
    VERIFY_FAILS(ask(server, {}, {.wait = 600ms}), Errc::ServerTimedOut);
    QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
}

void HttpsClientTest::saysThatNobodyAnswers()
{
    std::optional<ScriptedServer> server(
        std::in_place, m_certificates.serverConfiguration(QStringLiteral("good")));
    server->script = [](const SeenRequest &) {
        return ScriptedAnswer{.way = ScriptedAnswer::Way::HangUp, .bytes = {}};
    };
    VERIFY_FAILS(ask(*server), Errc::ServerUnreachable);

    const QUrl gone(QString::fromLatin1(server->api()));
    server.reset();
    HttpsClient client(*m_trusted, {}, {});
    std::optional<Result<HttpsAnswer>> outcome;
    client.get(gone, this, [&](Result<HttpsAnswer> answer) { outcome = std::move(answer); });
    QTRY_VERIFY(outcome.has_value());
    VERIFY_FAILS(*outcome, Errc::ServerUnreachable);
}

void HttpsClientTest::neverSpeaksHttp()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    HttpsClient client(*m_trusted, {}, {});
    std::optional<Result<HttpsAnswer>> outcome;
    client.get(QUrl(QStringLiteral("http://localhost:%1/").arg(listener.serverPort())), this,
               [&](Result<HttpsAnswer> answer) { outcome = std::move(answer); });
    QVERIFY(!outcome); // never from inside the call
    QTRY_VERIFY(outcome.has_value());
    VERIFY_FAILS(*outcome, Errc::TlsFailed);
    QVERIFY(!listener.waitForNewConnection(50));
}

void HttpsClientTest::aContextThatDiesIsNotAnswered()
{
    ScriptedServer server(m_certificates.serverConfiguration(QStringLiteral("good")));
    server.script = [](const SeenRequest &) {
        return ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
    };
    HttpsClient client(*m_trusted, {}, {});
    bool answered = false;
    {
        QObject context;
        client.get(QUrl(QString::fromLatin1(server.api())), &context,
                   [&](const Result<HttpsAnswer> &) { answered = true; });
        QTRY_COMPARE(server.requests.size(), 1);
    }
    QTRY_COMPARE(server.ended, 1); // the exchange goes with its context
    QVERIFY(!answered);
}

QTEST_GUILESS_MAIN(HttpsClientTest)
#include "https_client_test.moc"
