#include "core/base/fields.h"
#include "core/vault/slot_change.h"
#include "core/vault/vault_state_file.h"
#include "tests/core/vault/vault_fixture.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTimer>

#include <openssl/crypto.h>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Fault = MemoryStore::Fault;
using Kind = MemoryStore::Kind;
using State = Vault::State;

namespace {

const QString headA = u"hufu/test/head-a"_s;
const QString headB = u"hufu/test/head-b"_s;

/// One profile and its keychain.
struct Profile
{
    TemporaryPlace at;
    ManualClock clock;
    std::shared_ptr<MemoryKeychain> keychain = std::make_shared<MemoryKeychain>();

    [[nodiscard]] std::unique_ptr<WaitingVault> program()
    {
        return std::make_unique<WaitingVault>(keychain, at.place, clock);
    }
    [[nodiscard]] int pages() const
    {
        return int(std::count_if(keychain->begin(), keychain->end(), [](const auto &entry) {
            return entry.first.contains(u"/page-"_s);
        }));
    }
};

QByteArray slotsIn(const QByteArray &head)
{
    const Result<SealedHead> sealed = parseHead(head);
    QByteArray all;
    for (const SecretBytes &slot : sealed->identity.keySlots)
        all += toHex(slot.view()) + ' ';
    return all;
}

KeyId keyIn(const QByteArray &head)
{
    return parseHead(head)->identity.key;
}

} // namespace

class PasswordTest : public QObject
{
    Q_OBJECT

private slots:
    void thePasswordLocksAndUnlocks();
    void aWrongPasswordIsToldFromADamagedHead();
    void aChangeWritesTheHeadsOnly();
    void theFirstAndTheLastMakeANewKey();
    void theFirstCommitOfAllMayBeUnderAPassword();
    void wrongCurrentPasswordsChangeNothing();
    void unknownSlotsSurvive();
    void anotherProgramsNewKeyLocks();
    void anotherProgramsNewPasswordDoesNot();
    void theSecondCommitIsCaughtUp_data();
    void theSecondCommitIsCaughtUp();
    void aSecondCommitThatFailsIsMadeUpFor();
    void aSecondCommitThatStallsLocks();
    void slotsThatChangedMeanwhileAreNotReplaced();
    void aDamagedPageFallsBackToTheOtherKey_data();
    void aDamagedPageFallsBackToTheOtherKey();
    void triesSlowDown();
    void theKeyIsThatOfTheReference();
    void costsAboveTheCapAreRefusedAtOnce();
    void newCostsAreAtOrAboveTheFloor();
    void aChangeCutOffAnywhereOpensWithOldOrNew_data();
    void aChangeCutOffAnywhereOpensWithOldOrNew();
    void nothingStaysInMemoryAfterALock();
    void aLockWaitsForTheCommitButNotForEver();
    void aLockCutsOffATryThatTakesTooLong();
    void aStrangersDumpTellsNothing();
};

void PasswordTest::thePasswordLocksAndUnlocks()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    QVERIFY(!one->vault().hasPassword());
    VERIFY_REFUSED(one->lock(), Errc::PasswordNeeded);
    QCOMPARE(one->vault().state(), State::Open);

    VERIFY_DONE(one->changePassword("", "correct horse"));
    QCOMPARE(one->vault().state(), State::Open);
    QVERIFY(one->vault().hasPassword());
    QSignalSpy accounts(&one->vault(), &Vault::accountsChanged);
    QSignalSpy states(&one->vault(), &Vault::stateChanged);
    VERIFY_DONE(one->lock());
    QCOMPARE(one->vault().state(), State::Locked);
    QCOMPARE(one->vault().accounts().size(), std::size_t{0});
    QCOMPARE(accounts.count(), 1);
    QCOMPARE(states.count(), 1);
    const MemoryKeychain before = *profile.keychain;
    VERIFY_REFUSED(one->commit(adding(u"bob"_s)), Errc::PasswordNeeded);
    VERIFY_REFUSED(one->accept(), Errc::PasswordNeeded);
    VERIFY_REFUSED(one->changePassword("correct horse", "x"), Errc::PasswordNeeded);
    VERIFY_DONE(one->open());
    QCOMPARE(one->vault().state(), State::Locked);
    VERIFY_DONE(one->lock());
    QVERIFY(*profile.keychain == before);

    VERIFY_REFUSED(one->unlock("correct hors"), Errc::PasswordWrong);
    VERIFY_REFUSED(one->unlock(""), Errc::PasswordWrong);
    QCOMPARE(one->vault().state(), State::Locked);
    VERIFY_DONE(one->unlock("correct horse"));
    QCOMPARE(one->vault().state(), State::Open);
    QCOMPARE(namesIn(one->vault()), QStringList{u"alice"_s});
    VERIFY_DONE(one->commit(adding(u"bob"_s)));

    const auto two = profile.program();
    VERIFY_REFUSED(two->commit(adding(u"carol"_s)), Errc::PasswordNeeded);
    QCOMPARE(two->vault().state(), State::Locked);
    QVERIFY(two->vault().hasPassword());
    VERIFY_DONE(two->unlock("correct horse"));
    QCOMPARE(namesIn(two->vault()), (QStringList{u"alice"_s, u"bob"_s}));
}

