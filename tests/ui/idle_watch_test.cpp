#include "tests/support/manual_clock.h"
#include "ui/idle_watch.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace hufu;
using namespace std::chrono_literals;

namespace {

/// Counts the clicks that reach it.
class Clicked : public QWidget
{
public:
    int clicks = 0;

protected:
    void mousePressEvent(QMouseEvent *) override { ++clicks; }
};

} // namespace

class IdleWatchTest : public QObject
{
    Q_OBJECT

private slots:
    void theTimeRunsFromTheLastUse();
    void afterALongSleepTheFirstEventActsOnNothing();
    void aTickAfterTheSleepIsEnough();
    void withoutALimitNobodyIsIdle();
};

void IdleWatchTest::theTimeRunsFromTheLastUse()
{
    test::ManualClock clock;
    IdleWatch watch(clock);
    QSignalSpy idle(&watch, &IdleWatch::isIdle);
    Clicked window;
    watch.setLimit(15min);
    clock.advance(14min);
    QTest::mouseClick(&window, Qt::LeftButton);
    QCOMPARE(window.clicks, 1);
    clock.advance(14min);
    watch.check();
    QCOMPARE(idle.count(), 0);
    QTest::keyClick(&window, Qt::Key_A);
    clock.advance(15min - 1ms);
    watch.check();
    QCOMPARE(idle.count(), 0);
    clock.advance(1ms);
    watch.check();
    QCOMPARE(idle.count(), 1);
    watch.check(); // once
    QCOMPARE(idle.count(), 1);
}

void IdleWatchTest::afterALongSleepTheFirstEventActsOnNothing()
{
    test::ManualClock clock;
    IdleWatch watch(clock);
    QSignalSpy idle(&watch, &IdleWatch::isIdle);
    Clicked window;
    watch.setLimit(15min);
    clock.advance(8h); // no timer ran meanwhile
    QTest::mouseClick(&window, Qt::LeftButton);
    QCOMPARE(window.clicks, 0);
    QCOMPARE(idle.count(), 0); // not from inside the event
    QTRY_COMPARE(idle.count(), 1);
    QTest::mouseClick(&window, Qt::LeftButton);
    QCOMPARE(window.clicks, 1);
}

void IdleWatchTest::aTickAfterTheSleepIsEnough()
{
    test::ManualClock clock;
    IdleWatch watch(clock);
    QSignalSpy idle(&watch, &IdleWatch::isIdle);
    watch.setLimit(15min);
    clock.set(clock.now() + 8h); // a wall clock that jumps is no idle time
    watch.check();
    QCOMPARE(idle.count(), 0);
    clock.advance(15min);
    watch.check();
    QCOMPARE(idle.count(), 1);
}

void IdleWatchTest::withoutALimitNobodyIsIdle()
{
    test::ManualClock clock;
    IdleWatch watch(clock);
    QSignalSpy idle(&watch, &IdleWatch::isIdle);
    Clicked window;
    watch.setLimit(15min);
    watch.setLimit(0ms);
    clock.advance(24h);
    watch.check();
    QTest::mouseClick(&window, Qt::LeftButton);
    QTest::qWait(10);
    QCOMPARE(window.clicks, 1);
    QCOMPARE(idle.count(), 0);
}

QTEST_MAIN(IdleWatchTest)
#include "idle_watch_test.moc"
