#include "core/login/pct1_provider.h"
#include "tests/core/login/signing_server.h"
#include "tests/core/login/test_certificates.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_printing.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QSslConfiguration>
#include <QTest>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;
using State = LoginAttempt::State;

namespace {

const QByteArray token = "dd8450686d9a46bc22057a52be2a4cec";

} // namespace

/// Whole logins against a TLS server on loopback.
class Pct1AttemptTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void approves();
    void denies_data();
    void denies();
    void sendsTheNumber();
    void signsWhatWasShown();
    void asksWhichAccount();
    void leavesAccountsInTheBinAlone();
    void aNewKeyIsTriedBeforeTheOneThatItReplaces_data();
    void aNewKeyIsTriedBeforeTheOneThatItReplaces();
    void endsAsTheServerSays_data();
    void endsAsTheServerSays();
    void believesOnlySignedSuccess_data();
    void believesOnlySignedSuccess();
    void oneChangedByteIsNoContext();
    void aRedirectEndsItAndNamesItsTarget();
    void whatIsRefusedIsLoggedWithoutItsBody();
    void aSuccessOfAnotherActionIsNone();
    void repeatsTheSameBytesWhenTheAnswerIsLost();
    void repeatsWhileTheServerIsDown();
    void correctsItsClockOnce();
    void theNextLoginKnowsTheServersTime();
    void anAnswerThatIsRepeatedTellsNoTime();
    void onlySignedAnswersTellTheTime();
    void doesNotBelieveAClockThatIsADayOff();
    void endsWhenTheCodeHasExpired();
    void anAnswerOnItsWayStillCounts();
    void aWeakSecretSendsNothing();
    void theDecoyHearsNothing_data();
    void theDecoyHearsNothing();
    void callsThatDoNotFitDoNothing();

private:
    Account account(const char *uid = "alice", const char *appId = "app") const;
    void begin();
    [[nodiscard]] bool waitFor(State state);
    void review();
    [[nodiscard]] Errc failure() const { return attempt->failure().code; }
    [[nodiscard]] std::string api() const { return server->api().toStdString(); }

    TestCertificates m_certificates;
    ManualClock m_clock;
    AccountSet m_accounts;
    std::unique_ptr<SigningServer> server;
    std::shared_ptr<ServerClocks> serverClocks;
    std::unique_ptr<Pct1Provider> provider;
    std::unique_ptr<LoginAttempt> attempt;
};

void Pct1AttemptTest::initTestCase()
{
    QVERIFY(m_certificates.isValid());
    serverClocks = std::make_shared<ServerClocks>(m_clock);
    provider = std::make_unique<Pct1Provider>(
        Policy{.loopback = Loopback::Allowed, .extraCa = {m_certificates.authorityPem()}}, m_clock,
        serverClocks);
}

