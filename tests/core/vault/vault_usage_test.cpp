#include "core/vault/side_key.h"
#include "core/vault/usage_record.h"
#include "core/vault/vault_usage.h"
#include "tests/core/vault/vault_fixture.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const std::string api = "https://auth.example.com/v1";

/// A profile with one account whose use and server's clock are kept.
struct Kept
{
    explicit Kept(const char *boot = "boot")
        : clocks(clock, boot)
    {
        VERIFY_DONE(waiting.commit(adding(u"alice"_s)));
        usage.emplace(waiting.vault(), at.place, clocks, clock);
        alice = waiting.vault().accounts().all().front()->id;
    }

    /// The same profile once more, as another program or after a restart.
    void again() { usage.emplace(waiting.vault(), at.place, clocks, clock); }

    void settleClock(std::chrono::milliseconds offset)
    {
        for (int i = 0; i < ServerClocks::leastAnswers; ++i)
            QVERIFY(clocks.take(api, clock.now() + offset, clock.sinceBoot()));
    }

    [[nodiscard]] QString path(const char *name = "usage") const
    {
        return at.place.dataPath + u'/' + QLatin1String(name);
    }
    [[nodiscard]] QByteArray bytes() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    TemporaryPlace at;
    ManualClock clock;
    std::shared_ptr<MemoryKeychain> keychain = std::make_shared<MemoryKeychain>();
    WaitingVault waiting{keychain, at.place, clock};
    ServerClocks clocks;
    std::optional<VaultUsage> usage;
    AccountId alice{};
};

} // namespace

class VaultUsageTest : public QObject
{
    Q_OBJECT

private slots:
    void aRecordReadsAsItWasWritten();
    void aDamagedRecordIsRefused_data();
    void aDamagedRecordIsRefused();
    void whatWasCountedIsThereNextTime();
    void nothingOfItIsInClear();
    void itIsWrittenLaterUnlessSomebodyFlushes();
    void aClockThatIsOnlyConfirmedIsNotWritten();
    void aLockForgetsItAndAnUnlockBringsItBack();
    void aDamagedFileIsSetAside_data();
    void aDamagedFileIsSetAside();
    void deletedAccountsAreForgotten();
};

