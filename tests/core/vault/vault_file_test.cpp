#include "tests/core/vault/file_fixture.h"

#include <csignal>
#include <random>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using Source = VaultFile::Source;
using Generations = std::vector<std::uint64_t>;

namespace {

/// Written by hand; the sum is coreutils' sha256sum of the lines before.
const QByteArray golden = "hufu-vault-file 1\n"
                          "head-b hufu.head.1:AAEC\n"
                          "page-00000000000000ff hufu.page.1:/+8=\n"
                          "page-0123456789abcdef hufu.page.1:QUJD\n"
                          "end eaf44cd7a3694344d4a9466283b70f10db1a9c3d63fbf10390a37bc8d6a5149c\n";

/// A file of these lines with the sum that belongs to them.
QByteArray framed(const QByteArray &lines)
{
    return lines + "end " + toHex(sha256(std::as_bytes(std::span(lines)))) + '\n';
}

/// Another user until it goes: the tests' own one may be root, whom no permission stops.
class AsNobody
{
public:
    AsNobody() { m_changed = ::geteuid() == 0 && ::seteuid(65'534) == 0; }
    ~AsNobody() { restore(); }
    AsNobody(const AsNobody &) = delete;
    AsNobody &operator=(const AsNobody &) = delete;

private:
    void restore() const
    {
        if (m_changed && ::seteuid(0) != 0)
            qFatal("The tests' own user does not come back.");
    }
    bool m_changed = false;
};

} // namespace

class VaultFileTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void theFormatIsAsWritten();
    void everyFlippedBitAndEveryCutIsRefused();
    void otherFramesAreRefused_data();
    void otherFramesAreRefused();
    void aFileHasOneHeadAndNoOpenSlot();
    void aCommitPutsAWholeFileThereForTheOwnerOnly();
    void theLastThreeGoodCopiesStay();
    void aDamagedCopyPushesOutNoGoodOne();
    void aDamagedFileFallsBackToItsNewestCopy();
    void whatIsNeitherFileNorCopyIsNotFound();
    void nothingWholeIsCorruptAndStays();
    void aNewerVersionAnywhereIsNotReadNorOverwritten();
    void whatIsNoOrdinaryFileIsNeitherReadNorReplaced_data();
    void whatIsNoOrdinaryFileIsNeitherReadNorReplaced();
    void aFileThatMayNotBeReadIsNotReplacedByACopy();
    void aFileOfAbsurdSizeIsNotRead();
    void aFullDiskLosesNothing();
    void aFolderThatMayNotBeWrittenLosesNothing();
    void whatWouldNotBeReadableIsNotWritten();
    void copiesUnderAnOldPasswordGo();
    void aKillAtAnyStepLeavesTheOldOrTheNew();
    void aKillAtAnyMomentLeavesTheOldOrTheNew();
    void removingLeavesNothing();

private:
    [[nodiscard]] QString name(const char *end = "") const { return m_path + QLatin1String(end); }
    /// Commits the generations from 1 on.
    void commitUpTo(std::uint64_t generation) const
    {
        for (std::uint64_t g = 1; g <= generation; ++g)
            VERIFY_OK(VaultFile(m_path).replace(entriesOf(g), {}));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void VaultFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>(quickFolder());
    m_path = m_folder->filePath(u"vault.hufu"_s);
}

void VaultFileTest::theFormatIsAsWritten()
{
    const FileEntries entries{{"page-0123456789abcdef", "hufu.page.1:QUJD"},
                              {"page-00000000000000ff", "hufu.page.1:/+8="},
                              {"head-b", "hufu.head.1:AAEC"}};
    QCOMPARE(toFileText(entries), golden);
    const Result<FileEntries> read = fromFileText(golden);
    VERIFY_OK(read);
    QVERIFY(*read == entries);
}

void VaultFileTest::everyFlippedBitAndEveryCutIsRefused()
{
    for (qsizetype i = 0; i < golden.size(); ++i) {
        VERIFY_FAILS(fromFileText(golden.first(i)), Errc::VaultCorrupt);
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray flipped = golden;
            flipped[i] = char(flipped[i] ^ (1 << bit));
            const Result<FileEntries> read = fromFileText(flipped);
            QVERIFY2(!read, qPrintable(u"bit %1 of byte %2"_s.arg(bit).arg(i)));
        }
    }
    VERIFY_FAILS(fromFileText(golden + '\n'), Errc::VaultCorrupt);
    VERIFY_FAILS(fromFileText(golden + golden), Errc::VaultCorrupt);
    QByteArray windows = golden;
    VERIFY_FAILS(fromFileText(windows.replace("\n", "\r\n")), Errc::VaultCorrupt);
    VERIFY_FAILS(fromFileText(QByteArray(10 << 20, 'x')), Errc::VaultCorrupt);
}

void VaultFileTest::otherFramesAreRefused_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<Errc>("expected");
    const QByteArray first = "hufu-vault-file 1\n";
    const auto corrupt = [&first](const char *what, const QByteArray &lines) {
        QTest::newRow(what) << first + lines << Errc::VaultCorrupt;
    };
    corrupt("unsorted", "page-00000000000000ff x\nhead-a x\n");
    corrupt("an entry twice", "head-a x\nhead-a x\n");
    corrupt("another name", "head-c x\n");
    corrupt("a short page id", "page-0123 x\n");
    corrupt("a page id in capitals", "page-00000000000000FF x\n");
    corrupt("a profile's prefix", "hufu/default/head-a x\n");
    corrupt("no value", "head-a \n");
    corrupt("no space", "head-a\n");
    corrupt("two spaces", "head-a  x\n");
    corrupt("a space in the value", "head-a x y\n");
    corrupt("a value that is not ASCII", "head-a \xc3\xa4\n");
    corrupt("a zero in the value", QByteArray("head-a x\0y\n", 11));
    corrupt("an empty line", "\nhead-a x\n");
    QTest::newRow("another kind") << QByteArray("hufu-backup 1\n") << Errc::VaultCorrupt;
    QTest::newRow("no number") << QByteArray("hufu-vault-file \n") << Errc::VaultCorrupt;
    QTest::newRow("number 0") << QByteArray("hufu-vault-file 0\n") << Errc::VaultCorrupt;
    QTest::newRow("number 01") << QByteArray("hufu-vault-file 01\n") << Errc::VaultCorrupt;
    QTest::newRow("number 1x") << QByteArray("hufu-vault-file 1x\n") << Errc::VaultCorrupt;
    QTest::newRow("newer") << QByteArray("hufu-vault-file 2\nwhatever\n")
                           << Errc::VaultNewerVersion;
    QTest::newRow("much newer") << QByteArray("hufu-vault-file 99999999999999999999\n")
                                << Errc::VaultNewerVersion;
}

