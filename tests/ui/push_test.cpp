// Logins that a server asks for by itself: when they are shown, where, and what they leave alone.

#include "tests/ui/lock_fixture.h"
#include "ui/approve_sheet.h"
#include "ui/button.h"
#include "ui/lock_settings.h"
#include "ui/notice_sheet.h"
#include "ui/push_course.h"
#include "ui/search_field.h"
#include "ui/security_sheet.h"

#include <QWindow>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using test::LockedDesk;
using Event = SessionEvents::Event;

namespace {

/// A desk that listens for the logins of its one bound account.
class ListeningDesk : public LockedDesk
{
public:
    explicit ListeningDesk(bool hasPassword = true)
        : LockedDesk({}, hasPassword)
    {
        listens = true;
    }

    [[nodiscard]] bool isListening() const { return watch && watch->accounts > 0; }

    void push(int number = 1) const
    {
        PushedLogin login;
        login.code = {.base = "https://auth.northgate.example/v1",
                      .token = QByteArray::number(number).rightJustified(32, '0').toStdString(),
                      .host = u"auth.northgate.example"_s};
        emit watch->asked(login);
    }

    void leave() const
    {
        window->hide();
        QTRY_VERIFY(!QApplication::activeWindow());
    }

    void comeBack() const
    {
        window->show();
        // This platform believes that the window has had the focus all the time.
        QApplication::setActiveWindow(window);
        emit qApp->focusWindowChanged(window->windowHandle());
    }

    void lockNow() const
    {
        emit window->lockRequested();
        QTRY_VERIFY(isLocked());
    }

    [[nodiscard]] QString notice() const { return notices ? notices->shown : QString(); }
};

/// As long as hands have to rest before a sheet opens by itself, and a little more.
void waitForHands()
{
    QTest::qWait(static_cast<int>(std::chrono::milliseconds(PushCourse::handsRest).count()) + 200);
}

} // namespace

class PushTest : public QObject
{
    Q_OBJECT

private slots:
    void itListensOnceTheCodesArePainted();
    void aNotificationNamesTheAccountAndAClickOpensTheSheet();
    void inAnActiveWindowTheSheetOpensOnceTheHandsRest();
    void theSheetTakesNoKeyAtFirst();
    void anotherSheetStaysOpen();
    void ofAThousandLoginsOneIsShown();
    void theNextWaitsUntilTheFirstIsAnswered();
    void whileLockedANoticeSaysNothingOfIt();
    void aLockTakesTheNameOffTheDesktop();
    void anOpenSheetComesBackAfterTheUnlock();
    void noticesWhileLockedCanBeForbidden();
    void oneThatIsOverIsTakenBack();
    void oneThatExpiresIsTakenBack();
    void withoutNotificationsTheWindowSaysIt();
    void sleepAndHiddenScreensPause_data();
    void sleepAndHiddenScreensPause();
    void aFailureNobodyAskedForIsKept();
};

void PushTest::itListensOnceTheCodesArePainted()
{
    ListeningDesk desk(false);
    QVERIFY(!desk.watch);
    QTRY_VERIFY(desk.isListening());
    QVERIFY(desk.session); // without a password, too: the sleep of the machine counts
}

void PushTest::aNotificationNamesTheAccountAndAClickOpensTheSheet()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    desk.leave();
    desk.push();
    QTRY_VERIFY(desk.notice().startsWith(u"Are you signing in to Northgate?"_s));
    QCOMPARE(desk.begun, 0); // the server was not even asked
    emit desk.notices->clicked();
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    QCOMPARE(desk.channel, LoginChannel::Push);
    QCOMPARE(desk.notice(), QString());
    QCOMPARE(desk.sheet<ApproveSheet>()->attempt().state(), LoginAttempt::State::Reviewing);
}