void PasswordTest::aWrongPasswordIsToldFromADamagedHead()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    VERIFY_DONE(one->changePassword("", "secret"));
    const auto two = profile.program();
    VERIFY_DONE(two->open());
    VERIFY_REFUSED(two->unlock("Secret"), Errc::PasswordWrong);
    const MemoryKeychain good = *profile.keychain;

    // The newest head is damaged: the older one is no answer without a question.
    const QString newest =
        parseHead(good.at(headA))->generation > parseHead(good.at(headB))->generation ? headA
                                                                                      : headB;
    (*profile.keychain)[newest].chop(4);
    VERIFY_REFUSED(two->unlock("Secret"), Errc::PasswordWrong);
    VERIFY_DONE(two->unlock("secret"));
    QCOMPARE(two->vault().state(), State::OlderState);
    VERIFY_DONE(two->lock());
    QCOMPARE(two->vault().state(), State::Locked);

    // A body whose seal is broken under a checksum that is right is damage, not a wrong password.
    *profile.keychain = good;
    SealedHead head = std::move(*parseHead(good.at(newest)));
    QByteArray value = QByteArray::fromBase64(good.at(newest).mid(12));
    value[value.size() - 40] = char(value[value.size() - 40] ^ 1);
    const Sha256Digest sum =
        sha256(std::as_bytes(std::span(value)).first(std::size_t(value.size()) - 32));
    value.replace(value.size() - 32, 32, reinterpret_cast<const char *>(sum.data()), 32);
    (*profile.keychain)[newest] = "hufu.head.1:" + value.toBase64();
    VERIFY_OK(parseHead(profile.keychain->at(newest)));
    VERIFY_REFUSED(two->unlock("Secret"), Errc::PasswordWrong);
    VERIFY_DONE(two->unlock("secret"));
    QCOMPARE(two->vault().state(), State::OlderState);

    for (const QString &key : {headA, headB})
        (*profile.keychain)[key].chop(4);
    const auto three = profile.program();
    VERIFY_REFUSED(three->unlock("secret"), Errc::VaultCorrupt);
}

void PasswordTest::aChangeWritesTheHeadsOnly()
{
    Profile profile;
    const auto one = profile.program();
    for (const QString &name : {u"alice"_s, u"bob"_s})
        VERIFY_DONE(one->commit(adding(name)));
    VERIFY_DONE(one->changePassword("", "old"));
    const KeyId key = keyIn(profile.keychain->at(headA));
    const int writes = one->store().writes();
    const MemoryKeychain before = *profile.keychain;
    VERIFY_DONE(one->changePassword("old", "new"));
    QCOMPARE(one->store().writes() - writes, 2); // both heads
    for (const auto &[name, value] : before)
        QCOMPARE(profile.keychain->at(name) == value, name.contains(u"/page-"_s));
    QCOMPARE(slotsIn(profile.keychain->at(headA)), slotsIn(profile.keychain->at(headB)));
    QVERIFY(keyIn(profile.keychain->at(headA)) == key);

    const auto two = profile.program();
    VERIFY_REFUSED(two->unlock("old"), Errc::PasswordWrong);
    VERIFY_DONE(two->unlock("new"));
    QCOMPARE(namesIn(two->vault()), (QStringList{u"alice"_s, u"bob"_s}));
}