void Pct1AttemptTest::init()
{
    attempt.reset();
    m_clock.set(UtcTime(1'700'000'000s));
    server =
        std::make_unique<SigningServer>(m_certificates.serverConfiguration(QStringLiteral("good")));
    m_accounts = {};
    Account alice = account();
    server->knows(alice);
    VERIFY_OK(m_accounts.add(std::move(alice)));
}

Account Pct1AttemptTest::account(const char *uid, const char *appId) const
{
    Account account;
    account.id = randomId<16>();
    account.issuer = QStringLiteral("Northgate");
    account.account = QLatin1String(uid);
    account.secret = *SecretBytes::copyOf(std::string_view("12345678901234567890"));
    account.binding.emplace();
    account.binding->api = server->api().toStdString();
    account.binding->appId = appId;
    account.binding->uid = uid;
    account.binding->deviceId = randomId<16>();
    return account;
}

void Pct1AttemptTest::begin()
{
    Result<std::unique_ptr<LoginAttempt>> begun =
        provider->begin({.base = server->api().toStdString(),
                         .token = token.toStdString(),
                         .host = QStringLiteral("localhost")},
                        LoginChannel::Screen, m_accounts);
    VERIFY_OK(begun);
    attempt = std::move(*begun);
    QCOMPARE(server->connections, 0);
    attempt->start();
}

bool Pct1AttemptTest::waitFor(State state)
{
    return QTest::qWaitFor(
               [&] {
                   return attempt->state() == state || attempt->state() == State::Failed ||
                          attempt->state() == State::Approved || attempt->state() == State::Denied;
               },
               10'000) &&
           attempt->state() == state;
}

void Pct1AttemptTest::review()
{
    begin();
    QVERIFY2(waitFor(State::Reviewing), qPrintable(errcName(failure())));
}

void Pct1AttemptTest::approves()
{
    review();
    const LoginContext &context = attempt->context();
    QCOMPARE(context.application, QStringLiteral("Northgate"));
    QCOMPARE(context.server, QString::fromLatin1(server->api()).mid(8).chopped(3));
    QCOMPARE(context.place, QStringLiteral("Berlin"));
    QCOMPARE(context.network, LoginContext::Network::Different);
    QCOMPARE(context.expires, m_clock.now() + 232s);
    QCOMPARE(context.channel, LoginChannel::Screen);
    QCOMPARE(attempt->candidates().size(), 1U);
    QVERIFY(attempt->rawContext().startsWith("{\"app_name\""));

    attempt->approve({});
    QCOMPARE(attempt->state(), State::Sending);
    QVERIFY(waitFor(State::Approved));
    QCOMPARE(attempt->trace().answer, QStringLiteral("200"));
    QCOMPARE(server->requests.size(), 3);
    for (const SeenRequest &request : std::as_const(server->requests))
        QCOMPARE(request.target, "/v1/verify/?token=" + token);
    QCOMPARE(SigningServer::member(server->requests.last(), "nonce").left(8),
             attempt->trace().requestId);
}

void Pct1AttemptTest::denies_data()
{
    QTest::addColumn<DenyReason>("reason");
    QTest::addColumn<QString>("sent");

    QTest::newRow("cancelled") << DenyReason::Cancel << QStringLiteral("cancel");
    QTest::newRow("not me") << DenyReason::NotMe << QStringLiteral("not_me");
}

void Pct1AttemptTest::denies()
{
    QFETCH(DenyReason, reason);
    QFETCH(QString, sent);
    review();
    attempt->deny(reason);
    QVERIFY(waitFor(State::Denied));
    QCOMPARE(SigningServer::member(server->requests.last(), "action"), QStringLiteral("deny"));
    QCOMPARE(SigningServer::member(server->requests.last(), "answer"), sent);
}

void Pct1AttemptTest::sendsTheNumber()
{
    server->post = [&](const SeenRequest &request, const QString &action) {
        return server->sign(request, action == QLatin1String("scan")
                                         ? R"({"status":201,"number":{"mode":"enter","digits":2}})"
                                         : R"({"status":200,"state":"confirmed"})");
    };
    review();
    QCOMPARE(attempt->context().numberDigits, 2);
    for (const QString &wrong : {QString(), QStringLiteral("7"), QStringLiteral("007"),
                                 QStringLiteral("a7"), QStringLiteral("٠٧")}) {
        attempt->approve(wrong);
        QCOMPARE(attempt->state(), State::Reviewing);
    }
    attempt->approve(QStringLiteral("07"));
    QVERIFY(waitFor(State::Approved));
    QCOMPARE(SigningServer::member(server->requests.last(), "answer"), QStringLiteral("07"));
}

void Pct1AttemptTest::signsWhatWasShown()
{
    review();
    attempt->approve({});
    QVERIFY(waitFor(State::Approved));
    const AccountPtr &mine = m_accounts.all().front();
    const SecretBytes key = *derivePct1Key(Pct1Key::Request, mine->secret, *mine->binding);
    const auto check = [&](const SeenRequest &request, const std::string &context) {
        const auto text = [&](const char *name) {
            return SigningServer::member(request, name).toStdString();
        };
        const Pct1Request expected{
            .action = text("action"),
            .api = mine->binding->api,
            .appId = "app",
            .uid = "alice",
            .deviceId = toHex(mine->binding->deviceId).toStdString(),
            .token = token.toStdString(),
            .time = 1'700'000'000,
            .nonce = text("nonce"),
            .via = "screen",
            .context = context,
        };
        QCOMPARE(QJsonDocument::fromJson(request.body),
                 QJsonDocument::fromJson(*signedBody(expected, key)));
        QCOMPARE(text("nonce").size(), 32U);
    };
    const QByteArray body = SigningServer::scanned;
    check(server->requests.at(1), "-");
    check(server->requests.at(2),
          toHex(sha256(std::as_bytes(std::span(body.begin(), body.end())))).toStdString());
    QVERIFY(SigningServer::member(server->requests.at(1), "nonce") !=
            SigningServer::member(server->requests.at(2), "nonce"));
}

void Pct1AttemptTest::asksWhichAccount()
{
    Account bob = account("bob");
    const AccountId id = bob.id;
    VERIFY_OK(m_accounts.add(account("carol", "other-app")));
    server->knows(bob);
    VERIFY_OK(m_accounts.add(std::move(bob)));
    begin();
    QVERIFY(waitFor(State::ChoosingAccount));
    QCOMPARE(attempt->candidates().size(), 2U);
    attempt->approve({});
    attempt->choose(randomId<16>());
    QCOMPARE(attempt->state(), State::ChoosingAccount);
    QVERIFY(server->posts().isEmpty());

    attempt->choose(id);
    QVERIFY(waitFor(State::Reviewing));
    QCOMPARE(attempt->candidates().size(), 1U);
    QCOMPARE(SigningServer::member(server->requests.last(), "uid"), QStringLiteral("bob"));
}

void Pct1AttemptTest::aNewKeyIsTriedBeforeTheOneThatItReplaces_data()
{
    QTest::addColumn<bool>("hasSeenTheNewOne");

    QTest::newRow("the server has seen the new one") << true;
    QTest::newRow("the server still has the old one") << false;
}

void Pct1AttemptTest::aNewKeyIsTriedBeforeTheOneThatItReplaces()
{
    QFETCH(bool, hasSeenTheNewOne);
    const AccountPtr old = m_accounts.all().front();
    Account fresh = account();
    fresh.secret = *SecretBytes::copyOf(std::string_view("another secret of alice"));
    fresh.binding->replaces = old->id;
    const AccountId freshId = fresh.id;
    if (hasSeenTheNewOne)
        server->knows(fresh);
    const SecretBytes right = *derivePct1Key(
        Pct1Key::Request, hasSeenTheNewOne ? fresh.secret : old->secret, *old->binding);
    VERIFY_OK(m_accounts.add(std::move(fresh)));
    server->post = [&](const SeenRequest &request, const QString &action) {
        const auto text = [&](const char *name) {
            return SigningServer::member(request, name).toStdString();
        };
        const auto body = QJsonDocument::fromJson(request.body).object();
        const Pct1Request signedRequest{.action = text("action"),
                                        .api = old->binding->api,
                                        .appId = "app",
                                        .uid = "alice",
                                        .deviceId = text("device_id"),
                                        .token = token.toStdString(),
                                        .time = body.value(QLatin1String("ts")).toInteger(),
                                        .nonce = text("nonce"),
                                        .via = "screen",
                                        .answer = text("answer"),
                                        .context = text("ctx")};
        const auto mac = *macText(right, *canonicalText(signedRequest));
        if (SigningServer::member(request, "mac").toLatin1() != mac)
            return server->sign(request, R"({"status":403})");
        return server->sign(request, action == QLatin1String("scan")
                                         ? QByteArray(SigningServer::scanned)
                                         : QByteArray(R"({"status":200,"state":"confirmed"})"));
    };
    review();
    attempt->approve({});
    QVERIFY(waitFor(State::Approved));
    QCOMPARE(attempt->candidates().size(), 1U);
    QCOMPARE(attempt->candidates().front()->id, hasSeenTheNewOne ? freshId : old->id);
    QCOMPARE(server->posts().size(), hasSeenTheNewOne ? 2 : 3);
}

void Pct1AttemptTest::leavesAccountsInTheBinAlone()
{
    Account deleted = *m_accounts.all().front()->copy();
    deleted.deleted = std::chrono::sys_seconds(1s);
    VERIFY_OK(m_accounts.replace(std::move(deleted)));
    VERIFY_FAILS(provider->begin({.base = server->api().toStdString(),
                                  .token = token.toStdString(),
                                  .host = QStringLiteral("localhost")},
                                 LoginChannel::Screen, m_accounts),
                 Errc::UnboundServer);
}

void Pct1AttemptTest::endsAsTheServerSays_data()
{
    QTest::addColumn<QString>("at"); // GET, scan or confirm
    QTest::addColumn<int>("status");
    QTest::addColumn<Errc>("expected");

    const QString get = QStringLiteral("GET");
    const QString scan = QStringLiteral("scan");
    const QString confirm = QStringLiteral("confirm");
    QTest::newRow("asking, expired") << get << 603 << Errc::LoginExpired;
    QTest::newRow("asking, unknown code") << get << 604 << Errc::LoginExpired;
    QTest::newRow("asking, too often") << get << 407 << Errc::TooManyTries;
    QTest::newRow("asking, broken server") << get << 500 << Errc::ServerFailed;
    QTest::newRow("asking, a new status") << get << 777 << Errc::ServerRefused;
    QTest::newRow("scan, malformed") << scan << 400 << Errc::ServerRefused;
    QTest::newRow("scan, bad signature") << scan << 403 << Errc::ServerRefused;
    QTest::newRow("scan, too many tries") << scan << 407 << Errc::TooManyTries;
    QTest::newRow("scan, answered already") << scan << 409 << Errc::LoginAnsweredElsewhere;
    QTest::newRow("scan, broken server") << scan << 500 << Errc::ServerFailed;
    QTest::newRow("scan, expired") << scan << 603 << Errc::LoginExpired;
    QTest::newRow("scan, unknown user") << scan << 604 << Errc::UnboundAccount;
    QTest::newRow("confirm, answered elsewhere") << confirm << 409 << Errc::LoginAnsweredElsewhere;
    QTest::newRow("confirm, wrong number") << confirm << 600 << Errc::WrongNumber;
    QTest::newRow("confirm, expired") << confirm << 603 << Errc::LoginExpired;
    QTest::newRow("confirm, another context") << confirm << 403 << Errc::ServerRefused;
    QTest::newRow("confirm, refused by a person") << confirm << 601 << Errc::ServerRefused;
    QTest::newRow("confirm, a new status") << confirm << 777 << Errc::ServerRefused;
}

void Pct1AttemptTest::endsAsTheServerSays()
{
    QFETCH(QString, at);
    QFETCH(int, status);
    QFETCH(Errc, expected);
    const QByteArray refusal = "{\"status\":" + QByteArray::number(status) + '}';
    if (at == QLatin1String("GET"))
        server->inquiry = refusal;
    server->post = [&](const SeenRequest &request, const QString &action) {
        return server->sign(request, action == at ? refusal : QByteArray(SigningServer::scanned));
    };
    begin();
    if (at == QLatin1String("confirm")) {
        QVERIFY(waitFor(State::Reviewing));
        attempt->approve({});
    }
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), expected);
    QCOMPARE(attempt->trace().answer, QString::number(status));
}

void Pct1AttemptTest::believesOnlySignedSuccess_data()
{
    QTest::addColumn<QString>("at");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<Errc>("expected");

    const QByteArray wrong = "X-PCT-MAC: " + QByteArray(64, '0') + "\r\n";
    const QByteArray confirmed = R"({"status":200,"state":"confirmed"})";
    const QByteArray clock = R"({"status":408,"server_time":1700000900000})";
    const QString scan = QStringLiteral("scan");
    const QString confirm = QStringLiteral("confirm");
    const Errc notAuthentic = Errc::AnswerNotAuthentic;
    QTest::newRow("scan, none") << scan << QByteArray(SigningServer::scanned) << QByteArray()
                                << notAuthentic;
    QTest::newRow("scan, wrong") << scan << QByteArray(SigningServer::scanned) << wrong
                                 << notAuthentic;
    QTest::newRow("scan, clock, none") << scan << clock << QByteArray() << notAuthentic;
    QTest::newRow("scan, clock, wrong") << scan << clock << wrong << notAuthentic;
    QTest::newRow("confirm, none") << confirm << confirmed << QByteArray() << notAuthentic;
    QTest::newRow("confirm, wrong") << confirm << confirmed << wrong << notAuthentic;
    QTest::newRow("refusal, none")
        << confirm << QByteArray(R"({"status":409})") << QByteArray() << Errc::ServerRefused;
    QTest::newRow("another key, none")
        << scan << QByteArray(R"({"status":403})") << QByteArray() << Errc::KeyRefused;
    QTest::newRow("unknown user, none")
        << scan << QByteArray(R"({"status":604})") << QByteArray() << Errc::UnboundAccount;
    QTest::newRow("5 MB") << confirm << QByteArray(5'000'000, ' ') << wrong << Errc::AnswerTooLarge;
    QTest::newRow("a member twice") << confirm << QByteArray(R"({"status":200,"status":200})")
                                    << wrong << Errc::AnswerMalformed;
    QTest::newRow("status as text")
        << scan << QByteArray(R"({"status":"201"})") << wrong << Errc::AnswerMalformed;
    QTest::newRow("damaged") << confirm << QByteArray("<html>") << QByteArray()
                             << Errc::AnswerMalformed;
}

void Pct1AttemptTest::believesOnlySignedSuccess()
{
    QFETCH(QString, at);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, header);
    QFETCH(Errc, expected);
    server->post = [&](const SeenRequest &request, const QString &action) {
        return action == at ? ScriptedAnswer::http(200, body, header)
                            : server->sign(request, SigningServer::scanned);
    };
    begin();
    if (at == QLatin1String("confirm")) {
        QVERIFY(waitFor(State::Reviewing));
        attempt->approve({});
    }
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), expected);
    QCOMPARE(server->posts().size(), at == QLatin1String("confirm") ? 2 : 1);
}

