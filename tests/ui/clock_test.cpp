#include "tests/ui/lock_fixture.h"
#include "ui/bind_sheet.h"
#include "ui/binding_fetch_sheet.h"
#include "ui/button.h"
#include "ui/clock_words.h"
#include "ui/notice_sheet.h"
#include "ui/sheet_parts.h"

#include <QClipboard>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A desk whose first account, Northgate, is bound to a server that tells its time.
class TimedDesk : public LockedDesk
{
public:
    /// @param hasPassword  without one nothing locks when hours pass
    explicit TimedDesk(bool hasPassword = true)
        : LockedDesk({}, hasPassword)
    {
        window->show();
        QTRY_VERIFY(showsList());
        QTRY_VERIFY(window->ticker().isRunning());
        api = bound()->binding->api;
    }

    [[nodiscard]] AccountPtr bound() const { return vault->accounts().find(idOf(1)); }
    [[nodiscard]] AccountPtr other() const { return vault->accounts().find(idOf(2)); }
    [[nodiscard]] AccountRow row(const AccountPtr &account) const
    {
        const auto *model = qobject_cast<AccountListModel *>(window->list().model());
        return model->at(model->rowOf(account->id));
    }
    [[nodiscard]] StatusLine &line() const { return window->statusLine(); }
    [[nodiscard]] Button *link() const { return line().findChild<Button *>(); }
    [[nodiscard]] QString sentence() const
    {
        return line().isVisible() ? line().accessibleName() : QString();
    }

    /// The server's answers say that its clock is ahead of ours by that.
    void serverSays(std::chrono::milliseconds ahead) const
    {
        for (int i = 0; i < ServerClocks::leastAnswers; ++i)
            QVERIFY(serverClocks->take(api, clock.now() + ahead, clock.sinceBoot()));
    }

    std::string api;
};

} // namespace

/// What the window says and does about clocks (protocol.md B5, contracts.md 6).
class ClockTest : public QObject
{
    Q_OBJECT

private slots:
    void aDifferenceIsSpokenOfFromTenSecondsOn_data();
    void aDifferenceIsSpokenOfFromTenSecondsOn();
    void oneAnswerIsNotSpokenOf();
    void theAgeIsSaidAndTheSentenceEnds();
    void theServersTimeIsUsedForItsAccountsOnly();
    void copiesFollowTheServersTime();
    void aNewAccountsFirstCodeFollowsTheServersTime();
    void whatIsUsedAndNotKnownIsSaid();
    void aLockedWindowNamesNoServer();
    void consentOutlivesALock();
    void longWordsOfTheActionLeaveTheSentenceItsRoom();
    void otherSentencesComeFirst();
    void aSetClockIsSeenWithinASecond();
    void aSetClockIsSeenInTheFirstPaint();
};

void ClockTest::aDifferenceIsSpokenOfFromTenSecondsOn_data()
{
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<bool>("isOffered");

    const QString host = u"auth.northgate.example"_s;
    QTest::newRow("9.9 s") << 9'999 << QString() << false;
    QTest::newRow("10 s behind") << 10'000
                                 << u"This computer's clock is 10 s behind %1."_s.arg(host)
                                 << false;
    QTest::newRow("10 s ahead") << -10'000
                                << u"This computer's clock is 10 s ahead of %1."_s.arg(host)
                                << false;
    QTest::newRow("14.9 s") << 14'900 << u"This computer's clock is 15 s behind %1."_s.arg(host)
                            << false;
    QTest::newRow("15 s") << 15'000 << u"This computer's clock is 15 s behind %1."_s.arg(host)
                          << true;
    QTest::newRow("10 min") << 600'000 << u"This computer's clock is 10 min behind %1."_s.arg(host)
                            << true;
    QTest::newRow("20 h") << -72'000'000
                          << u"This computer's clock is 20 h ahead of %1."_s.arg(host) << true;
}

void ClockTest::aDifferenceIsSpokenOfFromTenSecondsOn()
{
    QFETCH(int, milliseconds);
    QFETCH(QString, sentence);
    QFETCH(bool, isOffered);
    TimedDesk desk;
    desk.serverSays(std::chrono::milliseconds(milliseconds));
    QCOMPARE(desk.sentence(), sentence);
    QCOMPARE(desk.link()->isVisible(), isOffered);
}

