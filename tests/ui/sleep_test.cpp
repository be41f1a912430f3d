// The machine goes to sleep again and again, as login1 tells it: each time the window is empty and
// Hufu is locked before the sleep may begin.

#include "tests/support/fake_login1.h"
#include "tests/ui/lock_fixture.h"
#include "ui/account_list_view.h"

using namespace hufu;
using namespace Qt::StringLiterals;
using test::LockedDesk;

class SleepTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::FakeLogin1::standInForTheSystem(); }
    void twentySleepsFindTheWindowEmptyAndLocked();
    void theScreenSaverLocks();
};

void SleepTest::twentySleepsFindTheWindowEmptyAndLocked()
{
    test::FakeLogin1 login1;
    QVERIFY(login1.isServing());
    LockedDesk desk([] { return SessionEvents::ofThisSystem(); });
    int heldUntilPainted = 0;
    for (int i = 0; i < 20; ++i) {
        QTRY_VERIFY(desk.showsList());
        QTRY_VERIFY(login1.isInhibited());
        bool wasInhibited = false;
        const test::FirstPaint paint(desk, [&] { wasInhibited = login1.isInhibited(); });
        login1.prepareForSleep(true);
        while (login1.isInhibited())
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        QVERIFY(desk.isLocked()); // the sleep may begin now, not before
        QVERIFY(desk.page()->isVisible());
        QVERIFY(!test::everythingShown().contains(u"Northgate"_s));
        QCOMPARE(paint.rows, 0);
        QCOMPARE(paint.state.value_or(Vault::State::Closed), Vault::State::Open); // keys come later
        heldUntilPainted += wasInhibited ? 1 : 0;
        login1.prepareForSleep(false);
        desk.type(LockedDesk::password);
    }
    QCOMPARE(heldUntilPainted, 20);
}

void SleepTest::theScreenSaverLocks()
{
    test::FakeLogin1 login1;
    LockedDesk desk([] { return SessionEvents::ofThisSystem(); });
    QTRY_VERIFY(desk.showsList());
    QTRY_VERIFY(login1.isInhibited()); // so it listens
    login1.screenSaverActive(u"org.gnome.ScreenSaver"_s, true);
    QTRY_VERIFY(desk.isLocked());
    QVERIFY(!login1.isInhibited());
}

QTEST_MAIN(SleepTest)
#include "sleep_test.moc"