void Pct1AttemptTest::oneChangedByteIsNoContext()
{
    server->post = [&](const SeenRequest &request, const QString &) {
        ScriptedAnswer answer = server->sign(request, SigningServer::scanned);
        answer.bytes.replace("Berlin", "Merlin");
        return answer;
    };
    begin();
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), Errc::AnswerNotAuthentic);
    QCOMPARE(attempt->context().place, QString());
}

void Pct1AttemptTest::aRedirectEndsItAndNamesItsTarget()
{
    SigningServer decoy(m_certificates.serverConfiguration(QStringLiteral("good")));
    const QByteArray away =
        "Location: https://LocalHost:" + QByteArray::number(decoy.port()) + "/v1/verify/\r\n";
    for (const int status : {302, 307}) {
        for (const bool inPost : {false, true}) {
            init();
            server->script = [&, answer = server->script](const SeenRequest &request) {
                return (request.method == "POST") == inPost
                           ? ScriptedAnswer::http(status, "{}", away)
                           : answer(request);
            };
            begin();
            QVERIFY(waitFor(State::Failed));
            QCOMPARE(failure(), Errc::RedirectRefused);
            QCOMPARE(attempt->failure().detail, QStringLiteral("localhost"));
            QCOMPARE(server->requests.size(), inPost ? 2 : 1);
        }
    }
    QCOMPARE(decoy.connections, 0);
}

