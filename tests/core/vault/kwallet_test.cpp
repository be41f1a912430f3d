#include "core/vault/profile_removal.h"
#include "tests/core/vault/keychain_fixture.h"

#include <QFile>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;
using State = Vault::State;

namespace {

// Against a real KWallet 5: run by tests/support/with_kwallet.

bool closeWallet()
{
    return outputOf(u"gdbus"_s, {u"call"_s, u"--session"_s, u"-d"_s, u"org.kde.kwalletd5"_s,
                                 u"-o"_s, u"/modules/kwalletd5"_s, u"-m"_s,
                                 u"org.kde.KWallet.close"_s, u"kdewallet"_s, u"true"_s})
        .has_value();
}

bool openWallet()
{
    return outputOf(QStringLiteral(HUFU_TEST_SUPPORT) + u"/open_kwallet"_s, {}).has_value();
}

/// The environment by which QtKeychain takes the Secret Service instead.
struct WithoutKde
{
    WithoutKde() { qunsetenv("XDG_CURRENT_DESKTOP"); }
    ~WithoutKde() { qputenv("XDG_CURRENT_DESKTOP", "KDE"); }
};

} // namespace

class KWalletTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aVaultIsCreatedAndReadBack();
    void largeValuesComeBackWhole();
    void entriesAreListedAndRemovedWithTheirProfile();
    void aClosedWalletIsLockedAndNeverEmpty();
    void aWalletClosedDuringACommitLosesNothing();
    void aStoppedWalletIsStalledAndRecovers();
    void theDoctorFindsTheOtherBackend();
    void aWalletThatDiedIsNoReasonForAnotherBackend();
};

void KWalletTest::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("HUFU_TEST_KWALLET_PID"),
             "run it by tests/support/with_kwallet: it must never touch your own wallet");
}

void KWalletTest::aVaultIsCreatedAndReadBack()
{
    Program one(u"created"_s);
    QCOMPARE(one.store->backend(), u"kwallet5"_s);
    VERIFY_DONE(one.open());
    QCOMPARE(one.vault.state(), State::Empty);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    VERIFY_DONE(one.commit(
        [](AccountSet &accounts) { return accounts.remove(AccountId(accounts.all()[0]->id)); }));
    Program two(u"created"_s);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault.state(), State::Open);
    QCOMPARE(namesIn(two.vault), QStringList{u"bob"_s});
    const VaultReport report = two.report();
    QVERIFY(!report.problem);
    QCOMPARE(report.backend, u"kwallet5"_s);
    QCOMPARE(report.accounts, std::optional<std::size_t>(1));
    QCOMPARE(report.leftovers, QStringList());
    QVERIFY(report.elsewhere.empty());
}

void KWalletTest::largeValuesComeBackWhole()
{
    Program one(u"large"_s);
    VERIFY_DONE(one.commit([](AccountSet &accounts) -> Result<void> {
        for (int i = 0; i < 3000; ++i) {
            if (const Result<void> added = accounts.add(namedAccount(QString::number(i))); !added)
                return added;
        }
        return {};
    }));
    Program two(u"large"_s);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault.accounts().size(), std::size_t{3000});
}

