#include "attempt_limit.h"
#include "event_store.h"
#include "login_context.h"
#include "strict_json.h"
#include "tests/support/manual_clock.h"
#include "user_store.h"

#include "core/otp/one_time_code.h"

#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace hufu;
using namespace hufu::authserver;
using namespace std::chrono_literals;

namespace {

const QByteArray app(32, 'a');
const Scan alice{"alice", QByteArray(32, '1'), QByteArray(64, 'c')};
const Scan aliceElsewhere{"alice", QByteArray(32, '2'), QByteArray(64, 'd')};
const Scan bob{"bob", QByteArray(32, '3'), QByteArray(64, 'e')};

} // namespace

class StoresTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder.emplace();
        m_database.emplace(m_folder->path());
        m_clock.emplace();
    }

    void cleanup()
    {
        m_database.reset();
        m_folder.reset();
    }

    void aLoginIsScannedThenConfirmed()
    {
        const EventStore events(*m_database, *m_clock);
        const Event event = events.create(app, {});
        QCOMPARE(state(events, event), EventState::New);
        QVERIFY(events.scan(event.token, alice));
        QCOMPARE(state(events, event), EventState::Scanned);
        QVERIFY(events.confirm(event.token, alice));
        QCOMPARE(state(events, event), EventState::Confirmed);
        QCOMPARE(events.byEventId(event.eventId)->uid, alice.uid);
    }

    void nothingFollowsAFinalState()
    {
        const EventStore events(*m_database, *m_clock);
        const Event event = events.create(app, {});
        QVERIFY(events.scan(event.token, alice));
        QVERIFY(events.deny(event.token, alice, "cancel"));
        QVERIFY(!events.confirm(event.token, alice));
        QVERIFY(!events.deny(event.token, alice, "cancel"));
        QVERIFY(!events.scan(event.token, alice));
        QCOMPARE(state(events, event), EventState::Denied);
    }

    void aConfirmationNeedsItsScan()
    {
        const EventStore events(*m_database, *m_clock);
        const Event event = events.create(app, {});
        QVERIFY(!events.confirm(event.token, alice));
        QVERIFY(events.scan(event.token, alice));
        QVERIFY(!events.confirm(event.token, bob));
        Scan otherContext = alice;
        otherContext.ctx = bob.ctx;
        QVERIFY(!events.confirm(event.token, otherContext));
        QCOMPARE(state(events, event), EventState::Scanned);
    }

    void aSecondDeviceOfThePersonTakesOver()
    {
        const EventStore events(*m_database, *m_clock);
        const Event event = events.create(app, {});
        QVERIFY(events.scan(event.token, alice));
        QVERIFY(!events.scan(event.token, bob));
        QVERIFY(events.scan(event.token, aliceElsewhere));
        QVERIFY(!events.confirm(event.token, alice));
        QVERIFY(events.confirm(event.token, aliceElsewhere));
    }

    void anOpenLoginExpiresAndIsForgotten()
    {
        const EventStore events(*m_database, *m_clock);
        const Event event = events.create(app, {});
        m_clock->advance(5min - 1ms);
        QCOMPARE(state(events, event), EventState::New);
        m_clock->advance(1ms);
        QCOMPARE(state(events, event), EventState::Expired);
        QVERIFY(!events.scan(event.token, alice));
        m_clock->advance(10min - 1ms);
        QCOMPARE(state(events, event), EventState::Expired);
        m_clock->advance(1ms);
        QVERIFY(!events.byToken(event.token));
    }

    void aNumberHasItsDigits()
    {
        const EventStore events(*m_database, *m_clock);
        QVERIFY(events.create(app, {}).number.isEmpty());
        for (int i = 0; i < 50; ++i) {
            const QByteArray number =
                events
                    .create(app, {.numberDigits = 2, .pushUid = {}, .siteContext = {}, .token = {}})
                    .number;
            QCOMPARE(number.size(), 2);
            QVERIFY(number[0] >= '0' && number[0] <= '9' && number[1] >= '0' && number[1] <= '9');
        }
    }

    void aCodeAndThoseBeforeItAreUsedUp()
    {
        const UserStore users(*m_database, *m_clock);
        const UserKey user{app, "alice"};
        const QByteArray secret = users.openOrMakeBinding(user, "opener");
        QVERIFY(users.useActiveCode(user, code(secret)) == CodeCheck::NoSuchUser);
        QVERIFY(users.useCode(user, code(secret)) == CodeCheck::Right);
        QVERIFY(users.useCode(user, code(secret)) == CodeCheck::Wrong);
        QVERIFY(users.useCode(user, code(secret, -30s)) == CodeCheck::Wrong);
        QVERIFY(users.useCode(user, code(secret, 60s)) == CodeCheck::Wrong);
        QVERIFY(users.useCode(user, code(secret, 30s)) == CodeCheck::Right);
        m_clock->advance(30s);
        QVERIFY(users.useCode(user, code(secret)) == CodeCheck::Wrong);
        m_clock->advance(30s);
        QVERIFY(users.useCode(user, code(secret)) == CodeCheck::Right);
    }

    void usedStepsSurviveARestart()
    {
        const UserKey user{app, "alice"};
        QByteArray secret;
        {
            const UserStore users(*m_database, *m_clock);
            secret = users.openOrMakeBinding(user, "opener");
            QVERIFY(users.useCode(user, code(secret)) == CodeCheck::Right);
        }
        m_database.reset();
        m_database.emplace(m_folder->path());
        const UserStore users(*m_database, *m_clock);
        QVERIFY(users.useCode(user, code(secret)) == CodeCheck::Wrong);
    }

    void oneBindingIsOneSecretForTenMinutes()
    {
        const UserStore users(*m_database, *m_clock);
        const UserKey user{app, "alice"};
        const QByteArray secret = users.openOrMakeBinding(user, "first");
        QCOMPARE(users.openOrMakeBinding(user, "second"), secret);
        QVERIFY(users.wasOpenedBy(user, "first"));
        QVERIFY(!users.wasOpenedBy(user, "second"));
        m_clock->advance(10min);
        QVERIFY(!users.openBinding(user));
        QVERIFY(!users.wasOpenedBy(user, "first"));
        QVERIFY(users.openOrMakeBinding(user, "third") != secret);
    }

    void triesAreCountedWithinTheirSpan()
    {
        AttemptLimit limit(*m_clock, 2, 60s);
        limit.count("a");
        m_clock->advance(10s);
        limit.count("a");
        QCOMPARE(limit.wait("a"), 50s);
        QCOMPARE(limit.wait("b"), 0s);
        m_clock->advance(50s);
        QCOMPARE(limit.wait("a"), 0s);
        limit.forget("a");
        QCOMPARE(limit.wait("a"), 0s);
    }

    void addressesAreComparedByNetwork_data()
    {
        QTest::addColumn<QString>("browser");
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("match");
        const auto row = [](const char *name, const char *browser, const char *token,
                            const char *match) {
            QTest::newRow(name) << QString::fromLatin1(browser) << QString::fromLatin1(token)
                                << QString::fromLatin1(match);
        };
        row("equal", "203.0.113.7", "203.0.113.7", "same");
        row("neighbours", "203.0.113.7", "203.0.113.8", "different");
        row("one /64", "2001:db8:1:2::3", "2001:db8:1:2:ffff::9", "same");
        row("two /64", "2001:db8:1:2::3", "2001:db8:1:3::3", "different");
        row("two families", "203.0.113.7", "2001:db8::1", "unknown");
        row("both loopback", "127.0.0.1", "::1", "same");
        row("browser not seen", "", "203.0.113.7", "unknown");
        row("loopback and not", "127.0.0.1", "203.0.113.7", "different");
    }

    void addressesAreComparedByNetwork()
    {
        QFETCH(const QString, browser);
        QFETCH(const QString, token);
        QFETCH(const QString, match);
        QCOMPARE(ipMatch(QHostAddress(browser), QHostAddress(token)), match);
    }

    void triesAreCountedByNetwork()
    {
        const auto of = [](const char *address) {
            return sourceName(QHostAddress(QLatin1String(address)));
        };
        QCOMPARE(of("203.0.113.7"), "203.0.113.7");
        QVERIFY(of("203.0.113.7") != of("203.0.113.8"));
        QCOMPARE(of("2001:db8:0:1::7"), of("2001:db8:0:1:ffff::8"));
        QVERIFY(of("2001:db8:0:1::7") != of("2001:db8:0:2::7"));
    }

    void browsersAreNamed_data()
    {
        QTest::addColumn<QByteArray>("agent");
        QTest::addColumn<QString>("browser");
        QTest::addColumn<QString>("system");
        const auto row = [](const char *agent, const char *browser, const char *system) {
            QTest::newRow(browser)
                << QByteArray(agent) << QString::fromLatin1(browser) << QString::fromLatin1(system);
        };
        row("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox 128", "Windows");
        row("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/126.0.0.0 Safari/537.36",
            "Chrome 126", "Linux");
        row("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 "
            "Edg/126.0.0.0",
            "Edge 126", "Windows");
        row("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
            "Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari 17", "iOS");
        row("curl/8", "", "");
    }

    void browsersAreNamed()
    {
        QFETCH(const QByteArray, agent);
        QFETCH(const QString, browser);
        QFETCH(const QString, system);
        QCOMPARE(browserName(agent), browser);
        QCOMPARE(systemName(agent), system);
    }

    void aMemberStandsOnce()
    {
        // ' stands for a quotation mark, so that the rows can be read.
        const auto isRead = [](QByteArray json) {
            return parseStrictObject(json.replace('\'', '"')).has_value();
        };
        QVERIFY(isRead("{'a':1,'b':{'a':2},'c':[{'a':'\\'a\\':'},{'a':4}]}"));
        QVERIFY(!isRead("{'a':1,'a':1}"));
        QVERIFY(!isRead("{'a':1,'\\u0061' : 1}"));
        QVERIFY(!isRead("{'b':[{'a':1,'a':1}]}"));
        QVERIFY(isRead("{'a':[[[[[[[1]]]]]]]}"));
        QVERIFY(!isRead("{'a':[[[[[[[[1]]]]]]]]}"));
        QVERIFY(!isRead("{'a':'\xff'}"));
        QVERIFY(!isRead("[1]"));
    }

private:
    static EventState state(const EventStore &events, const Event &event)
    {
        return events.byToken(event.token)->state;
    }

    QByteArray code(const QByteArray &secret, std::chrono::seconds later = 0s) const
    {
        const auto key = SecretBytes::copyOf(std::as_bytes(std::span(secret)));
        const auto when = std::chrono::floor<std::chrono::seconds>(m_clock->now()) + later;
        return codeAt(*key, {}, when)->text.toLatin1();
    }

    std::optional<QTemporaryDir> m_folder;
    std::optional<Database> m_database;
    std::optional<test::ManualClock> m_clock;
};

QTEST_GUILESS_MAIN(StoresTest)
#include "stores_test.moc"