// contracts.md 5; the whole of a nonce would be more than the request's id.
void Pct1AttemptTest::whatIsRefusedIsLoggedWithoutItsBody()
{
    static QStringList logged;
    logged.clear();
    QLoggingCategory::setFilterRules(QStringLiteral("hufu.*=true"));
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) { logged << text; });
    const QByteArrayList bodies{SigningServer::scanned, R"({"status":201,"state":"Berlin"})",
                                R"({"status":"Berlin"})", "<html>Berlin",
                                R"({"status":999,"a":"Berlin"})"};
    QByteArrayList secrets{"Berlin", "203.0.113.7", token, "0000000000000000", "alice"};
    for (const QByteArray &body : bodies) {
        init();
        server->post = [&](const SeenRequest &request, const QString &) {
            secrets << SigningServer::member(request, "nonce").toLatin1()
                    << SigningServer::member(request, "mac").toLatin1();
            return ScriptedAnswer::http(200, body, "X-PCT-MAC: " + QByteArray(64, '0') + "\r\n");
        };
        begin();
        if (!waitFor(State::Failed))
            break;
    }
    const State end = attempt->state();
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules(QString());
    QCOMPARE(end, State::Failed);
    QVERIFY(logged.size() >= bodies.size());
    for (const QByteArray &secret : std::as_const(secrets))
        QVERIFY2(!logged.join(u'\n').contains(QString::fromLatin1(secret)), secret.constData());
}

