#include "core/base/fields.h"
#include "core/vault/page.h"
#include "core/vault/vault_settings.h"
#include "core/vault/vault_state_file.h"
#include "tests/core/vault/vault_fixture.h"

#include <QFile>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using Fault = MemoryStore::Fault;
using Kind = MemoryStore::Kind;
using State = Vault::State;

namespace {

const QString headB = u"hufu/test/head-b"_s;

} // namespace

class VaultTest : public QObject
{
    Q_OBJECT

private slots:
    void aNewVaultIsEmptyUntilTheFirstCommit();
    void whatIsCommittedIsReadByAnother();
    void aCommitWritesOnePageAndOneHead();
    void changesAndRemovalsAreCommitted();
    void aFailedChangeWritesNothing();
    void aChangeThatChangesNothingWritesNothing();
    void bothWritersKeepTheirAccounts();
    void anotherWritersCommitIsNews();
    void aStoreThatRefusesIsNeverAnEmptyVault_data();
    void aStoreThatRefusesIsNeverAnEmptyVault();
    void aCommitCutOffAnywhereLeavesOldOrNew_data();
    void aCommitCutOffAnywhereLeavesOldOrNew();
    void aLateWriteKeepsTheLock();
    void anUnreadableHeadIsLostInMidWrite();
    void anOlderStateIsShownAndAskedAbout();
    void aLostPageShowsThePreviousGeneration();
    void thousandsOfAccountsFitLargePages();
    void aFullSmallPageIsMerged();
    void recordsOfOthersSurvive();
    void aFolderThatCannotBeWrittenRefusesTheCommit();
};

void VaultTest::aNewVaultIsEmptyUntilTheFirstCommit()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    QCOMPARE(one.vault().state(), State::Closed);
    VERIFY_DONE(one.open());
    QCOMPARE(one.vault().state(), State::Empty);
    QVERIFY(keychain->empty());
    QVERIFY(!VaultSettings::read(at.place.configPath).id);

    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    QCOMPARE(one.vault().state(), State::Open);
    QCOMPARE(namesIn(one.vault()), QStringList{u"alice"_s});
    QVERIFY(VaultSettings::read(at.place.configPath).id);
    QCOMPARE(VaultSettings::read(at.place.configPath).backend, u"memory"_s);
    QVERIFY(!QFileInfo::exists(at.place.dataPath + u"/vault.lock"_s));
    QCOMPARE(QFileInfo(at.place.dataPath).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void VaultTest::whatIsCommittedIsReadByAnother()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault().state(), State::Open);
    QCOMPARE(namesIn(two.vault()), (QStringList{u"alice"_s, u"bob"_s}));
    QVERIFY(two.vault().accounts().all().front()->secret.text() == "12345678901234567890");
    QVERIFY(two.vault().writtenAt() == clock.second());
    QCOMPARE(two.store().calls(), 3); // two heads and a page
    for (const auto &[key, value] : *keychain) {
        QVERIFY(!value.contains('\n'));
        QVERIFY(value.startsWith("hufu."));
        QVERIFY(!value.contains("12345678901234567890") && !value.contains("alice"));
    }
}

void VaultTest::aCommitWritesOnePageAndOneHead()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    for (int i = 0; i < 5; ++i) {
        VERIFY_DONE(one.commit(adding(QString::number(i))));
        QCOMPARE(one.store().writes(), 2 * (i + 1));
    }
    QCOMPARE(keychain->size(), std::size_t{4}); // two heads and the pages they name
    QCOMPARE(keysWith(*keychain, u"page-"_s).size(), 2);
}

void VaultTest::changesAndRemovalsAreCommitted()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    VERIFY_DONE(one.commit([](AccountSet &accounts) -> Result<void> {
        Account changed = *accounts.all().front()->copy();
        changed.account = u"carol"_s;
        return accounts.replace(std::move(changed));
    }));
    VERIFY_DONE(one.commit(
        [](AccountSet &accounts) { return accounts.remove(accounts.all().back()->id); }));
    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(two.open());
    QCOMPARE(namesIn(two.vault()), QStringList{u"carol"_s});
    VERIFY_DONE(two.commit(
        [](AccountSet &accounts) { return accounts.remove(accounts.all().back()->id); }));
    VERIFY_DONE(one.open());
    QCOMPARE(one.vault().state(), State::Open); // empty of accounts, not of a vault
    QCOMPARE(one.vault().accounts().size(), std::size_t{0});
}