void ClockTest::oneAnswerIsNotSpokenOf()
{
    TimedDesk desk;
    QVERIFY(desk.serverClocks->take(desk.api, desk.clock.now() + 42s, desk.clock.sinceBoot()));
    QCOMPARE(desk.sentence(), QString());
    desk.serverSays(42s);
    QVERIFY(!desk.sentence().isEmpty());
}

void ClockTest::theAgeIsSaidAndTheSentenceEnds()
{
    TimedDesk desk(false);
    desk.serverSays(42s);
    QVERIFY(!desk.sentence().contains(u"Measured"_s));
    desk.clock.advance(5h);
    QTRY_VERIFY(desk.sentence().contains(u"Measured 5 h ago."_s));
    desk.clock.advance(67h + 1min);
    QTRY_COMPARE(desk.sentence(), QString());
}

void ClockTest::theServersTimeIsUsedForItsAccountsOnly()
{
    TimedDesk desk;
    desk.serverSays(42s);
    const auto now = desk.clock.second();
    QCOMPARE(desk.row(desk.bound()).code, desk.bound()->codeAt(now)->text);
    QCOMPARE(desk.link()->text(), u"Use the server's time"_s);
    desk.link()->click();
    QCOMPARE(desk.row(desk.bound()).code, desk.bound()->codeAt(now + 42s)->text);
    QVERIFY(desk.row(desk.bound()).code != desk.bound()->codeAt(now)->text);
    QCOMPARE(desk.row(desk.bound()).secondsLeft,
             (desk.bound()->codeAt(now + 42s)->until - (now + 42s)).count());
    QCOMPARE(desk.row(desk.other()).code, desk.other()->codeAt(now)->text);
    QCOMPARE(desk.sentence(),
             u"Codes of auth.northgate.example follow its clock, 42 s ahead of this computer's."_s);

    QCOMPARE(desk.link()->text(), u"Use this computer's time"_s);
    desk.link()->click();
    QCOMPARE(desk.row(desk.bound()).code, desk.bound()->codeAt(now)->text);
    QCOMPARE(desk.link()->text(), u"Use the server's time"_s);
}

void ClockTest::copiesFollowTheServersTime()
{
    TimedDesk desk;
    desk.serverSays(-42s);
    desk.link()->click();
    const auto now = desk.clock.second() - 42s;
    const Result<OneTimeCode> code = desk.bound()->codeAt(now);
    emit desk.window->copyRequested(desk.bound()->id, false);
    QCOMPARE(QApplication::clipboard()->text(), code->text);
    emit desk.window->copyNextRequested(desk.bound()->id);
    QCOMPARE(QApplication::clipboard()->text(), desk.bound()->codeAt(code->until)->text);
    emit desk.window->copyRequested(desk.other()->id, false);
    QCOMPARE(QApplication::clipboard()->text(), desk.other()->codeAt(desk.clock.second())->text);
    QCOMPARE(desk.usage->of(desk.bound()->id).count, 2ULL);
}

void ClockTest::aNewAccountsFirstCodeFollowsTheServersTime()
{
    const ManualClock clock;
    KeyUri uri = sampleUri();
    const auto later = codeAt(uri.secret, uri.parameters, clock.second() + 42s);
    BindSheet sheet(std::move(uri), u"here"_s, {}, clock);
    sheet.setCodeOffset(42s);
    const auto widgets = sheet.findChildren<QWidget *>();
    const QString shown = later->text.left(3) + u' ' + later->text.mid(3);
    QVERIFY(std::any_of(widgets.begin(), widgets.end(), [&](const QWidget *widget) {
        return widget->accessibleName().replace(QChar(0xa0), u' ') == shown;
    }));
}