void Pct1AttemptTest::aSuccessOfAnotherActionIsNone()
{
    server->post = [&](const SeenRequest &request, const QString &action) {
        return server->sign(request, action == QLatin1String("scan")
                                         ? QByteArray(SigningServer::scanned)
                                         : QByteArray(R"({"status":200,"state":"denied"})"));
    };
    review();
    attempt->approve({});
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), Errc::AnswerMalformed);
}

void Pct1AttemptTest::repeatsTheSameBytesWhenTheAnswerIsLost()
{
    int confirms = 0;
    server->post = [&](const SeenRequest &request, const QString &action) {
        if (action == QLatin1String("scan"))
            return server->sign(request, SigningServer::scanned);
        if (++confirms < 3)
            return ScriptedAnswer{.way = ScriptedAnswer::Way::HangUp, .bytes = {}};
        return server->sign(request, R"({"status":200,"state":"confirmed"})");
    };
    review();
    attempt->approve({});
    QVERIFY(waitFor(State::Approved));
    QCOMPARE(server->posts().size(), 4);
    QCOMPARE(server->posts().at(2).body, server->posts().at(1).body);
    QCOMPARE(server->posts().at(3).body, server->posts().at(1).body);
}

void Pct1AttemptTest::repeatsWhileTheServerIsDown()
{
    int confirms = 0;
    server->post = [&](const SeenRequest &request, const QString &action) {
        if (action == QLatin1String("scan"))
            return server->sign(request, SigningServer::scanned);
        if (++confirms == 1)
            return ScriptedAnswer::http(502, "<html>");
        return server->sign(request, R"({"status":200,"state":"confirmed"})");
    };
    review();
    attempt->approve({});
    QVERIFY(waitFor(State::Approved));
    QCOMPARE(server->posts().at(2).body, server->posts().at(1).body);
}

