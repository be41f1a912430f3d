#include "core/account/server_clocks.h"
#include "tests/support/manual_clock.h"

#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace std::chrono_literals;
using hufu::test::ManualClock;
using std::chrono::milliseconds;

namespace {

const std::string ours = "https://auth.example.com/v1";
const std::string other = "https://login.example.org/v1";

Account boundTo(const std::string &api)
{
    Account account;
    account.binding.emplace();
    account.binding->api = api;
    return account;
}

/// A server whose clock goes right, seen from a computer whose clock is `behind` the truth.
struct Exchange
{
    ManualClock &clock;
    ServerClocks &clocks;
    milliseconds behind;

    /// An answer whose way back and forth took `way`, the server's share of it being `there`.
    bool answer(milliseconds way, milliseconds there, const std::string &api = ours) const
    {
        const milliseconds sent = clock.sinceBoot();
        clock.advance(there);
        const UtcTime serverTime = clock.now() + behind;
        clock.advance(way - there);
        return clocks.take(api, serverTime, sent);
    }

    void settle(const std::string &api = ours) const
    {
        for (int i = 0; i < ServerClocks::leastAnswers; ++i)
            QVERIFY(answer(40ms, 20ms, api));
    }
};

} // namespace

class ServerClocksTest : public QObject
{
    Q_OBJECT

private slots:
    void theErrorIsHalfOfTheWay();
    void theShortestWayCounts();
    void aSlowAnswerIsNoMeasurement();
    void moreThanADayIsNotBelieved();
    void threeAnswersMakeItCertain();
    void answersThatDisagreeBeginAnew();
    void theErrorGrowsAndTheMeasurementEnds();
    void itBelongsToOneServerOnly();
    void codesFollowItOnlyOnceThatIsAgreed();
    void aCodeIsNeverEarly();
    void aWallClockThatIsSetMovesTheOffset();
    void aClockThatIsRightAgainEndsTheConsent();
    void smallChangesAreNoJump();
    void sleepIsNoJump();
    void whatIsKeptComesBackInTheSameBoot();
    void whatIsKeptComesBackAfterARestart();
    void whatIsKeptTooLongComesBackWithoutItsMeasurement();
    void theNewerMeasurementCounts();
    void whatWasLearntMeanwhileAndWhatIsKeptCountTogether();
};

void ServerClocksTest::theErrorIsHalfOfTheWay()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    QVERIFY(!clocks.of(ours));
    QVERIFY(exchange.answer(400ms, 350ms)); // the way there was slow, the way back quick
    const std::optional<ServerClock> known = clocks.of(ours);
    QVERIFY(known);
    QCOMPARE(known->error, 200ms);
    QVERIFY(std::chrono::abs(known->offset - 42s) <= known->error);
    QCOMPARE(known->offset, 42s + 150ms);
    QCOMPARE(clocks.timeAt(ours), clock.now() + 42s + 150ms);
    QCOMPARE(clocks.timeAt(other), clock.now());
}

void ServerClocksTest::theShortestWayCounts()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, -20s};
    QVERIFY(exchange.answer(2'000ms, 1'900ms));
    QVERIFY(exchange.answer(20ms, 10ms));
    QVERIFY(exchange.answer(2'000ms, 100ms));
    const std::optional<ServerClock> known = clocks.of(ours);
    QVERIFY(known && known->isCertain);
    QCOMPARE(known->offset, milliseconds(-20s));
    QCOMPARE(known->error, 10ms);
    QCOMPARE(known->age, 2'000ms);
}

void ServerClocksTest::aSlowAnswerIsNoMeasurement()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    QVERIFY(!exchange.answer(3'000ms, 1'500ms));
    QVERIFY(!clocks.take(ours, clock.now(), clock.sinceBoot() + 1ms)); // sent after it came
    QVERIFY(!clocks.of(ours));
    QVERIFY(exchange.answer(2'999ms, 1'500ms));
    QVERIFY(clocks.of(ours));
}

void ServerClocksTest::moreThanADayIsNotBelieved()
{
    for (const milliseconds direction : {1ms, -1ms}) {
        ManualClock clock;
        ServerClocks clocks(clock, "boot");
        const milliseconds day = 24h / 1ms * direction;
        const Exchange tooFar{clock, clocks, day + 1000 * direction};
        QVERIFY(!tooFar.answer(40ms, 20ms));
        QVERIFY(!clocks.of(ours));
        const Exchange justSo{clock, clocks, day};
        QVERIFY(justSo.answer(40ms, 20ms));
    }
}

void ServerClocksTest::threeAnswersMakeItCertain()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    for (int answers = 1; answers <= 3; ++answers) {
        QVERIFY(exchange.answer(40ms, 20ms));
        QCOMPARE(clocks.of(ours)->isCertain, answers == 3);
    }
}

