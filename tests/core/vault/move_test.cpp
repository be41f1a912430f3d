#include "core/vault/vault_mover.h"
#include "core/vault/vault_settings.h"
#include "tests/core/vault/file_fixture.h"

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using Storage = Vault::Storage;

namespace {

constexpr auto password = "correct horse";

/// The disk and the keychain at one moment, as a kill at that moment would leave them.
struct Moment
{
    QString folder;
    std::shared_ptr<MemoryKeychain> keychain;
};

VaultPlace placeIn(const QString &folder)
{
    return {
        .profile = u"test"_s, .configPath = folder + u"/config"_s, .dataPath = folder + u"/data"_s};
}

/// Everything below `from`, without the lock, which dies with its process.
bool copyFolder(const QString &from, const QString &to)
{
    QDir().mkpath(to);
    for (const QFileInfo &entry :
         QDir(from).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
        const QString name = to + u'/' + entry.fileName();
        if (entry.isDir()
                ? !copyFolder(entry.filePath(), name)
                : entry.fileName() != u"vault.lock"_s && !QFile::copy(entry.filePath(), name))
            return false;
    }
    return true;
}

QStringList filesIn(const QString &folder)
{
    QStringList names = QDir(folder).entryList({u"vault.hufu*"_s}, QDir::Files);
    return names;
}

/// A vault of two accounts, and what a move of it does.
class Moving
{
public:
    explicit Moving(const QString &folder)
        : place(placeIn(folder))
    {
    }

    [[nodiscard]] std::unique_ptr<WaitingVault> vault() const
    {
        return std::make_unique<WaitingVault>(keychain, place, clock);
    }
    /// Two accounts under the password, in `storage`.
    void fill(Storage storage) const
    {
        const auto one = vault();
        VERIFY_DONE(one->open());
        if (storage == Storage::File)
            VERIFY_DONE(one->createInFile(password));
        VERIFY_DONE(one->commit(adding(u"alice"_s)));
        VERIFY_DONE(one->commit(adding(u"bob"_s)));
        if (storage == Storage::Keychain)
            VERIFY_DONE(one->changePassword("", password));
    }

    VaultPlace place;
    std::shared_ptr<MemoryKeychain> keychain = std::make_shared<MemoryKeychain>();
    ManualClock clock;
};

const QStringList both{u"alice"_s, u"bob"_s};

} // namespace

class MoveTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(quickFolder()); }
    void aFirstVaultInAFileIsUnderAPassword();
    void aFirstVaultIsMadeOnlyWhereNothingIs();
    void aVaultInAFileIsReadBySeveralPrograms();
    void aFileKeepsItsPassword();
    void anOlderFileIsShownReadOnlyUntilThePersonGoesOn();
    void aMoveLeavesNothingBehind_data();
    void aMoveLeavesNothingBehind();
    void smallEntriesAreTheSourceAndTheTarget();
    void anotherProgramFollows();
    void whatAMoveNeeds();
    void anotherVaultIsNotOverwritten();
    void aPortableVaultStaysInItsFile();
    void aFailedCallLeavesTheOldPlaceAsItWas_data();
    void aFailedCallLeavesTheOldPlaceAsItWas();
    void aKillAtAnyStepLosesNothing_data();
    void aKillAtAnyStepLosesNothing();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void MoveTest::aFirstVaultInAFileIsUnderAPassword()
{
    const Moving here(m_folder->path());
    const auto one = here.vault();
    one->store().unavailable = Errc::KeychainMissing;
    VERIFY_REFUSED(one->open(), Errc::KeychainMissing);
    QCOMPARE(one->vault().storage(), Storage::Keychain);
    VERIFY_REFUSED(one->createInFile(""), Errc::PasswordNeeded);
    VERIFY_DONE(one->createInFile(password));
    QCOMPARE(one->vault().state(), Vault::State::Open);
    QCOMPARE(one->vault().storage(), Storage::File);
    QVERIFY(one->vault().hasPassword());
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    QVERIFY(here.keychain->empty());

    const auto two = here.vault();
    two->store().unavailable = Errc::KeychainMissing;
    VERIFY_DONE(two->open());
    QCOMPARE(two->vault().state(), Vault::State::Locked);
    VERIFY_REFUSED(two->unlock("wrong"), Errc::PasswordWrong);
    VERIFY_DONE(two->unlock(password));
    QCOMPARE(namesIn(two->vault()), QStringList(u"alice"_s));
    QCOMPARE(filesIn(here.place.dataPath), QStringList({u"vault.hufu"_s, u"vault.hufu.1"_s}));
}

