#include "core/account/adding.h"
#include "core/login/pct1_provider.h"
#include "tests/core/login/scripted_server.h"
#include "tests/core/login/test_certificates.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_printing.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;
using State = BindingFetch::State;

namespace {

const QByteArray token = "dd8450686d9a46bc22057a52be2a4cec";

/// An answer with that offer.
QByteArray bound(const QByteArray &uri)
{
    return "{\"status\":200,\"state\":\"bound\",\"server_time\":1700000000000,\"uri\":\"" + uri +
           "\"}";
}

} // namespace

/// protocol.md B1, "Alternative", against a TLS server on loopback.
class BindingFetchTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void fetchesABinding();
    void asksTheSameWhenTheAnswerIsLost();
    void tryingAgainAsksTheSame();
    void anotherFetchIsAnotherDevice();
    void endsAsTheServerSays_data();
    void endsAsTheServerSays();
    void takesABindingToTheAskedServerOnly_data();
    void takesABindingToTheAskedServerOnly();
    void readsWhatOtherServersEscape();
    void asksNobodyWhoseCertificateIsWrong();

private:
    void begin(const QString &certificate = QStringLiteral("good"));
    [[nodiscard]] bool waitForEnd();
    [[nodiscard]] QByteArray keyUri(const QByteArray &more) const
    {
        return "otpauth://totp/Northgate:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
               "&issuer=Northgate" +
               more;
    }
    [[nodiscard]] QByteArray bindingTo(const QByteArray &api) const
    {
        return keyUri("&v=1&appid=app&uid=alice&api=" + api.toPercentEncoding());
    }
    TestCertificates m_certificates;
    ManualClock m_clock;
    std::unique_ptr<ScriptedServer> server;
    std::unique_ptr<Pct1Provider> provider;
    std::unique_ptr<BindingFetch> fetch;
};

void BindingFetchTest::initTestCase()
{
    QVERIFY(m_certificates.isValid());
    provider = std::make_unique<Pct1Provider>(
        Policy{.loopback = Loopback::Allowed, .extraCa = {m_certificates.authorityPem()}}, m_clock);
}

void BindingFetchTest::init()
{
    begin();
}

void BindingFetchTest::begin(const QString &certificate)
{
    fetch.reset();
    server = std::make_unique<ScriptedServer>(m_certificates.serverConfiguration(certificate));
    server->script = [this](const SeenRequest &) {
        return ScriptedAnswer::http(200, bound(bindingTo(server->api())));
    };
    fetch = provider->fetch({.base = server->api().toStdString(),
                             .token = token.toStdString(),
                             .host = QStringLiteral("localhost")});
}

