#include "core/vault/file_store.h"
#include "core/vault/keychain_store.h"
#include "core/vault/vault.h"
#include "tests/core/vault/left_over.h"
#include "tests/core/vault/waited_outcome.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <random>
using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

// Kills a program that changes a vault, again and again, and looks at what it leaves: run by
// tests/support/with_keyring. HUFU_TEST_KILLS says how often, HUFU_TEST_SEED with which dice.

constexpr int killsInCi = 50;
constexpr int killsAVault = 10;    ///< then another profile, so that first commits are cut off too
constexpr int answerTime = 30'000; // ms

/// Waits for the answer of `call`; nothing if none comes.
template <typename T>
std::optional<Result<T>> answerOf(const std::function<void(Answer<T>)> &call)
{
    std::optional<Result<T>> outcome;
    call([&outcome](Result<T> result) { outcome = std::move(result); });
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, answerTime);
    return outcome;
}

/// What a vault holds, as far as this test cares.
struct Held
{
    QStringList names;
    QString password = u"-"_s; ///< "-": none

    [[nodiscard]] bool isSameAs(const Held &other) const
    {
        return password == other.password && names.size() == other.names.size() &&
               std::ranges::is_permutation(names, other.names);
    }
};

/// What a vault may hold after a kill.
struct Expectation
{
    Held sure;                   ///< with everything that was confirmed
    std::optional<Held> perhaps; ///< the same with the change that was under way

    /// What a line of the worker says. False for one that must not come.
    bool take(const QString &line)
    {
        const QStringList words = line.split(u' ');
        if (words[0] == u"done"_s && perhaps) {
            sure = *std::exchange(perhaps, std::nullopt);
            return true;
        }
        if (words[0] != u"begin"_s || perhaps)
            return words[0] == u"ready"_s;
        perhaps = sure;
        if (words[1] == u"password"_s)
            perhaps->password = words[2];
        else if (words[1] != u"add"_s && !perhaps->names.removeOne(words[2]))
            return false;
        if (words[1] == u"add"_s || words[1] == u"edit"_s)
            perhaps->names.append(words.back());
        return true;
    }
};

/// A password as the vault takes it.
std::string wordOf(const QString &password)
{
    return password == u'-' ? std::string() : password.toStdString();
}

QStringList namesIn(const Vault &vault)
{
    QStringList names;
    for (const AccountPtr &account : vault.accounts().all())
        names.append(account->account);
    return names;
}

} // namespace

class VaultKillTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aKilledProgramLeavesTheStateBeforeOrAfter_data();
    void aKilledProgramLeavesTheStateBeforeOrAfter();

private:
    void letOneDie(quint32 seed);
    void checkTheRest();
    void setFirstPassword(Vault &vault, Held &found);
    [[nodiscard]] VaultPlace place() const;
    [[nodiscard]] std::unique_ptr<SecretStore> store() const;
    QString unlock(Vault &vault);
    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(m_random); }

    std::mt19937 m_random;
    bool m_isInFile = false;
    QTemporaryDir m_folder; ///< of the portable profiles
    QString m_profile;
    Expectation m_expected;
    int m_confirmed = 0;
    int m_before = 0; ///< kills that left the state before the change under way
    int m_after = 0;
};

void VaultKillTest::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("HUFU_TEST_KEYRING_PID"),
             "run it by tests/support/with_keyring: it must never touch your own keychain");
}

VaultPlace VaultKillTest::place() const
{
    return m_isInFile ? *VaultPlace::portable(m_folder.path(), m_profile)
                      : *VaultPlace::ofProfile(m_profile);
}

std::unique_ptr<SecretStore> VaultKillTest::store() const
{
    if (m_isInFile)
        return std::make_unique<FileStore>(place());
    return std::make_unique<KeychainStore>();
}

void VaultKillTest::aKilledProgramLeavesTheStateBeforeOrAfter_data()
{
    QTest::addColumn<bool>("inFile");
    QTest::newRow("keychain") << false;
    QTest::newRow("file") << true;
}

void VaultKillTest::aKilledProgramLeavesTheStateBeforeOrAfter()
{
    QFETCH(bool, inFile);
    m_isInFile = inFile;
    m_confirmed = m_before = m_after = 0;
    bool told = false;
    const int wanted = qEnvironmentVariableIntValue("HUFU_TEST_KILLS", &told);
    const int kills = told ? wanted : killsInCi;
    const int given = qEnvironmentVariableIntValue("HUFU_TEST_SEED", &told);
    const quint32 seed = told ? quint32(given) : std::random_device{}() & 0x7fff'ffff;
    m_random.seed(seed);
    for (int kill = 0; kill < kills; ++kill) {
        if (kill % killsAVault == 0) {
            m_profile = u"killed-%1"_s.arg(kill / killsAVault);
            m_expected = {};
        }
        letOneDie(quint32(kill + 1));
        if (!QTest::currentTestFailed())
            checkTheRest();
        if (QTest::currentTestFailed())
            return qWarning("HUFU_TEST_SEED=%u, kill %d", seed, kill);
    }
    qInfo("%d kills, %d changes confirmed before them; the change under way was made in %d and "
          "not made in %d",
          kills, m_confirmed, m_after, m_before);
    QVERIFY(kills < killsInCi || (m_before > 0 && m_after > 0));
}