void MoveTest::aFirstVaultIsMadeOnlyWhereNothingIs()
{
    const Moving here(m_folder->path());
    here.fill(Storage::Keychain);
    const auto one = here.vault();
    VERIFY_REFUSED(one->createInFile(password), Errc::PlaceTaken);
    one->store().unavailable = Errc::KeychainMissing; // it may come back
    VERIFY_REFUSED(one->createInFile(password), Errc::PlaceTaken);
    QVERIFY(filesIn(here.place.dataPath).isEmpty());

    const Moving there(m_folder->filePath(u"other"_s));
    QVERIFY(QDir().mkpath(there.place.dataPath));
    QVERIFY(putBytes(there.place.vaultFile(), "somebody's"));
    VERIFY_REFUSED(there.vault()->createInFile(password), Errc::PlaceTaken);
    QCOMPARE(bytesAt(there.place.vaultFile()), QByteArray("somebody's"));
}

void MoveTest::aVaultInAFileIsReadBySeveralPrograms()
{
    const Moving here(m_folder->path());
    here.fill(Storage::File);
    const auto one = here.vault();
    const auto two = here.vault();
    for (WaitingVault *program : {one.get(), two.get()}) {
        VERIFY_DONE(program->open());
        VERIFY_DONE(program->unlock(password));
    }
    VERIFY_DONE(one->commit(adding(u"carol"_s)));
    QTRY_COMPARE(namesIn(two->vault()).size(), 3);
    VERIFY_DONE(two->commit(adding(u"dave"_s)));
    QTRY_COMPARE(namesIn(one->vault()).size(), 4);
}

void MoveTest::aFileKeepsItsPassword()
{
    const Moving here(m_folder->path());
    here.fill(Storage::File);
    const auto one = here.vault();
    VERIFY_DONE(one->open());
    VERIFY_DONE(one->unlock(password));
    VERIFY_REFUSED(one->changePassword(password, ""), Errc::PasswordNeeded);
    VERIFY_DONE(one->changePassword(password, "another"));
    // No copy that the old one opens.
    for (const QString &name : filesIn(here.place.dataPath)) {
        const QString path = here.place.dataPath + u'/' + name;
        const Result<FileHead> head = headOfFile(fromFileText(bytesAt(path)).value());
        const Result<FileHead> now =
            headOfFile(fromFileText(bytesAt(here.place.vaultFile())).value());
        QVERIFY2(haveSameSlots(*head, *now), qPrintable(name));
    }
    const auto two = here.vault();
    VERIFY_DONE(two->open());
    VERIFY_REFUSED(two->unlock(password), Errc::PasswordWrong);
    VERIFY_DONE(two->unlock("another"));
    QCOMPARE(namesIn(two->vault()), both);
}