void VaultTest::aFailedChangeWritesNothing()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_REFUSED(one.commit([](AccountSet &accounts) -> Result<void> {
        if (const Result<void> added = accounts.add(namedAccount(u"x"_s)); !added)
            return added;
        return failure(Errc::AccountExists);
    }),
                   Errc::AccountExists);
    QCOMPARE(one.store().writes(), 0);
    QCOMPARE(one.vault().accounts().size(), std::size_t{0});

    VERIFY_REFUSED(one.commit([](AccountSet &accounts) {
        Account large = namedAccount(u"x"_s);
        large.note = QString(17 << 10, u'n');
        return accounts.add(std::move(large));
    }),
                   Errc::RecordTooLarge);
    QVERIFY(keychain->empty());
}

void VaultTest::aChangeThatChangesNothingWritesNothing()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    const MemoryKeychain before = *keychain;
    VERIFY_DONE(one.commit([](AccountSet &) { return Result<void>(); }));
    QVERIFY(*keychain == before);
}

void VaultTest::bothWritersKeepTheirAccounts()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(one.open());
    VERIFY_DONE(two.open());
    QStringList names;
    for (int i = 0; i < 10; ++i) {
        names.append(QString::number(i));
        VERIFY_DONE((i % 2 == 0 ? one : two).commit(adding(names.back())));
    }
    VERIFY_DONE(one.open());
    QCOMPARE(namesIn(one.vault()), names);

    // At the same time: the lock puts one after the other.
    int done = 0;
    for (WaitingVault *vault : {&one, &two}) {
        for (int i = 0; i < 5; ++i)
            vault->vault().commit(adding(u"more"_s), this,
                                  [&done](const Result<void> &result) { done += result ? 1 : 0; });
    }
    QTRY_COMPARE(done, 10);
    VERIFY_DONE(one.open());
    QCOMPARE(one.vault().accounts().size(), std::size_t{20});
}

