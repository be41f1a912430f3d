#include "core/vault/verdict.h"
#include "tests/core/vault/file_fixture.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QSignalSpy>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Calls that wait for their answer.
class WaitingStore
{
public:
    explicit WaitingStore(const VaultPlace &place, std::chrono::milliseconds limit = 30s)
        : store(place, limit)
        , m_place(place)
    {
    }

    Result<Keeping> begin()
    {
        return wait<Keeping>([this](auto answer) { store.beginReading(&store, answer); });
    }
    Result<QByteArray> read(const QString &entry)
    {
        return wait<QByteArray>(
            [&](auto answer) { store.read(m_place.entryKey(entry), &store, answer); });
    }
    Result<void> replace(std::uint64_t generation)
    {
        std::map<QString, QByteArray> added;
        for (const auto &[name, value] : entriesOf(generation))
            added.emplace(m_place.entryKey(QString::fromLatin1(name)), value);
        return wait<void>([&](auto answer) { store.replaceAll(added, {}, &store, answer); });
    }
    Result<void> write(const QString &entry)
    {
        return wait<void>(
            [&](auto answer) { store.write(m_place.entryKey(entry), "x", &store, answer); });
    }
    Result<void> remove(const QString &entry)
    {
        return wait<void>(
            [&](auto answer) { store.remove(m_place.entryKey(entry), &store, answer); });
    }
    Result<QStringList> list(const QString &prefix)
    {
        return wait<QStringList>([&](auto answer) { store.list(prefix, &store, answer); });
    }

    FileStore store;

private:
    template <typename T, typename Call>
    Result<T> wait(const Call &call)
    {
        std::optional<Result<T>> outcome;
        call(Answer<T>([&outcome](Result<T> result) { outcome = std::move(result); }));
        if (outcome)
            qFatal("answered from inside the call");
        while (!outcome)
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        return std::move(*outcome);
    }

    VaultPlace m_place;
};

const QString pageOfAll = u"page-00000000000000aa"_s;

HeadFinding whole(std::uint64_t generation)
{
    return {HeadFinding::Kind::Whole, generation, VaultId{}};
}

} // namespace

class FileStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aReadingAnswersFromOneMoment();
    void whatIsReadIsNotRememberedForEver();
    void aFileChangesAsAWholeOnly();
    void theEntriesBearTheProfile();
    void theWindowGoesOnWhileTheDiskIsWaitedFor();
    void aDiskThatDoesNotAnswerStallsTheStoreUntilItDoes();
    void nothingIsAnsweredOnceTheContextIsGone();
    void aPortablePlaceHasEverythingInItsFolder();
    void theStatesOfAFileAreToldApart_data();
    void theStatesOfAFileAreToldApart();

private:
    std::unique_ptr<TemporaryPlace> m_at;
};

void FileStoreTest::init()
{
    m_at = std::make_unique<TemporaryPlace>();
    QVERIFY(QDir().mkpath(m_at->place.dataPath));
}

void FileStoreTest::aReadingAnswersFromOneMoment()
{
    WaitingStore one(m_at->place);
    WaitingStore two(m_at->place);
    QCOMPARE(one.begin().value(), Keeping::OneFile);
    VERIFY_FAILS(one.read(u"head-a"_s), Errc::EntryNotFound);
    VERIFY_OK(two.replace(1));
    VERIFY_FAILS(one.read(u"head-a"_s), Errc::EntryNotFound);
    QCOMPARE(one.begin().value(), Keeping::OneFile);
    VERIFY_OK(two.replace(2));
    // Not the one head of before and the other of now, which would be none at all.
    VERIFY_FAILS(one.read(u"head-b"_s), Errc::EntryNotFound);
    VERIFY_OK(one.read(u"head-a"_s));
    QCOMPARE(one.read(pageOfAll).value(), QByteArray("hufu.page.1:1"));

    VERIFY_OK(one.begin());
    VERIFY_FAILS(one.read(u"head-a"_s), Errc::EntryNotFound);
    QCOMPARE(one.read(pageOfAll).value(), QByteArray("hufu.page.1:2"));
    QVERIFY(putBytes(m_at->place.vaultFile(), "damaged"));
    QCOMPARE(one.begin().value(), Keeping::CopyOfFile);
    QCOMPARE(one.read(pageOfAll).value(), QByteArray("hufu.page.1:1"));
}