void VaultFileTest::otherFramesAreRefused()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const Errc, expected);
    VERIFY_FAILS(fromFileText(framed(lines)), expected);
}

void VaultFileTest::aFileHasOneHeadAndNoOpenSlot()
{
    VERIFY_OK(headOfFile(entriesOf(3)));
    QCOMPARE(headOfFile(entriesOf(3))->generation, 3U);
    VERIFY_FAILS(headOfFile({}), Errc::VaultCorrupt);
    FileEntries two = entriesOf(3);
    two.merge(entriesOf(4));
    VERIFY_FAILS(headOfFile(two), Errc::VaultCorrupt);
    VERIFY_FAILS(headOfFile({{"head-b", headText(3, lockedSlot(1))}}), Errc::VaultCorrupt);
    VERIFY_FAILS(headOfFile({{"head-a", "hufu.head.1:AAEC"}}), Errc::VaultCorrupt);
    VERIFY_FAILS(headOfFile({{"head-a", "hufu.head.2:AAEC"}}), Errc::VaultNewerVersion);
    const SecretBytes key = std::move(*SecretBytes::ofSize(vaultKeySize));
    SecretBytes open = std::move(*makeOpenSlot(key, std::chrono::sys_seconds()));
    VERIFY_FAILS(headOfFile({{"head-a", headText(1, std::move(open))}}), Errc::VaultCorrupt);
}

