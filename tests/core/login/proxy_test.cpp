#include "core/login/https_client.h"
#include "core/login/proxy_route.h"
#include "core/login/trusted_certificates.h"
#include "tests/core/login/connect_proxy.h"
#include "tests/core/login/scripted_server.h"
#include "tests/core/login/test_certificates.h"
#include "tests/support/result_printing.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;
using Kind = ProxySettings::Kind;
using Mood = ConnectProxy::Mood;

/// Ways to a server: through a real proxy that knows CONNECT, and none (protocol.md B6).
class ProxyTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void remembersTheSettings();
    void goesThroughTheProxy();
    void wantsTheLoginThatItWasGiven();
    void saysWhichKindOfLoginIsWanted_data();
    void saysWhichKindOfLoginIsWanted();
    void forgetsThePasswordOfAnotherProxy();
    void saysHowAProxyFails_data();
    void saysHowAProxyFails();
    void aProxyThatIsNotThereIsUnreachable();
    void aProxyWithoutHostGoesNowhere();
    void aFaultOfTlsIsTheServersBehindAProxyToo();
    void asksTheSystem();

private:
    Result<HttpsAnswer> ask(HttpsLimits limits = {});
    void useProxy(const QString &user = {})
    {
        route.setSettings({.kind = Kind::Manual,
                           .host = QStringLiteral("localhost"),
                           .port = proxy->port(),
                           .user = user});
    }

    TestCertificates m_certificates;
    std::unique_ptr<TrustedCertificates> m_trusted;
    std::unique_ptr<ScriptedServer> server;
    std::unique_ptr<ConnectProxy> proxy;
    ProxyRoute route;
};

void ProxyTest::initTestCase()
{
    QVERIFY(m_certificates.isValid());
    m_trusted = std::make_unique<TrustedCertificates>(QList{m_certificates.authorityPem()});
}

void ProxyTest::init()
{
    server = std::make_unique<ScriptedServer>(
        m_certificates.serverConfiguration(QStringLiteral("good")));
    server->script = [](const SeenRequest &) { return ScriptedAnswer::http(200, "{}"); };
    proxy = std::make_unique<ConnectProxy>();
    route.setSettings({});
}

Result<HttpsAnswer> ProxyTest::ask(HttpsLimits limits)
{
    HttpsClient client(*m_trusted, {}, limits, &route);
    QObject context;
    std::optional<Result<HttpsAnswer>> outcome;
    client.post(QUrl(QString::fromLatin1(server->api() + "/verify/?token=secret")), "{\"v\":1}",
                &context, [&](Result<HttpsAnswer> answer) { outcome = std::move(answer); });
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 20'000))
        return failure(Errc::HelperTimedOut, QStringLiteral("the client never answered"));
    return *outcome;
}

void ProxyTest::remembersTheSettings()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    QCOMPARE(ProxySettings::read(file), ProxySettings());
    ProxySettings manual{.kind = Kind::Manual,
                         .host = QStringLiteral("proxy.example"),
                         .port = 3128,
                         .user = QStringLiteral("bob")};
    for (const Kind kind : {Kind::Manual, Kind::None, Kind::System}) {
        manual.kind = kind;
        manual.write(file);
        QCOMPARE(ProxySettings::read(file), manual); // the host stays for the next time
    }
    QFile damaged(file);
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("[servers]\nproxy=manual\nproxyPort=99999\n");
    damaged.close();
    QCOMPARE(ProxySettings::read(file).kind, Kind::Manual);
    QCOMPARE(ProxySettings::read(file).port, 0);
    QVERIFY(!ProxySettings::read(file).isComplete());
}

void ProxyTest::goesThroughTheProxy()
{
    useProxy();
    const Result<HttpsAnswer> answer = ask();
    VERIFY_OK(answer);
    QCOMPARE(answer->body, "{}");
    QCOMPARE(proxy->tunnels, 1);
    QCOMPARE(proxy->targets, QByteArrayList{"localhost:" + QByteArray::number(server->port())});
    const QByteArray &seen = proxy->requests.constFirst();
    QVERIFY(seen.startsWith("CONNECT "));
    QVERIFY(!seen.contains("secret")); // it learns whom we talk to, and nothing else
    QVERIFY(!seen.contains("Authorization"));
    QCOMPARE(server->requests.size(), 1);
    QVERIFY(!server->requests.constFirst().header.contains("Proxy"));

    route.setSettings({.kind = Kind::None}); // and not any more, at once
    VERIFY_OK(ask());
    QCOMPARE(proxy->tunnels, 1);
}