void FileStoreTest::whatIsReadIsNotRememberedForEver()
{
    WaitingStore one(m_at->place);
    VERIFY_OK(one.replace(1)); // what was written is read from the disk, not remembered
    QVERIFY(putBytes(m_at->place.vaultFile(), toFileText(entriesOf(2))));
    QCOMPARE(one.read(pageOfAll).value(), QByteArray("hufu.page.1:2"));
    QVERIFY(putBytes(m_at->place.vaultFile(), toFileText(entriesOf(3))));
    QCOMPARE(one.read(pageOfAll).value(), QByteArray("hufu.page.1:2"));
    QTRY_COMPARE_WITH_TIMEOUT(one.read(pageOfAll).value(), QByteArray("hufu.page.1:3"), 10'000);
}

void FileStoreTest::aFileChangesAsAWholeOnly()
{
    WaitingStore one(m_at->place);
    VERIFY_OK(one.replace(1));
    VERIFY_FAILS(one.write(u"head-b"_s), Errc::FileUnwritable);
    VERIFY_FAILS(one.remove(u"head-a"_s), Errc::FileUnwritable);
    VERIFY_OK(one.remove(u"head-b"_s));
    VERIFY_OK(one.read(u"head-a"_s));
}

void FileStoreTest::theEntriesBearTheProfile()
{
    WaitingStore one(m_at->place);
    VERIFY_OK(one.replace(1));
    QCOMPARE(one.list(u"hufu/test/"_s).value(),
             QStringList({u"hufu/test/head-a"_s, u"hufu/test/"_s + pageOfAll}));
    QVERIFY(one.list(u"hufu/other/"_s)->isEmpty());
    QCOMPARE(one.store.backend(), u"file"_s);
}

void FileStoreTest::theWindowGoesOnWhileTheDiskIsWaitedFor()
{
    WaitingStore one(m_at->place);
    one.store.setBeforeStep([] { QThread::msleep(50); });
    QElapsedTimer sinceTick;
    qint64 longest = 0;
    int ticks = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
        longest = std::max(longest, sinceTick.restart());
        ++ticks;
    });
    timer.start(5ms);
    sinceTick.start();
    for (std::uint64_t g = 1; g <= 3; ++g)
        VERIFY_OK(one.replace(g));
    QVERIFY2(longest < 100, qPrintable(u"%1 ms"_s.arg(longest)));
    QVERIFY2(ticks > 50, qPrintable(QString::number(ticks)));
}

