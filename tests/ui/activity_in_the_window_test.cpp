// What a person does in the window stands in the activity list, and is shown there.

#include "tests/support/qr_picture.h"
#include "tests/ui/lock_fixture.h"
#include "ui/activity_sheet.h"
#include "ui/activity_words.h"
#include "ui/approve_sheet.h"
#include "ui/button.h"
#include "ui/search_field.h"

#include <QElapsedTimer>
#include <QFileDialog>
#include <QListView>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using test::LockedDesk;
using Kind = ActivityEvent::Kind;

namespace {

Button *buttonWith(QWidget *in, const QString &words)
{
    for (Button *found : in->findChildren<Button *>()) {
        if (found->isVisible() && found->text() == words)
            return found;
    }
    return nullptr;
}

QStringList kindsIn(LockedDesk &desk)
{
    const Result<std::vector<ActivityEvent>> events = desk.activity->newestFirst();
    QStringList kinds;
    for (const ActivityEvent &event : events.value_or(std::vector<ActivityEvent>()))
        kinds << activityName(event.kind);
    return kinds;
}

/// The way of a real code: through the helper.
void dropLogin(LockedDesk &desk)
{
    QMimeData picture;
    picture.setData(u"image/png"_s, test::qrPng("https://auth.northgate.example/v1/verify/?token="
                                                "0123456789abcdef0123456789abcdef"));
    emit desk.window->dropped(&picture);
}

ActivitySheet *openSheet(const LockedDesk &desk)
{
    emit desk.window->activityRequested();
    return LockedDesk::sheet<ActivitySheet>();
}

QListView *listIn(ActivitySheet *sheet)
{
    for (auto *list : sheet->findChildren<QListView *>()) {
        if (list->isVisible())
            return list;
    }
    return nullptr;
}

/// The search field of what is shown now.
SearchField *searchIn(ActivitySheet *sheet)
{
    for (auto *field : sheet->findChildren<SearchField *>()) {
        if (field->isVisible())
            return field;
    }
    return nullptr;
}

/// 5,000 logins and changes, an hour apart.
std::vector<ActivityEvent> manyEvents(const Clock &clock)
{
    const std::vector<ActivityEvent> some = test::sampleEvents(clock);
    std::vector<ActivityEvent> events;
    for (std::size_t i = 0; i < ActivityFile::mostEvents; ++i) {
        events.push_back(some[i % some.size()]);
        events.back().time = clock.second() - i * 1h;
    }
    return events;
}

} // namespace

class ActivityInTheWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void deletionsAndPasswordsAreTakenDown();
    void loginsAreTakenDown_data();
    void loginsAreTakenDown();
    void anAnswerUnderWayAtALockIsTakenDown();
    void whatGoesFromTheBinByItselfIsTakenDown();
    void aDamagedListOfUseIsTakenDown();
    void goingOnWithAnOlderStateIsTakenDown();
    void theSheetShowsDaysAndDetails();
    void theSearchFindsWordsOfEveryDetail();
    void anEmptyListSaysSo();
    void aLockLeavesNothingOfTheList();
    void theListIsExportedForTheOwnerOnly();
    void thousandsOfEventsScrollAndSearchAtOnce();
};

void ActivityInTheWindowTest::deletionsAndPasswordsAreTakenDown()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    emit desk.window->deleteRequested(test::idOf(2));
    QTRY_COMPARE(kindsIn(desk), QStringList{u"account-binned"_s});
    emit desk.window->undoRequested();
    QTRY_COMPARE(kindsIn(desk).first(), u"account-restored"_s);
    const std::vector<ActivityEvent> events = *desk.activity->newestFirst();
    QCOMPARE(events.front().issuer, u"Kestrel Git"_s);
    QCOMPARE(events.front().name, u"alice-chen"_s);
    QCOMPARE(events.front().time, desk.clock.second());
}

