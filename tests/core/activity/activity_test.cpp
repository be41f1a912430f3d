#include "core/account/bin.h"
#include "core/activity/activity.h"
#include "tests/core/vault/vault_fixture.h"

#include <QLockFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ActivityEvent::Kind;

namespace {

ActivityEvent eventOf(Kind kind, const QString &name = {})
{
    ActivityEvent event;
    event.kind = kind;
    event.name = name;
    return event;
}

QStringList kindsOf(Activity &activity)
{
    const Result<std::vector<ActivityEvent>> events = activity.newestFirst();
    if (!events)
        return {errcName(events.error().code)};
    QStringList kinds;
    for (const ActivityEvent &event : *events)
        kinds << activityName(event.kind);
    return kinds;
}

struct Profile
{
    TemporaryPlace at;
    ManualClock clock;
    std::shared_ptr<MemoryKeychain> keychain = std::make_shared<MemoryKeychain>();
    WaitingVault program{keychain, at.place, clock};
};

} // namespace

class ActivityTest : public QObject
{
    Q_OBJECT

private slots:
    void whatHappensIsTakenDownWithItsTime();
    void whileLockedEventsWaitWithoutNames();
    void anotherWriterIsWaitedForWithoutStandingStill();
    void whatWaitsIsWrittenAtTheEnd();
    void theFileOutlivesANewVaultKey();
    void whatTheBinPurgesIsTakenDown();
};

void ActivityTest::whatHappensIsTakenDownWithItsTime()
{
    Profile profile;
    Activity activity(profile.program.vault(), profile.at.place, profile.clock);
    QSignalSpy added(&activity, &Activity::added);
    VERIFY_DONE(profile.program.open());
    QCOMPARE(kindsOf(activity), QStringList()); // no vault, no events
    VERIFY_DONE(profile.program.commit(adding(u"alice"_s)));
    const AccountPtr account = profile.program.vault().accounts().all().front();
    activity.add(ActivityEvent::of(Kind::AccountAdded, *account));
    profile.clock.advance(10s);
    activity.add(eventOf(Kind::PasswordSet));
    QCOMPARE(added.count(), 2);
    const Result<std::vector<ActivityEvent>> events = activity.newestFirst();
    VERIFY_OK(events);
    QCOMPARE(events->size(), std::size_t{2});
    QCOMPARE(events->at(0).kind, Kind::PasswordSet);
    QCOMPARE(events->at(0).time, profile.clock.second());
    QCOMPARE(events->at(1).time, profile.clock.second() - 10s);
    QCOMPARE(events->at(1).issuer, u"Example"_s);
    QCOMPARE(events->at(1).name, u"alice"_s);
    QVERIFY(events->at(1).account == account->id);
}

void ActivityTest::whileLockedEventsWaitWithoutNames()
{
    Profile profile;
    Activity activity(profile.program.vault(), profile.at.place, profile.clock);
    VERIFY_DONE(profile.program.commit(adding(u"alice"_s)));
    VERIFY_DONE(profile.program.changePassword("", "secret"));
    const AccountPtr account = profile.program.vault().accounts().all().front();
    VERIFY_DONE(profile.program.lock());
    ActivityEvent arrived = ActivityEvent::of(Kind::PushArrived, *account);
    arrived.application = u"Wiki"_s;
    activity.add(arrived);
    activity.add(eventOf(Kind::PushDropped, u"bob"_s));
    QVERIFY(!QFile::exists(profile.at.place.dataPath + u"/activity"_s));
    QCOMPARE(kindsOf(activity), QStringList{u"PasswordNeeded"_s});
    const auto arrivedAt = profile.clock.second();
    profile.clock.advance(60s);
    VERIFY_DONE(profile.program.unlock("secret"));
    QVERIFY(QFile::exists(profile.at.place.dataPath + u"/activity"_s));
    const Result<std::vector<ActivityEvent>> events = activity.newestFirst();
    VERIFY_OK(events);
    QCOMPARE(events->size(), std::size_t{2});
    QCOMPARE(events->at(0).name, QString()); // nobody knows whose it was
    QCOMPARE(events->at(1).name, u"alice"_s);
    QCOMPARE(events->at(1).issuer, u"Example"_s);
    QCOMPARE(events->at(1).application, QString());
    QCOMPARE(events->at(1).time, arrivedAt);
}