void ServerClocksTest::answersThatDisagreeBeginAnew()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    exchange.behind = 50s; // somebody set the server's clock
    QVERIFY(exchange.answer(40ms, 20ms));
    QCOMPARE(clocks.of(ours)->offset, milliseconds(50s));
    QVERIFY(!clocks.of(ours)->isCertain);
    exchange.behind = 50s + 500ms; // several machines answer for it
    QVERIFY(exchange.answer(40ms, 20ms));
    QVERIFY(exchange.answer(40ms, 20ms));
    QVERIFY(clocks.of(ours)->isCertain);
}

void ServerClocksTest::theErrorGrowsAndTheMeasurementEnds()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    clock.advance(24h);
    clocks.check();
    QCOMPARE(clocks.of(ours)->error, 20ms + 8'640ms);
    QCOMPARE(clocks.of(ours)->age, milliseconds(24h));
    clock.advance(48h);
    clocks.check();
    QVERIFY(clocks.of(ours));
    QVERIFY(clocks.of(ours)->error < 30s); // less than one step
    QSignalSpy changes(&clocks, &ServerClocks::changed);
    clock.advance(1ms);
    QVERIFY(!clocks.of(ours)); // also before anybody looked
    QCOMPARE(clocks.timeAt(ours), clock.now());
    clocks.check();
    QCOMPARE(changes.size(), 1);
    QVERIFY(clocks.servers().empty());
}

void ServerClocksTest::itBelongsToOneServerOnly()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    clocks.setUsed(ours, true);
    QCOMPARE(clocks.codeOffset(boundTo(ours)), 42s);
    QCOMPARE(clocks.codeOffset(boundTo(other)), 0s);
    QCOMPARE(clocks.codeOffset(boundTo("https://auth.example.com/v2")), 0s);
    QCOMPARE(clocks.codeOffset(Account()), 0s);
    Account foreign = boundTo(ours);
    foreign.binding->provider = "another";
    QCOMPARE(clocks.codeOffset(foreign), 0s);
    QCOMPARE(clocks.servers(), std::vector<std::string>{ours});
}

void ServerClocksTest::codesFollowItOnlyOnceThatIsAgreed()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    clocks.setUsed(ours, true);
    QVERIFY(exchange.answer(40ms, 20ms));
    QCOMPARE(clocks.codeOffset(boundTo(ours)), 0s); // not certain yet
    exchange.settle();
    QCOMPARE(clocks.codeOffset(boundTo(ours)), 42s);
    QSignalSpy changes(&clocks, &ServerClocks::changed);
    clocks.setUsed(ours, false);
    clocks.setUsed(ours, false);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(clocks.codeOffset(boundTo(ours)), 0s);
    QVERIFY(clocks.of(ours)); // and it is known still
}

void ServerClocksTest::aCodeIsNeverEarly()
{
    ManualClock clock;
    for (const auto &[behind, whole] :
         {std::pair(12'999ms, 12s), std::pair(-12'001ms, -13s), std::pair(-13'000ms, -13s)}) {
        ServerClocks clocks(clock, "boot");
        Exchange{clock, clocks, behind}.settle();
        clocks.setUsed(ours, true);
        QCOMPARE(clocks.codeOffset(boundTo(ours)), whole);
    }
}

void ServerClocksTest::aWallClockThatIsSetMovesTheOffset()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    clocks.setUsed(ours, true);
    QSignalSpy changes(&clocks, &ServerClocks::changed);
    const UtcTime truth = clocks.timeAt(ours);
    clock.set(clock.now() - 10min);
    clocks.check();
    QCOMPARE(changes.size(), 1);
    QCOMPARE(clocks.of(ours)->offset, milliseconds(10min + 42s));
    QCOMPARE(clocks.codeOffset(boundTo(ours)), 10min + 42s);
    QCOMPARE(clocks.timeAt(ours), truth);
    clocks.check();
    QCOMPARE(changes.size(), 1);
}

void ServerClocksTest::aClockThatIsRightAgainEndsTheConsent()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    clocks.setUsed(ours, true);
    clock.set(clock.now() + 41s); // not quite
    clocks.check();
    QVERIFY(!clocks.isUsed(ours));
    QCOMPARE(clocks.codeOffset(boundTo(ours)), 0s);
    clock.set(clock.now() - 41s); // and nobody's consent comes back by itself
    clocks.check();
    QVERIFY(!clocks.isUsed(ours));
}