void Pct1AttemptTest::correctsItsClockOnce()
{
    // Ten minutes behind; the server says so for the scan, and once more if it is asked to.
    int refusals = 1;
    server->post = [&](const SeenRequest &request, const QString &action) {
        if (refusals-- > 0)
            return server->sign(request, R"({"status":408,"server_time":1700000600000})");
        return server->sign(request, action == QLatin1String("scan")
                                         ? QByteArray(SigningServer::scanned)
                                         : QByteArray(R"({"status":200,"state":"confirmed"})"));
    };
    review();
    QCOMPARE(attempt->context().asked, std::chrono::sys_seconds(1'699'999'390s)); // 10 s ago there
    attempt->approve({});
    QVERIFY(waitFor(State::Approved));
    const auto timeOf = [&](int post) {
        return QJsonDocument::fromJson(server->posts().at(post).body)
            .object()
            .value(QLatin1String("ts"))
            .toInteger();
    };
    QCOMPARE(timeOf(0), 1'700'000'000);
    QCOMPARE(timeOf(1), 1'700'000'600);
    QCOMPARE(timeOf(2), 1'700'000'600);

    init();
    refusals = 2;
    server->post = [&](const SeenRequest &request, const QString &) {
        return server->sign(request, R"({"status":408,"server_time":1700000600000})");
    };
    begin();
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), Errc::ClockWrong);
    QCOMPARE(server->posts().size(), 2);
}

void Pct1AttemptTest::theNextLoginKnowsTheServersTime()
{
    server->post = [&](const SeenRequest &request, const QString &action) {
        const qint64 now = m_clock.now().time_since_epoch().count() + 600'000;
        const qint64 asked =
            QJsonDocument::fromJson(request.body).object().value(QLatin1String("ts")).toInteger();
        const int status = qAbs(now / 1000 - asked) > 120    ? 408
                           : action == QLatin1String("scan") ? 201
                                                             : 200;
        return server->sign(request,
                            QByteArray(R"({"status":%1,"state":"confirmed","server_time":%2})")
                                .replace("%1", QByteArray::number(status))
                                .replace("%2", QByteArray::number(now)));
    };
    for (const int posts : {3, 2}) { // 408, scan, confirm; then without the first
        server->requests.clear();
        server->connections = 0;
        review();
        attempt->approve({});
        QVERIFY(waitFor(State::Approved));
        QCOMPARE(server->posts().size(), posts);
    }
    const std::optional<ServerClock> known = serverClocks->of(api());
    QVERIFY(known && known->isCertain);
    QCOMPARE(known->offset, 600s);
    QCOMPARE(serverClocks->codeOffset(*m_accounts.all().front()), 0s); // nobody agreed to it
}

void Pct1AttemptTest::anAnswerThatIsRepeatedTellsNoTime()
{
    // The server has answered long ago; what it answers is that answer again (B3.5).
    int scans = 0;
    server->post = [&](const SeenRequest &request, const QString &) {
        if (++scans > 1)
            return server->sign(request, SigningServer::scanned);
        m_clock.advance(20s);
        return ScriptedAnswer{.way = ScriptedAnswer::Way::HangUp, .bytes = {}};
    };
    review();
    QCOMPARE(scans, 2);
    QVERIFY(!serverClocks->of(api()));
}

void Pct1AttemptTest::onlySignedAnswersTellTheTime()
{
    server->inquiry = R"({"status":200,"app_id":"app","server_time":1700000600000})";
    server->post = [&](const SeenRequest &, const QString &) {
        return ScriptedAnswer::http(200, R"({"status":409,"server_time":1700000600000})");
    };
    begin();
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), Errc::ServerRefused);
    QVERIFY(!serverClocks->of(api()));
}

void Pct1AttemptTest::doesNotBelieveAClockThatIsADayOff()
{
    server->post = [&](const SeenRequest &request, const QString &) {
        return server->sign(request, R"({"status":408,"server_time":1700086401000})");
    };
    begin();
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), Errc::ClockWrong);
    QCOMPARE(server->posts().size(), 1);
}