/// Half of them at a call of their own, the others at an instant of ours.
void VaultKillTest::letOneDie(quint32 seed)
{
    const bool atCall = below(2) == 0;
    const int call = atCall ? 3 + below(24) : 0; // the first two calls are those of the opening
    QProcess worker;
    worker.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QStringList arguments{m_profile, QString::number(seed), QString::number(call),
                          QString::number(below(4000)), m_expected.sure.password};
    if (m_isInFile)
        arguments.append(m_folder.path());
    worker.start(QCoreApplication::applicationDirPath() + u"/kill_worker"_s, arguments);
    QVERIFY(worker.waitForStarted());
    QString left;
    const auto takeLines = [&] {
        left += QString::fromUtf8(worker.readAllStandardOutput());
        for (qsizetype end = left.indexOf(u'\n'); end >= 0; end = left.indexOf(u'\n')) {
            const QString line = left.first(end);
            left.remove(0, end + 1);
            QVERIFY2(m_expected.take(line), qPrintable(line));
            m_confirmed += line == u"done"_s ? 1 : 0;
        }
    };
    if (!atCall) {
        // Some changes go well, then it is killed somewhere in the next one.
        const int changes = m_confirmed + below(3);
        QElapsedTimer sinceStart;
        sinceStart.start();
        while ((!m_expected.perhaps || m_confirmed < changes) &&
               sinceStart.elapsed() < answerTime && worker.state() == QProcess::Running) {
            worker.waitForReadyRead(100);
            takeLines();
            if (QTest::currentTestFailed())
                break;
        }
        QTest::qSleep(below(25)); // a commit takes about as long
        ::kill(static_cast<pid_t>(worker.processId()), SIGKILL);
    }
    QVERIFY(worker.waitForFinished(answerTime));
    takeLines();
    QCOMPARE(worker.exitStatus(), QProcess::CrashExit);
}

void VaultKillTest::checkTheRest()
{
    const SystemClock clock;
    Vault vault(store(), place(), clock, nullptr,
                [] { return Argon2Costs{.memoryKiB = 8, .passes = 1, .lanes = 1}; });
    VERIFY_DONE(answerOf<void>([&](const Answer<void> &answer) { vault.open(&vault, answer); }));
    Held found;
    if (vault.state() == Vault::State::Locked) {
        found.password = unlock(vault);
        QVERIFY(!found.password.isEmpty());
    }
    found.names = namesIn(vault);
    const bool isBefore = found.isSameAs(m_expected.sure);
    QVERIFY2(isBefore || (m_expected.perhaps && found.isSameAs(*m_expected.perhaps)),
             qPrintable(found.names.join(u' ') + u", password "_s + found.password));
    if (vault.state() == Vault::State::Empty) // killed in the first commit
        QVERIFY(found.names.isEmpty());
    else
        QCOMPARE(vault.state(), Vault::State::Open); // vault.state explains what is bad
    if (m_expected.perhaps)
        ++(isBefore ? m_before : m_after);

    if (m_isInFile && vault.state() == Vault::State::Empty)
        setFirstPassword(vault, found);
    found.names.append(u"after-%1"_s.arg(m_before + m_after));
    VERIFY_DONE(answerOf<void>([&](const Answer<void> &answer) {
        vault.commit(
            [name = found.names.back()](AccountSet &accounts) {
                Account account;
                account.id = randomId<16>();
                account.account = name;
                account.secret = std::move(*SecretBytes::copyOf("12345678901234567890"));
                return accounts.add(std::move(account));
            },
            &vault, answer);
    }));
    QCOMPARE(namesIn(vault).size(), found.names.size());
    m_expected = {found, {}};
    QCOMPARE(test::leftOver(*store(), place(), wordOf(found.password)), QStringList());
}

/// No vault is in a file without a password.
void VaultKillTest::setFirstPassword(Vault &vault, Held &found)
{
    found.password = u"first"_s;
    VERIFY_DONE(answerOf<void>([&](const Answer<void> &answer) {
        vault.changePassword({}, std::move(*SecretBytes::copyOf("first")), &vault, answer);
    }));
}

/// Opens it with the password before the change under way or with the one after it, and says which
/// it was; empty if neither is right.
QString VaultKillTest::unlock(Vault &vault)
{
    for (const QString &password :
         {m_expected.sure.password, m_expected.perhaps.value_or(m_expected.sure).password}) {
        const auto unlocked = answerOf<void>([&](const Answer<void> &answer) {
            vault.unlock(std::move(*SecretBytes::copyOf(wordOf(password))), &vault, answer);
        });
        if (unlocked && *unlocked)
            return password;
    }
    return {};
}

QTEST_GUILESS_MAIN(VaultKillTest)
#include "vault_kill_test.moc"