void PasswordTest::theFirstAndTheLastMakeANewKey()
{
    Profile profile;
    const auto one = profile.program();
    for (const QString &name : {u"alice"_s, u"bob"_s})
        VERIFY_DONE(one->commit(adding(name)));
    const std::pair<const char *, const char *> changes[] = {{"", "first"}, {"first", ""}};
    for (const auto &[current, next] : changes) {
        const MemoryKeychain before = *profile.keychain;
        VERIFY_DONE(one->changePassword(current, next));
        QCOMPARE(one->vault().hasPassword(), *next != '\0');
        QCOMPARE(one->vault().state(), State::Open);
        for (const auto &[name, value] : before)
            QVERIFY(!profile.keychain->contains(name) || profile.keychain->at(name) != value);
        QVERIFY(keyIn(profile.keychain->at(headA)) != keyIn(before.at(headA)));
        QCOMPARE(slotsIn(profile.keychain->at(headA)), slotsIn(profile.keychain->at(headB)));
        QCOMPARE(profile.pages(), 1); // both heads name the same one
        const auto state = VaultStateFile(profile.at.place.dataPath).read();
        QVERIFY(state && !state->writing);
        for (const PageId &listed : state->toRemove)
            QVERIFY(profile.keychain->contains(u"hufu/test/"_s + pageEntryName(listed)));
    }
    const auto two = profile.program();
    VERIFY_DONE(two->open());
    QCOMPARE(namesIn(two->vault()), (QStringList{u"alice"_s, u"bob"_s}));
    VERIFY_REFUSED(two->changePassword("first", "second"), Errc::PasswordWrong);
    VERIFY_DONE(two->changePassword("", ""));
    QVERIFY(!two->vault().hasPassword());
}

void PasswordTest::theFirstCommitOfAllMayBeUnderAPassword()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->changePassword("", "secret"));
    QCOMPARE(one->vault().state(), State::Open);
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    const auto two = profile.program();
    VERIFY_DONE(two->open());
    QCOMPARE(two->vault().state(), State::Locked);
    VERIFY_DONE(two->unlock("secret"));
    QCOMPARE(namesIn(two->vault()), QStringList{u"alice"_s});
}

void PasswordTest::wrongCurrentPasswordsChangeNothing()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    VERIFY_DONE(one->changePassword("", "secret"));
    const MemoryKeychain before = *profile.keychain;
    for (const char *next : {"", "new"}) {
        VERIFY_REFUSED(one->changePassword("wrong", next), Errc::PasswordWrong);
        VERIFY_REFUSED(one->changePassword("", next), Errc::PasswordWrong);
    }
    QVERIFY(*profile.keychain == before);
    QCOMPARE(one->vault().state(), State::Open);
}

void PasswordTest::unknownSlotsSurvive()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    VERIFY_DONE(one->changePassword("", "secret"));
    // A newer version adds a slot of another kind to both heads.
    FieldWriter writer;
    writer.number(1, 3);
    writer.bytes(2, randomId<8>());
    writer.text(30, "a recovery code");
    const SecretBytes stranger = std::move(*writer.take());
    for (const QString &name : {headA, headB}) {
        SealedHead head = std::move(*parseHead(profile.keychain->at(name)));
        const KeySlots found = std::move(*readKeySlots(head.identity));
        const auto opened = tryPassword(found.passwords, head.identity.vault, secretOf("secret"));
        VERIFY_OK(opened);
        const auto keys = VaultKeys::derive(head.identity.key, secretOf(opened->vaultKey.text()),
                                            head.identity.vault);
        const auto body = openBody(head, *keys);
        VERIFY_OK(body);
        head.identity.keySlots.push_back(secretOf(stranger.text()));
        (*profile.keychain)[name] = *sealHead(head.identity, head.generation, *body, *keys);
    }
    const auto two = profile.program();
    VERIFY_DONE(two->unlock("secret"));
    VERIFY_DONE(two->commit(adding(u"bob"_s)));
    VERIFY_DONE(two->changePassword("secret", "other"));
    for (const QString &name : {headA, headB})
        QVERIFY(slotsIn(profile.keychain->at(name)).contains(toHex(stranger.view())));
    VERIFY_DONE(two->changePassword("other", "")); // an open slot stands alone
    for (const QString &name : {headA, headB})
        QVERIFY(!slotsIn(profile.keychain->at(name)).contains(toHex(stranger.view())));
}

void PasswordTest::anotherProgramsNewKeyLocks()
{
    Profile profile;
    const auto one = profile.program();
    const auto two = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    VERIFY_DONE(two->open());
    VERIFY_DONE(one->changePassword("", "secret"));
    QTRY_COMPARE(two->vault().state(), State::Locked);
    QVERIFY(two->vault().accounts().size() == 0);
    QVERIFY(two->vault().hasPassword());
    VERIFY_DONE(two->unlock("secret"));
    QCOMPARE(namesIn(two->vault()), QStringList{u"alice"_s});
    // The way back needs no password, and a locked one stays locked until it is asked.
    VERIFY_DONE(two->lock());
    VERIFY_DONE(one->changePassword("secret", ""));
    VERIFY_DONE(two->unlock("whatever"));
    QCOMPARE(two->vault().state(), State::Open);
    QVERIFY(!two->vault().hasPassword());
}