void FileStoreTest::aDiskThatDoesNotAnswerStallsTheStoreUntilItDoes()
{
    WaitingStore one(m_at->place, 100ms);
    VERIFY_OK(one.replace(1));
    QSemaphore disk;
    one.store.setBeforeStep([&disk] { disk.acquire(); });
    QSignalSpy settled(&one.store, &SecretStore::settled);
    VERIFY_FAILS(one.replace(2), Errc::KeychainStalled);
    QVERIFY(one.store.isStalled());
    VERIFY_FAILS(one.begin(), Errc::KeychainStalled);
    VERIFY_FAILS(one.read(u"head-a"_s), Errc::KeychainStalled);
    disk.release(1'000);
    QVERIFY(settled.wait(10'000));
    QVERIFY(!one.store.isStalled());
    VERIFY_OK(one.begin()); // it landed after all
    VERIFY_OK(one.read(u"head-b"_s));
}

void FileStoreTest::nothingIsAnsweredOnceTheContextIsGone()
{
    WaitingStore one(m_at->place);
    bool answered = false;
    {
        QObject context;
        one.store.beginReading(&context, [&](const Result<Keeping> &) { answered = true; });
        one.store.read(m_at->place.entryKey(u"head-a"_s), &context,
                       [&](const Result<QByteArray> &) { answered = true; });
    }
    VERIFY_OK(one.begin()); // in order, so those before it are done
    QVERIFY(!answered);
}

void FileStoreTest::aPortablePlaceHasEverythingInItsFolder()
{
    const QString folder = m_at->folder.path();
    const Result<VaultPlace> place = VaultPlace::portable(folder, u"work"_s);
    VERIFY_OK(place);
    QVERIFY(place->isPortable);
    QCOMPARE(place->configPath, folder + u"/hufu/work"_s);
    QCOMPARE(place->dataPath, folder + u"/hufu/work"_s);
    QCOMPARE(place->vaultFile(), folder + u"/hufu/work/vault.hufu"_s);
    QVERIFY(QDir::isAbsolutePath(VaultPlace::portable(u"."_s, u"work"_s)->dataPath));
    VERIFY_FAILS(VaultPlace::portable(folder + u"/unplugged"_s, u"work"_s), Errc::FileUnreadable);
    VERIFY_FAILS(VaultPlace::portable(folder, u"../work"_s), Errc::ProfileNameInvalid);
    QVERIFY(!m_at->place.isPortable);
    QCOMPARE(m_at->place.vaultFile(), m_at->place.dataPath + u"/vault.hufu"_s);
}

void FileStoreTest::theStatesOfAFileAreToldApart_data()
{
    using Kind = Verdict::Kind;
    using Remark = Verdict::Remark;
    QTest::addColumn<int>("keeping");
    QTest::addColumn<quint64>("committed"); ///< 0: vault.state is lost
    QTest::addColumn<bool>("writing");      ///< the next one after it
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("remark");
    const auto row = [](const char *what, Keeping keeping, quint64 committed, bool writing,
                        Kind kind, Remark remark) {
        QTest::newRow(what) << int(keeping) << committed << writing << int(kind) << int(remark);
    };
    // Each finds generation 5.
    row("as committed", Keeping::OneFile, 5, false, Kind::Normal, Remark::None);
    row("the state is lost", Keeping::OneFile, 0, false, Kind::Normal, Remark::None);
    row("cut off before", Keeping::OneFile, 5, true, Kind::Normal, Remark::UnfinishedCommit);
    row("cut off after", Keeping::OneFile, 4, true, Kind::Normal, Remark::UnfinishedCommit);
    row("put back", Keeping::OneFile, 6, false, Kind::Older, Remark::None);
    row("put back, cut off", Keeping::OneFile, 6, true, Kind::Older, Remark::None);
    row("a copy", Keeping::CopyOfFile, 6, false, Kind::Older, Remark::None);
    row("a copy, the state lost", Keeping::CopyOfFile, 0, false, Kind::Older, Remark::None);
    row("a copy of what counts", Keeping::CopyOfFile, 5, false, Kind::Normal,
        Remark::OlderHeadDamaged);
    row("a copy from before the cut", Keeping::CopyOfFile, 5, true, Kind::Normal,
        Remark::UnfinishedCommit);
}

void FileStoreTest::theStatesOfAFileAreToldApart()
{
    QFETCH(const int, keeping);
    QFETCH(const quint64, committed);
    QFETCH(const bool, writing);
    QFETCH(const int, kind);
    QFETCH(const int, remark);
    std::optional<VaultState> state;
    if (committed > 0)
        state = VaultState{.committed = committed, .writing = {}, .toRemove = {}};
    if (writing)
        state->writing = VaultState::Writing{committed + 1, committed};
    const Result<Verdict> verdict =
        judge(whole(5), HeadFinding{}, state, VaultId{}, Keeping(keeping));
    VERIFY_OK(verdict);
    QCOMPARE(int(verdict->kind), kind);
    QCOMPARE(int(verdict->remark), remark);
    QCOMPARE(verdict->generation, 5U);
    VaultId other{};
    other.fill(std::byte{1});
    VERIFY_FAILS(judge(whole(5), HeadFinding{}, state, other, Keeping(keeping)),
                 Errc::AnotherVault);
    VERIFY_FAILS(judge(HeadFinding{}, HeadFinding{}, state, VaultId{}, Keeping::OneFile),
                 Errc::VaultMissing);
}

QTEST_GUILESS_MAIN(FileStoreTest)
#include "file_store_test.moc"