void ActivityTest::anotherWriterIsWaitedForWithoutStandingStill()
{
    Profile profile;
    Activity activity(profile.program.vault(), profile.at.place, profile.clock);
    VERIFY_DONE(profile.program.commit(adding(u"alice"_s)));
    QLockFile other(profile.at.place.dataPath + u"/activity.lock"_s);
    QVERIFY(other.tryLock(0));
    QTest::failOnWarning(QRegularExpression(u"activity not written"_s)); // it is about to be
    activity.add(eventOf(Kind::PasswordSet));
    QVERIFY(!QFile::exists(profile.at.place.dataPath + u"/activity"_s));
    QCOMPARE(kindsOf(activity), QStringList{u"password-set"_s}); // it is shown all the same
    other.unlock();
    QTRY_VERIFY(QFile::exists(profile.at.place.dataPath + u"/activity"_s));
    QCOMPARE(kindsOf(activity), QStringList{u"password-set"_s});
}

void ActivityTest::whatWaitsIsWrittenAtTheEnd()
{
    Profile profile;
    VERIFY_DONE(profile.program.commit(adding(u"alice"_s)));
    {
        QLockFile other(profile.at.place.dataPath + u"/activity.lock"_s);
        QVERIFY(other.tryLock(0));
        Activity activity(profile.program.vault(), profile.at.place, profile.clock);
        activity.add(eventOf(Kind::PasswordSet));
        other.unlock();
    }
    Activity again(profile.program.vault(), profile.at.place, profile.clock);
    QCOMPARE(kindsOf(again), QStringList{u"password-set"_s});
}

void ActivityTest::theFileOutlivesANewVaultKey()
{
    Profile profile;
    Activity activity(profile.program.vault(), profile.at.place, profile.clock);
    VERIFY_DONE(profile.program.commit(adding(u"alice"_s)));
    activity.add(eventOf(Kind::AccountAdded));
    VERIFY_DONE(profile.program.changePassword("", "secret"));
    activity.add(eventOf(Kind::PasswordSet));
    VERIFY_DONE(profile.program.move(Vault::Storage::File, "secret", "secret"));
    activity.add(eventOf(Kind::MovedToFile));
    QCOMPARE(kindsOf(activity),
             (QStringList{u"moved-to-file"_s, u"password-set"_s, u"account-added"_s}));
    QCOMPARE(profile.program.vault().storage(), Vault::Storage::File);
}

void ActivityTest::whatTheBinPurgesIsTakenDown()
{
    Profile profile;
    Activity activity(profile.program.vault(), profile.at.place, profile.clock);
    VERIFY_DONE(profile.program.commit(adding(u"alice"_s)));
    const AccountId alice = profile.program.vault().accounts().all().front()->id;
    VERIFY_DONE(profile.program.commit(
        [&](AccountSet &accounts) { return moveToBin(accounts, alice, profile.clock.second()); }));
    profile.clock.advance(30 * 24h);
    VERIFY_REFUSED(profile.program.commit(
                       [](AccountSet &) -> Result<void> { return failure(Errc::VaultFull); }),
                   Errc::VaultFull);
    QCOMPARE(kindsOf(activity), QStringList()); // nothing was changed, nothing was purged
    VERIFY_DONE(profile.program.commit(adding(u"bob"_s)));
    QCOMPARE(namesIn(profile.program.vault()), QStringList{u"bob"_s});
    QCOMPARE(kindsOf(activity), QStringList{u"account-removed"_s});
    const ActivityEvent event = activity.newestFirst()->front();
    QCOMPARE(event.name, u"alice"_s);
    QVERIFY(event.account == alice);
    VERIFY_DONE(profile.program.commit(adding(u"carol"_s)));
    QCOMPARE(kindsOf(activity).size(), 1); // once
}

QTEST_GUILESS_MAIN(ActivityTest)
#include "activity_test.moc"