void PasswordTest::anotherProgramsNewPasswordDoesNot()
{
    Profile profile;
    const auto one = profile.program();
    const auto two = profile.program();
    VERIFY_DONE(one->changePassword("", "old"));
    VERIFY_DONE(two->unlock("old"));
    VERIFY_DONE(one->changePassword("old", "new"));
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    QTRY_COMPARE(namesIn(two->vault()), QStringList{u"alice"_s});
    QCOMPARE(two->vault().state(), State::Open);
    VERIFY_REFUSED(two->changePassword("old", "third"), Errc::PasswordWrong);
    VERIFY_DONE(two->changePassword("new", "third"));
}

void PasswordTest::theSecondCommitIsCaughtUp_data()
{
    QTest::addColumn<QByteArray>("current");
    QTest::addColumn<QByteArray>("next");
    QTest::newRow("first") << ""_ba
                           << "new"_ba;
    QTest::newRow("another") << "old"_ba
                             << "new"_ba;
    QTest::newRow("last") << "old"_ba
                          << ""_ba;
}

// Cut off between the two commits of a change: the old password is no way to the older state, and
// whoever opens does the second commit.
void PasswordTest::theSecondCommitIsCaughtUp()
{
    QFETCH(QByteArray, current);
    QFETCH(QByteArray, next);
    Profile profile;
    auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    if (!current.isEmpty())
        VERIFY_DONE(one->changePassword("", std::string_view(current.data())));
    int heads = 0;
    one->store().plan = [&heads](const MemoryStore::Call &call) {
        heads += call.kind == Kind::Write && call.key.contains(u"head"_s) ? 1 : 0;
        return heads == 2 ? Fault::KillBefore : Fault::None;
    };
    QVERIFY(!one->changePassword(current.toStdString(), next.toStdString()));
    one.reset();
    QVERIFY(slotsIn(profile.keychain->at(headA)) != slotsIn(profile.keychain->at(headB)));
    const MemoryKeychain cut = *profile.keychain;

    const auto two = profile.program();
    VERIFY_DONE(two->open());
    if (!next.isEmpty()) {
        QCOMPARE(two->vault().state(), State::Locked);
        if (!current.isEmpty())
            VERIFY_REFUSED(two->unlock(current.toStdString()), Errc::PasswordWrong);
        QVERIFY(*profile.keychain == cut);
        VERIFY_DONE(two->unlock(next.toStdString()));
    }
    QCOMPARE(two->vault().state(), State::Open);
    QCOMPARE(namesIn(two->vault()), QStringList{u"alice"_s});
    QCOMPARE(slotsIn(profile.keychain->at(headA)), slotsIn(profile.keychain->at(headB)));
    QCOMPARE(profile.pages(), 1);
}

// The password is changed as soon as the first commit is confirmed; the second is only late.
void PasswordTest::aSecondCommitThatFailsIsMadeUpFor()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    int heads = 0;
    one->store().plan = [&heads](const MemoryStore::Call &call) {
        heads += call.kind == Kind::Write && call.key.contains(u"head"_s) ? 1 : 0;
        return heads >= 2 && call.kind == Kind::Write ? Fault::FailBefore : Fault::None;
    };
    VERIFY_DONE(one->changePassword("", "secret"));
    QCOMPARE(one->vault().state(), State::Open);
    QVERIFY(one->vault().hasPassword());
    QVERIFY(slotsIn(profile.keychain->at(headA)) != slotsIn(profile.keychain->at(headB)));
    one->store().plan = nullptr;
    VERIFY_DONE(one->commit(adding(u"bob"_s)));
    QCOMPARE(slotsIn(profile.keychain->at(headA)), slotsIn(profile.keychain->at(headB)));
    VERIFY_DONE(one->commit(adding(u"carol"_s)));
    QCOMPARE(profile.pages(), 2);
}

void PasswordTest::aSecondCommitThatStallsLocks()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    int heads = 0;
    one->store().plan = [&heads](const MemoryStore::Call &call) {
        heads += call.kind == Kind::Write && call.key.contains(u"head"_s) ? 1 : 0;
        return heads == 2 ? Fault::Stall : Fault::None;
    };
    VERIFY_REFUSED(one->changePassword("", "secret"), Errc::LostInMidWrite);
    QCOMPARE(one->vault().state(), State::Closed);
    QVERIFY(QFileInfo::exists(profile.at.place.dataPath + u"/vault.lock"_s));
    one->store().plan = nullptr;
    one->store().endStall();
    QTRY_COMPARE(one->vault().state(), State::Locked);
    VERIFY_DONE(one->unlock("secret"));
    QCOMPARE(namesIn(one->vault()), QStringList{u"alice"_s});
    QCOMPARE(slotsIn(profile.keychain->at(headA)), slotsIn(profile.keychain->at(headB)));
}