void VaultUsageTest::aRecordReadsAsItWasWritten()
{
    Usage usage;
    usage.uses[randomId<16>()] = {.count = 70'000,
                                  .last = std::chrono::sys_seconds(1'700'000'000s)};
    usage.uses[randomId<16>()] = {.count = 1, .last = std::chrono::sys_seconds(1s)};
    for (const auto offset : {-90'000'000ms, 42ms, 0ms})
        usage.clocks.push_back({.api = api,
                                .isUsed = offset.count() > 0,
                                .answers = 3,
                                .offset = offset,
                                .error = 20ms,
                                .measured = UtcTime(1'700'000'000'123ms),
                                .sinceBoot = 3'600'000ms,
                                .boot = "boot"});
    for (const Usage &one : {usage, Usage()}) {
        const Result<SecretBytes> bytes = writeUsage(one);
        VERIFY_OK(bytes);
        const Result<Usage> read = readUsage(bytes->view());
        VERIFY_OK(read);
        QVERIFY(*read == one);
    }
}

void VaultUsageTest::aDamagedRecordIsRefused_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<Errc>("expected");

    QTest::newRow("cut off") << QByteArray("000100000002ff") << Errc::MalformedFields;
    QTest::newRow("a short id") << QByteArray("000100000007000100000001aa")
                                << Errc::MalformedFields;
    QTest::newRow("a clock without a server")
        << QByteArray("000200000000") << Errc::MalformedFields;
    QTest::newRow("of a newer version") << QByteArray("800000000000") << Errc::VaultNewerVersion;
}

void VaultUsageTest::aDamagedRecordIsRefused()
{
    QFETCH(QByteArray, hex);
    QFETCH(Errc, expected);
    const QByteArray bytes = QByteArray::fromHex(hex);
    VERIFY_FAILS(readUsage(std::as_bytes(std::span(bytes.begin(), bytes.end()))), expected);
}

void VaultUsageTest::whatWasCountedIsThereNextTime()
{
    Kept kept;
    kept.usage->count(kept.alice);
    kept.clock.advance(60s);
    kept.usage->count(kept.alice);
    kept.settleClock(42s);
    kept.clocks.setUsed(api, true);
    kept.usage.reset(); // its end is a flush
    kept.clocks.clear();
    kept.clock.advance(1h);

    kept.again();
    QCOMPARE(kept.usage->of(kept.alice).count, 2ULL);
    QCOMPARE(kept.usage->of(kept.alice).last, kept.clock.second() - 1h);
    QCOMPARE(kept.usage->of(AccountId{}).count, 0ULL);
    QVERIFY(kept.clocks.isUsed(api));
    QCOMPARE(kept.clocks.of(api)->offset, 42'000ms);
    QCOMPARE(kept.clocks.of(api)->age, 3'600'000ms);
    const QByteArray before = kept.bytes();
    kept.usage.reset();
    QCOMPARE(kept.bytes(), before); // nothing was changed, so nothing was written
}

void VaultUsageTest::nothingOfItIsInClear()
{
    Kept kept;
    kept.usage->count(kept.alice);
    kept.settleClock(42s);
    kept.usage->flush();
    const QByteArray bytes = kept.bytes();
    QVERIFY(bytes.size() > 100);
    QVERIFY(!QByteArray::fromBase64(bytes).contains("auth.example"));
    QVERIFY(!bytes.contains("auth"));
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                        QFileDevice::WriteOther;
    QCOMPARE(QFileInfo(kept.path()).permissions() & others, QFileDevice::Permissions());
    QVERIFY(!QFile::exists(kept.path("usage.new")));
}

void VaultUsageTest::itIsWrittenLaterUnlessSomebodyFlushes()
{
    Kept kept;
    kept.usage->flush(); // there is nothing yet
    QVERIFY(!QFile::exists(kept.path()));
    kept.usage->count(kept.alice);
    QTest::qWait(20);
    QVERIFY(!QFile::exists(kept.path()));
    kept.usage->flush();
    QVERIFY(QFile::exists(kept.path()));
}

void VaultUsageTest::aClockThatIsOnlyConfirmedIsNotWritten()
{
    Kept kept;
    kept.settleClock(42s);
    kept.usage->flush();
    const QByteArray before = kept.bytes();
    QVERIFY(!before.isEmpty());
    kept.clock.advance(25s); // a poll later
    kept.settleClock(42s);
    kept.usage->flush();
    QCOMPARE(kept.bytes(), before);
    kept.clock.advance(2h);
    kept.settleClock(42s);
    kept.usage->flush();
    QVERIFY(kept.bytes() != before);
}

void VaultUsageTest::aLockForgetsItAndAnUnlockBringsItBack()
{
    Kept kept;
    VERIFY_DONE(kept.waiting.changePassword("", "secret"));
    kept.usage->count(kept.alice);
    kept.settleClock(42s);
    kept.usage->flush();
    VERIFY_DONE(kept.waiting.lock());
    QCOMPARE(kept.usage->of(kept.alice).count, 0ULL);
    QVERIFY(kept.clocks.servers().empty());
    const QByteArray before = kept.bytes();
    kept.usage->count(kept.alice);
    kept.usage->flush(); // without its key nothing is written
    QCOMPARE(kept.bytes(), before);
    VERIFY_DONE(kept.waiting.unlock("secret"));
    QCOMPARE(kept.usage->of(kept.alice).count, 1ULL);
    QCOMPARE(kept.clocks.of(api)->offset, 42'000ms);
}

void VaultUsageTest::aDamagedFileIsSetAside_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("one byte") << QByteArray("AAAA");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not of this key") << QByteArray(120, 'A');
}

void VaultUsageTest::aDamagedFileIsSetAside()
{
    QFETCH(QByteArray, text);
    Kept kept;
    kept.usage->count(kept.alice);
    kept.usage.reset();
    QFile file(kept.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();

    kept.again();
    QCOMPARE(kept.usage->of(kept.alice).count, 0ULL);
    QVERIFY(!QFile::exists(kept.path()));
    QVERIFY(QFile::exists(kept.path("usage.bad")));
    kept.usage->count(kept.alice);
    kept.usage.reset();
    kept.again();
    QCOMPARE(kept.usage->of(kept.alice).count, 1ULL);
}

void VaultUsageTest::deletedAccountsAreForgotten()
{
    Kept kept;
    kept.usage->count(kept.alice);
    VERIFY_DONE(
        kept.waiting.commit([&](AccountSet &accounts) { return accounts.remove(kept.alice); }));
    kept.usage.reset();
    kept.again();
    QCOMPARE(kept.usage->of(kept.alice).count, 0ULL);
}

QTEST_GUILESS_MAIN(VaultUsageTest)
#include "vault_usage_test.moc"