bool BindingFetchTest::waitForEnd()
{
    return QTest::qWaitFor(
        [&] { return fetch->state() == State::Fetched || fetch->state() == State::Failed; },
        10'000);
}

void BindingFetchTest::fetchesABinding()
{
    QTest::qWait(20);
    QCOMPARE(server->connections, 0); // nothing before a person agrees
    QCOMPARE(fetch->state(), State::Waiting);
    fetch->start();
    QVERIFY(waitForEnd());
    QCOMPARE(fetch->state(), State::Fetched);
    QCOMPARE(server->requests.size(), 1);
    const SeenRequest &seen = server->requests.front();
    QCOMPARE(seen.method, "POST");
    QCOMPARE(seen.target, "/v1/bind/?token=" + token);
    const QJsonObject body = QJsonDocument::fromJson(seen.body).object();
    QCOMPARE(body.size(), 4);
    QCOMPARE(body.value(QLatin1String("v")).toInt(), 1);
    QCOMPARE(body.value(QLatin1String("nonce")).toString().size(), 32);
    QVERIFY(!body.value(QLatin1String("device_name")).toString().isEmpty());

    const KeyUri uri = fetch->takeUri();
    QCOMPARE(uri.issuer, QStringLiteral("Northgate"));
    QVERIFY(uri.binding->api == server->api().toStdString());
    AccountSet accounts;
    const Result<KeyUri> copy = uri.copy();
    VERIFY_OK(copy);
    const Result<AccountId> id =
        addFromUri(accounts, *uri.copy(), AddChoice::KeepBoth, m_clock.second());
    VERIFY_OK(id);
    QCOMPARE(QString::fromLatin1(toHex(accounts.find(*id)->binding->deviceId)),
             body.value(QLatin1String("device_id")).toString());
}

void BindingFetchTest::asksTheSameWhenTheAnswerIsLost()
{
    server->script = [this](const SeenRequest &) {
        return server->requests.size() < 3
                   ? ScriptedAnswer{.way = ScriptedAnswer::Way::HangUp, .bytes = {}}
                   : ScriptedAnswer::http(200, bound(bindingTo(server->api())));
    };
    fetch->start();
    QVERIFY(waitForEnd());
    QCOMPARE(fetch->state(), State::Fetched);
    QCOMPARE(server->requests.size(), 3);
    QCOMPARE(server->requests.at(1).body, server->requests.at(0).body);
    QCOMPARE(server->requests.at(2).body, server->requests.at(0).body);
}

void BindingFetchTest::tryingAgainAsksTheSame()
{
    server->script = [this](const SeenRequest &) {
        m_clock.advance(16s); // the person's patience is over
        return ScriptedAnswer{.way = ScriptedAnswer::Way::HangUp, .bytes = {}};
    };
    fetch->start();
    QVERIFY(waitForEnd());
    QCOMPARE(fetch->state(), State::Failed);
    QCOMPARE(fetch->failure().code, Errc::ServerUnreachable);
    const qsizetype before = server->requests.size();
    server->script = [this](const SeenRequest &) {
        return ScriptedAnswer::http(200, bound(bindingTo(server->api())));
    };
    fetch->start();
    QVERIFY(waitForEnd());
    QCOMPARE(fetch->state(), State::Fetched);
    fetch->start(); // nothing more to do
    QTest::qWait(20);
    QCOMPARE(server->requests.size(), before + 1);
    QCOMPARE(server->requests.last().body, server->requests.first().body);
}

void BindingFetchTest::anotherFetchIsAnotherDevice()
{
    QSet<QString> values;
    for (int i = 0; i < 2; ++i) {
        begin();
        fetch->start();
        QVERIFY(waitForEnd());
        const QJsonObject body = QJsonDocument::fromJson(server->requests.front().body).object();
        values << body.value(QLatin1String("device_id")).toString()
               << body.value(QLatin1String("nonce")).toString();
    }
    QCOMPARE(values.size(), 4);
}

void BindingFetchTest::endsAsTheServerSays_data()
{
    QTest::addColumn<int>("http");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Errc>("expected");

    const auto row = [](const char *name, int http, const QByteArray &body, Errc expected) {
        QTest::newRow(name) << http << body << expected;
    };
    row("over or used", 200, R"({"status":604})", Errc::BindingExpired);
    row("over", 200, R"({"status":603})", Errc::BindingExpired);
    row("malformed", 200, R"({"status":400})", Errc::ServerRefused);
    row("refused", 200, R"({"status":403})", Errc::ServerRefused);
    row("too often", 200, R"({"status":407})", Errc::TooManyTries);
    row("broken", 200, R"({"status":500})", Errc::ServerFailed);
    row("a new status", 200, R"({"status":777})", Errc::ServerRefused);
    row("no such call", 404, "<html>", Errc::ServerRefused);
    row("too many", 429, "", Errc::TooManyTries);
    row("down", 502, "<html>", Errc::ServerFailed);
    row("elsewhere", 302, "", Errc::RedirectRefused);
    row("elsewhere with the body", 307, "", Errc::RedirectRefused);
    row("a page", 200, "<html>", Errc::AnswerMalformed);
    row("nothing", 200, "", Errc::AnswerMalformed);
    row("status as text", 200, R"({"status":"200"})", Errc::AnswerMalformed);
    row("no binding", 200, R"({"status":200,"state":"bound"})", Errc::AnswerMalformed);
    row("a binding that is no text", 200, R"({"status":200,"state":"bound","uri":5})",
        Errc::AnswerMalformed);
    row("two bindings", 200, R"({"status":200,"state":"bound","uri":"a","uri":"b"})",
        Errc::AnswerMalformed);
    row("an endless text", 200, "{\"status\":200,\"state\":\"bound\",\"uri\":\"a\\",
        Errc::AnswerMalformed);
    row("64 KiB and more", 200, QByteArray(65 * 1024, ' '), Errc::AnswerTooLarge);
}

void BindingFetchTest::endsAsTheServerSays()
{
    QFETCH(int, http);
    QFETCH(QByteArray, body);
    QFETCH(Errc, expected);
    server->script = [&](const SeenRequest &) {
        m_clock.advance(16s);
        return ScriptedAnswer::http(http, body, "Location: https://localhost:1/elsewhere\r\n");
    };
    fetch->start();
    QVERIFY(waitForEnd());
    QCOMPARE(fetch->state(), State::Failed);
    QCOMPARE(fetch->failure().code, expected);
    QCOMPARE(server->requests.size(), 1);
}

void BindingFetchTest::takesABindingToTheAskedServerOnly_data()
{
    QTest::addColumn<QByteArray>("uri"); // OURS is host:port of the server, encoded

    const auto row = [](const char *name, const QByteArray &uri) { QTest::newRow(name) << uri; };
    const auto binding = [this](const QByteArray &api) { return bindingTo(api); };
    row("another host", binding("https://auth.example.com/v1"));
    row("another port", binding("https://localhost:1/v1"));
    row("no port", binding("https://localhost/v1"));
    row("its number", binding("https://127.0.0.1:PORT/v1"));
    row("another path", binding("https://OURS/v2"));
    row("no path", binding("https://OURS"));
    row("a slash more", binding("https://OURS/v1/"));
    row("a user", binding("https://OURS@auth.example.com/v1"));
    row("http", binding("http://OURS/v1"));
    row("no binding", keyUri({}));
    row("half a binding", keyUri("&v=1&appid=app&uid=alice"));
    row("another version", keyUri("&v=2&appid=app&uid=alice&api=https%3A%2F%2FOURS%2Fv1"));
    row("twice", binding("https://OURS/v1") + "&uid=bob");
    row("a counter", binding("https://OURS/v1").replace("//totp/", "//hotp/"));
    row("no key", binding("https://OURS/v1").replace("GEZDGNBVGY3TQOJQ", ""));
    row("a login", "https://OURS/v1/verify/?token=" + token);
    row("a newline", binding("https://OURS/v1") + "\\n");
}

void BindingFetchTest::takesABindingToTheAskedServerOnly()
{
    QFETCH(QByteArray, uri);
    const QByteArray port = QByteArray::number(server->port());
    uri.replace("OURS", "localhost%3A" + port).replace("PORT", port);
    server->script = [&](const SeenRequest &) { return ScriptedAnswer::http(200, bound(uri)); };
    fetch->start();
    QVERIFY(waitForEnd());
    QCOMPARE(fetch->state(), State::Failed);
    QCOMPARE(fetch->failure().code, Errc::AnswerMalformed);
}

void BindingFetchTest::readsWhatOtherServersEscape()
{
    server->script = [this](const SeenRequest &) {
        return ScriptedAnswer::http(
            200, bound(bindingTo(server->api()).replace("/", "\\/").replace("&", "\\u0026")));
    };
    fetch->start();
    QVERIFY(waitForEnd());
    QCOMPARE(fetch->state(), State::Fetched);
    QCOMPARE(fetch->takeUri().account, QStringLiteral("alice"));
}

void BindingFetchTest::asksNobodyWhoseCertificateIsWrong()
{
    const std::pair<const char *, Errc> faults[] = {{"stranger", Errc::TlsUnknownIssuer},
                                                    {"expired", Errc::TlsExpired},
                                                    {"elsewhere", Errc::TlsWrongHost}};
    for (const auto &[certificate, expected] : faults) {
        begin(QLatin1String(certificate));
        fetch->start();
        QVERIFY(waitForEnd());
        QCOMPARE(fetch->failure().code, expected);
        QCOMPARE(server->bytesReceived, 0);
    }
}

QTEST_GUILESS_MAIN(BindingFetchTest)
#include "binding_fetch_test.moc"