void PasswordTest::slotsThatChangedMeanwhileAreNotReplaced()
{
    const VaultContents open = std::move(*makeVault({}));
    const auto password = [] {
        SlotChange change;
        change.next = std::move(*derivePasswordKey(secretOf("secret"), cheapPasswordCosts()));
        return change;
    };
    const auto guarded = changeSlots(open, password(), {});
    VERIFY_OK(guarded);
    QVERIFY(guarded->newKey && guarded->keys != open.keys);
    VaultContents contents = open;
    contents.identity = guarded->identity;
    contents.keys = guarded->keys;
    VERIFY_FAILS(changeSlots(contents, password(), {}), Errc::VaultBusy); // none was set, as tried
    SlotChange change = password();
    change.replaced = secretOf(contents.identity->keySlots.front().text());
    const auto changed = changeSlots(contents, change, {});
    VERIFY_OK(changed);
    QVERIFY(!changed->newKey && changed->keys == contents.keys);
    contents.identity = changed->identity;
    VERIFY_FAILS(changeSlots(contents, change, {}), Errc::VaultBusy); // that slot is gone
}

void PasswordTest::aDamagedPageFallsBackToTheOtherKey_data()
{
    QTest::addColumn<QByteArray>("current");
    QTest::addColumn<QByteArray>("next");
    QTest::newRow("first") << ""_ba
                           << "new"_ba;
    QTest::newRow("last") << "old"_ba
                          << ""_ba;
}

// Cut off between the two commits, and then the only page of the new key is lost: the generation of
// the old key is shown, with its date and under its own password.
void PasswordTest::aDamagedPageFallsBackToTheOtherKey()
{
    QFETCH(QByteArray, current);
    QFETCH(QByteArray, next);
    Profile profile;
    auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    if (!current.isEmpty())
        VERIFY_DONE(one->changePassword("", current.toStdString()));
    const MemoryKeychain before = *profile.keychain;
    int heads = 0;
    one->store().plan = [&heads](const MemoryStore::Call &call) {
        heads += call.kind == Kind::Write && call.key.contains(u"head"_s) ? 1 : 0;
        return heads == 2 ? Fault::KillBefore : Fault::None;
    };
    QVERIFY(!one->changePassword(current.toStdString(), next.toStdString()));
    one.reset();
    for (auto &[name, value] : *profile.keychain) {
        if (name.contains(u"/page-"_s) && !before.contains(name))
            value.chop(4);
    }
    const auto two = profile.program();
    VERIFY_DONE(two->open());
    QCOMPARE(two->vault().state(), State::Locked); // by the newest head, or by the one before
    VERIFY_REFUSED(two->unlock("wrong"), Errc::PasswordWrong);
    VERIFY_DONE(two->unlock((current.isEmpty() ? next : current).toStdString()));
    QCOMPARE(two->vault().state(), State::OlderState);
    QCOMPARE(namesIn(two->vault()), QStringList{u"alice"_s});
    VERIFY_DONE(two->accept());
    VERIFY_DONE(two->commit(adding(u"bob"_s)));
    QCOMPARE(namesIn(two->vault()), (QStringList{u"alice"_s, u"bob"_s}));
    QCOMPARE(two->vault().hasPassword(), !current.isEmpty());
    QCOMPARE(slotsIn(profile.keychain->at(headA)), slotsIn(profile.keychain->at(headB)));
}

void PasswordTest::triesSlowDown()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    VERIFY_DONE(one->changePassword("", "secret"));
    VERIFY_DONE(one->lock());
    const auto slowDown = [&]() -> QString {
        for (int i = 0; i < 5; ++i) {
            if (one->vault().untilNextTry() != 0ms ||
                one->unlock("wrong")->error().code != Errc::PasswordWrong)
                return u"try %1"_s.arg(i);
        }
        for (const auto seconds : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
            if (one->vault().untilNextTry() != seconds)
                return u"%1 s expected"_s.arg(seconds.count());
            profile.clock.advance(seconds - 1ms);
            const int calls = one->store().calls();
            if (one->unlock("secret")->error().code != Errc::PasswordTooSoon ||
                one->store().calls() != calls)
                return u"tried within %1 s"_s.arg(seconds.count());
            profile.clock.advance(1ms);
            if (one->unlock("wrong")->error().code != Errc::PasswordWrong)
                return u"not tried after %1 s"_s.arg(seconds.count());
        }
        return {};
    };
    QCOMPARE(slowDown(), QString());
    profile.clock.set(profile.clock.now() + 24h); // somebody sets the wall clock
    VERIFY_REFUSED(one->unlock("secret"), Errc::PasswordTooSoon);
    profile.clock.advance(60s);
    VERIFY_DONE(one->unlock("secret"));
    QVERIFY(one->vault().untilNextTry() == 0ms);
    VERIFY_DONE(one->lock());
    QCOMPARE(slowDown(), QString()); // a success takes all of it back

    // A change asks for the same password, so it is the same lock.
    profile.clock.advance(60s);
    VERIFY_DONE(one->unlock("secret"));
    for (int i = 0; i < 5; ++i)
        VERIFY_REFUSED(one->changePassword("wrong", "new"), Errc::PasswordWrong);
    VERIFY_REFUSED(one->changePassword("secret", "new"), Errc::PasswordTooSoon);
    profile.clock.advance(1s);
    VERIFY_DONE(one->changePassword("secret", "new"));
}

