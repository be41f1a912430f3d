#include "core/vault/key_slot.h"
#include "core/vault/vault_settings.h"
#include "core/vault/vault_state_file.h"
#include "tests/core/vault/vault_fixture.h"

#include <QFile>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using State = Vault::State;

namespace {

const QString headA = u"hufu/test/head-a"_s;
const QString headB = u"hufu/test/head-b"_s;
const QString committed = u"alice bob"_s; ///< generation 2, in head-b; alice alone is generation 1

QByteArray bytesIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A keychain and the files beside it, to be spoiled.
struct Desk
{
    Desk()
        : settings(at.place.configPath + u"/settings.ini"_s)
        , stateFile(at.place.dataPath + u"/vault.state"_s)
    {
    }

    /// Two generations, as an undisturbed program leaves them.
    void fill() const
    {
        WaitingVault vault(keychain, at.place, clock);
        VERIFY_DONE(vault.commit(adding(u"alice"_s)));
        VERIFY_DONE(vault.commit(adding(u"bob"_s)));
    }
    /// Everything that a reader or a refused commit must leave alone.
    [[nodiscard]] std::pair<MemoryKeychain, QByteArray> everything() const
    {
        return {*keychain, bytesIn(settings) + '|' + bytesIn(stateFile)};
    }
    [[nodiscard]] QByteArray &entry(const QString &key) const { return (*keychain)[key]; }
    /// The page that the newest generation names and the one before it does not.
    [[nodiscard]] QString newestPage() const { return pageOf(2); }
    [[nodiscard]] QString olderPage() const { return pageOf(1); }
    void explain(const VaultState &state) const
    {
        VERIFY_OK(VaultStateFile(at.place.dataPath).write(state));
    }
    void forget(const QString &path) const { QVERIFY(QFile::remove(path)); }