void VaultTest::anotherWritersCommitIsNews()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(one.open());
    VERIFY_DONE(two.commit(adding(u"alice"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(namesIn(one.vault()), QStringList{u"alice"_s}, 1000);
    QCOMPARE(one.vault().state(), State::Open);
    VERIFY_DONE(two.commit(adding(u"bob"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(namesIn(one.vault()), (QStringList{u"alice"_s, u"bob"_s}), 1000);
}

void VaultTest::aStoreThatRefusesIsNeverAnEmptyVault_data()
{
    QTest::addColumn<Errc>("code");
    for (const Errc code : {Errc::KeychainLocked, Errc::KeychainMissing, Errc::KeychainDenied,
                            Errc::KeychainStalled, Errc::KeychainFailed})
        QTest::newRow(qPrintable(errcName(code))) << code;
}

void VaultTest::aStoreThatRefusesIsNeverAnEmptyVault()
{
    QFETCH(Errc, code);
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    const MemoryKeychain before = *keychain;

    WaitingVault two(keychain, at.place, clock);
    two.store().unavailable = code;
    VERIFY_REFUSED(two.open(), code);
    QCOMPARE(two.vault().state(), State::Closed);
    QCOMPARE(two.vault().problem()->code, code);
    VERIFY_REFUSED(two.commit(adding(u"bob"_s)), code);
    QVERIFY(*keychain == before);
    two.store().unavailable.reset();
    VERIFY_DONE(two.open());
    QCOMPARE(namesIn(two.vault()), QStringList{u"alice"_s});

    // Open already, the accounts stay on the screen.
    two.store().unavailable = code;
    VERIFY_REFUSED(two.commit(adding(u"bob"_s)), code);
    QCOMPARE(namesIn(two.vault()), QStringList{u"alice"_s});
}

void VaultTest::aCommitCutOffAnywhereLeavesOldOrNew_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<int>("generations");
    for (const int generations : {0, 1, 2, 3}) {
        const auto row = [generations](const char *name, Fault fault) {
            QTest::addRow("%s after generation %d", name, generations) << fault << generations;
        };
        row("call fails before", Fault::FailBefore);
        row("call fails after", Fault::FailAfter);
        row("torn", Fault::Torn);
        row("killed before", Fault::KillBefore);
        row("killed after", Fault::KillAfter);
        row("killed, torn", Fault::KillTorn);
    }
}

// The rows of storage.md 6: a fault at each single call of a commit in turn.
void VaultTest::aCommitCutOffAnywhereLeavesOldOrNew()
{
    QFETCH(Fault, fault);
    QFETCH(int, generations);
    const ManualClock clock;
    for (int at = 1;; ++at) {
        const TemporaryPlace place;
        const auto keychain = std::make_shared<MemoryKeychain>();
        QStringList before;
        int calls = 0;
        {
            WaitingVault writer(keychain, place.place, clock);
            for (int i = 0; i < generations; ++i) {
                before.append(QString::number(i));
                VERIFY_DONE(writer.commit(adding(before.back())));
            }
        }
        std::optional<Result<void>> outcome;
        {
            WaitingVault victim(keychain, place.place, clock);
            victim.store().plan = [at, fault](const MemoryStore::Call &call) {
                return call.number == at ? fault : Fault::None;
            };
            outcome = victim.commit(adding(u"new"_s));
            calls = victim.store().calls();
        }
        if (calls < at) { // no call is left to fail
            QVERIFY(at > 4 && outcome && *outcome);
            return;
        }
        WaitingVault reader(keychain, place.place, clock);
        VERIFY_DONE(reader.open());
        const QStringList after = before + QStringList{u"new"_s};
        const QStringList found = namesIn(reader.vault());
        QVERIFY2(found == before || found == after, qPrintable(QString::number(at)));
        QVERIFY(reader.vault().state() == (found.isEmpty() ? State::Empty : State::Open));
        if (outcome && *outcome)
            QCOMPARE(found, after);
        if (outcome && !*outcome && outcome->error().code != Errc::LostInMidWrite)
            QCOMPARE(found, before);
        // The next commits clean up, and nothing is left over.
        VERIFY_DONE(reader.commit(adding(u"next"_s)));
        VERIFY_DONE(reader.commit(adding(u"last"_s)));
        QCOMPARE(namesIn(reader.vault()), found + (QStringList{u"next"_s, u"last"_s}));
        QCOMPARE(keysWith(*keychain, u"page-"_s).size(), 2);
        const auto state = VaultStateFile(place.place.dataPath).read();
        QVERIFY(state && !state->writing);
        for (const PageId &listed : state->toRemove)
            QVERIFY(keychain->contains(u"hufu/test/"_s + pageEntryName(listed)));
    }
}

void VaultTest::aLateWriteKeepsTheLock()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    one.store().plan = [](const MemoryStore::Call &call) {
        return call.kind == Kind::Write && call.key.contains(u"head"_s) ? Fault::Stall
                                                                        : Fault::None;
    };
    VERIFY_REFUSED(one.commit(adding(u"bob"_s)), Errc::LostInMidWrite);
    QCOMPARE(one.vault().state(), State::Closed);
    QVERIFY(QFileInfo::exists(at.place.dataPath + u"/vault.lock"_s));
    VERIFY_REFUSED(one.commit(adding(u"carol"_s)), Errc::KeychainStalled);
    QVERIFY(QFileInfo::exists(at.place.dataPath + u"/vault.lock"_s));

    one.store().plan = nullptr;
    one.store().endStall();
    QVERIFY(!QFileInfo::exists(at.place.dataPath + u"/vault.lock"_s));
    QTRY_COMPARE(one.vault().state(), State::Open); // the late head landed, and it counts
    QCOMPARE(namesIn(one.vault()), (QStringList{u"alice"_s, u"bob"_s}));
    VERIFY_DONE(one.commit(adding(u"carol"_s)));
}

void VaultTest::anUnreadableHeadIsLostInMidWrite()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    bool headWritten = false;
    one.store().plan = [&](const MemoryStore::Call &call) {
        headWritten = headWritten || (call.kind == Kind::Write && call.key == headB);
        return headWritten ? Fault::FailBefore : Fault::None;
    };
    VERIFY_REFUSED(one.commit(adding(u"bob"_s)), Errc::LostInMidWrite);
    QCOMPARE(one.vault().problem()->code, Errc::LostInMidWrite);
    one.store().plan = nullptr;
    VERIFY_DONE(one.open());
    QCOMPARE(namesIn(one.vault()), QStringList{u"alice"_s});
}

void VaultTest::anOlderStateIsShownAndAskedAbout()
{
    const TemporaryPlace at;
    ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    const auto written = clock.second();
    const MemoryKeychain backup = *keychain;
    clock.advance(std::chrono::hours(24));
    VERIFY_DONE(one.commit(adding(u"carol"_s)));
    *keychain = backup;

    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault().state(), State::OlderState);
    QCOMPARE(two.vault().problem()->code, Errc::VaultOlderState);
    QVERIFY(two.vault().writtenAt() == written);
    QCOMPARE(namesIn(two.vault()), (QStringList{u"alice"_s, u"bob"_s}));
    VERIFY_REFUSED(two.commit(adding(u"dave"_s)), Errc::VaultOlderState);
    QVERIFY(*keychain == backup);

    VERIFY_DONE(two.accept());
    QCOMPARE(two.vault().state(), State::Open);
    VERIFY_DONE(two.commit(adding(u"dave"_s)));
    VERIFY_DONE(one.open());
    QCOMPARE(namesIn(one.vault()), (QStringList{u"alice"_s, u"bob"_s, u"dave"_s}));
}

void VaultTest::aLostPageShowsThePreviousGeneration()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    const QString first = keysWith(*keychain, u"page-"_s).front();
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    QStringList pages = keysWith(*keychain, u"page-"_s);
    pages.removeAll(first);
    keychain->erase(pages.front());

    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault().state(), State::OlderState);
    QCOMPARE(namesIn(two.vault()), QStringList{u"alice"_s});
    VERIFY_DONE(two.accept());
    QCOMPARE(two.vault().state(), State::Open);
    VERIFY_DONE(two.commit(adding(u"carol"_s)));
    VERIFY_DONE(one.open());
    QCOMPARE(namesIn(one.vault()), (QStringList{u"alice"_s, u"carol"_s}));

    for (const QString &page : keysWith(*keychain, u"page-"_s))
        (*keychain)[page].chop(4);
    WaitingVault three(keychain, at.place, clock);
    const MemoryKeychain damaged = *keychain;
    VERIFY_REFUSED(three.open(), Errc::VaultCorrupt);
    VERIFY_REFUSED(three.commit(adding(u"dave"_s)), Errc::VaultCorrupt);
    QVERIFY(*keychain == damaged);
}

