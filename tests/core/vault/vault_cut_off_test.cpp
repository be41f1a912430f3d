#include "core/vault/vault_state_file.h"
#include "tests/core/vault/left_over.h"
#include "tests/core/vault/vault_fixture.h"

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using Fault = MemoryStore::Fault;
using Kind = MemoryStore::Kind;
using State = Vault::State;

class VaultCutOffTest : public QObject
{
    Q_OBJECT

private slots:
    void aCommitThatWasCutOffIsExplained_data();
    void aCommitThatWasCutOffIsExplained();
};

// The rows of storage.md 6. The commit replaces two pages by two others.
void VaultCutOffTest::aCommitThatWasCutOffIsExplained_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("part"); // of the key of the call that is the last one
    QTest::addColumn<int>("which");    // of those calls
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<bool>("made");
    const auto row = [](const char *name, Kind kind, const char *part, int which, Fault fault,
                        bool made) {
        QTest::newRow(name) << int(kind) << QString::fromLatin1(part) << which << fault << made;
    };
    row("after 3", Kind::Write, "page-", 1, Fault::KillBefore, false);
    row("after some pages of 4", Kind::Write, "page-", 1, Fault::KillAfter, false);
    row("in a page of 4", Kind::Write, "page-", 2, Fault::KillTorn, false);
    row("after all pages of 4", Kind::Write, "head-", 1, Fault::KillBefore, false);
    row("a torn head in 5", Kind::Write, "head-", 1, Fault::KillTorn, false);
    row("a whole head in 5", Kind::Write, "head-", 1, Fault::KillAfter, true);
    row("after 6", Kind::Remove, "page-", 1, Fault::KillBefore, true);
    row("some removals of 7", Kind::Remove, "page-", 1, Fault::KillAfter, true);
    row("all removals of 7", Kind::Remove, "page-", 2, Fault::KillAfter, true);
}

void VaultCutOffTest::aCommitThatWasCutOffIsExplained()
{
    QFETCH(int, kind);
    QFETCH(QString, part);
    QFETCH(int, which);
    QFETCH(Fault, fault);
    QFETCH(bool, made);
    const auto renamed = [](const QString &name) {
        return [name](AccountSet &accounts) -> Result<void> {
            for (const AccountPtr &account : std::vector<AccountPtr>(accounts.all())) {
                Account changed = *account->copy();
                changed.account = name;
                changed.note = QString(16'000, u'n'); // 26 of them take two pages
                if (const Result<void> replaced = accounts.replace(std::move(changed)); !replaced)
                    return replaced;
            }
            return {};
        };
    };
    const TemporaryPlace at;
    const ManualClock clock;
    const auto keychain = std::make_shared<MemoryKeychain>();
    {
        WaitingVault vault(keychain, at.place, clock);
        VERIFY_DONE(vault.commit([](AccountSet &accounts) -> Result<void> {
            for (int i = 0; i < 26; ++i) {
                Account account = namedAccount(u"old"_s);
                account.note = QString(16'000, u'n');
                if (const Result<void> added = accounts.add(std::move(account)); !added)
                    return added;
            }
            return {};
        }));
        VERIFY_DONE(vault.commit(renamed(u"before"_s)));
    }
    const auto state = [&at] { return VaultStateFile(at.place.dataPath).read(); };
    {
        WaitingVault victim(keychain, at.place, clock);
        VERIFY_DONE(victim.open());
        int seen = 0;
        victim.store().plan = [&](const MemoryStore::Call &call) {
            const bool counts = call.kind == Kind(kind) && call.key.contains(part);
            return counts && ++seen == which ? fault : Fault::None;
        };
        QVERIFY(!victim.commit(renamed(u"after"_s)));
        QCOMPARE(seen, which);
    }
    const bool confirmed = made && Kind(kind) == Kind::Remove;
    QCOMPARE(state()->committed, confirmed ? 3U : 2U);
    QCOMPARE(state()->writing.has_value(), !confirmed);
    QVERIFY(confirmed || *state()->writing == (VaultState::Writing{3, 2}));

    WaitingVault reader(keychain, at.place, clock);
    VERIFY_DONE(reader.open());
    QCOMPARE(reader.vault().state(), State::Open);
    QCOMPARE(namesIn(reader.vault()), QStringList(26, made ? u"after"_s : u"before"_s));
    VERIFY_DONE(reader.commit(adding(u"next"_s)));
    QCOMPARE(reader.vault().accounts().size(), std::size_t{27});
    QCOMPARE(leftOver(reader.store(), at.place), QStringList());
}

QTEST_GUILESS_MAIN(VaultCutOffTest)
#include "vault_cut_off_test.moc"
