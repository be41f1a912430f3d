#include "application_store.h"
#include "bind_store.h"
#include "event_store.h"
#include "housekeeping.h"
#include "push_gate.h"
#include "tests/support/manual_clock.h"
#include "try_store.h"

#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace hufu;
using namespace hufu::authserver;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray app(32, 'a');

} // namespace

/// What several processes count and hand out together, on SQLite; black_box/postgres_test.py has
/// the processes.
class SharedStateTest : public QObject
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

    void storedTriesOutliveARestart()
    {
        TryStore(*m_database, *m_clock, 2, 60s).count("a");
        m_clock->advance(10s);
        TryStore(*m_database, *m_clock, 2, 60s).count("a");
        m_database.reset();
        m_database.emplace(m_folder->path());
        const TryStore tries(*m_database, *m_clock, 2, 60s);
        QCOMPARE(tries.wait("a"), 50s);
        QCOMPARE(tries.wait("b"), 0s);
        m_clock->advance(50s);
        QCOMPARE(tries.wait("a"), 0s);
        tries.count("a");
        QCOMPARE(tries.wait("a"), 10s);
        tries.forget("a");
        QCOMPARE(tries.wait("a"), 0s);
    }

    void aTryIsTakenBeforeItIsMade()
    {
        const TryStore tries(*m_database, *m_clock, 2, 60s);
        QCOMPARE(tries.take("a"), 0s);
        QCOMPARE(tries.take("a"), 0s);
        QCOMPARE(tries.take("a"), 60s);
        m_clock->advance(30s);
        QCOMPARE(tries.take("a"), 30s); // those that had to wait did not count
        m_clock->advance(30s);
        QCOMPARE(tries.take("a"), 0s);
    }

    void aPushWaitsForTheAnswerToTheLastOne()
    {
        const PushGate gate(*m_database, *m_clock);
        const UserKey user{app, "alice"};
        QCOMPARE(gate.wait(user), 0s);
        QCOMPARE(gate.pass(user, "first", m_clock->now() + 5min), 0s);
        QCOMPARE(gate.wait(user), 300s);
        QCOMPARE(gate.pass(user, "second", m_clock->now() + 5min), 300s);
        gate.answered(user, "another", true);
        QCOMPARE(gate.wait(user), 300s);
        gate.answered(user, "first", true);
        QCOMPARE(gate.wait(user), 30s);
        QCOMPARE(gate.wait({app, "bob"}), 0s);
    }

    void aBindingLeavesByItsAddressOnce()
    {
        const BindStore addresses(*m_database, *m_clock);
        const BindAddress binding{{app, "alice"}, "secret", "Alice"};
        const auto token = addresses.tokenFor(binding);
        QVERIFY(token);
        QVERIFY(addresses.tokenFor(binding) == token);
        QCOMPARE(addresses.find(*token)->secret, QByteArray("secret"));
        QVERIFY(addresses.take(*token, {"device", "nonce"}, "body") == QByteArray("body"));
        QVERIFY(addresses.take(*token, {"device", "nonce"}, "other") == QByteArray("body"));
        QVERIFY(!addresses.take(*token, {"device", "another"}, "other"));
        QVERIFY(!addresses.take(*token, {"another", "nonce"}, "other"));
        QVERIFY(!addresses.tokenFor(binding));
        m_clock->advance(5min);
        QVERIFY(!addresses.find(*token));
        QVERIFY(!addresses.take(*token, {"device", "nonce"}, "other"));
    }

    void whatIsOverIsDeletedAndNothingElse()
    {
        const EventStore events(*m_database, *m_clock);
        const TryStore tries(*m_database, *m_clock, 1, 60s);
        const UserStore users(*m_database, *m_clock);
        users.openOrMakeBinding({app, "alice"}, "opener");
        events.create(app, {});
        tries.count("a");
        m_clock->advance(19min);
        const Event young = events.create(app, {});
        forgetOld(*m_database, *m_clock);
        QCOMPARE(rowsOf("events"), 2); // an expired one is said to be expired for ten minutes
        QCOMPARE(rowsOf("tries"), 0);
        m_clock->advance(2min);
        forgetOld(*m_database, *m_clock);
        QCOMPARE(rowsOf("events"), 1);
        QVERIFY(events.byToken(young.token));
        QCOMPARE(rowsOf("users"), 1);
    }

    void anOlderDatabaseGetsWhatIsNew()
    {
        m_database->run(QStringLiteral("DROP TABLE applications"));
        m_database->run(
            QStringLiteral("CREATE TABLE applications (app_id BLOB PRIMARY KEY,"
                           " app_key BLOB NOT NULL, auth_id BLOB NOT NULL, name TEXT NOT NULL,"
                           " number_digits INTEGER NOT NULL)"));
        m_database->run(QStringLiteral("INSERT INTO applications VALUES (?, ?, ?, ?, ?)"),
                        {app, QByteArray("key"), QByteArray("auth"), QStringLiteral("Old"), 2});
        m_database.reset();
        m_database.emplace(m_folder->path());
        const auto old = ApplicationStore(*m_database).find(app);
        QVERIFY(old);
        QCOMPARE(old->name, QStringLiteral("Old"));
        QVERIFY(!old->bindByAddress);
    }

    void anUnreachableServerIsAFailure()
    {
        QVERIFY_THROWS_EXCEPTION(
            StorageFailure,
            Database(QStringLiteral("postgres:///none?user=nobody&host=") + m_folder->path()));
        QVERIFY_THROWS_EXCEPTION(StorageFailure, Database(QStringLiteral("postgres://host")));
    }

private:
    int rowsOf(const char *table) const
    {
        Rows row = m_database->run(u"SELECT COUNT(*) FROM "_s + QString::fromLatin1(table));
        row.next();
        return row.value(0).toInt();
    }

    std::optional<QTemporaryDir> m_folder;
    std::optional<Database> m_database;
    std::optional<test::ManualClock> m_clock;
};

QTEST_GUILESS_MAIN(SharedStateTest)
#include "shared_state_test.moc"