// From the tests of the reference implementation, version 1.3.
void PasswordTest::theKeyIsThatOfTheReference()
{
    const auto keyOf = [](std::string_view password, std::string_view salt,
                          const Argon2Costs &costs) {
        return toHex(argon2id(secretOf(password), bytesOf(salt), costs)->view());
    };
    QCOMPARE(keyOf("password", "somesalt", {64 << 10, 2, 1}),
             "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"_ba);
    QCOMPARE(keyOf("differentpassword", "somesalt", {64 << 10, 2, 1}),
             "0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde"_ba);
    VERIFY_FAILS(argon2id(secretOf("password"), bytesOf("short"), cheapPasswordCosts()),
                 Errc::CryptoFailed);
}

void PasswordTest::costsAboveTheCapAreRefusedAtOnce()
{
    for (const Argon2Costs &costs :
         {Argon2Costs{(1 << 20) + 1, 1, 1}, Argon2Costs{8, 21, 1}, Argon2Costs{17 * 8, 1, 17},
          Argon2Costs{1ULL << 32, 1, 1}, Argon2Costs{~0ULL, ~0ULL, 16}}) {
        Profile profile;
        const VaultId vault = randomId<16>();
        // We would never write such a slot, so the costs of an honest one are replaced.
        const SecretBytes honest = std::move(
            *makePasswordSlot(*derivePasswordKey(secretOf("secret"), cheapPasswordCosts()),
                              secretOf(std::string(32, 'k')), vault, {}));
        FieldWriter writer;
        const auto fields = readFields(honest.view(), {});
        for (const Field &field : *fields) {
            if (field.tag >= 17 && field.tag <= 19)
                writer.number(field.tag, field.tag == 17   ? costs.memoryKiB
                                         : field.tag == 18 ? costs.passes
                                                           : costs.lanes);
            else
                writer.bytes(field.tag, field.value);
        }
        HeadIdentity identity{
            .vault = vault, .key = randomId<8>(), .keySlots = {}, .unknownFields = {}};
        identity.keySlots.push_back(std::move(*writer.take()));
        const auto keys =
            VaultKeys::derive(identity.key, secretOf(std::string(32, 'k')), identity.vault);
        (*profile.keychain)[headA] = *sealHead(identity, 1, HeadBody{}, *keys);
        const MemoryKeychain before = *profile.keychain;
        const auto one = profile.program();
        VERIFY_DONE(one->open());
        QCOMPARE(one->vault().state(), State::Locked);
        QElapsedTimer timer;
        timer.start();
        VERIFY_REFUSED(one->unlock("secret"), Errc::PasswordCostTooHigh);
        QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(one->vault().state(), State::Locked);
        QVERIFY(one->vault().untilNextTry() == 0ms);
        QVERIFY(*profile.keychain == before);
    }
}

void PasswordTest::newCostsAreAtOrAboveTheFloor()
{
    Profile profile;
    WaitingVault one(profile.keychain, profile.at.place, profile.clock, calibratedPasswordCosts);
    VERIFY_DONE(one.changePassword("", "secret"));
    const auto found = readKeySlots(parseHead(profile.keychain->at(headA))->identity);
    VERIFY_OK(found);
    const Argon2Costs costs = found->passwords.front().costs;
    QCOMPARE(costs.memoryKiB, std::uint64_t{64 << 10});
    QCOMPARE(costs.lanes, std::uint64_t{4});
    QVERIFY(costs.passes >= 3 && costs.passes <= 20);
    VERIFY_DONE(one.lock());
    int ticks = 0; // of the event loop, which goes on meanwhile
    QTimer ticker;
    connect(&ticker, &QTimer::timeout, this, [&ticks] { ++ticks; });
    ticker.start(10ms);
    QElapsedTimer timer;
    timer.start();
    VERIFY_DONE(one.unlock("secret"));
    qInfo("one try of %llu passes takes %lld ms; %d ticks of 10 ms meanwhile",
          qulonglong(costs.passes), timer.elapsed(), ticks);
    QVERIFY(ticks > 3);
}