void ActivityInTheWindowTest::loginsAreTakenDown_data()
{
    QTest::addColumn<std::function<void(test::FakeAttempt &, ApproveSheet *)>>("answer");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("words");
    using Answer = std::function<void(test::FakeAttempt &, ApproveSheet *)>;
    const auto failWith = [](Errc code) -> Answer {
        return [code](test::FakeAttempt &login, ApproveSheet *) {
            login.error = {code, {}};
            login.go(LoginAttempt::State::Failed);
        };
    };
    const auto denyWith = [](const char *words) -> Answer {
        return [words](test::FakeAttempt &, ApproveSheet *sheet) {
            buttonWith(sheet, QString::fromUtf8(words))->click();
        };
    };
    QTest::newRow("approved") << Answer([](test::FakeAttempt &login, ApproveSheet *) {
        login.go(LoginAttempt::State::Approved);
    }) << u"login-approved"_s << u"Login approved"_s;
    QTest::newRow("denied") << denyWith("Deny") << u"login-denied"_s << u"Login denied"_s;
    QTest::newRow("not me") << denyWith("It wasn’t me: deny and report") << u"login-not-me"_s
                            << u"Login denied and reported"_s;
    QTest::newRow("expired") << failWith(Errc::LoginExpired) << u"login-expired"_s
                             << u"Login expired"_s;
    QTest::newRow("elsewhere") << failWith(Errc::LoginAnsweredElsewhere)
                               << u"login-answered-elsewhere"_s << u"Login answered elsewhere"_s;
    QTest::newRow("wrong number") << failWith(Errc::WrongNumber) << u"login-failed"_s
                                  << u"Login failed"_s;
}

void ActivityInTheWindowTest::loginsAreTakenDown()
{
    QFETCH(std::function<void(test::FakeAttempt &, ApproveSheet *)>, answer);
    QFETCH(QString, kind);
    QFETCH(QString, words);
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    dropLogin(desk);
    QTRY_VERIFY_WITH_TIMEOUT(LockedDesk::sheet<ApproveSheet>(), 20'000);
    auto *sheet = LockedDesk::sheet<ApproveSheet>();
    answer(static_cast<test::FakeAttempt &>(sheet->attempt()), sheet);
    QTRY_COMPARE(kindsIn(desk), QStringList{kind});
    const std::vector<ActivityEvent> events = *desk.activity->newestFirst();
    const ActivityEvent &event = events.front();
    QCOMPARE(event.server, u"auth.northgate.example"_s);
    QCOMPARE(event.application, u"Northgate Portal"_s);
    QCOMPARE(event.name, u"alice.chen@northgate.example"_s);
    QCOMPARE(event.browser, u"Firefox 145"_s);
    QCOMPARE(event.address, u"203.0.113.24"_s);
    QCOMPARE(event.place, u"Hangzhou, China"_s);
    QCOMPARE(event.requestId, u"7f3a91c0"_s);
    QCOMPARE(event.failure, kind == u"login-failed"_s ? u"WrongNumber"_s : QString());
    QCOMPARE(ActivityWords::headline(event.kind), words);
}

void ActivityInTheWindowTest::anAnswerUnderWayAtALockIsTakenDown()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    dropLogin(desk);
    QTRY_VERIFY_WITH_TIMEOUT(LockedDesk::sheet<ApproveSheet>(), 20'000);
    static_cast<test::FakeAttempt &>(LockedDesk::sheet<ApproveSheet>()->attempt())
        .go(LoginAttempt::State::Sending);
    emit desk.window->lockRequested();
    QTRY_VERIFY(desk.isLocked());
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.showsList());
    QCOMPARE(kindsIn(desk).first(), u"login-uncertain"_s);
}

void ActivityInTheWindowTest::whatGoesFromTheBinByItselfIsTakenDown()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    emit desk.window->deleteRequested(test::idOf(2));
    QTRY_COMPARE(kindsIn(desk).size(), 1);
    desk.clock.advance(30 * 24h);
    emit desk.window->favouriteRequested(test::idOf(3));
    QTRY_COMPARE(kindsIn(desk), (QStringList{u"account-removed"_s, u"account-binned"_s}));
    QCOMPARE(desk.activity->newestFirst()->front().issuer, u"Kestrel Git"_s);
}

