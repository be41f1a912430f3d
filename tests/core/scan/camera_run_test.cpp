// The client of a camera, against helpers that are played.

#include "core/scan/camera_run.h"
#include "core/scan/scanner_client.h"
#include "tests/core/scan/camera_watcher.h"
#include "tests/core/scan/fake_helper.h"
#include "tests/support/result_printing.h"

#include <QElapsedTimer>
#include <QThread>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;

namespace {

const QString cameraId = QStringLiteral("c1");
constexpr int width = 320;
const QByteArray stays = "cat >/dev/null";

QByteArray hello()
{
    return arrayOf(writeHello(MessageKind::HelperHello));
}

QByteArray devices()
{
    return arrayOf(writeDevices({{cameraId, QStringLiteral("Camera")}}));
}

QByteArray state(CameraState state)
{
    return arrayOf(writeState(state));
}

QByteArray starting()
{
    return state(CameraState::Starting);
}

QByteArray frame(int wide = width)
{
    return *writeFrame({0, wide, 1, QByteArray(3 * qsizetype{wide}, 'x')});
}

QByteArray found(QPoint corner = {10, 10})
{
    FoundCode code;
    code.text = *SecretBytes::copyOf("otpauth");
    code.outline.fill(corner);
    return arrayOf(writeFound(code));
}

QByteArray done()
{
    return arrayOf(writeDone({{{{}, width, 100}}, 5ms}));
}

QByteArray alive()
{
    return arrayOf(writeBare(MessageKind::Alive));
}

QByteArray error(Errc code)
{
    return arrayOf(writeError({code, QStringLiteral("why")}));
}

/// A line of shell that waits until the client has asked for `cameras` cameras and, after that,
/// for `frames` frames.
QByteArray whenAsked(int cameras = 1, int frames = 1)
{
    const qsizetype bytes = arrayOf(writeHello(MessageKind::Hello)).size() +
                            arrayOf(writeBare(MessageKind::Cameras)).size() +
                            cameras * arrayOf(writeCamera({cameraId, width})).size() +
                            frames * arrayOf(writeBare(MessageKind::Next)).size();
    return "head -c " + QByteArray::number(bytes) + " >/dev/null; ";
}

} // namespace

class CameraRunTest : public QObject
{
    Q_OBJECT

private slots:
    void aCameraIsListedOpenedAndSeen();
    void framesOfTheCameraBeforeAreNotShown();
    void badHelpersEndIt_data();
    void badHelpersEndIt();
    void whatIsOutOfTurnBeforeACameraEndsIt_data();
    void whatIsOutOfTurnBeforeACameraEndsIt();
    void aMissingHelperIsAFailure();
    void aHelperWithoutASignOfLifeIsTimedOut();
    void aHelperThatIsAliveIsWaitedFor();
    void aProgramThatWasAwayDoesNotBlameTheHelper();
    void destroyedItEndsTheHelper_data();
    void destroyedItEndsTheHelper();
    void aListenerMayDestroyIt();
};

void CameraRunTest::aCameraIsListedOpenedAndSeen()
{
    const FakeHelper helper(hello() + alive() + devices(), whenAsked() + "cat second; " + stays);
    helper.write(QStringLiteral("second"),
                 starting() + state(CameraState::Live) + frame() + found() + found({width, 100}) +
                     done() + state(CameraState::Gone) + arrayOf(writeDevices({})));
    const auto source = ScannerClient(helper.program()).openCameras();
    const CameraWatcher watcher(*source);
    source->start();
    QVERIFY(watcher.lists.empty()); // nothing is said from inside a call
    QTRY_COMPARE(watcher.names(), QStringList{QStringLiteral("Camera")});
    source->open(watcher.idOf(QStringLiteral("Camera")), width);
    source->welcomeFrame();
    QTRY_COMPARE(watcher.names(), QStringList());
    QVERIFY(watcher.states ==
            (std::vector{CameraState::Starting, CameraState::Live, CameraState::Gone}));
    QCOMPARE(watcher.frames.size(), std::size_t{1});
    QCOMPARE(watcher.frames[0]->width, width);
    QCOMPARE(watcher.frames[0]->rgb.size(), 3 * qsizetype{width});
    QCOMPARE(watcher.reports.size(), std::size_t{1});
    QCOMPARE(watcher.reports[0]->codes.size(), std::size_t{2});
    QVERIFY(watcher.reports[0]->codes[0].text.text() == "otpauth");
    QCOMPARE(watcher.reports[0]->codes[1].outline[3], QPoint(width, 100));
    QVERIFY(!watcher.failure);
}

