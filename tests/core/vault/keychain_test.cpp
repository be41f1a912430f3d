#include "core/vault/keychain_store.h"
#include "core/vault/vault.h"
#include "core/vault/vault_state_file.h"
#include "tests/core/vault/waited_outcome.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_printing.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>

using namespace hufu;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = Vault::State;

namespace {

// Against a real gnome-keyring: run by tests/support/with_keyring.

Account namedAccount(const QString &name)
{
    Account account;
    account.id = randomId<16>();
    account.account = name;
    account.secret = std::move(*SecretBytes::copyOf("12345678901234567890"));
    return account;
}

Vault::Change adding(const QString &name)
{
    return [name](AccountSet &accounts) { return accounts.add(namedAccount(name)); };
}

QStringList namesIn(const Vault &vault)
{
    QStringList names;
    for (const AccountPtr &account : vault.accounts().all())
        names.append(account->account);
    return names;
}

/// Waits for the answer of `call`; nothing if none comes within 30 s.
template <typename T>
std::optional<Result<T>> answerOf(const std::function<void(Answer<T>)> &call)
{
    std::optional<Result<T>> outcome;
    call([&outcome](Result<T> result) { outcome = std::move(result); });
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 30'000);
    return outcome;
}

struct Program
{
    explicit Program(const QString &profile, KeychainLimits limits = {})
        : place(*VaultPlace::ofProfile(profile))
        , store(new KeychainStore(limits))
        , vault(std::unique_ptr<SecretStore>(store), place, clock)
    {
    }
    std::optional<Result<void>> open()
    {
        return answerOf<void>([this](const Answer<void> &answer) { vault.open(&vault, answer); });
    }
    std::optional<Result<void>> commit(const Vault::Change &change)
    {
        return answerOf<void>(
            [&](const Answer<void> &answer) { vault.commit(change, &vault, answer); });
    }

    test::ManualClock clock;
    VaultPlace place;
    KeychainStore *store;
    Vault vault;
};

int run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    process.waitForFinished();
    return process.exitCode();
}

bool lockKeyring()
{
    return run(u"gdbus"_s,
               {u"call"_s, u"--session"_s, u"-d"_s, u"org.freedesktop.secrets"_s, u"-o"_s,
                u"/org/freedesktop/secrets"_s, u"-m"_s, u"org.freedesktop.Secret.Service.Lock"_s,
                u"['/org/freedesktop/secrets/collection/login']"_s}) == 0;
}

bool unlockKeyring()
{
    return run(QStringLiteral(HUFU_TEST_SUPPORT) + u"/unlock_keyring"_s, {}) == 0;
}

} // namespace

class KeychainTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aVaultIsCreatedAndReadBack();
    void largePagesComeBackWhole();
    void aLockedKeychainIsNotAnEmptyVault();
    void aLockedKeychainRefusesTheFirstCommit();
    void aStoppedServiceStallsAndRecovers();
    void entriesAreListedAndRemoved();
};

void KeychainTest::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("HUFU_TEST_KEYRING_PID"),
             "run it by tests/support/with_keyring: it must never touch your own keychain");
}

void KeychainTest::aVaultIsCreatedAndReadBack()
{
    Program one(u"created"_s);
    VERIFY_DONE(one.open());
    QCOMPARE(one.vault.state(), State::Empty);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));

    Program two(u"created"_s);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault.state(), State::Open);
    QCOMPARE(namesIn(two.vault), (QStringList{u"alice"_s, u"bob"_s}));
    QCOMPARE(two.store->jobs(), 3);
    VERIFY_DONE(two.commit(adding(u"carol"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(one.vault.accounts().size(), std::size_t{3}, 1000);
}

void KeychainTest::largePagesComeBackWhole()
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

void KeychainTest::aLockedKeychainIsNotAnEmptyVault()
{
    Program one(u"locked"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    QVERIFY(lockKeyring());
    Program two(u"locked"_s);
    VERIFY_REFUSED(two.open(), Errc::KeychainLocked);
    QCOMPARE(two.vault.state(), State::Closed);
    VERIFY_REFUSED(two.commit(adding(u"carol"_s)), Errc::KeychainLocked);
    // Nobody can answer the prompt here.
    VERIFY_REFUSED(answerOf<void>([&](const Answer<void> &answer) {
                       two.vault.unlockKeychain(&two.vault, answer);
                   }),
                   Errc::KeychainLocked);
    VERIFY_REFUSED(answerOf<void>([&](const Answer<void> &answer) {
                       two.store->remove(u"hufu/locked/head-a"_s, &two.vault, answer);
                   }),
                   Errc::KeychainLocked);
    QVERIFY(unlockKeyring());
    VERIFY_DONE(answerOf<void>(
        [&](const Answer<void> &answer) { two.vault.unlockKeychain(&two.vault, answer); }));
    VERIFY_DONE(two.open());
    QCOMPARE(namesIn(two.vault), (QStringList{u"alice"_s, u"bob"_s}));
}

void KeychainTest::aLockedKeychainRefusesTheFirstCommit()
{
    QVERIFY(lockKeyring());
    Program one(u"first"_s);
    VERIFY_DONE(one.open()); // certainly absent, locked or not
    QCOMPARE(one.vault.state(), State::Empty);
    VERIFY_REFUSED(one.commit(adding(u"alice"_s)), Errc::KeychainLocked);
    QVERIFY(unlockKeyring());
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    QCOMPARE(namesIn(one.vault), QStringList{u"alice"_s});
}

void KeychainTest::aStoppedServiceStallsAndRecovers()
{
    Program one(u"stalled"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    const auto service = static_cast<pid_t>(qEnvironmentVariableIntValue("HUFU_TEST_KEYRING_PID"));
    Program two(u"stalled"_s, {.call = 300ms, .prompt = 600ms});
    ::kill(service, SIGSTOP);
    const std::optional<Result<void>> opened = two.open();
    const bool stalled = two.store->isStalled();
    const std::optional<Result<void>> committed = two.commit(adding(u"bob"_s));
    ::kill(service, SIGCONT);
    VERIFY_REFUSED(opened, Errc::KeychainStalled);
    QVERIFY(stalled);
    VERIFY_REFUSED(committed, Errc::KeychainStalled);
    QTRY_COMPARE(two.vault.state(), State::Open); // by itself, once the late answer came
    QCOMPARE(namesIn(two.vault), QStringList{u"alice"_s});
    VERIFY_DONE(two.commit(adding(u"bob"_s)));
    QCOMPARE(namesIn(two.vault), (QStringList{u"alice"_s, u"bob"_s}));
}

void KeychainTest::entriesAreListedAndRemoved()
{
    Program one(u"listed"_s);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    const auto list = [&] {
        return answerOf<QStringList>([&](const Answer<QStringList> &answer) {
            one.store->list(u"hufu/listed/"_s, &one.vault, answer);
        });
    };
    const auto listed = list();
    QVERIFY(listed.has_value());
    VERIFY_OK(*listed);
    QCOMPARE((*listed)->size(), 2);
    QVERIFY((*listed)->contains(u"hufu/listed/head-a"_s));
    for (const QString &key : **listed)
        VERIFY_DONE(answerOf<void>(
            [&](const Answer<void> &answer) { one.store->remove(key, &one.vault, answer); }));
    QCOMPARE((*list())->size(), 0);
    VERIFY_REFUSED(one.open(), Errc::VaultMissing);
}

QTEST_GUILESS_MAIN(KeychainTest)
#include "keychain_test.moc"