void PasswordTest::aChangeCutOffAnywhereOpensWithOldOrNew_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QByteArray>("current");
    QTest::addColumn<QByteArray>("next");
    const std::pair<const char *, Fault> faults[] = {{"call fails before", Fault::FailBefore},
                                                     {"call fails after", Fault::FailAfter},
                                                     {"torn", Fault::Torn},
                                                     {"killed before", Fault::KillBefore},
                                                     {"killed after", Fault::KillAfter},
                                                     {"killed, torn", Fault::KillTorn}};
    for (const auto &[name, fault] : faults) {
        QTest::addRow("first, %s", name) << fault << ""_ba
                                         << "new"_ba;
        QTest::addRow("another, %s", name) << fault << "old"_ba
                                           << "new"_ba;
        QTest::addRow("last, %s", name) << fault << "old"_ba
                                        << ""_ba;
    }
}

void PasswordTest::aChangeCutOffAnywhereOpensWithOldOrNew()
{
    QFETCH(Fault, fault);
    QFETCH(QByteArray, current);
    QFETCH(QByteArray, next);
    const auto passwordOf = [](const QByteArray &text) { return text.toStdString(); };
    for (int at = 1;; ++at) {
        Profile profile;
        std::optional<Result<void>> outcome;
        int calls = 0;
        {
            const auto one = profile.program();
            VERIFY_DONE(one->commit(adding(u"alice"_s)));
            VERIFY_DONE(one->commit(adding(u"bob"_s)));
            if (!current.isEmpty())
                VERIFY_DONE(one->changePassword("", passwordOf(current)));
            const int before = one->store().calls();
            one->store().plan = [&](const MemoryStore::Call &call) {
                return call.number == before + at ? fault : Fault::None;
            };
            outcome = one->changePassword(passwordOf(current), passwordOf(next));
            calls = one->store().calls() - before;
        }
        if (calls < at) { // no call is left to fail
            QVERIFY(at > 8 && outcome && *outcome);
            return;
        }
        const auto two = profile.program();
        VERIFY_DONE(two->open());
        const bool asked = two->vault().state() == State::Locked;
        bool isNew = next.isEmpty();
        if (asked) {
            const auto tried = two->unlock(passwordOf(next));
            QVERIFY(tried);
            isNew = bool(*tried);
            if (!isNew) {
                VERIFY_FAILS(*tried, Errc::PasswordWrong);
                VERIFY_DONE(two->unlock(passwordOf(current)));
            }
        } else {
            QVERIFY(current.isEmpty() || next.isEmpty());
            isNew = next.isEmpty();
        }
        QCOMPARE(two->vault().state(), State::Open);
        QCOMPARE(namesIn(two->vault()), (QStringList{u"alice"_s, u"bob"_s}));
        if (outcome && *outcome)
            QVERIFY2(isNew, qPrintable(QString::number(at)));
        if (outcome && !*outcome && outcome->error().code != Errc::LostInMidWrite)
            QVERIFY2(!isNew, qPrintable(QString::number(at)));
        // Two ordinary commits, and nothing is left of the other key.
        VERIFY_DONE(two->commit(adding(u"next"_s)));
        VERIFY_DONE(two->commit(adding(u"last"_s)));
        QCOMPARE(slotsIn(profile.keychain->at(headA)), slotsIn(profile.keychain->at(headB)));
        QCOMPARE(profile.pages(), 2);
    }
}

void PasswordTest::nothingStaysInMemoryAfterALock()
{
    Profile profile;
    {
        const auto one = profile.program();
        VERIFY_DONE(one->commit(adding(u"alice"_s)));
        VERIFY_DONE(one->changePassword("", "secret"));
    }
    const std::size_t nothing = CRYPTO_secure_used();
    const auto one = profile.program();
    VERIFY_DONE(one->unlock("secret"));
    VERIFY_DONE(one->commit(adding(u"bob"_s)));
    QVERIFY(CRYPTO_secure_used() > nothing);
    VERIFY_DONE(one->lock());
    QTRY_COMPARE(CRYPTO_secure_used(), nothing);
    VERIFY_REFUSED(one->unlock("wrong"), Errc::PasswordWrong);
    QTRY_COMPARE(CRYPTO_secure_used(), nothing);
    VERIFY_DONE(one->unlock("secret"));
    VERIFY_DONE(one->changePassword("secret", "other"));
    VERIFY_REFUSED(one->changePassword("wrong", "another"), Errc::PasswordWrong);
    VERIFY_DONE(one->lock());
    QTRY_COMPARE(CRYPTO_secure_used(), nothing);
}