void Pct1AttemptTest::endsWhenTheCodeHasExpired()
{
    review();
    m_clock.set(m_clock.now() + 24h); // the wall clock alone ends nothing
    QTest::qWait(600);
    QCOMPARE(attempt->state(), State::Reviewing);
    m_clock.advance(232s);
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), Errc::LoginExpired);
    attempt->approve({});
    QCOMPARE(attempt->state(), State::Failed);
    QCOMPARE(server->posts().size(), 1);
}

void Pct1AttemptTest::anAnswerOnItsWayStillCounts()
{
    int confirms = 0;
    const auto script = [&](const SeenRequest &request, const QString &action) {
        if (action == QLatin1String("scan"))
            return server->sign(request, SigningServer::scanned);
        m_clock.advance(300s);
        if (++confirms == 1)
            return server->sign(request, R"({"status":200,"state":"confirmed"})");
        return ScriptedAnswer::http(502, "<html>");
    };
    server->post = script;
    review();
    attempt->approve({});
    QVERIFY(waitFor(State::Approved));

    init(); // and no second try once it is over
    server->post = script;
    review();
    attempt->approve({});
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), Errc::LoginExpired);
    QCOMPARE(confirms, 2);
}

void Pct1AttemptTest::aWeakSecretSendsNothing()
{
    Account weak = *m_accounts.all().front()->copy();
    weak.secret = *SecretBytes::copyOf(std::string_view("123456789012345"));
    VERIFY_OK(m_accounts.replace(std::move(weak)));
    begin();
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(failure(), Errc::WeakBinding);
    QVERIFY(server->posts().isEmpty());
}