void ClockTest::whatIsUsedAndNotKnownIsSaid()
{
    TimedDesk desk(false);
    desk.serverSays(42s);
    desk.link()->click();
    desk.clock.advance(73h);
    QTRY_VERIFY(desk.sentence().startsWith(u"The time of auth.northgate.example is not known"_s));
    const auto now = desk.clock.second();
    QTRY_COMPARE(desk.row(desk.bound()).code, desk.bound()->codeAt(now)->text);
    desk.link()->click();
    QCOMPARE(desk.sentence(), QString());
}

void ClockTest::aLockedWindowNamesNoServer()
{
    TimedDesk desk;
    desk.serverSays(42s);
    QVERIFY(everythingShown().contains(u"auth.northgate"_s));
    emit desk.window->lockRequested();
    QTRY_VERIFY(desk.isLocked());
    desk.serverSays(90s); // an answer that was on its way
    QCOMPARE(desk.sentence(), QString());
    QVERIFY(!everythingShown().contains(u"northgate"_s));
}

void ClockTest::consentOutlivesALock()
{
    TimedDesk desk;
    desk.serverSays(42s);
    desk.link()->click();
    emit desk.window->lockRequested();
    QTRY_VERIFY(desk.isLocked());
    QVERIFY(desk.serverClocks->servers().empty());
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.showsList());
    const auto now = desk.clock.second();
    QTRY_COMPARE(desk.row(desk.bound()).code, desk.bound()->codeAt(now + 42s)->text);
    QVERIFY(desk.sentence().contains(u"follow its clock"_s));
}

void ClockTest::longWordsOfTheActionLeaveTheSentenceItsRoom()
{
    StatusLine line;
    line.resize(360, 44);
    const auto *link = line.findChild<Button *>();
    const auto *sentence = line.findChild<Text *>();
    const QString words = u"Codes of auth.example follow its clock, 13 min ahead."_s;
    line.say({.icon = u"clock"_s, .sentence = words, .link = u"Use this computer's time"_s});
    line.show();
    QTRY_VERIFY(link->y() >= sentence->geometry().bottom());
    QVERIFY(sentence->width() > line.width() / 2);
    line.say({.icon = u"clock"_s, .sentence = words, .link = u"Use it"_s});
    QTRY_VERIFY(link->x() >= sentence->geometry().right());
}

void ClockTest::otherSentencesComeFirst()
{
    StatusLine line;
    line.stand(StatusLine::Notice{.icon = u"clock"_s, .sentence = u"standing"_s, .link = {}});
    QCOMPARE(line.accessibleName(), u"standing"_s);
    int pressed = 0;
    line.say({.icon = u"globe"_s, .sentence = u"said"_s, .link = u"Do it"_s, .action = [&pressed] {
                  ++pressed;
              }});
    line.stand(StatusLine::Notice{.icon = u"clock"_s, .sentence = u"still"_s, .link = {}});
    QCOMPARE(line.accessibleName(), u"said"_s);
    line.findChild<Button *>()->click();
    QCOMPARE(pressed, 1);
    line.clear();
    QCOMPARE(line.accessibleName(), u"still"_s);
    line.stand({});
    QVERIFY(line.isHidden());
    QCOMPARE(line.accessibleName(), QString());
    line.findChild<Button *>()->click();
    QCOMPARE(pressed, 1);
}

void ClockTest::aSetClockIsSeenWithinASecond()
{
    TimedDesk desk;
    desk.serverSays(1s);
    desk.clock.set(desk.clock.now() + 1h);
    const auto now = desk.clock.second();
    QTRY_COMPARE(desk.row(desk.other()).code, desk.other()->codeAt(now)->text);
    QTRY_COMPARE(desk.sentence(),
                 u"This computer's clock is 60 min ahead of auth.northgate.example."_s);
}

void ClockTest::aSetClockIsSeenInTheFirstPaint()
{
    TimedDesk desk;
    const QString before = desk.row(desk.other()).code;
    desk.clock.set(desk.clock.now() - 1h);
    desk.window->list().viewport()->repaint();
    const QString after = desk.row(desk.other()).code;
    QCOMPARE(after, desk.other()->codeAt(desk.clock.second())->text);
    QVERIFY(after != before);
}

QTEST_MAIN(ClockTest)
#include "clock_test.moc"
