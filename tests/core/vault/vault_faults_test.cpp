#include "tests/core/vault/left_over.h"
#include "tests/core/vault/vault_fixture.h"

#include <QFile>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using Fault = MemoryStore::Fault;
using State = Vault::State;

namespace {

/// A keychain and the files of its profile, to be had again as often as is wanted.
struct Scene
{
    MemoryKeychain keychain;
    std::map<QString, QByteArray> files; ///< by path below the profile's folder

    static Scene of(const MemoryKeychain &keychain, const TemporaryPlace &at)
    {
        Scene scene{keychain, {}};
        for (const QString &path : paths()) {
            QFile file(at.folder.filePath(path));
            if (file.open(QIODevice::ReadOnly))
                scene.files[path] = file.readAll();
        }
        return scene;
    }
    void layOut(const TemporaryPlace &at) const
    {
        for (const auto &[path, text] : files) {
            QDir().mkpath(QFileInfo(at.folder.filePath(path)).path());
            QFile file(at.folder.filePath(path));
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                qFatal("%s", qPrintable(file.errorString()));
        }
    }

private:
    static QStringList paths() { return {u"config/settings.ini"_s, u"data/vault.state"_s}; }
};

/// Something that is done to a vault, one call of the store after the other.
struct Deed
{
    std::function<void(WaitingVault &)> before; ///< what the vault holds when it begins
    std::function<std::optional<Result<void>>(WaitingVault &)> act;
    int writes = 2;               ///< of the deed, where nothing goes wrong
    bool isRollBack = false;      ///< what lies in the store is the state before the last commit
    std::string passwordBefore{}; ///< empty: none
    std::string passwordAfter{};
};

Vault::Change addingLarge(const QString &name, int count, int noteSize)
{
    return [name, count, noteSize](AccountSet &accounts) -> Result<void> {
        for (int i = 0; i < count; ++i) {
            Account account = namedAccount(name + QString::number(i));
            account.note = QString(noteSize, u'n');
            if (const Result<void> added = accounts.add(std::move(account)); !added)
                return added;
        }
        return {};
    };
}

std::function<void(WaitingVault &)> someAccounts(int count)
{
    return [count](WaitingVault &vault) {
        for (int i = 0; i < count; ++i)
            VERIFY_DONE(vault.commit(adding(u"old"_s + QString::number(i))));
    };
}

Result<void> editFirst(AccountSet &accounts)
{
    Account changed = *accounts.all().front()->copy();
    changed.account = u"new"_s;
    return accounts.replace(std::move(changed));
}

Result<void> removeFirst(AccountSet &accounts)
{
    return accounts.remove(accounts.all().front()->id);
}

/// A large page that has room, and a small one that has not for one more of 2,000.
void fillSmallPage(WaitingVault &vault)
{
    VERIFY_DONE(vault.commit(addingLarge(u"bulk"_s, 20, 1000)));
    for (int i = 0; i < 10; ++i)
        VERIFY_DONE(vault.commit(addingLarge(u"small"_s + QString::number(i), 1, 1000)));
}

/// From one app password to another; empty: none.
Deed changingPassword(const std::string &from, const std::string &to, int writes)
{
    return {.before =
                [from](WaitingVault &vault) {
                    someAccounts(2)(vault);
                    if (!from.empty())
                        VERIFY_DONE(vault.changePassword("", from));
                },
            .act = [from, to](WaitingVault &vault) -> std::optional<Result<void>> {
                if (!from.empty()) {
                    const auto unlocked = vault.unlock(from);
                    if (!unlocked || !*unlocked)
                        return unlocked;
                }
                return vault.changePassword(from, to);
            },
            .writes = writes,
            .passwordBefore = from,
            .passwordAfter = to};
}

std::map<QString, Deed> deeds()
{
    const auto commits = [](std::function<void(WaitingVault &)> before, Vault::Change change,
                            int writes = 2) {
        return Deed{.before = std::move(before),
                    .act = [change = std::move(change)](
                               WaitingVault &vault) { return vault.commit(change); },
                    .writes = writes};
    };
    const Vault::Change addOne = adding(u"new"_s);
    return {
        {u"first commit"_s, commits(someAccounts(0), addOne)},
        {u"second commit"_s, commits(someAccounts(1), addOne)},
        {u"add"_s, commits(someAccounts(3), addOne)},
        {u"edit"_s, commits(someAccounts(3), editFirst)},
        {u"delete"_s, commits(someAccounts(3), removeFirst)},
        {u"delete the last one"_s, commits(someAccounts(1), removeFirst)},
        {u"bulk add"_s, commits(someAccounts(2), addingLarge(u"new"_s, 26, 15'000), 3)},
        {u"merge of the small page"_s, commits(fillSmallPage, addingLarge(u"new"_s, 1, 2000), 3)},
        {u"go on with an older state"_s,
         Deed{.before = someAccounts(3),
              .act = [](WaitingVault &vault) { return vault.accept(); },
              .writes = 0,
              .isRollBack = true}},
        // Each is a commit and a second one without a change; a new key is a new page, too.
        {u"set the first password"_s, changingPassword("", "first", 3)},
        {u"change the password"_s, changingPassword("first", "second", 2)},
        {u"remove the last password"_s, changingPassword("second", "", 3)},
    };
}

/// What was found after a fault must be one of the two.
struct Outcomes
{
    QStringList before;
    QStringList after;
    State stateBefore;
    std::string passwordBefore;
    std::string passwordAfter;
};

} // namespace

class VaultFaultsTest : public QObject
{
    Q_OBJECT

private slots:
    void aFaultAtAnyCallLeavesTheStateBeforeOrAfter_data();
    void aFaultAtAnyCallLeavesTheStateBeforeOrAfter();

private:
    void prepare(const Deed &deed);
    void check(Fault fault, const std::optional<Result<void>> &outcome, const TemporaryPlace &at,
               const std::shared_ptr<MemoryKeychain> &keychain);

    ManualClock m_clock;
    Scene m_scene;
    Outcomes m_outcomes;
};

void VaultFaultsTest::aFaultAtAnyCallLeavesTheStateBeforeOrAfter_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Fault>("fault");
    const std::pair<const char *, Fault> faults[] = {
        {"fails before", Fault::FailBefore},
        {"fails after", Fault::FailAfter},
        {"is torn", Fault::Torn},
        {"stalls", Fault::Stall},
        {"is killed before", Fault::KillBefore},
        {"is killed after", Fault::KillAfter},
        {"is killed, torn", Fault::KillTorn},
    };
    for (const auto &[name, deed] : deeds()) {
        for (const auto &[what, fault] : faults)
            QTest::addRow("%s: a call %s", qPrintable(name), what) << name << fault;
    }
}

/// The scene before the deed, and what is there before and after it where nothing goes wrong.
void VaultFaultsTest::prepare(const Deed &deed)
{
    const TemporaryPlace at;
    const auto keychain = std::make_shared<MemoryKeychain>();
    WaitingVault vault(keychain, at.place, m_clock);
    VERIFY_DONE(vault.open());
    deed.before(vault);
    if (deed.isRollBack) {
        const MemoryKeychain backup = *keychain;
        VERIFY_DONE(vault.commit(adding(u"lost"_s)));
        *keychain = backup;
        VERIFY_DONE(vault.open());
        QCOMPARE(vault.vault().state(), State::OlderState);
    }
    m_scene = Scene::of(*keychain, at);
    m_outcomes.passwordBefore = deed.passwordBefore;
    m_outcomes.passwordAfter = deed.passwordAfter;
    m_outcomes.before = namesIn(vault.vault());
    m_outcomes.stateBefore = vault.vault().state();
    const int writes = vault.store().writes();
    VERIFY_DONE(deed.act(vault));
    QCOMPARE(vault.store().writes() - writes, deed.writes);
    m_outcomes.after = namesIn(vault.vault());
    QCOMPARE(vault.vault().state(), State::Open);
}

void VaultFaultsTest::aFaultAtAnyCallLeavesTheStateBeforeOrAfter()
{
    QFETCH(QString, name);
    QFETCH(Fault, fault);
    const Deed deed = deeds().at(name);
    prepare(deed);
    for (int number = 1; !QTest::currentTestFailed(); ++number) {
        const TemporaryPlace at;
        const auto keychain = std::make_shared<MemoryKeychain>(m_scene.keychain);
        m_scene.layOut(at);
        std::optional<Result<void>> outcome;
        {
            WaitingVault victim(keychain, at.place, m_clock);
            victim.store().plan = [number, fault](const MemoryStore::Call &call) {
                return call.number == number ? fault : Fault::None;
            };
            outcome = deed.act(victim);
            if (victim.store().calls() < number) { // no call is left to go wrong
                QVERIFY(number > 2 && outcome && *outcome);
                return;
            }
            if (victim.store().isStalled())
                victim.store().endStall(); // it takes effect late, when it was answered long ago
        }
        check(fault, outcome, at, keychain);
        if (QTest::currentTestFailed())
            qWarning("at call %d", number);
    }
}

/// A third program looks at what is there, and goes on with it.
void VaultFaultsTest::check(Fault fault, const std::optional<Result<void>> &outcome,
                            const TemporaryPlace &at,
                            const std::shared_ptr<MemoryKeychain> &keychain)
{
    const bool killed =
        fault == Fault::KillBefore || fault == Fault::KillAfter || fault == Fault::KillTorn;
    QCOMPARE(outcome.has_value(), !killed);
    WaitingVault reader(keychain, at.place, m_clock);
    VERIFY_DONE(reader.open());
    std::string password;
    if (reader.vault().state() == State::Locked) {
        password = m_outcomes.passwordBefore;
        const auto unlocked = reader.unlock(password);
        QVERIFY(unlocked.has_value());
        if (!*unlocked) {
            password = m_outcomes.passwordAfter;
            VERIFY_DONE(reader.unlock(password));
        }
    }
    const QStringList found = namesIn(reader.vault());
    const State state = reader.vault().state();
    const bool isBefore = found == m_outcomes.before && state == m_outcomes.stateBefore &&
                          password == m_outcomes.passwordBefore;
    const bool isAfter =
        found == m_outcomes.after && state == State::Open && password == m_outcomes.passwordAfter;
    QVERIFY2(isBefore || isAfter, qPrintable(found.join(u' ')));
    // The answer told the truth; only what was lost in mid-write may be the one or the other.
    if (outcome && *outcome)
        QVERIFY(isAfter);
    else if (outcome && outcome->error().code != Errc::LostInMidWrite)
        QVERIFY2(isBefore, qPrintable(errcName(outcome->error().code)));

    if (state == State::OlderState)
        VERIFY_DONE(reader.accept());
    VERIFY_DONE(reader.commit(adding(u"next"_s)));
    QCOMPARE(namesIn(reader.vault()), found + QStringList{u"next"_s});
    QCOMPARE(leftOver(reader.store(), at.place, password), QStringList());
}

QTEST_GUILESS_MAIN(VaultFaultsTest)
#include "vault_faults_test.moc"