void MoveTest::anOlderFileIsShownReadOnlyUntilThePersonGoesOn()
{
    const Moving here(m_folder->path());
    here.fill(Storage::File);
    const QByteArray whole = bytesAt(here.place.vaultFile());
    QVERIFY(putBytes(here.place.vaultFile(), whole.first(whole.size() - 100)));
    const auto one = here.vault();
    VERIFY_DONE(one->open());
    VERIFY_DONE(one->unlock(password));
    QCOMPARE(one->vault().state(), Vault::State::OlderState);
    QCOMPARE(namesIn(one->vault()), QStringList(u"alice"_s));
    VERIFY_REFUSED(one->commit(adding(u"carol"_s)), Errc::VaultOlderState);
    QCOMPARE(bytesAt(here.place.vaultFile()), whole.first(whole.size() - 100));

    VERIFY_DONE(one->accept());
    QCOMPARE(one->vault().state(), Vault::State::Open);
    VERIFY_DONE(one->commit(adding(u"carol"_s)));
    const auto two = here.vault();
    VERIFY_DONE(two->open());
    VERIFY_DONE(two->unlock(password));
    QCOMPARE(two->vault().state(), Vault::State::Open);
    QCOMPARE(namesIn(two->vault()), QStringList({u"alice"_s, u"carol"_s}));
    QVERIFY(filesIn(here.place.dataPath).contains(u"vault.hufu.bad"_s));

    for (const QString &name : filesIn(here.place.dataPath))
        QVERIFY(putBytes(here.place.dataPath + u'/' + name, "damaged"));
    VERIFY_REFUSED(here.vault()->open(), Errc::VaultCorrupt);
    for (const QString &name : filesIn(here.place.dataPath))
        QVERIFY(QFile::remove(here.place.dataPath + u'/' + name));
    VERIFY_REFUSED(here.vault()->open(), Errc::VaultMissing);
}

void MoveTest::aMoveLeavesNothingBehind_data()
{
    QTest::addColumn<QByteArray>("next");
    QTest::newRow("the same password") << QByteArray(password);
    QTest::newRow("another password") << QByteArray("another");
    QTest::newRow("no password in the keychain") << QByteArray();
}

void MoveTest::aMoveLeavesNothingBehind()
{
    QFETCH(const QByteArray, next);
    const Moving here(m_folder->path());
    here.fill(Storage::Keychain);
    const auto one = here.vault();
    VERIFY_DONE(one->open());
    VERIFY_DONE(one->unlock(password));
    const VaultId id = *VaultSettings::read(here.place.configPath).id;
    VERIFY_DONE(one->move(Storage::File, password, password));
    QCOMPARE(one->vault().storage(), Storage::File);
    QVERIFY(here.keychain->empty());
    QCOMPARE(namesIn(one->vault()), both);
    VERIFY_DONE(one->commit(adding(u"carol"_s)));
    VERIFY_DONE(one->move(Storage::File, password, password)); // is there already
    QVERIFY(filesIn(here.place.dataPath).contains(u"vault.hufu.1"_s));

    VERIFY_DONE(one->move(Storage::Keychain, password, {next.data(), std::size_t(next.size())}));
    QCOMPARE(one->vault().storage(), Storage::Keychain);
    QVERIFY(filesIn(here.place.dataPath).isEmpty());
    QCOMPARE(here.keychain->size(), 3U); // two heads and a page
    QVERIFY(VaultSettings::read(here.place.configPath).id == id);
    QCOMPARE(one->vault().hasPassword(), !next.isEmpty());
    VERIFY_DONE(one->commit(adding(u"dave"_s)));

    const auto two = here.vault();
    VERIFY_DONE(two->open());
    if (!next.isEmpty())
        VERIFY_DONE(two->unlock({next.data(), std::size_t(next.size())}));
    QCOMPARE(namesIn(two->vault()), both + QStringList({u"carol"_s, u"dave"_s}));
}

void MoveTest::smallEntriesAreTheSourceAndTheTarget()
{
    constexpr qsizetype limit = 200;
    qputenv("HUFU_TEST_ENTRY_LIMIT", QByteArray::number(limit));
    const auto back = qScopeGuard([] { qunsetenv("HUFU_TEST_ENTRY_LIMIT"); });
    const Moving here(m_folder->path());
    here.fill(Storage::Keychain);
    const auto liesInParts = [&here, limit] {
        const bool fits = std::ranges::all_of(
            *here.keychain, [limit](const auto &item) { return item.second.size() <= limit; });
        return fits && std::ranges::any_of(*here.keychain, [](const auto &item) {
                   return item.first.endsWith(u".2"_s);
               });
    };
    QVERIFY(liesInParts());

    const auto one = here.vault();
    VERIFY_DONE(one->open());
    VERIFY_DONE(one->unlock(password));
    VERIFY_DONE(one->move(Storage::File, password, password));
    QVERIFY2(here.keychain->empty(), "a part was left behind");
    QCOMPARE(namesIn(one->vault()), both);
    VERIFY_DONE(one->commit(adding(u"carol"_s)));
    VERIFY_DONE(one->move(Storage::Keychain, password, password));
    QVERIFY(liesInParts());
    QVERIFY(filesIn(here.place.dataPath).isEmpty());
    VERIFY_DONE(one->commit(adding(u"dave"_s)));

    const auto two = here.vault();
    VERIFY_DONE(two->open());
    VERIFY_DONE(two->unlock(password));
    QCOMPARE(namesIn(two->vault()), both + QStringList({u"carol"_s, u"dave"_s}));
}

