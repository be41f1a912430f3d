#include "core/vault/keychain_store.h"
#include "core/vault/vault.h"
#include "tests/core/vault/waited_outcome.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <set>

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

// Programs on one real gnome-keyring at once: run by tests/support/with_keyring.

constexpr int patience = 20'000; // ms

/// A program with an open vault (neighbour.cpp), and what it has said.
class Neighbour
{
public:
    explicit Neighbour(const QString &profile)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationDirPath() + u"/neighbour"_s, {profile});
    }
    ~Neighbour()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished(patience);
    }
    Neighbour(const Neighbour &) = delete;
    Neighbour &operator=(const Neighbour &) = delete;

    void tell(const QString &line) { m_process.write(line.toUtf8() + '\n'); }
    /// Waits until it has said `line`.
    bool said(const QString &line, int milliseconds = patience)
    {
        return QTest::qWaitFor([&] { return lines().contains(line); }, milliseconds);
    }
    /// All that it has said so far.
    const QStringList &lines()
    {
        m_rest += m_process.readAllStandardOutput();
        for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
            m_lines.append(QString::fromUtf8(m_rest.first(end)));
            m_rest.remove(0, end + 1);
        }
        return m_lines;
    }

private:
    QProcess m_process;
    QByteArray m_rest;
    QStringList m_lines;
};

/// hufu-cli's exit status after it has added one account.
int addByCommandLine(const QString &profile, const QString &name)
{
    QProcess cli;
    cli.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    cli.start(QCoreApplication::applicationDirPath() + u"/hufu-cli"_s,
              {u"--profile"_s, profile, u"add"_s, u"-"_s});
    const QByteArray secret = name.toLatin1().toHex().replace('0', 'A').replace('1', 'B');
    QByteArray base32;
    for (const char digit : secret)
        base32 += digit >= '2' && digit <= '7' ? digit : char('A' + digit % 26);
    cli.write("otpauth://totp/" + name.toUtf8() + "?secret=" + base32.leftJustified(32, 'A') +
              '\n');
    cli.closeWriteChannel();
    return cli.waitForFinished(patience) ? cli.exitCode() : -1;
}

QStringList namesIn(const QString &profile)
{
    const SystemClock clock;
    Vault vault(std::make_unique<KeychainStore>(), *VaultPlace::ofProfile(profile), clock);
    bool done = false;
    vault.open(&vault, [&done](const Result<void> &) { done = true; });
    (void)QTest::qWaitFor([&done] { return done; }, patience);
    QStringList names;
    for (const AccountPtr &account : vault.accounts().all())
        names.append(account->account);
    return names;
}

} // namespace

class TwoProcessesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void changesAreSeenWithinASecond();
    void noInterleavedAddIsLost();
};

void TwoProcessesTest::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("HUFU_TEST_KEYRING_PID"),
             "run it by tests/support/with_keyring: it must never touch your own keychain");
}

void TwoProcessesTest::changesAreSeenWithinASecond()
{
    const QString profile = u"news"_s;
    Neighbour one(profile);
    QVERIFY(one.said(u"open"_s));
    Neighbour two(profile);
    QVERIFY(two.said(u"open"_s));
    std::multiset<qint64> delays;
    int accounts = 0;
    const auto seenBy = [&](Neighbour &other) {
        QElapsedTimer timer;
        timer.start();
        const bool seen = other.said(u"sees %1"_s.arg(accounts), 1000);
        delays.insert(timer.elapsed());
        return seen;
    };
    for (int round = 0; round < 10; ++round) {
        one.tell(u"add one-%1- 1"_s.arg(round));
        QVERIFY(one.said(u"added one-%1-0"_s.arg(round)));
        ++accounts;
        QVERIFY(seenBy(two));
        QCOMPARE(addByCommandLine(profile, u"cli-%1"_s.arg(round)), 0);
        ++accounts;
        QVERIFY(seenBy(one));
        QVERIFY(seenBy(two));
    }
    QCOMPARE(namesIn(profile).size(), accounts);
    qInfo("%d changes were seen by another program: median %d ms, at most %d ms",
          int(delays.size()), int(*std::next(delays.begin(), int(delays.size()) / 2)),
          int(*delays.rbegin()));
}

void TwoProcessesTest::noInterleavedAddIsLost()
{
    constexpr int each = 100;
    const QString profile = u"interleaved"_s;
    Neighbour one(profile);
    Neighbour two(profile);
    QVERIFY(one.said(u"open"_s));
    QVERIFY(two.said(u"open"_s));
    one.tell(u"add one- %1"_s.arg(each));
    two.tell(u"add two- %1"_s.arg(each));
    QVERIFY(one.said(u"added one-%1"_s.arg(each - 1), 2 * patience));
    QVERIFY(two.said(u"added two-%1"_s.arg(each - 1), 2 * patience));

    const QStringList names = namesIn(profile); // in the order in which they were added
    QCOMPARE(std::set<QString>(names.begin(), names.end()).size(), std::size_t{2 * each});
    QCOMPARE(names.size(), 2 * each);
    int turns = 0;
    for (qsizetype i = 1; i < names.size(); ++i)
        turns += names[i].first(3) != names[i - 1].first(3) ? 1 : 0;
    qInfo("%d adds, %d times the other program's turn", int(names.size()), turns);
    QVERIFY(turns >= 5); // nobody has to wait for the end of the other's work
}

QTEST_GUILESS_MAIN(TwoProcessesTest)
#include "two_processes_test.moc"
