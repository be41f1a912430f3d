// Keys that nobody meant for the sheet, on a real window: 0 approvals (security.md 1).

#include "tests/ui/samples.h"
#include "ui/approve_button.h"
#include "ui/approve_sheet.h"
#include "ui/button.h"
#include "ui/choice.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPointer>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto mashing = 3s;
constexpr auto tick = 10ms;

/// A sheet over a login that waits for its answer, opened as the desk opens it. Its clock runs by
/// the event loop: a machine that stands still for a second arms nothing meanwhile.
struct Opened
{
    explicit Opened(const std::function<void(test::FakeAttempt &)> &prepare = {})
    {
        auto attempt = test::sampleAttempt(clock);
        login = attempt.get();
        login->shown.expires = clock.now() + 60s;
        if (prepare)
            prepare(*login);
        sheet = std::make_unique<ApproveSheet>(std::move(attempt), clock);
        if (login->state() == LoginAttempt::State::Contacting)
            login->go(LoginAttempt::State::Reviewing);
        sheet->openAtPointer();
        QObject::connect(&ticker, &QTimer::timeout, &ticker, [this] { clock.advance(5 * tick); });
    }

    /// Sends key events to whatever has the focus, for as long as a person mashes.
    template <typename Press>
    void mash(const Press &press)
    {
        QVERIFY(QTest::qWaitForWindowActive(sheet.get()));
        ticker.start(tick);
        const auto begun = clock.sinceBoot();
        while (clock.sinceBoot() - begun < mashing) {
            press();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 15);
        }
    }

    [[nodiscard]] ApproveButton *approve() const { return sheet->findChild<ApproveButton *>(); }

    test::ManualClock clock;
    QTimer ticker;
    test::FakeAttempt *login = nullptr;
    std::unique_ptr<ApproveSheet> sheet;
};

/// Lets time pass by the keys that come from the system, and by nothing else: a machine that
/// delivers none for a while arms nothing meanwhile.
class TimeByKeys : public QObject
{
    Q_OBJECT

public:
    TimeByKeys(test::ManualClock &clock, std::chrono::milliseconds each)
        : m_clock(clock)
        , m_each(each)
    {
        qApp->installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::KeyPress && watched->isWindowType()) {
            m_clock.advance(m_each);
            ++m_keys;
        }
        return false;
    }

    [[nodiscard]] int keys() const { return m_keys; }

private:
    test::ManualClock &m_clock;
    std::chrono::milliseconds m_each;
    int m_keys = 0;
};

void send(QEvent::Type type, int key, bool isRepeat)
{
    QWidget *focused = QApplication::focusWidget();
    if (!focused)
        return;
    QKeyEvent event(type, key, Qt::NoModifier, key == Qt::Key_Space ? u" "_s : u"\r"_s, isRepeat);
    QApplication::sendEvent(focused, &event);
}

} // namespace

class ApproveMashTest : public QObject
{
    Q_OBJECT

private slots:
    void mashedKeysApproveNothing_data();
    void mashedKeysApproveNothing();
    void mashedKeysApproveNothingWithTheFocusOnApprove_data();
    void mashedKeysApproveNothingWithTheFocusOnApprove();
    void aHeldKeyApprovesNothing_data();
    void aHeldKeyApprovesNothing();
    void mashedKeysChooseNoAccountAndApproveNothing();
    void theSystemsOwnKeysApproveNothing();
    void aQuietSecondLaterOneKeyApproves();
};

void ApproveMashTest::mashedKeysApproveNothing_data()
{
    QTest::addColumn<QList<int>>("keys");
    QTest::newRow("Enter") << QList<int>{Qt::Key_Return};
    QTest::newRow("Space") << QList<int>{Qt::Key_Space};
    QTest::newRow("both") << QList<int>{Qt::Key_Return, Qt::Key_Space, Qt::Key_Enter};
}

void ApproveMashTest::mashedKeysApproveNothing()
{
    QFETCH(QList<int>, keys);
    Opened opened;
    opened.mash([&] {
        for (const int key : keys) {
            send(QEvent::KeyPress, key, false);
            send(QEvent::KeyRelease, key, false);
        }
    });
    QCOMPARE(opened.login->approvals.size(), 0);
}

void ApproveMashTest::mashedKeysApproveNothingWithTheFocusOnApprove_data()
{
    QTest::addColumn<QList<int>>("keys");
    QTest::newRow("Space") << QList<int>{Qt::Key_Space};
    QTest::newRow("both") << QList<int>{Qt::Key_Return, Qt::Key_Space, Qt::Key_Enter};
}

