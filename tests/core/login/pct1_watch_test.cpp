#include "core/login/pct1_watch.h"
#include "core/login/trusted_certificates.h"
#include "core/login/waiting_logins.h"
#include "tests/core/login/signing_server.h"
#include "tests/core/login/test_certificates.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_printing.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTest>

#include <map>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;

namespace {

const QString token = QStringLiteral("dd8450686d9a46bc22057a52be2a4cec");
const QString other = QStringLiteral("aa8450686d9a46bc22057a52be2a4cec");

class TestNetwork final : public Pct1Network
{
public:
    explicit TestNetwork(const QByteArray &authority)
        : m_trusted({authority})
    {
    }

    HttpsClient &clientFor(const std::vector<Sha256Digest> &pins) override
    {
        if (!m_client)
            m_client = std::make_unique<HttpsClient>(m_trusted, pins, HttpsLimits{.wait = 40s});
        return *m_client;
    }
    HttpsClient &pollClientFor(const std::vector<Sha256Digest> &pins) override
    {
        return clientFor(pins);
    }
    HttpsClient &clientForStrangers() override { return clientFor({}); }

private:
    TrustedCertificates m_trusted;
    std::unique_ptr<HttpsClient> m_client;
};

QJsonObject bodyOf(const SeenRequest &request)
{
    return QJsonDocument::fromJson(request.body).object();
}

int waitOf(const SeenRequest &request)
{
    return bodyOf(request).value(QLatin1String("wait")).toInt(-1);
}

QByteArray pending(const QStringList &tokens)
{
    QJsonArray requests;
    for (const QString &one : tokens)
        requests.append(QJsonObject{{QStringLiteral("token"), one}});
    return QJsonDocument(QJsonObject{{QStringLiteral("status"), 200},
                                     {QStringLiteral("state"), QStringLiteral("pending")},
                                     {QStringLiteral("description"), QStringLiteral("success")},
                                     {QStringLiteral("requests"), requests}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

/// Long polls against a TLS server on loopback.
class Pct1WatchTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void asksWhatWaitsAndThenLetsTheServerHoldItsAnswer();
    void signsAsTheProtocolSays();
    void tellsOfALoginOnce();
    void tellsWhenALoginIsOver();
    void ofAThousandInOneAnswerOneWaits();
    void believesOnlyWhatIsSigned();
    void waitsEverLongerAfterFailures();
    void isQuietWhileTheServerIsAwayForMinutes();
    void aServerThatNeverHoldsItsAnswerIsNotAskedInALoop();
    void correctsItsClockOnce();
    void aSlowCorrectionIsNoMeasurement();
    void itAsksByTheTimeThatAnotherCallHasLearnt();
    void oneAnswerCorrectsAllThatAskThatServer();
    void anAnswerThatWasHeldIsNoMeasurement();
    void leavesAServerAloneAsLongAsItAsks();
    void aRefusalEndsItUntilTheAccountChanges_data();
    void aRefusalEndsItUntilTheAccountChanges();
    void aNewBindingIsAskedForAgain();
    void aNewBindingThatIsAnsweredWorks();
    void whereTheOldKeyIsRefusedTheNewOneIsTried();
    void followsTheAccounts();
    void asksForNoneThatCannotBeAsked();
    void aPauseTakesTheQuestionBack();
    void manyAccountsOfOneServerAllAsk();

private:
    Account account(const char *uid = "alice") const;
    [[nodiscard]] ScriptedAnswer sign(const SeenRequest &request, const QByteArray &body) const;
    AccountSet setOf(Account account) const;
    /// Lets time pass until the next question is due, which is after `delay` and not before.
    void expectQuestionAfter(std::chrono::milliseconds delay);

    TestCertificates m_certificates;
    ManualClock m_clock;
    std::unique_ptr<ScriptedServer> server;
    std::shared_ptr<TestNetwork> network;
    std::shared_ptr<ServerClocks> serverClocks;
    std::unique_ptr<Pct1Watch> watch;
    std::vector<PushedLogin> asked;
    std::vector<PushedLogin> over;
};

void Pct1WatchTest::initTestCase()
{
    QVERIFY(m_certificates.isValid());
}

void Pct1WatchTest::init()
{
    m_clock.set(UtcTime(1'700'000'000s));
    server = std::make_unique<ScriptedServer>(
        m_certificates.serverConfiguration(QStringLiteral("good")));
    server->script = [](const SeenRequest &) {
        return ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
    };
    network = std::make_shared<TestNetwork>(m_certificates.authorityPem());
    serverClocks = std::make_shared<ServerClocks>(m_clock, "boot");
    watch = std::make_unique<Pct1Watch>(network, serverClocks, m_clock, [] { return 0.5; });
    asked.clear();
    over.clear();
    connect(watch.get(), &LoginWatch::asked, this,
            [this](const PushedLogin &login) { asked.push_back(login); });
    connect(watch.get(), &LoginWatch::isOver, this,
            [this](const PushedLogin &login) { over.push_back(login); });
}

void Pct1WatchTest::cleanup()
{
    watch.reset();
    network.reset();
    server.reset();
}

Account Pct1WatchTest::account(const char *uid) const
{
    Account account;
    account.id = randomId<16>();
    account.secret = *SecretBytes::copyOf(std::string_view("12345678901234567890"));
    account.binding.emplace();
    account.binding->api = server->api().toStdString();
    account.binding->appId = "app";
    account.binding->uid = uid;
    account.binding->deviceId = randomId<16>();
    account.binding->state = Binding::State::WorkedOnce;
    return account;
}

AccountSet Pct1WatchTest::setOf(Account account) const
{
    AccountSet set;
    if (!set.add(std::move(account)))
        qFatal("one account does not fit");
    return set;
}

/// An answer as the server of alice's kind signs it.
ScriptedAnswer Pct1WatchTest::sign(const SeenRequest &request, const QByteArray &body) const
{
    const Account account =
        this->account(SigningServer::member(request, "uid").toUtf8().constData());
    const SecretBytes key = *derivePct1Key(Pct1Key::Answer, account.secret, *account.binding);
    return signedAnswer(key, request, body);
}

void Pct1WatchTest::expectQuestionAfter(std::chrono::milliseconds delay)
{
    QTRY_COMPARE(watch->questions(), 0);
    const qsizetype before = server->requests.size();
    m_clock.advance(delay - 1ms);
    watch->check();
    QCOMPARE(watch->questions(), 0);
    m_clock.advance(1ms);
    watch->check();
    QCOMPARE(watch->questions(), 1);
    QTRY_VERIFY(server->requests.size() > before);
}

void Pct1WatchTest::asksWhatWaitsAndThenLetsTheServerHoldItsAnswer()
{
    server->script = [this](const SeenRequest &request) {
        return waitOf(request) == 0
                   ? sign(request, pending({}))
                   : ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
    };
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(server->requests.size(), 2);
    QCOMPARE(waitOf(server->requests.at(0)), 0);
    QCOMPARE(waitOf(server->requests.at(1)), 25);
    watch->check();
    QCOMPARE(watch->questions(), 1); // one at a time
    QTest::qWait(50);
    QCOMPARE(server->requests.size(), 2);
}

void Pct1WatchTest::signsAsTheProtocolSays()
{
    const Account alice = account();
    const SecretBytes key = *derivePct1Key(Pct1Key::Poll, alice.secret, *alice.binding);
    const QByteArray device = toHex(alice.binding->deviceId);
    watch->setAccounts(setOf(*alice.copy()));
    QTRY_COMPARE(server->requests.size(), 1);
    const SeenRequest &request = server->requests.first();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.target, QByteArray("/v1/pending"));
    const QJsonObject body = bodyOf(request);
    const QByteArray nonce = body.value(QLatin1String("nonce")).toString().toLatin1();
    QCOMPARE(nonce.size(), 32);
    const QByteArray text = "PCT1-REQ\npoll\n" + server->api() + "\napp\nalice\n" + device +
                            "\n-\n1700000000\n" + nonce + "\n-\n-\n-";
    QCOMPARE(body.value(QLatin1String("mac")).toString().toLatin1(),
             *macText(key, text.toStdString()));
    QCOMPARE(body.value(QLatin1String("action")).toString(), QStringLiteral("poll"));
    QCOMPARE(body.size(), 12); // those of B4 and nothing else
}

void Pct1WatchTest::tellsOfALoginOnce()
{
    const Account alice = account();
    server->script = [this](const SeenRequest &request) {
        if (server->requests.size() > 3)
            return ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
        m_clock.advance(25s); // the server has held it
        return sign(request, pending({token}));
    };
    watch->setAccounts(setOf(*alice.copy()));
    QTRY_COMPARE(server->requests.size(), 4);
    QCOMPARE(asked.size(), std::size_t(1));
    QCOMPARE(asked.front().code.token, token.toStdString());
    QCOMPARE(asked.front().code.base, server->api().toStdString());
    QCOMPARE(asked.front().device, alice.binding->deviceId);
    QVERIFY(over.empty());

    const AccountSet found = accountFor(asked.front(), setOf(*alice.copy()));
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(accountFor(asked.front(), setOf(account())).size(), std::size_t(0));
}

void Pct1WatchTest::tellsWhenALoginIsOver()
{
    server->script = [this](const SeenRequest &request) {
        switch (server->requests.size()) {
        case 1:
            return sign(request, pending({token}));
        case 2: // ended early by another poll of this device: tells nothing
            m_clock.advance(5s);
            return sign(request, pending({}));
        case 3:
            m_clock.advance(25s);
            return sign(request, pending({other}));
        default:
            return ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
        }
    };
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(watch->questions(), 0); // after the early one
    QVERIFY(over.empty());
    expectQuestionAfter(1s);
    QTRY_COMPARE(server->requests.size(), 4);
    QCOMPARE(over.size(), std::size_t(1));
    QCOMPARE(over.front().code.token, token.toStdString());
    QCOMPARE(asked.size(), std::size_t(2));
}

void Pct1WatchTest::ofAThousandInOneAnswerOneWaits()
{
    QStringList tokens;
    for (int i = 0; i < 1'000; ++i)
        tokens << QString::number(i).rightJustified(32, QLatin1Char('0'));
    server->script = [&](const SeenRequest &request) {
        return waitOf(request) == 0
                   ? sign(request, pending(tokens))
                   : ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
    };
    WaitingLogins waiting(m_clock);
    int taken = 0;
    connect(watch.get(), &LoginWatch::asked, &waiting, [&](const PushedLogin &login) {
        taken += waiting.take(login) == WaitingLogins::Verdict::Waits ? 1 : 0;
    });
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(asked.size(), std::size_t(1'000));
    QCOMPARE(taken, 1);
}

void Pct1WatchTest::believesOnlyWhatIsSigned()
{
    const QList<QByteArray> bodies{
        pending({token}),
        R"({"status":408,"server_time":1800000000000})",
        R"({"status":407,"retry_after":86400})",
        "<html>",
        R"({"status":200,"requests":[{"token":"short"}]})",
    };
    server->script = [&](const SeenRequest &) {
        const auto number = std::min(server->requests.size(), bodies.size()) - 1;
        return ScriptedAnswer::http(200, bodies.at(number),
                                    "X-PCT-MAC: " + QByteArray(64, '0') + "\r\n");
    };
    watch->setAccounts(setOf(account()));
    for (const auto delay : {1s, 2s, 4s, 8s, 16s})
        expectQuestionAfter(delay);
    QVERIFY(asked.empty());
    const QJsonObject last = bodyOf(server->requests.last());
    QCOMPARE(last.value(QLatin1String("ts")).toInteger(),
             std::chrono::floor<std::chrono::seconds>(m_clock.now()).time_since_epoch().count());
}

void Pct1WatchTest::waitsEverLongerAfterFailures()
{
    server->script = [](const SeenRequest &) { return ScriptedAnswer::http(503, {}); };
    watch->setAccounts(setOf(account()));
    for (const auto delay : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s})
        expectQuestionAfter(delay);
    server->script = [this](const SeenRequest &request) {
        return waitOf(request) == 0 ? sign(request, pending({token}))
                                    : ScriptedAnswer::http(503, {});
    };
    expectQuestionAfter(60s);
    QTRY_COMPARE(asked.size(), std::size_t(1)); // nothing was lost
    expectQuestionAfter(1s);                    // and it begins anew
}

void Pct1WatchTest::isQuietWhileTheServerIsAwayForMinutes()
{
    const Account alice = account();
    server.reset();
    watch->setAccounts(setOf(*alice.copy()));
    int questions = 0;
    for (int second = 0; second < 600; ++second) {
        QTRY_COMPARE(watch->questions(), 0);
        m_clock.advance(1s);
        watch->check();
        questions += watch->questions();
    }
    QVERIFY2(questions >= 12 && questions <= 16, qPrintable(QString::number(questions)));
    QVERIFY(asked.empty() && over.empty());
}

void Pct1WatchTest::aServerThatNeverHoldsItsAnswerIsNotAskedInALoop()
{
    server->script = [this](const SeenRequest &request) { return sign(request, pending({})); };
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(server->requests.size(), 2);
    for (const auto delay : {1s, 2s, 4s, 8s, 16s, 32s, 60s})
        expectQuestionAfter(delay);
}

void Pct1WatchTest::correctsItsClockOnce()
{
    server->script = [this](const SeenRequest &request) {
        return sign(request, server->requests.size() < 3
                                 ? R"({"status":408,"server_time":1700000600000})"
                                 : pending({token}));
    };
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(server->requests.size(), 2); // at once, by the server's clock
    QCOMPARE(bodyOf(server->requests.at(1)).value(QLatin1String("ts")).toInteger(), 1700000600);
    QVERIFY(bodyOf(server->requests.at(0)).value(QLatin1String("nonce")) !=
            bodyOf(server->requests.at(1)).value(QLatin1String("nonce")));
    expectQuestionAfter(1s); // the second 408 is a failure
    QTRY_COMPARE(asked.size(), std::size_t(1));
}

void Pct1WatchTest::aSlowCorrectionIsNoMeasurement()
{
    server->script = [this](const SeenRequest &request) {
        if (server->requests.size() > 1)
            return ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
        m_clock.advance(10s); // on its way
        return sign(request, R"({"status":408,"server_time":1700000605000})");
    };
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(server->requests.size(), 2); // by what the answer said all the same
    QCOMPARE(bodyOf(server->requests.at(1)).value(QLatin1String("ts")).toInteger(), 1700000610);
    QVERIFY(!serverClocks->of(server->api().toStdString()));
}

void Pct1WatchTest::itAsksByTheTimeThatAnotherCallHasLearnt()
{
    QVERIFY(
        serverClocks->take(server->api().toStdString(), m_clock.now() + 600s, m_clock.sinceBoot()));
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(server->requests.size(), 1);
    QCOMPARE(bodyOf(server->requests.at(0)).value(QLatin1String("ts")).toInteger(), 1700000600);
}

void Pct1WatchTest::oneAnswerCorrectsAllThatAskThatServer()
{
    // Nine minutes later by its clock: who asks by another one is told so.
    server->script = [this](const SeenRequest &request) {
        const bool isWrong = bodyOf(request).value(QLatin1String("ts")).toInteger() < 1700000540;
        if (isWrong)
            return sign(request, R"({"status":408,"server_time":1700000540000})");
        return ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
    };
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(server->requests.size(), 2);
    AccountSet both = setOf(account());
    VERIFY_OK(both.add(account("bob")));
    watch->setAccounts(both); // who has never been answered
    QTRY_COMPARE(server->requests.size(), 4);
    for (qsizetype i = 1; i < 4; ++i)
        QCOMPARE(bodyOf(server->requests.at(i)).value(QLatin1String("ts")).toInteger(), 1700000540);
    // A login that begins now asks by the same clock.
    const auto known = serverClocks->of(server->api().toStdString());
    QVERIFY(known);
    QCOMPARE(known->offset, 540s);
}

void Pct1WatchTest::anAnswerThatWasHeldIsNoMeasurement()
{
    server->script = [this](const SeenRequest &request) {
        const bool isHeld = waitOf(request) > 0;
        if (server->requests.size() > 2)
            return ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
        const QByteArray time = isHeld ? "1700000900000" : "1700000020000";
        if (isHeld)
            m_clock.advance(25s);
        return sign(request, R"({"status":200,"requests":[],"server_time":)" + time + '}');
    };
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(server->requests.size(), 3);
    QCOMPARE(serverClocks->of(server->api().toStdString())->offset, 20s);
}

void Pct1WatchTest::leavesAServerAloneAsLongAsItAsks()
{
    server->script = [this](const SeenRequest &request) {
        return sign(request, R"({"status":407,"retry_after":300})");
    };
    watch->setAccounts(setOf(account()));
    expectQuestionAfter(301s);
}

void Pct1WatchTest::aRefusalEndsItUntilTheAccountChanges_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("wrong key") << QByteArray(R"({"status":403})");
    QTest::newRow("unbound") << QByteArray(R"({"status":604})");
}

void Pct1WatchTest::aRefusalEndsItUntilTheAccountChanges()
{
    QFETCH(const QByteArray, body);
    server->script = [body](const SeenRequest &) { return ScriptedAnswer::http(200, body); };
    const Account alice = account();
    watch->setAccounts(setOf(*alice.copy()));
    QTRY_COMPARE(server->requests.size(), 1);
    QTRY_COMPARE(watch->questions(), 0);
    m_clock.advance(24h);
    watch->check();
    watch->setPaused(true);
    watch->setPaused(false);
    Account renamed = *alice.copy();
    renamed.note = QStringLiteral("the same key");
    watch->setAccounts(setOf(std::move(renamed)));
    QCOMPARE(watch->questions(), 0);

    Account changed = *alice.copy();
    changed.secret = *SecretBytes::copyOf(std::string_view("abcdefghijklmnopqrst"));
    watch->setAccounts(setOf(std::move(changed)));
    QTRY_COMPARE(server->requests.size(), 2);
}

void Pct1WatchTest::aNewBindingIsAskedForAgain()
{
    QByteArray answer = R"({"status":604})"; // the site has not seen the first code
    server->script = [&](const SeenRequest &) { return ScriptedAnswer::http(200, answer); };
    Account alice = account();
    alice.binding->state = Binding::State::New;
    watch->setAccounts(setOf(std::move(alice)));
    expectQuestionAfter(1s);
    answer = R"({"status":403})"; // too many wrong keys would shut us out
    expectQuestionAfter(2s);
    expectQuestionAfter(180s);
    expectQuestionAfter(180s);
}

void Pct1WatchTest::aNewBindingThatIsAnsweredWorks()
{
    QList<DeviceId> working;
    connect(watch.get(), &LoginWatch::works, watch.get(),
            [&](const DeviceId &device) { working << device; });
    bool isSigned = false;
    server->script = [&](const SeenRequest &request) {
        if (waitOf(request) > 0)
            return ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
        return isSigned ? sign(request, pending({})) : ScriptedAnswer::http(200, pending({}));
    };
    Account fresh = account();
    fresh.binding->state = Binding::State::New;
    const DeviceId device = fresh.binding->deviceId;
    AccountSet both = setOf(std::move(fresh));
    VERIFY_OK(both.add(account("bob"))); // has worked before
    watch->setAccounts(both);
    QTRY_COMPARE(server->requests.size(), 2);
    QTRY_COMPARE(watch->questions(), 0);
    QVERIFY(working.empty()); // anybody can say that
    isSigned = true;
    m_clock.advance(1s);
    watch->check();
    QTRY_COMPARE(server->requests.size(), 6);
    QCOMPARE(working, QList<DeviceId>{device});
}

void Pct1WatchTest::whereTheOldKeyIsRefusedTheNewOneIsTried()
{
    const Account old = account();
    Account fresh = account();
    fresh.secret = *SecretBytes::copyOf(std::string_view("abcdefghijklmnopqrst"));
    fresh.binding->state = Binding::State::New;
    Account another = account("bob");
    another.secret = *SecretBytes::copyOf(std::string_view("abcdefghijklmnopqrst"));
    another.binding->state = Binding::State::New;
    const auto timesAsked = [this](const Account &by) {
        return std::count_if(server->requests.begin(), server->requests.end(),
                             [&](const SeenRequest &request) {
                                 return bodyOf(request).value(QLatin1String("device_id")) ==
                                        QString::fromLatin1(toHex(by.binding->deviceId));
                             });
    };
    bool isBoundAnew = false;
    server->script = [&](const SeenRequest &request) {
        const bool isOld = bodyOf(request).value(QLatin1String("device_id")) ==
                           QString::fromLatin1(toHex(old.binding->deviceId));
        if (!isOld || isBoundAnew)
            return ScriptedAnswer::http(200, R"({"status":403})");
        if (timesAsked(fresh) > 0 && timesAsked(another) > 0)
            isBoundAnew = true; // while the poll of the old key is held
        m_clock.advance(25s);
        return sign(request, pending({}));
    };
    AccountSet all = setOf(*old.copy());
    VERIFY_OK(all.add(*fresh.copy()));
    VERIFY_OK(all.add(*another.copy()));
    watch->setAccounts(all);
    QTRY_COMPARE(timesAsked(fresh), 2); // not minutes later
    QTest::qWait(50);
    QCOMPARE(timesAsked(fresh), 2);   // once
    QCOMPARE(timesAsked(another), 1); // is somebody else
}

void Pct1WatchTest::followsTheAccounts()
{
    const Account alice = account();
    const Account bob = account("bob");
    AccountSet both = setOf(*alice.copy());
    VERIFY_OK(both.add(*bob.copy()));
    watch->setAccounts(both);
    QTRY_COMPARE(server->requests.size(), 2);
    watch->setAccounts(both);               // the same accounts
    watch->setAccounts(setOf(*bob.copy())); // and the same key after an unlock
    QTRY_COMPARE(server->ended, 1);
    QCOMPARE(watch->questions(), 1);
    watch->setAccounts({});
    QTRY_COMPARE(server->ended, 2);
    QCOMPARE(server->requests.size(), 2);
}

void Pct1WatchTest::asksForNoneThatCannotBeAsked()
{
    Account plain = account();
    plain.binding.reset();
    Account weak = account();
    weak.secret = *SecretBytes::copyOf(std::string_view("1234567890"));
    Account deleted = account();
    deleted.deleted = m_clock.second();
    Account foreign = account();
    foreign.binding->provider = "another";
    AccountSet accounts;
    for (Account *one : {&plain, &weak, &deleted, &foreign})
        VERIFY_OK(accounts.add(std::move(*one)));
    watch->setAccounts(accounts);
    QCOMPARE(watch->questions(), 0);
    m_clock.advance(1h);
    watch->check();
    QTest::qWait(50);
    QCOMPARE(server->connections, 0);
}

void Pct1WatchTest::aPauseTakesTheQuestionBack()
{
    watch->setAccounts(setOf(account()));
    QTRY_COMPARE(server->requests.size(), 1);
    watch->setPaused(true);
    QTRY_COMPARE(server->ended, 1);
    m_clock.advance(8h);
    watch->check();
    watch->setAccounts(setOf(account("bob"))); // come meanwhile
    QTest::qWait(50);
    QCOMPARE(server->requests.size(), 1);
    watch->setPaused(false);
    QTRY_COMPARE(server->requests.size(), 2); // at once
    QCOMPARE(waitOf(server->requests.last()), 0);
}

void Pct1WatchTest::manyAccountsOfOneServerAllAsk()
{
    server->script = [this](const SeenRequest &request) {
        return waitOf(request) == 0
                   ? sign(request, pending({}))
                   : ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
    };
    AccountSet accounts;
    for (int i = 0; i < Pct1Watch::mostHeld + 4; ++i)
        VERIFY_OK(accounts.add(account(QByteArray::number(i).constData())));
    watch->setAccounts(accounts);
    const auto held = [this] {
        return std::count_if(server->requests.begin(), server->requests.end(),
                             [](const SeenRequest &request) { return waitOf(request) == 25; });
    };
    QTRY_COMPARE_WITH_TIMEOUT(held(), Pct1Watch::mostHeld, 15'000);
    QTRY_COMPARE(watch->questions(), Pct1Watch::mostHeld);
    const qsizetype before = server->requests.size();
    m_clock.advance(30s);
    watch->check();
    QTRY_COMPARE(server->requests.size(), before + 4); // the brief ones
}

QTEST_GUILESS_MAIN(Pct1WatchTest)
#include "pct1_watch_test.moc"