void VaultTest::thousandsOfAccountsFitLargePages()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"first"_s)));
    VERIFY_DONE(one.commit([](AccountSet &accounts) -> Result<void> {
        std::vector<AccountPtr> all = accounts.all();
        for (int i = 0; i < 10'000; ++i) {
            Account account = namedAccount(QString::number(i));
            account.order = std::uint64_t(i + 2) << 32;
            all.push_back(std::make_shared<const Account>(std::move(account)));
        }
        Result<AccountSet> set = AccountSet::ofAccounts(std::move(all));
        if (!set)
            return tl::unexpected(set.error());
        accounts = std::move(*set);
        return {};
    }));
    for (const auto &[key, value] : *keychain)
        QVERIFY(value.size() <= 512 << 10);

    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(two.open());
    QCOMPARE(two.vault().accounts().size(), std::size_t{10'001});
    QVERIFY2(two.store().calls() <= 12, qPrintable(QString::number(two.store().calls())));
    const int writes = two.store().writes();
    VERIFY_DONE(two.commit(adding(u"one more"_s)));
    QCOMPARE(two.store().writes() - writes, 2);
    QCOMPARE(namesIn(two.vault()).back(), u"one more"_s);
}

void VaultTest::aFullSmallPageIsMerged()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    QStringList names;
    for (int i = 0; i < 60; ++i) {
        names.append(QString::number(i) + QString(400, u'x'));
        const int writes = one.store().writes();
        VERIFY_DONE(one.commit(adding(names.back())));
        QVERIFY(one.store().writes() - writes <= 3);
    }
    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(two.open());
    QCOMPARE(namesIn(two.vault()), names);
    QCOMPARE(two.store().calls(), 4); // two heads, a large page and the small one
}

void VaultTest::recordsOfOthersSurvive()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault one(keychain, at.place, clock);
    VERIFY_DONE(one.commit(adding(u"alice"_s)));
    VERIFY_DONE(one.commit([](AccountSet &accounts) -> Result<void> {
        Account changed = *accounts.all().front()->copy();
        FieldWriter unknown;
        unknown.text(12, "between");
        unknown.text(0x7fff, "after");
        changed.unknownFields = std::move(*unknown.take());
        return accounts.replace(std::move(changed));
    }));
    VERIFY_DONE(one.commit(adding(u"bob"_s)));
    WaitingVault two(keychain, at.place, clock);
    VERIFY_DONE(two.open());
    const auto unknown = readFields(two.vault().accounts().all().front()->unknownFields.view(), {});
    VERIFY_OK(unknown);
    QCOMPARE(unknown->size(), std::size_t{2});
    QVERIFY(*unknown->back().text() == "after");
}

void VaultTest::aFolderThatCannotBeWrittenRefusesTheCommit()
{
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    QFile inTheWay(at.place.dataPath);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    WaitingVault one(keychain, at.place, clock);
    VERIFY_REFUSED(one.commit(adding(u"alice"_s)), Errc::VaultUnwritable);
    QVERIFY(keychain->empty());
}

QTEST_GUILESS_MAIN(VaultTest)
#include "vault_test.moc"