void CameraRunTest::framesOfTheCameraBeforeAreNotShown()
{
    const FakeHelper helper(hello() + devices(),
                            whenAsked(2, 1) + "cat second; " + "head -c " +
                                QByteArray::number(arrayOf(writeBare(MessageKind::Next)).size()) +
                                " >/dev/null; cat third; " + stays);
    helper.write(QStringLiteral("second"),
                 starting() + state(CameraState::Live) + frame(200) + found() + done());
    helper.write(QStringLiteral("third"), starting() + frame(100));
    CameraRun run(helper.program(), 3s);
    const CameraWatcher watcher(run);
    run.start();
    run.open(cameraId, width);
    run.open(cameraId, width);
    run.welcomeFrame();
    QTRY_COMPARE(watcher.frames.size(), std::size_t{1});
    QCOMPARE(watcher.frames[0]->width, 100);
    QVERIFY(watcher.states == std::vector{CameraState::Starting});
    QVERIFY(watcher.reports.empty());
    QVERIFY(!watcher.failure);
}

void CameraRunTest::badHelpersEndIt_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("afterwards");
    QTest::addColumn<Errc>("expected");
    const QByteArray otherProtocol = QByteArray::fromHex("0000000f41"
                                                         "00010000000102"
                                                         "00020000000131");
    const QByteArray open = starting();
    QTest::newRow("garbage") << QByteArray("gst_element_set_state\n") << stays
                             << Errc::HelperFailed;
    QTest::newRow("ends") << open << QByteArray("exit 0") << Errc::HelperFailed;
    QTest::newRow("dies") << open << QByteArray("kill -SEGV $$") << Errc::HelperFailed;
    QTest::newRow("half a message")
        << open + frame().chopped(1) << QByteArray("exit 0") << Errc::HelperFailed;
    QTest::newRow("hello twice") << hello() << stays << Errc::HelperFailed;
    QTest::newRow("another protocol later") << otherProtocol << stays << Errc::HelperFailed;
    QTest::newRow("starting twice") << open + open << stays << Errc::HelperFailed;
    QTest::newRow("two frames, one of them welcome")
        << open + frame() + frame() << stays << Errc::HelperFailed;
    QTest::newRow("a frame wider than asked for")
        << open + frame(width + 1) << stays << Errc::HelperFailed;
    QTest::newRow("a code outside of its preview")
        << open + found({width + 1, 5}) + done() << stays << Errc::HelperFailed;
    QTest::newRow("no codes") << open + done() << stays << Errc::HelperFailed;
    QByteArray many = open;
    for (int i = 0; i < 257; ++i)
        many += found();
    QTest::newRow("codes without end") << many << stays << Errc::HelperFailed;
    QTest::newRow("an error of a picture")
        << open + error(Errc::PictureTooLarge) << stays << Errc::HelperFailed;
    QTest::newRow("its own failure")
        << open + error(Errc::SecretMemoryFull) << stays << Errc::SecretMemoryFull;
}

void CameraRunTest::badHelpersEndIt()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, afterwards);
    QFETCH(Errc, expected);
    const FakeHelper helper(hello() + devices(), whenAsked() + "cat second; " + afterwards);
    helper.write(QStringLiteral("second"), answer);
    CameraRun run(helper.program(), 3s);
    const CameraWatcher watcher(run);
    run.start();
    run.open(cameraId, width);
    run.welcomeFrame();
    QTRY_VERIFY(watcher.failure);
    QCOMPARE(*watcher.failure, expected);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 2000);
    run.welcomeFrame(); // into the void
    run.open(cameraId, width);
    QTest::qWait(20); // a second failure would come now
    QCOMPARE(watcher.failures, 1);
}

void CameraRunTest::whatIsOutOfTurnBeforeACameraEndsIt_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Errc>("expected");
    QTest::newRow("no hello") << devices() << Errc::HelperFailed;
    QTest::newRow("another protocol") << QByteArray::fromHex("0000000f41"
                                                             "00010000000102"
                                                             "00020000000131")
                                      << Errc::HelperVersion;
    QTest::newRow("starting") << hello() + starting() << Errc::HelperFailed;
    QTest::newRow("live") << hello() + state(CameraState::Live) << Errc::HelperFailed;
    QTest::newRow("frame") << hello() + frame() << Errc::HelperFailed;
    QTest::newRow("codes") << hello() + found() + done() << Errc::HelperFailed;
    QTest::newRow("a sign of life with words") << hello() + QByteArray::fromHex("0000000849"
                                                                                "00010000000141")
                                               << Errc::HelperFailed;
}