void MoveTest::anotherProgramFollows()
{
    const Moving here(m_folder->path());
    here.fill(Storage::Keychain);
    const auto one = here.vault();
    const auto two = here.vault();
    for (WaitingVault *program : {one.get(), two.get()}) {
        VERIFY_DONE(program->open());
        VERIFY_DONE(program->unlock(password));
    }
    VERIFY_DONE(one->move(Storage::File, password, password));
    QTRY_COMPARE(two->vault().state(), Vault::State::Locked); // a new vault key
    QCOMPARE(two->vault().storage(), Storage::File);
    VERIFY_DONE(two->unlock(password));
    VERIFY_DONE(two->commit(adding(u"carol"_s)));
    QTRY_COMPARE(namesIn(one->vault()).size(), 3);
    QVERIFY(here.keychain->empty());
}

void MoveTest::whatAMoveNeeds()
{
    const Moving here(m_folder->path());
    here.fill(Storage::Keychain);
    const auto one = here.vault();
    VERIFY_DONE(one->open());
    VERIFY_REFUSED(one->move(Storage::File, password, password), Errc::PasswordNeeded); // locked
    VERIFY_DONE(one->unlock(password));
    VERIFY_REFUSED(one->move(Storage::File, "wrong", password), Errc::PasswordWrong);
    VERIFY_REFUSED(one->move(Storage::File, password, ""), Errc::PasswordNeeded);
    QVERIFY(filesIn(here.place.dataPath).isEmpty());
    QCOMPARE(one->vault().storage(), Storage::Keychain);

    one->store().plan = [](const MemoryStore::Call &call) {
        return call.kind == MemoryStore::Kind::Remove ? MemoryStore::Fault::FailBefore
                                                      : MemoryStore::Fault::None;
    };
    VERIFY_DONE(one->move(Storage::File, password, password));
    one->store().plan = nullptr;
    QCOMPARE(one->vault().storage(), Storage::File);
    QVERIFY(!here.keychain->empty());
    const auto left = one->elsewhere();
    QVERIFY(left && *left && (*left)->contains(u"hufu/test/head-a"_s));
    // The next move there takes what was left over with it.
    VERIFY_DONE(one->move(Storage::Keychain, password, password));
    QCOMPARE(here.keychain->size(), 3U);
    QVERIFY(one->elsewhere()->value().isEmpty());
}

void MoveTest::anotherVaultIsNotOverwritten()
{
    const Moving here(m_folder->path());
    const Moving there(m_folder->filePath(u"other"_s));
    here.fill(Storage::Keychain);
    there.fill(Storage::File);
    const auto one = here.vault();
    VERIFY_DONE(one->open());
    VERIFY_DONE(one->unlock(password));
    const QByteArray theirs = bytesAt(there.place.vaultFile());
    for (const QByteArray &found :
         {theirs, QByteArray("damaged"), QByteArray("hufu-vault-file 2\n")}) {
        QVERIFY(putBytes(here.place.vaultFile(), found));
        VERIFY_REFUSED(one->move(Storage::File, password, password), Errc::PlaceTaken);
        QCOMPARE(bytesAt(here.place.vaultFile()), found);
    }
    QCOMPARE(one->vault().state(), Vault::State::Open);
    VERIFY_DONE(one->commit(adding(u"carol"_s)));

    const auto two = there.vault();
    VERIFY_DONE(two->open());
    VERIFY_DONE(two->unlock(password));
    for (const QByteArray &found :
         {here.keychain->at(u"hufu/test/head-a"_s), QByteArray("damaged")}) {
        (*there.keychain)[u"hufu/test/head-a"_s] = QByteArray(found.constData(), found.size());
        VERIFY_REFUSED(two->move(Storage::Keychain, password, ""), Errc::PlaceTaken);
        QCOMPARE(there.keychain->at(u"hufu/test/head-a"_s), found);
    }
    QCOMPARE(bytesAt(there.place.vaultFile()), theirs);
}