void VaultFileTest::aCommitPutsAWholeFileThereForTheOwnerOnly()
{
    commitUpTo(1);
    QCOMPARE(bytesAt(m_path), toFileText(fromFileText(bytesAt(m_path)).value()));
    FileEntries next = entriesOf(2);
    const QByteArray page = next.at("page-00000000000000aa");
    next.erase("page-00000000000000aa");
    next.emplace("page-00000000000000bb", page);
    VERIFY_OK(VaultFile(m_path).replace(next, {"page-00000000000000aa"}));

    const Result<VaultFile::Found> found = VaultFile(m_path).read();
    VERIFY_OK(found);
    QCOMPARE(found->source, Source::File);
    QCOMPARE(found->entries.size(), 3U);
    QCOMPARE(found->entries.at("page-00000000000000aa"), QByteArray("hufu.page.1:1"));
    QCOMPARE(generationIn(found->entries), 2U);
    const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    for (const char *end : {"", ".1"})
        QCOMPARE(QFile::permissions(name(end)) | owner, owner);
    QCOMPARE(
        QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList({u"vault.hufu"_s, u"vault.hufu.1"_s}));
}

void VaultFileTest::theLastThreeGoodCopiesStay()
{
    commitUpTo(1);
    QCOMPARE(generationsAt(m_path), Generations({1, 0, 0, 0}));
    commitUpTo(6);
    QCOMPARE(generationsAt(m_path), Generations({6, 5, 4, 3}));
    QVERIFY(!QFile::exists(name(".4")));
}

void VaultFileTest::aDamagedCopyPushesOutNoGoodOne()
{
    commitUpTo(4);
    QVERIFY(putBytes(name(".1"), "damaged"));
    VERIFY_OK(VaultFile(m_path).replace(entriesOf(5), {}));
    QCOMPARE(generationsAt(m_path), Generations({5, 4, 2, 1}));
    QVERIFY(putBytes(name(".2"), "damaged"));
    VERIFY_OK(VaultFile(m_path).replace(entriesOf(6), {}));
    QCOMPARE(generationsAt(m_path), Generations({6, 5, 4, 1}));
}

void VaultFileTest::aDamagedFileFallsBackToItsNewestCopy()
{
    commitUpTo(5);
    const QByteArray good = bytesAt(m_path);
    const QByteArray damaged = good.first(good.size() / 2);
    QVERIFY(putBytes(m_path, damaged));
    Result<VaultFile::Found> found = VaultFile(m_path).read();
    VERIFY_OK(found);
    QCOMPARE(found->source, Source::Copy);
    QCOMPARE(generationIn(found->entries), 4U);

    QVERIFY(putBytes(name(".1"), damaged));
    QCOMPARE(generationIn(VaultFile(m_path).read()->entries), 3U);
    QVERIFY(QFile::remove(m_path));
    QCOMPARE(VaultFile(m_path).read()->source, Source::Copy);
    QCOMPARE(generationIn(VaultFile(m_path).read()->entries), 3U);

    // Going on from the copy keeps what it was written instead of.
    QVERIFY(putBytes(m_path, damaged));
    VERIFY_OK(VaultFile(m_path).replace(entriesOf(4), {}));
    QCOMPARE(bytesAt(name(".bad")), damaged);
    QCOMPARE(generationsAt(m_path), Generations({4, 0, 3, 2}));
    QCOMPARE(VaultFile(m_path).read()->source, Source::File);
}

void VaultFileTest::whatIsNeitherFileNorCopyIsNotFound()
{
    const Result<VaultFile::Found> found = VaultFile(m_path).read();
    VERIFY_OK(found);
    QCOMPARE(found->source, Source::Nothing);
    // What a first commit that was cut off left behind is no vault.
    QVERIFY(putBytes(name(".new"), golden.first(9)));
    QCOMPARE(VaultFile(m_path).read()->source, Source::Nothing);
    commitUpTo(1);
    QVERIFY(!QFile::exists(name(".new")));
}