void ServerClocksTest::smallChangesAreNoJump()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    QSignalSpy changes(&clocks, &ServerClocks::changed);
    for (int i = 0; i < 10; ++i) { // each second a little, as NTP does it
        clock.advance(1s);
        clock.set(clock.now() + 1'900ms);
        clocks.check();
    }
    QCOMPARE(changes.size(), 0);
    QCOMPARE(clocks.of(ours)->offset, milliseconds(23s));
}

void ServerClocksTest::sleepIsNoJump()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    QSignalSpy changes(&clocks, &ServerClocks::changed);
    clock.advance(8h);
    clocks.check();
    QCOMPARE(changes.size(), 0);
    QCOMPARE(clocks.of(ours)->offset, milliseconds(42s));
}

void ServerClocksTest::whatIsKeptComesBackInTheSameBoot()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    clocks.setUsed(ours, true);
    clock.advance(1h);
    const std::vector<KeptServerClock> kept = clocks.keep();
    QCOMPARE(kept.size(), 1U);
    clock.advance(1h);
    clock.set(clock.now() - 5min); // while nobody looked

    ServerClocks next(clock, "boot");
    QSignalSpy changes(&next, &ServerClocks::changed);
    next.restore(kept);
    QCOMPARE(changes.size(), 1);
    QVERIFY(next.isUsed(ours));
    QCOMPARE(next.of(ours)->offset, milliseconds(5min + 42s));
    QCOMPARE(next.of(ours)->age, milliseconds(2h));
    QVERIFY(next.of(ours)->isCertain);
    QCOMPARE(next.timeAt(ours), clocks.timeAt(ours));
}

void ServerClocksTest::whatIsKeptComesBackAfterARestart()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    const std::vector<KeptServerClock> kept = clocks.keep();
    for (const char *boot : {"another boot", ""}) {
        ManualClock later(clock.now() + 10h); // since another boot
        ServerClocks next(later, boot);
        next.restore(kept);
        QCOMPARE(next.of(ours)->offset, milliseconds(42s));
        QCOMPARE(next.of(ours)->age, milliseconds(10h));
        QCOMPARE(next.of(ours)->error, 20ms + 3'600ms);
    }
    ManualClock before(clock.now() - 1h); // measured in the future: set meanwhile
    ServerClocks next(before, "another boot");
    next.restore(kept);
    QVERIFY(!next.of(ours));
}

void ServerClocksTest::whatIsKeptTooLongComesBackWithoutItsMeasurement()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    const Exchange exchange{clock, clocks, 42s};
    exchange.settle();
    exchange.settle(other);
    clocks.setUsed(ours, true);
    clock.advance(72h + 1s);
    QCOMPARE(clocks.servers(), std::vector<std::string>{ours});
    const std::vector<KeptServerClock> kept = clocks.keep();
    QCOMPARE(kept.size(), 1U);
    QCOMPARE(kept.front().answers, 0);
    ServerClocks next(clock, "boot");
    next.restore(kept);
    QVERIFY(next.isUsed(ours));
    QVERIFY(!next.of(ours));
    QCOMPARE(next.codeOffset(boundTo(ours)), 0s);
}

void ServerClocksTest::theNewerMeasurementCounts()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    Exchange{clock, clocks, 42s}.settle();
    const std::vector<KeptServerClock> kept = clocks.keep();
    clock.advance(1h);
    Exchange{clock, clocks, 50s}.settle();
    clocks.restore(kept);
    QCOMPARE(clocks.of(ours)->offset, milliseconds(50s));
    ServerClocks next(clock, "boot");
    next.restore(kept);
    next.restore(clocks.keep());
    QCOMPARE(next.of(ours)->offset, milliseconds(50s));
}

void ServerClocksTest::whatWasLearntMeanwhileAndWhatIsKeptCountTogether()
{
    ManualClock clock;
    ServerClocks clocks(clock, "boot");
    Exchange{clock, clocks, 42s}.settle();
    clocks.setUsed(ours, true);
    const std::vector<KeptServerClock> kept = clocks.keep();
    clocks.clear(); // locked
    clock.advance(1h);
    QVERIFY((Exchange{clock, clocks, 42s}.answer(40ms, 20ms)));
    QVERIFY(!clocks.of(ours)->isCertain);
    clocks.restore(kept); // unlocked
    QCOMPARE(clocks.codeOffset(boundTo(ours)), 42s);
    QCOMPARE(clocks.of(ours)->age, 0ms); // the newer one

    clocks.clear();
    QVERIFY((Exchange{clock, clocks, 99s}.answer(40ms, 20ms)));
    clocks.restore(kept); // of another time
    QVERIFY(!clocks.of(ours)->isCertain);
}

QTEST_GUILESS_MAIN(ServerClocksTest)
#include "server_clocks_test.moc"