void MoveTest::aPortableVaultStaysInItsFile()
{
    Moving here(m_folder->path());
    here.place = *VaultPlace::portable(m_folder->path(), u"test"_s);
    const auto one = here.vault();
    one->store().unavailable = Errc::KeychainMissing; // is not asked for anything
    VERIFY_DONE(one->open());
    QCOMPARE(one->vault().state(), Vault::State::Empty);
    QCOMPARE(one->vault().storage(), Storage::File);
    VERIFY_REFUSED(one->commit(adding(u"alice"_s)), Errc::PasswordNeeded);
    VERIFY_DONE(one->createInFile(password));
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    QVERIFY(!one->vault().canMove());
    VERIFY_REFUSED(one->move(Storage::Keychain, password, ""), Errc::PlaceTaken);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList(u"hufu"_s));
    QVERIFY(QFile::exists(m_folder->filePath(u"hufu/test/vault.hufu"_s)));
    QVERIFY(QFile::exists(m_folder->filePath(u"hufu/test/settings.ini"_s)));
    QCOMPARE(one->store().calls(), 0);
}

void MoveTest::aFailedCallLeavesTheOldPlaceAsItWas_data()
{
    QTest::addColumn<Storage>("from");
    QTest::newRow("keychain to file") << Storage::Keychain;
    QTest::newRow("file to keychain") << Storage::File;
}

