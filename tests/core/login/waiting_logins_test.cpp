#include "core/login/backoff.h"
#include "core/login/waiting_logins.h"
#include "tests/support/manual_clock.h"

#include <QSignalSpy>
#include <QTest>

#include <map>

using namespace hufu;
using test::ManualClock;
using namespace std::chrono_literals;
using Judged = WaitingLogins::Verdict;

namespace {

PushedLogin pushed(int number, int device = 1)
{
    PushedLogin login;
    login.code = {.base = "https://auth.example.com/v1",
                  .token = QByteArray::number(number).rightJustified(32, '0').toStdString(),
                  .host = QStringLiteral("auth.example.com")};
    login.device.back() = static_cast<std::byte>(device);
    return login;
}

} // namespace

/// What servers may ask of a person's attention, and how long a server is left alone.
class WaitingLoginsTest : public QObject
{
    Q_OBJECT

private slots:
    void ofAThousandOneWaits();
    void theSameLoginNeverWaitsTwice();
    void aServerThatKeepsItsLimitsIsHeard();
    void threeWithoutAnAnswerSilenceABindingForTenMinutes();
    void bindingsDoNotSilenceEachOther();
    void aNewerLoginTakesTheOldersPlace();
    void oneThatIsOverGoes();
    void oneExpires();
    void whatIsForgottenMayComeAgain();
    void delaysDoubleUpToAMinute();
    void delaysAreSpreadByAFifth();

private:
    ManualClock m_clock;
};

void WaitingLoginsTest::ofAThousandOneWaits()
{
    WaitingLogins waiting(m_clock);
    std::map<Judged, int> count;
    for (int i = 0; i < 1'000; ++i)
        ++count[waiting.take(pushed(i))];
    QCOMPARE(count[Judged::Waits], 1);
    QCOMPARE(count[Judged::TooSoon], 1); // enough for a list of what happened
    QCOMPARE(count[Judged::Flood], 998);
    QVERIFY(waiting.takeFirst() == pushed(0));
    QVERIFY(!waiting.first());
}

void WaitingLoginsTest::theSameLoginNeverWaitsTwice()
{
    WaitingLogins waiting(m_clock);
    QCOMPARE(waiting.take(pushed(1)), Judged::Waits);
    QVERIFY(waiting.takeFirst().has_value());
    m_clock.advance(10min);
    QCOMPARE(waiting.take(pushed(1)), Judged::Known);
}

void WaitingLoginsTest::aServerThatKeepsItsLimitsIsHeard()
{
    WaitingLogins waiting(m_clock);
    for (int i = 0; i < 50; ++i) {
        QCOMPARE(waiting.take(pushed(i)), Judged::Waits);
        QVERIFY(waiting.takeFirst() == pushed(i)); // and it is answered
        m_clock.advance(24s);
        QVERIFY(waiting.take(pushed(1'000 + i)) != Judged::Waits); // one that does not
        m_clock.advance(6s);
    }
}

void WaitingLoginsTest::threeWithoutAnAnswerSilenceABindingForTenMinutes()
{
    WaitingLogins waiting(m_clock);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(waiting.take(pushed(i)), Judged::Waits);
        waiting.miss(*waiting.takeFirst());
        m_clock.advance(30s);
    }
    QCOMPARE(waiting.take(pushed(3)), Judged::TooMany);
    m_clock.advance(10min - 91s);
    QCOMPARE(waiting.take(pushed(4)), Judged::Flood);
    m_clock.advance(1s); // the first of the three is ten minutes old
    QCOMPARE(waiting.take(pushed(5)), Judged::Waits);
}

void WaitingLoginsTest::bindingsDoNotSilenceEachOther()
{
    WaitingLogins waiting(m_clock);
    for (int device = 1; device <= int(WaitingLogins::mostWaiting); ++device)
        QCOMPARE(waiting.take(pushed(device, device)), Judged::Waits);
    QCOMPARE(waiting.take(pushed(99, 99)), Judged::TooMany);
    QVERIFY(*waiting.first() == pushed(1, 1)); // the oldest
}

void WaitingLoginsTest::aNewerLoginTakesTheOldersPlace()
{
    WaitingLogins waiting(m_clock);
    QCOMPARE(waiting.take(pushed(1)), Judged::Waits);
    m_clock.advance(30s);
    QCOMPARE(waiting.take(pushed(2)), Judged::Waits);
    QVERIFY(waiting.takeFirst() == pushed(2));
    QVERIFY(!waiting.first());
}

void WaitingLoginsTest::oneThatIsOverGoes()
{
    WaitingLogins waiting(m_clock);
    QCOMPARE(waiting.take(pushed(1)), Judged::Waits);
    waiting.withdraw(pushed(2));
    QVERIFY(waiting.first());
    waiting.withdraw(pushed(1));
    QVERIFY(!waiting.first());
}

void WaitingLoginsTest::oneExpires()
{
    WaitingLogins waiting(m_clock);
    const QSignalSpy expired(&waiting, &WaitingLogins::expired);
    QCOMPARE(waiting.take(pushed(1)), Judged::Waits);
    m_clock.advance(299s);
    waiting.check();
    QVERIFY(waiting.first());
    m_clock.advance(1s);
    waiting.check();
    QVERIFY(!waiting.first());
    QCOMPARE(expired.count(), 1);
}

void WaitingLoginsTest::whatIsForgottenMayComeAgain()
{
    WaitingLogins waiting(m_clock);
    QCOMPARE(waiting.take(pushed(1)), Judged::Waits);
    waiting.clear(); // a lock, after which nothing is listened for
    QVERIFY(!waiting.first());
    QCOMPARE(waiting.take(pushed(1)), Judged::Waits);
}

void WaitingLoginsTest::delaysDoubleUpToAMinute()
{
    Backoff backoff([] { return 0.5; });
    for (const auto delay : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s})
        QCOMPARE(backoff.next(), std::chrono::milliseconds(delay));
    backoff.reset();
    QCOMPARE(backoff.next(), std::chrono::milliseconds(1s));
}

void WaitingLoginsTest::delaysAreSpreadByAFifth()
{
    QCOMPARE(Backoff([] { return 0.0; }).spread(60s), std::chrono::milliseconds(48s));
    const auto most = Backoff([] { return 0.999'999; }).spread(60s);
    QVERIFY(most > 71'990ms && most <= 72s);
}

QTEST_GUILESS_MAIN(WaitingLoginsTest)
#include "waiting_logins_test.moc"