void VaultFileTest::nothingWholeIsCorruptAndStays()
{
    for (const char *end : {"", ".1", ".2", ".3"}) {
        QVERIFY(putBytes(name(end), QByteArray("hufu-vault-file 1\n") + end));
        VERIFY_FAILS(VaultFile(m_path).read(), Errc::VaultCorrupt);
    }
    VERIFY_FAILS(VaultFile(m_path).replace(entriesOf(1), {}), Errc::VaultCorrupt);
    QCOMPARE(bytesAt(m_path), QByteArray("hufu-vault-file 1\n"));
    QVERIFY(QFile::remove(m_path)); // a damaged copy alone is no "not found" either
    VERIFY_FAILS(VaultFile(m_path).read(), Errc::VaultCorrupt);
}

void VaultFileTest::aNewerVersionAnywhereIsNotReadNorOverwritten()
{
    const QByteArray newer = framed("hufu-vault-file 2\nsomething else\n");
    commitUpTo(3);
    QVERIFY(putBytes(m_path, newer));
    VERIFY_FAILS(VaultFile(m_path).read(), Errc::VaultNewerVersion);
    VERIFY_FAILS(VaultFile(m_path).replace(entriesOf(4), {}), Errc::VaultNewerVersion);
    QCOMPARE(bytesAt(m_path), newer);

    QVERIFY(putBytes(m_path, "damaged"));
    QVERIFY(putBytes(name(".2"), newer));
    VERIFY_FAILS(VaultFile(m_path).read(), Errc::VaultNewerVersion);
    FileEntries head = entriesOf(4);
    head["head-b"].replace("hufu.head.1", "hufu.head.2");
    QVERIFY(putBytes(m_path, toFileText(head)));
    VERIFY_FAILS(VaultFile(m_path).read(), Errc::VaultNewerVersion);
}

void VaultFileTest::whatIsNoOrdinaryFileIsNeitherReadNorReplaced_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"link", "dangling link", "folder", "pipe"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void VaultFileTest::whatIsNoOrdinaryFileIsNeitherReadNorReplaced()
{
    QFETCH(const QString, kind);
    commitUpTo(3);
    const QString elsewhere = m_folder->filePath(u"elsewhere"_s);
    QVERIFY(QFile::rename(m_path, elsewhere));
    if (kind == u"link"_s || kind == u"dangling link"_s)
        QVERIFY(QFile::link(elsewhere, m_path));
    if (kind == u"dangling link"_s)
        QVERIFY(QFile::remove(elsewhere));
    if (kind == u"folder"_s)
        QVERIFY(QDir().mkdir(m_path));
    if (kind == u"pipe"_s)
        QCOMPARE(::mkfifo(QFile::encodeName(m_path).constData(), 0600), 0);
    // Not the copy either: nobody said that the file is damaged.
    VERIFY_FAILS(VaultFile(m_path).read(), Errc::FileUnreadable);
    VERIFY_FAILS(VaultFile(m_path).replace(entriesOf(4), {}), Errc::FileUnreadable);
    QCOMPARE(generationIn(fromFileText(bytesAt(name(".1"))).value()), 2U);
    if (kind == u"link"_s)
        QCOMPARE(QFileInfo(m_path).symLinkTarget(), elsewhere);
}

void VaultFileTest::aFileThatMayNotBeReadIsNotReplacedByACopy()
{
    commitUpTo(2);
    QVERIFY(QFile::setPermissions(m_path, QFile::Permissions()));
    const AsNobody nobody;
    VERIFY_FAILS(VaultFile(m_path).read(), Errc::FileUnreadable);
}

void VaultFileTest::aFileOfAbsurdSizeIsNotRead()
{
    commitUpTo(2);
    QFile file(m_path);
    QVERIFY(file.resize(qint64{1} << 40)); // takes no room
    QCOMPARE(VaultFile(m_path).read()->source, Source::Copy);
    QVERIFY(QFile::remove(name(".1")));
    VERIFY_FAILS(VaultFile(m_path).read(), Errc::VaultCorrupt);
}