void ApproveMashTest::mashedKeysApproveNothingWithTheFocusOnApprove()
{
    QFETCH(QList<int>, keys);
    Opened opened;
    opened.approve()->setFocus();
    opened.mash([&] {
        for (const int key : keys) {
            send(QEvent::KeyPress, key, false);
            send(QEvent::KeyRelease, key, false);
        }
    });
    QCOMPARE(opened.login->approvals.size(), 0);
    QCOMPARE(opened.login->denials.size(), 0);
}

void ApproveMashTest::aHeldKeyApprovesNothing_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<bool>("isMarked"); // as a repetition
    QTest::newRow("Enter") << int(Qt::Key_Return) << true;
    QTest::newRow("Space") << int(Qt::Key_Space) << true;
    // A system that tells nothing of repetitions: presses without a release between them.
    QTest::newRow("Enter, unmarked") << int(Qt::Key_Return) << false;
    QTest::newRow("Space, unmarked") << int(Qt::Key_Space) << false;
}

void ApproveMashTest::aHeldKeyApprovesNothing()
{
    QFETCH(int, key);
    QFETCH(bool, isMarked);
    Opened opened;
    opened.approve()->setFocus();
    send(QEvent::KeyPress, key, false);
    opened.mash([&] {
        if (isMarked)
            send(QEvent::KeyRelease, key, true);
        send(QEvent::KeyPress, key, isMarked);
    });
    send(QEvent::KeyRelease, key, false);
    QCOMPARE(opened.login->approvals.size(), 0);
}

void ApproveMashTest::mashedKeysChooseNoAccountAndApproveNothing()
{
    Opened opened([](test::FakeAttempt &login) {
        login.accounts.push_back(std::make_shared<const Account>(
            test::makeSample({2, u"Northgate"_s, u"admin@northgate.example"_s, {}, false, true})));
        login.go(LoginAttempt::State::ChoosingAccount);
    });
    opened.mash([] {
        for (const int key : {Qt::Key_Return, Qt::Key_Space}) {
            send(QEvent::KeyPress, key, false);
            send(QEvent::KeyRelease, key, false);
        }
    });
    QCOMPARE(opened.login->state(), LoginAttempt::State::ChoosingAccount);
    QCOMPARE(opened.login->approvals.size(), 0);
    QCOMPARE(opened.sheet->findChildren<Choice *>().size(), 2);
}

/// Through the X server, as from a keyboard, repetitions and all.
void ApproveMashTest::theSystemsOwnKeysApproveNothing()
{
    const QString tool = QStandardPaths::findExecutable(u"xdotool"_s);
    QVERIFY2(!tool.isEmpty(), "xdotool is missing");
    {
        Opened opened;
        QVERIFY(QTest::qWaitForWindowActive(opened.sheet.get()));
        opened.approve()->setFocus(); // the worst case: somebody had pressed Tab
        const TimeByKeys time(opened.clock, 30ms);
        QProcess keyboard;
        keyboard.start(tool, {u"key"_s, u"--delay"_s, u"10"_s, u"--repeat"_s, u"50"_s, u"Return"_s,
                              u"space"_s, u"Return"_s});
        QTRY_COMPARE_WITH_TIMEOUT(keyboard.state(), QProcess::NotRunning, 30'000);
        QCOMPARE(keyboard.exitCode(), 0);
        QTRY_COMPARE(time.keys(), 150);
        QCOMPARE(opened.login->approvals.size(), 0);
        QCOMPARE(opened.login->denials.size(), 0);
    }
    Opened held;
    QVERIFY(QTest::qWaitForWindowActive(held.sheet.get()));
    held.approve()->setFocus();
    const TimeByKeys time(held.clock, 40ms);
    QCOMPARE(QProcess::execute(tool, {u"keydown"_s, u"Return"_s}), 0);
    QTRY_VERIFY_WITH_TIMEOUT(time.keys() * 40ms > mashing, 30'000);
    QCOMPARE(QProcess::execute(tool, {u"keyup"_s, u"Return"_s}), 0);
    QCoreApplication::processEvents();
    QCOMPARE(held.login->approvals.size(), 0);
}

/// What the others assert must not hold because nothing ever approves.
void ApproveMashTest::aQuietSecondLaterOneKeyApproves()
{
    Opened opened;
    QVERIFY(QTest::qWaitForWindowActive(opened.sheet.get()));
    opened.ticker.start(tick);
    opened.approve()->setFocus();
    send(QEvent::KeyPress, Qt::Key_Return, false);
    QVERIFY(!opened.approve()->isArmed());
    QTRY_VERIFY(opened.approve()->isArmed());
    send(QEvent::KeyPress, Qt::Key_Return, false);
    QCOMPARE(opened.login->approvals.size(), 1);
}

QTEST_MAIN(ApproveMashTest)
#include "approve_mash_test.moc"