void PasswordTest::aLockWaitsForTheCommitButNotForEver()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->commit(adding(u"alice"_s)));
    VERIFY_DONE(one->changePassword("", "secret"));
    const std::size_t open = CRYPTO_secure_used();

    std::optional<Result<void>> committed;
    one->vault().commit(adding(u"bob"_s), this,
                        [&](Result<void> result) { committed = std::move(result); });
    VERIFY_DONE(one->lock());
    QVERIFY(committed && *committed);
    QCOMPARE(one->vault().state(), State::Locked);
    VERIFY_DONE(one->unlock("secret"));
    QCOMPARE(namesIn(one->vault()), (QStringList{u"alice"_s, u"bob"_s}));

    // A store that never answers: the write may still land, so vault.lock stays.
    one->store().holdsAnswers = true;
    committed.reset();
    one->vault().commit(adding(u"carol"_s), this,
                        [&](Result<void> result) { committed = std::move(result); });
    QElapsedTimer timer;
    timer.start();
    std::optional<Result<void>> locked;
    one->vault().lock(this, [&](Result<void> result) { locked = std::move(result); });
    QTRY_VERIFY_WITH_TIMEOUT(one->vault().state() == State::Locked, 8000);
    QVERIFY2(timer.elapsed() > 4500 && timer.elapsed() < 7500,
             qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY(committed && locked);
    VERIFY_FAILS(*committed, Errc::LostInMidWrite);
    VERIFY_OK(*locked);
    QVERIFY(CRYPTO_secure_used() < open);
    QVERIFY(QFileInfo::exists(profile.at.place.dataPath + u"/vault.lock"_s));
    one->store().holdsAnswers = false;
    one->store().answerHeld();
    QTRY_VERIFY(!QFileInfo::exists(profile.at.place.dataPath + u"/vault.lock"_s));
    VERIFY_DONE(one->unlock("secret"));
    VERIFY_DONE(one->commit(adding(u"dave"_s)));
}

void PasswordTest::aLockCutsOffATryThatTakesTooLong()
{
    Profile profile;
    const auto one = profile.program();
    VERIFY_DONE(one->changePassword("", "secret"));
    VERIFY_DONE(one->lock());
    one->store().holdsAnswers = true;
    std::optional<Result<void>> unlocked;
    std::optional<Result<void>> locked;
    one->vault().unlock(secretOf("secret"), this,
                        [&](Result<void> result) { unlocked = std::move(result); });
    one->vault().lock(this, [&](Result<void> result) { locked = std::move(result); });
    QTRY_VERIFY_WITH_TIMEOUT(unlocked && locked, 8000);
    VERIFY_FAILS(*unlocked, Errc::PasswordNeeded);
    VERIFY_OK(*locked);
    one->store().holdsAnswers = false;
    one->store().answerHeld();
    QTest::qWait(50);
    QCOMPARE(one->vault().state(), State::Locked);
    QCOMPARE(one->vault().accounts().size(), std::size_t{0});
    VERIFY_DONE(one->unlock("secret"));
}

void PasswordTest::aStrangersDumpTellsNothing()
{
    Profile profile;
    const auto one = profile.program();
    const QByteArray secret = "12345678901234567890"; // of every account
    for (int i = 0; i < 5; ++i)
        VERIFY_DONE(one->commit(adding(QString::number(i))));
    const MemoryKeychain open = *profile.keychain;
    VERIFY_DONE(one->changePassword("", "secret"));
    const MemoryKeychain dump = *profile.keychain;
    const QByteArray base32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    for (const auto &[name, text] : dump) {
        const QByteArray value = QByteArray::fromBase64(text.mid(text.indexOf(':') + 1));
        for (const QByteArray &bytes : {text, value}) {
            for (const QByteArray &form :
                 {secret, secret.toHex(), secret.toBase64().first(24), base32})
                QVERIFY2(!bytes.contains(form), qPrintable(name));
        }
    }
    // Who read the keychain before has the old key, which opens nothing of what is there now.
    const auto keys = openSlot(parseHead(open.at(headA))->identity);
    VERIFY_OK(keys);
    const QByteArray vaultKey(reinterpret_cast<const char *>(keys->vaultKey.view().data()), 32);
    for (const auto &[name, text] : dump) {
        QVERIFY(!QByteArray::fromBase64(text.mid(text.indexOf(':') + 1)).contains(vaultKey));
        QVERIFY(!open.contains(name) || open.at(name) != text);
    }
    for (const QString &name : {headA, headB})
        QVERIFY(!openBody(*parseHead(dump.at(name)), *keys));
}

QTEST_GUILESS_MAIN(PasswordTest)
#include "password_test.moc"