    TemporaryPlace at;
    ManualClock clock;
    std::shared_ptr<MemoryKeychain> keychain = std::make_shared<MemoryKeychain>();
    QString settings;
    QString stateFile;

private:
    [[nodiscard]] QString pageOf(std::uint64_t generation) const
    {
        const auto head = parseHead(entry(generation == 1 ? headA : headB));
        const auto body = openBody(*head, *openSlot(head->identity));
        return at.place.entryKey(pageEntryName(body->pages.front()->id));
    }
};

/// A vault of somebody else, under the same names.
MemoryKeychain foreignKeychain()
{
    Desk other;
    other.fill();
    return *other.keychain;
}

QByteArray foreignPage()
{
    for (const auto &[key, value] : foreignKeychain()) {
        if (key.contains(u"page-"_s))
            return value;
    }
    return {};
}

void flipIn(QByteArray &text)
{
    const qsizetype middle = text.size() / 2;
    text[middle] = text[middle] == 'A' ? 'B' : 'A';
}

const QByteArray garbage = "hufu.head.1:" + QByteArray(10 << 20, 'A');

/// What is done to a filled desk before a program reads it, and what that program says.
struct Found
{
    const char *name;
    std::function<void(const Desk &)> spoil;
    State state;
    QString shown; ///< names of accounts
    std::optional<Errc> problem;
};

Found normal(const char *name, std::function<void(const Desk &)> spoil)
{
    return {name, std::move(spoil), State::Open, committed, {}};
}

Found older(const char *name, std::function<void(const Desk &)> spoil)
{
    return {name, std::move(spoil), State::OlderState, u"alice"_s, Errc::VaultOlderState};
}

Found refused(const char *name, Errc code, std::function<void(const Desk &)> spoil)
{
    return {name, std::move(spoil), State::Closed, {}, code};
}

/// Rows of storage.md 7 about what is not there.
std::vector<Found> absences()
{
    const auto empty = [](const Desk &desk) { desk.keychain->clear(); };
    const auto cutOffAtFirst = [](const Desk &desk) {
        desk.forget(desk.settings);
        desk.explain({.committed = 0, .writing = VaultState::Writing{1, 0}, .toRemove = {}});
        desk.keychain->erase(headA);
        desk.keychain->erase(headB);
    };
    return {
        {"nothing anywhere",
         [empty](const Desk &desk) {
             empty(desk);
             desk.forget(desk.settings);
             desk.forget(desk.stateFile);
         },
         State::Empty,
         {},
         {}},
        {"a first commit that was cut off before its head", cutOffAtFirst, State::Empty, {}, {}},
        {"a first commit that was cut off in its head",
         [cutOffAtFirst](const Desk &desk) {
             cutOffAtFirst(desk);
             desk.entry(headA) = "hufu.head.1:AAAA";
         },
         State::Empty,
         {},
         {}},
        refused("a keychain that is suddenly empty", Errc::VaultMissing, empty),
        refused("suddenly empty, and the settings are lost", Errc::VaultMissing,
                [empty](const Desk &desk) {
                    empty(desk);
                    desk.forget(desk.settings);
                }),
        refused("suddenly empty, and vault.state is lost", Errc::VaultMissing,
                [empty](const Desk &desk) {
                    empty(desk);
                    desk.forget(desk.stateFile);
                }),
        normal("settings lost", [](const Desk &desk) { desk.forget(desk.settings); }),
        normal("vault.state lost", [](const Desk &desk) { desk.forget(desk.stateFile); }),
        {"the first generation, which has no other head",
         [](const Desk &desk) {
             desk.keychain->erase(headB);
             desk.explain({.committed = 1, .writing = {}, .toRemove = {}});
         },
         State::Open,
         u"alice"_s,
         {}},
    };
}

/// Rows of storage.md 7 about heads.
std::vector<Found> badHeads()
{
    const auto bad = [](const QString &head, const QByteArray &text) {
        return [head, text](const Desk &desk) { desk.entry(head) = text; };
    };
    return {
        normal("an unfinished commit, its head torn",
               [](const Desk &desk) {
                   desk.entry(headA).chop(20);
                   desk.explain(
                       {.committed = 2, .writing = VaultState::Writing{3, 2}, .toRemove = {}});
               }),
        normal("an unfinished commit, its head missing",
               [](const Desk &desk) {
                   desk.keychain->erase(headA);
                   desk.explain(
                       {.committed = 2, .writing = VaultState::Writing{3, 2}, .toRemove = {}});
               }),
        normal("the older head damaged", [](const Desk &desk) { flipIn(desk.entry(headA)); }),
        normal("the older head gone", [](const Desk &desk) { desk.keychain->erase(headA); }),
        normal("the older head is 10 MB of garbage", bad(headA, garbage)),
        older("a flipped bit in the newest head",
              [](const Desk &desk) { flipIn(desk.entry(headB)); }),
        older("the newest head truncated", [](const Desk &desk) { desk.entry(headB).chop(4); }),
        older("the newest head gone", [](const Desk &desk) { desk.keychain->erase(headB); }),
        older("the newest head is 10 MB of garbage", bad(headB, garbage)),
        older("a line feed behind the newest head",
              [](const Desk &desk) { desk.entry(headB).append('\n'); }),
        older("a line feed in the newest head",
              [](const Desk &desk) { desk.entry(headB).insert(100, '\n'); }),
        older("a head that stands in the other's place",
              [](const Desk &desk) { desk.entry(headB) = desk.entry(headA); }),
        older("one head damaged, and vault.state is lost",
              [](const Desk &desk) {
                  flipIn(desk.entry(headB));
                  desk.forget(desk.stateFile);
              }),
        refused("both heads damaged", Errc::VaultCorrupt,
                [](const Desk &desk) {
                    flipIn(desk.entry(headA));
                    flipIn(desk.entry(headB));
                }),
        refused("the heads swapped", Errc::VaultCorrupt,
                [](const Desk &desk) { std::swap(desk.entry(headA), desk.entry(headB)); }),
        refused("another vault under our names", Errc::AnotherVault,
                [](const Desk &desk) { *desk.keychain = foreignKeychain(); }),
        refused("one head of another vault", Errc::AnotherVault,
                [](const Desk &desk) { desk.entry(headA) = foreignKeychain().at(headA); }),
        refused("heads of two vaults, and the settings are lost", Errc::AnotherVault,
                [](const Desk &desk) {
                    desk.entry(headA) = foreignKeychain().at(headA);
                    desk.forget(desk.settings);
                }),
        refused("a head of a newer version", Errc::VaultNewerVersion,
                bad(headB, "hufu.head.2:AAAA")),
        refused("an older head of a newer version", Errc::VaultNewerVersion,
                bad(headA, "hufu.head.12:AAAA")),
    };
}

/// Rows of storage.md 7 about pages, and about a whole keychain of the day before.
std::vector<Found> badPages()
{
    return {
        {"an older keychain put back",
         [](const Desk &desk) {
             const MemoryKeychain backup = *desk.keychain;
             WaitingVault vault(desk.keychain, desk.at.place, desk.clock);
             VERIFY_DONE(vault.commit(adding(u"carol"_s)));
             *desk.keychain = backup;
         },
         State::OlderState, committed, Errc::VaultOlderState},
        older("a page truncated", [](const Desk &desk) { desk.entry(desk.newestPage()).chop(4); }),
        older("a page with a flipped bit",
              [](const Desk &desk) { flipIn(desk.entry(desk.newestPage())); }),
        older("a page gone", [](const Desk &desk) { desk.keychain->erase(desk.newestPage()); }),
        older("a page of another profile",
              [](const Desk &desk) { desk.entry(desk.newestPage()) = foreignPage(); }),
        older(
            "an older page in a newer one's place",
            [](const Desk &desk) { desk.entry(desk.newestPage()) = desk.entry(desk.olderPage()); }),
        older("a page of 10 MB of garbage",
              [](const Desk &desk) { desk.entry(desk.newestPage()) = garbage; }),
        older("a page with a line feed",
              [](const Desk &desk) { desk.entry(desk.newestPage()).insert(50, '\n'); }),
        older("a page of a newer version",
              [](const Desk &desk) { desk.entry(desk.newestPage()) = "hufu.page.2:AAAA"; }),
        normal("a page of the older generation damaged",
               [](const Desk &desk) { flipIn(desk.entry(desk.olderPage())); }),
        refused("pages swapped", Errc::VaultCorrupt,
                [](const Desk &desk) {
                    std::swap(desk.entry(desk.newestPage()), desk.entry(desk.olderPage()));
                }),
        refused("no page whole", Errc::VaultCorrupt,
                [](const Desk &desk) {
                    flipIn(desk.entry(desk.newestPage()));
                    flipIn(desk.entry(desk.olderPage()));
                }),
    };
}

std::vector<Found> everyFinding()
{
    std::vector<Found> all = absences();
    for (std::vector<Found> rows : {badHeads(), badPages()})
        std::ranges::move(rows, std::back_inserter(all));
    return all;
}

} // namespace

class VaultStatesTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsFoundIsToldApart_data();
    void whatIsFoundIsToldApart();
};

void VaultStatesTest::whatIsFoundIsToldApart_data()
{
    QTest::addColumn<int>("index");
    const std::vector<Found> all = everyFinding();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << int(i);
}

void VaultStatesTest::whatIsFoundIsToldApart()
{
    QFETCH(int, index);
    const Found found = everyFinding()[std::size_t(index)];
    const Desk desk;
    desk.fill();
    found.spoil(desk);
    const auto before = desk.everything();
    const QStringList shown = found.shown.split(u' ', Qt::SkipEmptyParts);

    WaitingVault vault(desk.keychain, desk.at.place, desk.clock);
    const std::optional<Result<void>> opened = vault.open();
    QVERIFY(opened.has_value());
    QCOMPARE(vault.vault().state(), found.state);
    QCOMPARE(opened->has_value(), found.state != State::Closed);
    if (!*opened)
        QCOMPARE(opened->error().code, found.problem);
    QCOMPARE(vault.vault().problem().has_value(), found.problem.has_value());
    if (found.problem)
        QCOMPARE(vault.vault().problem()->code, *found.problem);
    QCOMPARE(namesIn(vault.vault()), shown);
    QVERIFY(*desk.keychain == before.first); // reading writes nothing
    QCOMPARE(vault.store().writes(), 0);

    if (found.problem) {
        VERIFY_REFUSED(vault.commit(adding(u"carol"_s)), *found.problem);
        QVERIFY(desk.everything() == before);
        QCOMPARE(namesIn(vault.vault()), shown);
    }
    if (found.state == State::Closed)
        return;
    if (found.state == State::OlderState)
        VERIFY_DONE(vault.accept());
    VERIFY_DONE(vault.commit(adding(u"carol"_s)));
    WaitingVault later(desk.keychain, desk.at.place, desk.clock);
    VERIFY_DONE(later.open());
    QCOMPARE(later.vault().state(), State::Open);
    QCOMPARE(namesIn(later.vault()), shown + QStringList{u"carol"_s});
}

QTEST_GUILESS_MAIN(VaultStatesTest)
#include "vault_states_test.moc"