void PushTest::inAnActiveWindowTheSheetOpensOnceTheHandsRest()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    QTRY_VERIFY(QApplication::activeWindow());
    desk.push();
    auto *search = desk.window->findChild<SearchField *>();
    for (int i = 0; i < 12; ++i) { // for longer than hands have to rest
        QTest::keyClick(search, Qt::Key_K);
        QTest::qWait(100);
    }
    QCOMPARE(desk.begun, 0);
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    QVERIFY(!desk.notices); // what is in front of the person needs no notification
}

void PushTest::theSheetTakesNoKeyAtFirst()
{
    const test::ManualClock clock;
    auto owned = test::sampleAttempt(clock);
    test::FakeAttempt *attempt = owned.get();
    attempt->shown.channel = LoginChannel::Push;
    ApproveSheet sheet(std::move(owned), clock);
    attempt->start();
    sheet.openAtPointer();
    for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Return, Qt::Key_Escape}) {
        QTest::keyClick(sheet.focusWidget() ? sheet.focusWidget() : &sheet, key);
        QVERIFY(attempt->denials.isEmpty() && attempt->approvals.isEmpty());
    }
    const auto isDeny = [&] {
        auto *button = qobject_cast<Button *>(sheet.focusWidget());
        return button && button->text() == u"Deny"_s;
    };
    QTRY_VERIFY(isDeny());
    QTest::keyClick(&sheet, Qt::Key_Escape);
    QCOMPARE(attempt->denials.size(), 1);
}

void PushTest::anotherSheetStaysOpen()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    emit desk.window->securityRequested();
    QTRY_VERIFY(desk.sheet<SecuritySheet>());
    desk.push();
    QTRY_VERIFY(!desk.notice().isEmpty());
    waitForHands();
    QVERIFY(desk.sheet<SecuritySheet>());
    QCOMPARE(desk.begun, 0);
    desk.sheet<SecuritySheet>()->accept();
    desk.comeBack();
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    QCOMPARE(desk.notice(), QString());
}

void PushTest::ofAThousandLoginsOneIsShown()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    desk.leave();
    for (int i = 0; i < 1'000; ++i)
        desk.push(i);
    QCOMPARE(desk.notices->everShown.size(), 1);
    emit desk.notices->clicked();
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    for (int i = 0; i < 1'000; ++i)
        desk.push(i);
    waitForHands();
    QCOMPARE(desk.begun, 1);
    QCOMPARE(desk.notices->everShown.size(), 1);
}

void PushTest::theNextWaitsUntilTheFirstIsAnswered()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    desk.push(1);
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    desk.clock.advance(31s);
    desk.push(2);
    waitForHands();
    QCOMPARE(desk.begun, 1);
    QCOMPARE(desk.notice(), QString());
    auto *sheet = desk.sheet<ApproveSheet>();
    sheet->attempt().deny(DenyReason::Cancel);
    sheet->accept();
    desk.comeBack();
    QTRY_COMPARE(desk.begun, 2);
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
}

void PushTest::whileLockedANoticeSaysNothingOfIt()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    const QStringList secret = test::namesAndCodes(desk);
    desk.lockNow();
    QVERIFY(desk.isListening()); // with what may stay in memory
    desk.push();
    QTRY_COMPARE(desk.notice(), u"A login waits|Unlock Hufu to see it."_s);
    for (const QString &word : secret)
        QVERIFY(!desk.notice().contains(word));
    emit desk.notices->clicked();
    QTest::qWait(50);
    QCOMPARE(desk.begun, 0);
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    QCOMPARE(desk.notice(), QString());
}

void PushTest::aLockTakesTheNameOffTheDesktop()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    desk.leave();
    desk.push();
    QTRY_VERIFY(desk.notice().contains(u"Northgate"_s));
    emit desk.window->lockRequested();
    QVERIFY(!desk.notice().contains(u"Northgate"_s)); // before the keys go
    QTRY_VERIFY(desk.isLocked());
    QCOMPARE(desk.notice(), u"A login waits|Unlock Hufu to see it."_s);
}