void Pct1AttemptTest::theDecoyHearsNothing_data()
{
    QTest::addColumn<QByteArray>("text"); // BOUND is host:port of the binding, DECOY of another

    const QByteArray query = "/v1/verify/?token=" + token;
    const auto row = [&](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    row("another port", "https://localhost:DECOY" + query);
    row("an IP", "https://127.0.0.1:DECOY" + query);
    row("an IPv6 address", "https://[::1]:DECOY" + query);
    row("an IP as a number", "https://2130706433:DECOY" + query);
    row("a hexadecimal IP", "https://0x7f000001:DECOY" + query);
    row("a short IP", "https://127.1:DECOY" + query);
    row("http", "http://localhost:DECOY" + query);
    row("http, port of the binding", "http://localhost:BOUND" + query);
    row("the binding as user", "https://localhost:BOUND@localhost:DECOY" + query);
    row("the binding as user and password", "https://localhost%3ABOUND@localhost:DECOY" + query);
    row("user at the binding", "https://alice@localhost:BOUND" + query);
    row("empty user", "https://@localhost:BOUND" + query);
    row("backslash", "https://localhost:DECOY\\@localhost:BOUND" + query);
    row("trailing dot", "https://localhost.:BOUND" + query);
    row("trailing dot, another port", "https://localhost.:DECOY" + query);
    row("upper-case host", "https://LOCALHOST:BOUND" + query);
    row("upper-case scheme", "HTTPS://localhost:BOUND" + query);
    row("encoded dot", "https://127%2e0%2e0%2e1:DECOY" + query);
    row("encoded slash", "https://localhost:DECOY%2fv1" + query);
    row("encoded letter", "https://%6cocalhost:BOUND" + query);
    row("Cyrillic twin", "https://l\xd0\xbe"
                         "calhost:BOUND" +
                             query);
    row("twin as A-label", "https://xn--lcalhost-71g:BOUND" + query);
    row("wide letters", "https://\xef\xbd\x8c"
                        "ocalhost:BOUND" +
                            query);
    row("soft hyphen", "https://local\xc2\xadhost:BOUND" + query);
    row("second parameter behind",
        "https://localhost:BOUND" + query + "&next=https://localhost:DECOY");
    row("second parameter before", "https://localhost:BOUND/v1/verify/?next=1&token=" + token);
    row("token twice", "https://localhost:BOUND" + query + "&token=" + token);
    row("fragment", "https://localhost:BOUND" + query + "#DECOY");
    row("another path", "https://localhost:BOUND/v2/verify/?token=" + token);
    row("path that climbs", "https://localhost:BOUND/x/../v1/verify/?token=" + token);
    row("two slashes", "https://localhost:BOUND//v1/verify/?token=" + token);
    row("no path", "https://localhost:BOUND/verify/?token=" + token);
    row("mark twice", "https://localhost:DECOY" + query + "/v1/verify/?token=" + token);
    row("the binding in the path", "https://localhost:DECOY/https://localhost:BOUND" + query);
    row("leading space", " https://localhost:BOUND" + query);
    row("trailing space", "https://localhost:BOUND" + query + " ");
    row("line feed in the host", "https://local\nhost:BOUND" + query);
    row("tab in the scheme", "ht\ttps://localhost:BOUND" + query);
    row("NUL behind the host", QByteArray("https://localhost\0:BOUND", 24) + query);
    row("port with zeroes", "https://localhost:0BOUND" + query);
    row("short token", "https://localhost:BOUND" + query.chopped(1));
    row("long token", "https://localhost:BOUND" + query + "0");
    row("upper-case token", "https://localhost:BOUND" + query.left(18) + token.toUpper());
    row("token with other letters", "https://localhost:BOUND" + query.chopped(1) + "g");
    row("file", "file://localhost:BOUND" + query);
    row("subdomain", "https://localhost.example:BOUND" + query);
}

void Pct1AttemptTest::theDecoyHearsNothing()
{
    QFETCH(QByteArray, text);
    SigningServer decoy(m_certificates.serverConfiguration(QStringLiteral("good")));
    text.replace("BOUND", QByteArray::number(server->port()))
        .replace("DECOY", QByteArray::number(decoy.port()));
    const Result<Payload> payload =
        readPayload(std::string_view(text.constData(), static_cast<std::size_t>(text.size())),
                    PayloadOrigin::Picture, Loopback::Allowed);
    if (payload && std::holds_alternative<LoginCode>(*payload)) {
        VERIFY_FAILS(
            provider->begin(std::get<LoginCode>(*payload), LoginChannel::Screen, m_accounts),
            Errc::UnboundServer);
    } else if (!payload) {
        QCOMPARE(payload.error().code, Errc::DamagedLoginCode);
    } else {
        QVERIFY(std::holds_alternative<NotOurs>(*payload));
    }
    QTest::qWait(10);
    QCOMPARE(decoy.connections, 0);
    QCOMPARE(server->connections, 0);
}

void Pct1AttemptTest::callsThatDoNotFitDoNothing()
{
    begin();
    attempt->approve({});
    attempt->deny(DenyReason::NotMe);
    attempt->choose(m_accounts.all().front()->id);
    attempt->start();
    QCOMPARE(attempt->state(), State::Contacting);
    QVERIFY(waitFor(State::Reviewing));
    QCOMPARE(server->requests.size(), 2);
    attempt->approve(QStringLiteral("12")); // none is asked for
    QCOMPARE(attempt->state(), State::Reviewing);
    attempt->approve({});
    attempt->deny(DenyReason::NotMe);
    attempt->approve({});
    QVERIFY(waitFor(State::Approved));
    attempt->deny(DenyReason::NotMe);
    QTest::qWait(50);
    QCOMPARE(attempt->state(), State::Approved);
    QCOMPARE(server->posts().size(), 2);
}

QTEST_GUILESS_MAIN(Pct1AttemptTest)
#include "pct1_attempt_test.moc"