void ActivityInTheWindowTest::aDamagedListOfUseIsTakenDown()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    emit desk.window->lockRequested();
    QTRY_VERIFY(desk.isLocked());
    QFile file(desk.profile.place.dataPath + u"/usage"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nobody sealed this");
    file.close();
    desk.type(LockedDesk::password);
    QTRY_VERIFY(kindsIn(desk).contains(u"usage-begun-anew"_s));
    ActivitySheet *sheet = openSheet(desk);
    QVERIFY(sheet);
    QVERIFY(QFile::exists(desk.profile.place.dataPath + u"/usage.bad"_s));
}

void ActivityInTheWindowTest::goingOnWithAnOlderStateIsTakenDown()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    const test::MemoryKeychain backup = *desk.keychain;
    emit desk.window->favouriteRequested(test::idOf(2));
    QTRY_VERIFY(desk.vault->accounts().find(test::idOf(2))->favourite);
    *desk.keychain = backup; // somebody has put it back
    emit desk.window->retryRequested();
    QTRY_VERIFY(desk.vault->state() == Vault::State::OlderState);
    QCOMPARE(kindsIn(desk), QStringList());
    QTRY_VERIFY(buttonWith(desk.window, u"Go on with it"_s));
    buttonWith(desk.window, u"Go on with it"_s)->click();
    QTRY_VERIFY(desk.vault->state() == Vault::State::Open);
    QTRY_COMPARE(kindsIn(desk), QStringList{u"older-state-accepted"_s});
}

void ActivityInTheWindowTest::theSheetShowsDaysAndDetails()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    ActivitySheet sheet;
    sheet.show();
    sheet.setEvents(test::sampleEvents(desk.clock), desk.clock.second());
    const QAbstractItemModel *model = listIn(&sheet)->model();
    QCOMPARE(model->index(0, 0).data().toString(), u"Today"_s);
    QVERIFY(!(model->index(0, 0).flags() & Qt::ItemIsEnabled));
    QVERIFY(model->index(1, 0).data().toString().startsWith(u"Login denied and reported"_s));
    QCOMPARE(listIn(&sheet)->currentIndex().row(), 1);
    QTest::keyClick(sheet.focusWidget(), Qt::Key_Down);
    QCOMPARE(listIn(&sheet)->currentIndex().row(), 2);
    QTest::keyClick(sheet.focusWidget(), Qt::Key_Up);
    QTest::keyClick(sheet.focusWidget(), Qt::Key_Return);
    QVERIFY(!listIn(&sheet));
    const QString shown = test::everythingShown();
    for (const QString &words :
         {u"Login denied and reported"_s, u"Frankfurt, Germany"_s, u"203.0.113.24"_s,
          u"different from here"_s, u"change it, and tell your administrator"_s, u"7f3a91c0"_s})
        QVERIFY2(QString(shown).remove(QChar(0x200b)).contains(words), qPrintable(words));
    QTest::keyClick(&sheet, Qt::Key_Escape);
    QVERIFY(listIn(&sheet));
    QVERIFY(sheet.isVisible());
    QTest::keyClick(&sheet, Qt::Key_Escape);
    QVERIFY(!sheet.isVisible());
}

void ActivityInTheWindowTest::theSearchFindsWordsOfEveryDetail()
{
    const test::ManualClock clock;
    ActivitySheet sheet;
    sheet.show();
    sheet.setEvents(test::sampleEvents(clock), clock.second());
    auto *search = searchIn(&sheet);
    const auto found = [&](const QString &words) {
        search->setText(words);
        int events = 0;
        for (int row = 0; row < sheet.model().rowCount(); ++row)
            events += sheet.model().eventAt(row) ? 1 : 0;
        return events;
    };
    QCOMPARE(found({}), 9);
    QCOMPARE(found(u"FRANKFURT"_s), 1);
    QCOMPARE(found(u"northgate approved"_s), 1);
    QCOMPARE(found(u"kestrel"_s), 1);
    QCOMPARE(found(u"password"_s), 1);
    QCOMPARE(found(u"203.0.113"_s), 4);
    QCOMPARE(found(u"zebra"_s), 0);
    QVERIFY(!listIn(&sheet));
    QVERIFY(test::everythingShown().contains(u"No event fits"_s));
    QTest::keyClick(&sheet, Qt::Key_Escape); // clears the search first
    QVERIFY(sheet.isVisible());
    QVERIFY(listIn(&sheet));
}