void PushTest::anOpenSheetComesBackAfterTheUnlock()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    desk.push();
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    desk.lockNow();
    QVERIFY(!desk.sheet<ApproveSheet>());
    desk.comeBack();
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    QCOMPARE(desk.begun, 2);
    QCOMPARE(desk.channel, LoginChannel::Push);
}

void PushTest::noticesWhileLockedCanBeForbidden()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    LockSettings settings;
    settings.noticesWhileLocked = false;
    emit desk.window->securityRequested();
    QTRY_VERIFY(desk.sheet<SecuritySheet>());
    emit desk.sheet<SecuritySheet>()->changed(settings);
    QVERIFY(
        !LockSettings::read(desk.profile.place.configPath + u"/settings.ini"_s).noticesWhileLocked);
    desk.lockNow();
    QCOMPARE(desk.watch->accounts, std::size_t(0));
    desk.comeBack();
    desk.type(LockedDesk::password);
    QTRY_COMPARE(desk.watch->accounts, std::size_t(3));
    desk.push();
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
}

void PushTest::oneThatIsOverIsTakenBack()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    desk.leave();
    std::optional<PushedLogin> login;
    connect(desk.watch, &LoginWatch::asked, desk.watch,
            [&](const PushedLogin &asked) { login = asked; });
    desk.push();
    QVERIFY(!desk.notice().isEmpty());
    emit desk.watch->isOver(*login);
    QCOMPARE(desk.notice(), QString());
    emit desk.notices->clicked(); // too late
    QTest::qWait(50);
    QCOMPARE(desk.begun, 0);
}

void PushTest::oneThatExpiresIsTakenBack()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    desk.leave();
    desk.push(1);
    QVERIFY(!desk.notice().isEmpty());
    desk.clock.advance(301s);
    emit desk.session->happened(Event::Sleeping);
    emit desk.session->happened(Event::Woken);
    QTRY_COMPARE(desk.notice(), QString());
}

void PushTest::withoutNotificationsTheWindowSaysIt()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    desk.leave();
    desk.push();
    emit desk.notices->notShown();
    QVERIFY(test::everythingShown().contains(u"A login waits for your answer."_s));
    desk.comeBack();
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
    QVERIFY(!test::everythingShown().contains(u"A login waits for your answer."_s));
}

void PushTest::sleepAndHiddenScreensPause_data()
{
    QTest::addColumn<int>("away");
    QTest::addColumn<int>("back");
    QTest::newRow("sleep") << int(Event::Sleeping) << int(Event::Woken);
    QTest::newRow("screen") << int(Event::ScreenLocked) << int(Event::ScreenUnlocked);
    QTest::newRow("another person") << int(Event::UserSwitched) << int(Event::UserReturned);
}

void PushTest::sleepAndHiddenScreensPause()
{
    QFETCH(const int, away);
    QFETCH(const int, back);
    ListeningDesk desk(false);
    QTRY_VERIFY(desk.isListening());
    desk.leave();
    desk.push();
    QVERIFY(!desk.notice().isEmpty());
    emit desk.session->happened(Event(away));
    QVERIFY(desk.watch->isPaused);
    QCOMPARE(desk.notice(), QString()); // nothing on a lock screen
    emit desk.session->happened(Event(back));
    QVERIFY(!desk.watch->isPaused);
    QVERIFY(!desk.notice().isEmpty());
}

void PushTest::aFailureNobodyAskedForIsKept()
{
    ListeningDesk desk;
    QTRY_VERIFY(desk.isListening());
    desk.failsAtOnce = true;
    desk.push();
    QTRY_COMPARE(desk.begun, 1);
    QTest::qWait(100);
    QVERIFY(!desk.sheet<ApproveSheet>());
    desk.clock.advance(31s);
    desk.leave();
    desk.push(2);
    QTRY_VERIFY(!desk.notice().isEmpty());
    emit desk.notices->clicked(); // this one was asked for
    QTRY_VERIFY(desk.sheet<ApproveSheet>());
}

QTEST_MAIN(PushTest)
#include "push_test.moc"