void ProxyTest::wantsTheLoginThatItWasGiven()
{
    for (const char *login :
         {"bob:pa:ss", "al:x", "a:", "j\xc3\xbcrgen:\xe5\xaf\x86\xe7\xa0\x81"}) {
        proxy->login = login;
        const QByteArray user = proxy->login.split(':').constFirst();
        const QByteArray password = proxy->login.mid(user.size() + 1);
        useProxy(QString::fromUtf8(user));
        const Result<HttpsAnswer> without = ask();
        VERIFY_FAILS(without, Errc::ProxyRefused);
        QCOMPARE(without.error().detail, QStringLiteral("the proxy says 407"));
        route.setPassword(*SecretBytes::copyOf(std::string_view("wrong")));
        VERIFY_FAILS(ask(), Errc::ProxyRefused);
        const int before = server->connections;
        route.setPassword(*SecretBytes::copyOf(std::string_view(password.constData())));
        VERIFY_OK(ask());
        QCOMPARE(server->connections, before + 1);
    }
    QVERIFY(!server->requests.constFirst().header.contains("Authorization"));
}

void ProxyTest::saysWhichKindOfLoginIsWanted_data()
{
    QTest::addColumn<QByteArrayList>("challenges");
    QTest::addColumn<Errc>("expected");

    const auto row = [](const char *name, const QByteArrayList &challenges, Errc expected) {
        QTest::newRow(name) << challenges << expected;
    };
    const Errc other = Errc::ProxyLoginUnsupported;
    const Errc wrong = Errc::ProxyRefused; // name and password might do
    row("NTLM", {"NTLM"}, other);
    row("Kerberos", {"Negotiate", "Kerberos"}, other);
    row("in the middle of a handshake", {"Negotiate YIIBhg=="}, other);
    row("in one line", {"Negotiate, NTLM"}, other);
    row("Digest", {R"(Digest realm="a", qop="auth", nonce="b")"}, other);
    row("Digest of a realm called Basic", {R"(Digest realm="x, Basic y", nonce="b")"}, other);
    row("a quoted quote", {R"(Digest realm="x\", Basic y", nonce="b")"}, other);
    row("a parameter called Basic", {R"(Digest realm="x", Basic = "y")"}, other);
    row("a longer name", {"Basically"}, other);
    row("Basic", {R"(Basic realm="a")"}, wrong);
    row("in small letters", {R"(basic realm="a")"}, wrong);
    row("Basic among others", {"Negotiate", "NTLM", R"(Basic realm="a")"}, wrong);
    row("Basic at the end of a line", {R"(Digest realm="a", qop="auth", Basic realm="b")"}, wrong);
    row("it does not say", {}, wrong);
    row("it says nothing", {""}, wrong);
}

void ProxyTest::saysWhichKindOfLoginIsWanted()
{
    QFETCH(QByteArrayList, challenges);
    QFETCH(Errc, expected);
    proxy->login = "bob:swordfish";
    proxy->challenges = challenges;
    useProxy(QStringLiteral("bob"));
    VERIFY_FAILS(ask(), expected);
    route.setPassword(*SecretBytes::copyOf(std::string_view("wrong")));
    VERIFY_FAILS(ask(), expected);
    QCOMPARE(proxy->tunnels, 0);
    QCOMPARE(server->bytesReceived, 0);
}

void ProxyTest::forgetsThePasswordOfAnotherProxy()
{
    useProxy(QStringLiteral("bob"));
    route.setPassword(*SecretBytes::copyOf(std::string_view("swordfish")));
    useProxy(QStringLiteral("bob"));
    QVERIFY(route.hasPassword());
    useProxy(QStringLiteral("carol"));
    QVERIFY(!route.hasPassword());
    route.setPassword(*SecretBytes::copyOf(std::string_view("swordfish")));
    route.setSettings({.kind = Kind::None});
    QVERIFY(!route.hasPassword());
}

void ProxyTest::saysHowAProxyFails_data()
{
    QTest::addColumn<Mood>("mood");
    QTest::addColumn<Errc>("expected");

    QTest::newRow("it refuses") << Mood::Refusing << Errc::ProxyRefused;
    QTest::newRow("it does not reach the server") << Mood::CutOff << Errc::ServerUnreachable;
    QTest::newRow("it is silent") << Mood::Silent << Errc::ProxyUnreachable;
    QTest::newRow("it hangs up") << Mood::HangingUp << Errc::ProxyRefused;
    QTest::newRow("it never ends its header") << Mood::Babbling << Errc::ProxyRefused;
    QTest::newRow("it answers for the server") << Mood::TalkingOver << Errc::ProxyRefused;
}

void ProxyTest::saysHowAProxyFails()
{
    QFETCH(Mood, mood);
    QFETCH(Errc, expected);
    proxy->mood = mood;
    useProxy();
    const bool isSlow = mood == Mood::Silent;
    VERIFY_FAILS(ask({.wait = isSlow ? 500ms : 15s}), expected);
    QCOMPARE(server->bytesReceived, 0);
    QVERIFY(proxy->bytesPoured < 10'000'000);
}

void ProxyTest::aProxyThatIsNotThereIsUnreachable()
{
    useProxy();
    proxy.reset();
    VERIFY_FAILS(ask(), Errc::ProxyUnreachable);
    QCOMPARE(server->connections, 0);
}

void ProxyTest::aProxyWithoutHostGoesNowhere()
{
    for (const QString &host : {QString(), QStringLiteral("a host"), QStringLiteral("http://p/")}) {
        route.setSettings({.kind = Kind::Manual, .host = host, .port = 3128, .user = {}});
        VERIFY_FAILS(ask(), Errc::ProxyUnreachable);
    }
    QCOMPARE(server->connections, 0);
}

void ProxyTest::aFaultOfTlsIsTheServersBehindAProxyToo()
{
    server = std::make_unique<ScriptedServer>(
        m_certificates.serverConfiguration(QStringLiteral("elsewhere")));
    server->script = [](const SeenRequest &) { return ScriptedAnswer::http(200, "{}"); };
    useProxy();
    VERIFY_FAILS(ask(), Errc::TlsWrongHost);
    QCOMPARE(proxy->tunnels, 1);
    QCOMPARE(server->bytesReceived, 0);
}

// By the variables that every desktop's way of asking reads first.
void ProxyTest::asksTheSystem()
{
    proxy->login = "bob:swordfish";
    qputenv("https_proxy", "http://bob:swordfish@localhost:" + QByteArray::number(proxy->port()));
    const auto forget = qScopeGuard([] { qunsetenv("https_proxy"); });
    HttpsClient client(*m_trusted, {}, {}, &route);
    const auto get = [&](const QString &host) -> Result<HttpsAnswer> {
        std::optional<Result<HttpsAnswer>> outcome;
        client.get(
            QUrl(QStringLiteral("https://%1:%2/?token=secret").arg(host).arg(server->port())), this,
            [&](Result<HttpsAnswer> answer) { outcome = std::move(answer); });
        if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 20'000))
            return failure(Errc::HelperTimedOut, QStringLiteral("the client never answered"));
        return *outcome;
    };
    VERIFY_FAILS(get(QStringLiteral("other.example")), Errc::TlsWrongHost);
    QCOMPARE(proxy->targets, QByteArrayList{"other.example:" + QByteArray::number(server->port())});
    QCOMPARE(proxy->tunnels, 1);

    VERIFY_OK(get(QStringLiteral("localhost"))); // what is on this machine needs no proxy
    QCOMPARE(proxy->requests.size(), 1);
    qputenv("https_proxy", "socks5://localhost:" + QByteArray::number(proxy->port()));
    VERIFY_FAILS(get(QStringLiteral("other.example")), Errc::ProxyUnreachable);
}

QTEST_GUILESS_MAIN(ProxyTest)
#include "proxy_test.moc"