void VaultFileTest::aFullDiskLosesNothing()
{
    commitUpTo(3);
    const Generations before = generationsAt(m_path);
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    const auto fileLimit = [&limit](rlim_t bytes) {
        const rlimit lower{bytes, limit.rlim_max};
        return ::setrlimit(RLIMIT_FSIZE, &lower);
    };
    ::signal(SIGXFSZ, SIG_IGN);
    FileEntries large = entriesOf(4);
    large.emplace("page-00000000000000bb", "hufu.page.1:" + QByteArray(100'000, 'A'));
    QCOMPARE(fileLimit(50'000), 0); // the file ends in the middle
    VERIFY_FAILS(VaultFile(m_path).replace(large, {}), Errc::FileUnwritable);
    QCOMPARE(fileLimit(limit.rlim_cur), 0);
    QCOMPARE(generationsAt(m_path), before);
    QVERIFY(!QFile::exists(name(".new")));

    // And where the file still fits and the copy of the present one does not.
    VERIFY_OK(VaultFile(m_path).replace(large, {}));
    QCOMPARE(fileLimit(50'000), 0);
    VERIFY_FAILS(VaultFile(m_path).replace(entriesOf(5), {}), Errc::FileUnwritable);
    QCOMPARE(fileLimit(limit.rlim_cur), 0);
    QCOMPARE(generationsAt(m_path), Generations({4, 0, 3, 2}));
    VERIFY_OK(VaultFile(m_path).replace(entriesOf(5), {}));
    QCOMPARE(generationsAt(m_path), Generations({5, 4, 3, 2}));
}

void VaultFileTest::aFolderThatMayNotBeWrittenLosesNothing()
{
    commitUpTo(2);
    const auto everybody = QFile::ReadOther | QFile::ReadGroup;
    for (const char *end : {"", ".1"})
        QVERIFY(QFile::setPermissions(name(end), everybody | QFile::ReadOwner));
    QVERIFY(QFile::setPermissions(m_folder->path(), everybody | QFile::ReadOwner | QFile::ExeOwner |
                                                        QFile::ExeOther | QFile::ExeGroup));
    {
        const AsNobody nobody;
        VERIFY_OK(VaultFile(m_path).read());
        VERIFY_FAILS(VaultFile(m_path).replace(entriesOf(3), {}), Errc::FileUnwritable);
    }
    QCOMPARE(generationsAt(m_path), Generations({2, 1, 0, 0}));
    QVERIFY(QFile::setPermissions(m_folder->path(),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

void VaultFileTest::whatWouldNotBeReadableIsNotWritten()
{
    commitUpTo(1);
    const SecretBytes key = std::move(*SecretBytes::ofSize(vaultKeySize));
    SecretBytes open = std::move(*makeOpenSlot(key, std::chrono::sys_seconds()));
    VERIFY_FAILS(VaultFile(m_path).replace({{"head-b", headText(2, std::move(open))}}, {}),
                 Errc::WriteNotConfirmed);
    VERIFY_FAILS(VaultFile(m_path).replace({}, {}), Errc::WriteNotConfirmed);
    VERIFY_FAILS(VaultFile(m_path).replace(entriesOf(2), {"page-00000000000000bb"}),
                 Errc::WriteNotConfirmed);
    QCOMPARE(generationsAt(m_path), Generations({1, 0, 0, 0}));
}

void VaultFileTest::copiesUnderAnOldPasswordGo()
{
    commitUpTo(4);
    QVERIFY(!VaultFile(m_path).hasOldSlots());
    VERIFY_OK(VaultFile(m_path).replace(entriesOf(5, 2), {}));
    QCOMPARE(generationsAt(m_path), Generations({5, 0, 0, 0}));
    VERIFY_OK(VaultFile(m_path).replace(entriesOf(6, 2), {}));
    QCOMPARE(generationsAt(m_path), Generations({6, 5, 0, 0}));
    QVERIFY(!VaultFile(m_path).hasOldSlots());

    // A change of the password that was cut off before the copies went.
    QVERIFY(QFile::copy(m_path, name(".2")));
    QVERIFY(putBytes(m_path, toFileText(entriesOf(7, 3))));
    QVERIFY(VaultFile(m_path).hasOldSlots());
    VERIFY_OK(VaultFile(m_path).replace(entriesOf(8, 3), {}));
    QCOMPARE(generationsAt(m_path), Generations({8, 7, 0, 0}));
    QVERIFY(!VaultFile(m_path).hasOldSlots());
}

void VaultFileTest::aKillAtAnyStepLeavesTheOldOrTheNew()
{
    commitUpTo(5);
    std::uint64_t committed = 5;
    bool killed = true;
    int kills = 0;
    for (int step = 1; killed; ++step) {
        const std::uint64_t next = committed + 1;
        const pid_t child = ::fork();
        if (child == 0) {
            VaultFile file(m_path);
            file.beforeStep = [&step] {
                if (--step == 0)
                    ::kill(::getpid(), SIGKILL);
            };
            // Every second commit changes the password, which takes more steps.
            ::_exit(file.replace(entriesOf(next, std::uint8_t(next / 2)), {}) ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        killed = WIFSIGNALED(status);
        kills += killed ? 1 : 0;
        QVERIFY(killed || WEXITSTATUS(status) == 0);

        const Result<VaultFile::Found> found = VaultFile(m_path).read();
        VERIFY_OK(found);
        QCOMPARE(found->source, Source::File);
        const std::uint64_t now = generationIn(found->entries);
        QVERIFY(now == committed || now == next);
        QVERIFY(killed || now == next);
        committed = now;
    }
    QVERIFY2(kills >= 8, qPrintable(QString::number(kills)));
    VERIFY_OK(VaultFile(m_path).replace(entriesOf(committed + 1, 99), {}));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList(u"vault.hufu"_s));
}

void VaultFileTest::aKillAtAnyMomentLeavesTheOldOrTheNew()
{
    commitUpTo(1);
    std::mt19937 random(std::random_device{}());
    std::uint64_t sure = 1;
    for (int round = 0; round < 50; ++round) {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const VaultFile file(m_path);
            for (std::uint64_t g = sure + 1;; ++g) {
                if (!file.replace(entriesOf(g), {}) || ::write(ends[1], &g, sizeof g) != sizeof g)
                    ::_exit(1);
            }
        }
        ::close(ends[1]);
        QTest::qSleep(std::uniform_int_distribution<int>(1, 40)(random));
        ::kill(child, SIGKILL);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY2(WIFSIGNALED(status), "a commit failed");
        for (std::uint64_t told = 0; ::read(ends[0], &told, sizeof told) == sizeof told;)
            sure = told;
        ::close(ends[0]);

        const Result<VaultFile::Found> found = VaultFile(m_path).read();
        VERIFY_OK(found);
        QCOMPARE(found->source, Source::File);
        const std::uint64_t now = generationIn(found->entries);
        QVERIFY2(now == sure || now == sure + 1,
                 qPrintable(u"%1 after %2 was confirmed"_s.arg(now).arg(sure)));
        sure = now;
    }
    QVERIFY(sure > 25);
    VERIFY_OK(VaultFile(m_path).replace(entriesOf(sure + 1), {}));
    const Generations left = generationsAt(m_path);
    QCOMPARE(std::vector(left.begin(), left.begin() + 2), Generations({sure + 1, sure}));
}

void VaultFileTest::removingLeavesNothing()
{
    commitUpTo(5);
    QVERIFY(putBytes(name(".new"), "x"));
    QVERIFY(putBytes(name(".bad"), "x"));
    VERIFY_OK(VaultFile(m_path).removeAll());
    QVERIFY(QDir(m_folder->path()).isEmpty());
    VERIFY_OK(VaultFile(m_path).removeAll());
}

QTEST_GUILESS_MAIN(VaultFileTest)
#include "vault_file_test.moc"