void KWalletTest::entriesAreListedAndRemovedWithTheirProfile()
{
    Program one(u"listed"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    const auto listed = one.entries();
    QVERIFY(listed.has_value());
    VERIFY_OK(*listed);
    QCOMPARE((*listed)->size(), 4);
    QVERIFY((*listed)->contains(u"hufu/listed/head-b"_s));
    const auto removed = answerOf<int>([&](const Answer<int> &answer) {
        removeProfile(*one.store, one.place, &one.vault, answer);
    });
    QVERIFY(removed.has_value());
    VERIFY_OK(*removed);
    QCOMPARE(**removed, 4);
    QCOMPARE((*one.entries())->size(), 0);
    QVERIFY(!QFile::exists(one.place.dataPath));
}

void KWalletTest::aClosedWalletIsLockedAndNeverEmpty()
{
    Program one(u"closed"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    QVERIFY(closeWallet());
    Program two(u"closed"_s);
    VERIFY_REFUSED(two.open(), Errc::KeychainLocked);
    VERIFY_REFUSED(two.commit(adding(u"bob"_s)), Errc::KeychainLocked);
    QVERIFY(!*two.entries());
    QCOMPARE(two.entries()->error().code, Errc::KeychainLocked);
    const VaultReport report = two.report();
    QVERIFY(report.problem && report.problem->code == Errc::KeychainLocked);
    Program fresh(u"closed-from-the-start"_s);
    VERIFY_REFUSED(fresh.open(), Errc::KeychainLocked);
    VERIFY_REFUSED(fresh.commit(adding(u"carol"_s)), Errc::KeychainLocked);

    QVERIFY(openWallet());
    VERIFY_DONE(two.unlock());
    VERIFY_DONE(two.open());
    QCOMPARE(namesIn(two.vault), QStringList{u"alice"_s});
    VERIFY_DONE(two.commit(adding(u"bob"_s)));
}

void KWalletTest::aWalletClosedDuringACommitLosesNothing()
{
    Program one(u"during"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    for (int round = 0; round < 6; ++round) {
        const QStringList before = namesIn(one.vault);
        QTimer::singleShot(round * 2, this, [] { (void)closeWallet(); });
        const QString name = QString::number(round);
        const auto outcome = one.commit(adding(name));
        QTest::qWait(50);
        QVERIFY(openWallet());
        VERIFY_DONE(one.open());
        const QStringList after = before + QStringList{name};
        QVERIFY(outcome.has_value());
        QVERIFY(namesIn(one.vault) == after || (!*outcome && namesIn(one.vault) == before));
    }
}

void KWalletTest::aStoppedWalletIsStalledAndRecovers()
{
    Program one(u"stopped"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    const auto wallet = static_cast<pid_t>(qEnvironmentVariableIntValue("HUFU_TEST_KWALLET_PID"));
    Program two(u"stopped"_s);
    ::kill(wallet, SIGSTOP);
    int beats = 0; // a call that blocked the thread would stop them
    QTimer heart;
    connect(&heart, &QTimer::timeout, this, [&beats] { ++beats; });
    heart.start(20);
    const auto opened = two.open();
    ::kill(wallet, SIGCONT);
    VERIFY_REFUSED(opened, Errc::KeychainStalled);
    QVERIFY2(beats > 50, qPrintable(QString::number(beats)));
    VERIFY_DONE(two.open());
    QCOMPARE(namesIn(two.vault), QStringList{u"alice"_s});
}

void KWalletTest::theDoctorFindsTheOtherBackend()
{
    Program one(u"elsewhere"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    QVERIFY(one.report().elsewhere.empty());
    QVERIFY(outputOf(QStringLiteral(HUFU_TEST_SUPPORT) + u"/store_item"_s,
                     {u"login"_s, u"server=Hufu"_s, u"user=hufu/elsewhere/head-a"_s,
                      u"type=plaintext"_s},
                     "hufu.head.1:AAAA")
                .has_value());
    VaultReport report = one.report();
    QVERIFY(!report.problem);
    QCOMPARE(report.elsewhere.size(), std::size_t{1});
    QCOMPARE(report.elsewhere[0].backend, u"secret-service"_s);
    QCOMPARE(report.elsewhere[0].keys, QStringList{u"hufu/elsewhere/head-a"_s});

    // And the other way round. The process has chosen KWallet already, so only the look goes there.
    const WithoutKde session;
    report = one.report();
    QCOMPARE(report.backend, u"secret-service"_s);
    QCOMPARE(report.elsewhere.size(), std::size_t{1});
    QCOMPARE(report.elsewhere[0].backend, u"kwallet5"_s);
    QCOMPARE(report.elsewhere[0].keys.size(), 2);
}

// Last: it ends the wallet. The bus starts another one, whose wallet is closed.
void KWalletTest::aWalletThatDiedIsNoReasonForAnotherBackend()
{
    Program one(u"died"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    ::kill(static_cast<pid_t>(qEnvironmentVariableIntValue("HUFU_TEST_KWALLET_PID")), SIGKILL);
    QTest::qWait(100);
    Program two(u"died"_s);
    const auto opened = two.open();
    QVERIFY(opened && !*opened);
    QVERIFY2(opened->error().code == Errc::KeychainLocked ||
                 opened->error().code == Errc::KeychainMissing,
             qPrintable(errcName(opened->error().code)));
    const auto committed = two.commit(adding(u"bob"_s));
    QVERIFY(committed && !*committed);
    QCOMPARE(outputOf(u"secret-tool"_s, {u"search"_s, u"--all"_s, u"user"_s, u"hufu/died/head-a"_s})
                 .value_or(QByteArray()),
             QByteArray());
}

QTEST_GUILESS_MAIN(KWalletTest)
#include "kwallet_test.moc"