void CameraRunTest::whatIsOutOfTurnBeforeACameraEndsIt()
{
    QFETCH(QByteArray, answer);
    QFETCH(Errc, expected);
    const FakeHelper helper(answer);
    CameraRun run(helper.program(), 3s);
    const CameraWatcher watcher(run);
    run.start();
    QTRY_VERIFY(watcher.failure);
    QCOMPARE(*watcher.failure, expected);
    QVERIFY(watcher.states.empty());
    QVERIFY(watcher.frames.empty());
    QVERIFY(watcher.reports.empty());
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 2000);
}

void CameraRunTest::aMissingHelperIsAFailure()
{
    CameraRun run(QStringLiteral("/nowhere/hufu-scanner"), 3s);
    const CameraWatcher watcher(run);
    run.start();
    QVERIFY(!watcher.failure); // not from inside the call
    QTRY_VERIFY(watcher.failure);
    QCOMPARE(*watcher.failure, Errc::HelperFailed);
}

void CameraRunTest::aHelperWithoutASignOfLifeIsTimedOut()
{
    // It talks, but never says that it is alive.
    const FakeHelper helper(hello() + devices(), "exec sleep 60");
    CameraRun run(helper.program(), 500ms);
    const CameraWatcher watcher(run);
    run.start();
    QTRY_VERIFY(watcher.failure);
    QCOMPARE(*watcher.failure, Errc::HelperTimedOut);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 2000);
    QCOMPARE(watcher.failures, 1);
}

void CameraRunTest::aHelperThatIsAliveIsWaitedFor()
{
    const FakeHelper helper(hello(), "while sleep 0.2; do cat alive; done");
    helper.write(QStringLiteral("alive"), alive());
    CameraRun run(helper.program(), 1s);
    const CameraWatcher watcher(run);
    run.start();
    QTest::qWait(1500); // as long as a silent one would not be waited for
    QVERIFY(!watcher.failure);
}

void CameraRunTest::aProgramThatWasAwayDoesNotBlameTheHelper()
{
    const FakeHelper helper(hello() + alive(), "while sleep 0.2; do cat alive; done");
    helper.write(QStringLiteral("alive"), alive());
    CameraRun run(helper.program(), 1s);
    const CameraWatcher watcher(run);
    run.start();
    QTRY_VERIFY(helper.pid() != 0);
    QThread::msleep(1800); // as a window that does not come round
    QTest::qWait(300);
    QVERIFY(!watcher.failure);
}

void CameraRunTest::destroyedItEndsTheHelper_data()
{
    QTest::addColumn<QByteArray>("afterwards");
    QTest::newRow("one that ends with its input") << stays;
    QTest::newRow("one that will not end") << QByteArray("exec sleep 60");
}

void CameraRunTest::destroyedItEndsTheHelper()
{
    QFETCH(QByteArray, afterwards);
    const FakeHelper helper(hello() + devices(), afterwards);
    auto run = std::make_unique<CameraRun>(helper.program(), 3s);
    const CameraWatcher watcher(*run);
    run->start();
    QTRY_VERIFY(!watcher.lists.empty());
    QVERIFY(!isGone(helper.pid()));
    QElapsedTimer timer;
    timer.start();
    run.reset();
    QVERIFY2(timer.elapsed() < 100, "the caller was made to wait");
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 2000);
}

void CameraRunTest::aListenerMayDestroyIt()
{
    const FakeHelper helper(hello() + devices(), whenAsked() + "cat second; " + stays);
    helper.write(QStringLiteral("second"),
                 starting() + frame() + found() + done() + found() + done());
    auto run = std::make_unique<CameraRun>(helper.program(), 3s);
    int reports = 0;
    connect(run.get(), &CameraSource::found, this, [&run, &reports] {
        ++reports;
        run.reset();
    });
    run->start();
    run->open(cameraId, width);
    run->welcomeFrame();
    QTRY_COMPARE(reports, 1);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 2000);
    QCOMPARE(reports, 1);
}

QTEST_GUILESS_MAIN(CameraRunTest)
#include "camera_run_test.moc"