void MoveTest::aFailedCallLeavesTheOldPlaceAsItWas()
{
    QFETCH(const Storage, from);
    const Storage to = from == Storage::File ? Storage::Keychain : Storage::File;
    using Fault = MemoryStore::Fault;
    int refused = 0;
    for (const Fault fault : {Fault::FailBefore, Fault::FailAfter, Fault::Torn}) {
        bool met = true;
        for (int at = 1; met; ++at) {
            const Moving here(m_folder->filePath(QString::number(int(fault) * 1'000 + at)));
            here.fill(from);
            const auto one = here.vault();
            VERIFY_DONE(one->open());
            VERIFY_DONE(one->unlock(password));
            const int before = one->store().calls();
            met = false;
            one->store().plan = [&](const MemoryStore::Call &call) {
                met = met || call.number == before + at;
                return call.number == before + at ? fault : Fault::None;
            };
            const auto outcome = one->move(to, password, password);
            one->store().plan = nullptr;
            QVERIFY(outcome);
            refused += *outcome ? 0 : 1;
            QCOMPARE(one->vault().storage(), *outcome ? to : from);
            QCOMPARE(namesIn(one->vault()), both);
            VERIFY_DONE(one->commit(adding(u"carol"_s)));
            VERIFY_DONE(one->move(to, password, password));
            VERIFY_DONE(one->commit(adding(u"dave"_s)));
            QCOMPARE(namesIn(one->vault()), both + QStringList({u"carol"_s, u"dave"_s}));
            QVERIFY(QDir(here.place.dataPath).removeRecursively());
        }
    }
    QVERIFY2(refused > 3, qPrintable(QString::number(refused)));
}

void MoveTest::aKillAtAnyStepLosesNothing_data()
{
    aFailedCallLeavesTheOldPlaceAsItWas_data();
}

void MoveTest::aKillAtAnyStepLosesNothing()
{
    QFETCH(const Storage, from);
    const bool toFile = from == Storage::Keychain;
    const Moving here(m_folder->filePath(u"here"_s));
    here.fill(from);

    // One whole move, remembering the disk and the keychain before each step and each call.
    std::vector<Moment> moments;
    const auto remember = [&] {
        const QString folder = m_folder->filePath(u"m%1"_s.arg(moments.size()));
        QVERIFY(copyFolder(here.place.configPath, folder + u"/config"_s));
        QVERIFY(copyFolder(here.place.dataPath, folder + u"/data"_s));
        moments.push_back({folder, std::make_shared<MemoryKeychain>(*here.keychain)});
    };
    {
        auto keychain = std::make_unique<MemoryStore>(here.keychain);
        MemoryStore &calls = *keychain;
        ChosenStore stores(std::move(keychain), here.place);
        VaultReader reader(stores, here.place, nullptr);
        std::optional<Result<VaultReading>> reading;
        const auto tried = std::make_shared<PasswordTry>();
        tried->password = secretOf(password);
        reader.read({}, VaultReader::Lock::NotHeld, tried,
                    [&](Result<VaultReading> found) { reading = std::move(found); });
        QTRY_VERIFY(reading);
        VERIFY_OK(*reading);
        std::optional<Result<SlotChange>> change;
        prepareSlotChange(this, (*reading)->contents.identity.get(), secretOf(password),
                          secretOf(password), cheapPasswordCosts,
                          [&](Result<SlotChange> prepared) { change = std::move(prepared); });
        QTRY_VERIFY(change);
        VERIFY_OK(*change);

        calls.plan = [&](const MemoryStore::Call &) {
            remember();
            return MemoryStore::Fault::None;
        };
        stores.file().setBeforeStep(remember); // this thread waits for that one meanwhile
        VaultMover mover(stores, here.place, here.clock, nullptr);
        std::optional<Result<void>> moved;
        mover.move(toFile ? VaultMover::To::File : VaultMover::To::Keychain, std::move(**change),
                   (*reading)->contents,
                   [&](CommitOutcome outcome) { moved = std::move(outcome.result); });
        QTRY_VERIFY(moved);
        VERIFY_OK(*moved);
        remember();
    }
    // Between the settings and vault.state nothing is called: there the state is the older one.
    const QString last = moments.back().folder;
    const QString between = m_folder->filePath(u"between"_s);
    QVERIFY(copyFolder(last, between));
    QVERIFY(QFile::remove(between + u"/data/vault.state"_s));
    QVERIFY(QFile::copy(moments[moments.size() / 2].folder + u"/data/vault.state"_s,
                        between + u"/data/vault.state"_s));
    moments.push_back({between, std::make_shared<MemoryKeychain>(*here.keychain)});

    QVERIFY2(moments.size() > 10, qPrintable(QString::number(moments.size())));
    int movedBy = 0;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        Moving after(moments[i].folder);
        after.keychain = moments[i].keychain;
        const auto one = after.vault();
        const QByteArray where = "moment " + QByteArray::number(qulonglong(i));
        VERIFY_DONE(one->open());
        QVERIFY2(one->vault().state() == Vault::State::Locked, where);
        VERIFY_DONE(one->unlock(password));
        QVERIFY2(one->vault().state() == Vault::State::Open, where);
        QVERIFY2(namesIn(one->vault()) == both, where);
        movedBy += one->vault().storage() == from ? 0 : 1;
        VERIFY_DONE(one->commit(adding(u"carol"_s)));
        VERIFY_DONE(one->move(toFile ? Storage::File : Storage::Keychain, password, password));
        VERIFY_DONE(one->move(from, password, password));
        VERIFY_DONE(one->commit(adding(u"dave"_s)));
        QVERIFY2(namesIn(one->vault()) == both + QStringList({u"carol"_s, u"dave"_s}), where);
        // There and back leaves nothing over, whatever the kill had left.
        QVERIFY2(one->elsewhere()->value().isEmpty(), where);
    }
    qInfo("%d of %d moments are after the switch", movedBy, int(moments.size()));
    QVERIFY(movedBy > 0 && movedBy < int(moments.size()) / 2 + 5);
}

QTEST_GUILESS_MAIN(MoveTest)
#include "move_test.moc"