void ActivityInTheWindowTest::anEmptyListSaysSo()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    ActivitySheet *sheet = openSheet(desk);
    QVERIFY(sheet);
    QVERIFY(test::everythingShown().contains(u"Nothing has happened yet"_s));
    QVERIFY(!buttonWith(sheet, u"Export…"_s));
    emit desk.window->deleteRequested(test::idOf(2)); // shown as soon as it happens
    QTRY_VERIFY(listIn(sheet));
    QVERIFY(buttonWith(sheet, u"Export…"_s));
}

void ActivityInTheWindowTest::aLockLeavesNothingOfTheList()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    emit desk.window->deleteRequested(test::idOf(1));
    QTRY_VERIFY(kindsIn(desk).contains(u"account-binned"_s));
    QPointer<ActivitySheet> sheet = openSheet(desk);
    QVERIFY(sheet);
    QTRY_VERIFY(listIn(sheet));
    QVERIFY(test::everythingShown().contains(u"Northgate"_s));
    const QStringList words = test::namesAndCodes(desk);
    emit desk.window->lockRequested();
    QTRY_VERIFY(desk.isLocked());
    QVERIFY(!sheet);
    for (const QString &word : words)
        QVERIFY2(!test::everythingShown().contains(word), qPrintable(word));
    QVERIFY(!openSheet(desk));
}

void ActivityInTheWindowTest::theListIsExportedForTheOwnerOnly()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    emit desk.window->deleteRequested(test::idOf(2));
    QTRY_VERIFY(!kindsIn(desk).isEmpty());
    ActivitySheet *sheet = openSheet(desk);
    QTRY_VERIFY(buttonWith(sheet, u"Export…"_s));
    buttonWith(sheet, u"Export…"_s)->click();
    QTRY_VERIFY(LockedDesk::sheet<QFileDialog>());
    const QString path = desk.profile.folder.filePath(u"list.csv"_s);
    emit LockedDesk::sheet<QFileDialog>()->fileSelected(path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.startsWith("\xef\xbb\xbfTime,Event,Issuer,"));
    QCOMPARE(text.count("\r\n"), 2);
    QVERIFY(text.contains(",Account deleted,Kestrel Git,alice-chen,"));
    QVERIFY(!text.contains("12345678901234567890"));
    QCOMPARE(file.permissions() & 0x0077, QFile::Permissions());
}

void ActivityInTheWindowTest::thousandsOfEventsScrollAndSearchAtOnce()
{
    const test::ManualClock clock;
    std::vector<ActivityEvent> events = manyEvents(clock);
    ActivitySheet sheet;
    sheet.show();
    QElapsedTimer timer;
    timer.start();
    sheet.setEvents(std::move(events), clock.second());
    QCoreApplication::processEvents();
    const auto shown = timer.restart();
    for (int page = 0; page < 20; ++page) {
        QTest::keyClick(searchIn(&sheet), Qt::Key_PageDown);
        QCoreApplication::processEvents();
    }
    const auto scrolled = timer.restart();
    QVERIFY(listIn(&sheet)->currentIndex().row() > 50);
    searchIn(&sheet)->setText(u"frankfurt"_s);
    QCoreApplication::processEvents();
    const auto searched = timer.restart();
    searchIn(&sheet)->setText(u"frankfurt g"_s);
    QCoreApplication::processEvents();
    qInfo("5,000 events: shown in %lld ms, a page in %lld ms, first search %lld ms, next %lld ms",
          shown, scrolled / 20, searched, timer.elapsed());
    QVERIFY2(shown < 5'000, "far beyond what a busy machine explains");
}

QTEST_MAIN(ActivityInTheWindowTest)
#include "activity_in_the_window_test.moc"
