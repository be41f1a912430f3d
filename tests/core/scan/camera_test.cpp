// The real helper and real camera stack, with cameras that PipeWire plays. Runs in
// tests/support/with_camera.

#include "core/scan/scanner_client.h"
#include "tests/core/scan/camera_watcher.h"
#include "tests/core/scan/fake_helper.h"
#include "tests/support/qr_picture.h"
#include "tests/support/result_printing.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>

using namespace hufu;
using namespace hufu::test;

namespace {

constexpr int patience = 30'000; // of each wait: a slow machine under a sanitizer
const QByteArray keyUri("otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example");
const QByteArray otherText("WIFI:S:office;;");

#define WAIT_FOR(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, patience)

/// A camera that is plugged in as long as it lives and shows a code. Open it once: PipeWire
/// 0.3.65's sink does not get all of its buffers back, so that a second stream of it soon stands
/// still.
class VirtualCamera
{
public:
    VirtualCamera(const QString &name, const QByteArray &text,
                  const QString &size = QStringLiteral("1280x720"),
                  const QString &format = QStringLiteral("YUY2"))
    {
        const QString picture = m_folder.filePath(QStringLiteral("code.png"));
        QFile file(picture);
        if (!file.open(QIODevice::WriteOnly) || file.write(qrPng(text, 8)) <= 0)
            qFatal("The picture cannot be written.");
        file.close();
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(SHOW_ON_CAMERA), {name, picture, size, format});
        if (!m_process.waitForStarted())
            qFatal("The camera cannot be played.");
    }
    ~VirtualCamera() { unplug(); }
    Q_DISABLE_COPY_MOVE(VirtualCamera)

    void unplug()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    void pause() const { kill(static_cast<pid_t>(m_process.processId()), SIGSTOP); }
    void resume() const { kill(static_cast<pid_t>(m_process.processId()), SIGCONT); }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
};

std::unique_ptr<CameraSource> newSource()
{
    return ScannerClient(ScannerClient::besideThisProgram()).openCameras();
}

/// The helpers that this process has started.
QList<pid_t> helpers()
{
    QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(getpid()));
    QList<pid_t> pids;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &pid : file.readAll().simplified().split(' ')) {
            QFile name(QStringLiteral("/proc/%1/comm").arg(QString::fromLatin1(pid)));
            if (name.open(QIODevice::ReadOnly) && name.readAll() == "hufu-scanner\n")
                pids.append(pid.toInt());
        }
    }
    return pids;
}

QByteArray procFile(pid_t pid, const char *name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// How many streams PipeWire leads from cameras to programs.
qsizetype streams()
{
    QProcess dump;
    dump.start(QStringLiteral("pw-dump"), QStringList());
    dump.waitForFinished(patience);
    return dump.readAllStandardOutput().count("\"output-node-id\"");
}

/// Whether the newest report has this text alone, with an outline on the preview of `size`.
bool hasRead(const CameraWatcher &watcher, const QByteArray &text, QSize size)
{
    if (watcher.reports.empty())
        return false;
    const ScanReport &report = *watcher.reports.back();
    return report.codes.size() == 1 && report.codes[0].text.text() == text.toStdString() &&
           QSize(report.searched[0].width, report.searched[0].height) == size;
}

/// Whether the pixel of a preview is near black or near white.
bool isDark(const SourcePreview &preview, QPoint at)
{
    return static_cast<unsigned char>(preview.rgb[3 * (at.y() * preview.width + at.x())]) < 60;
}

bool isLight(const SourcePreview &preview, QPoint at)
{
    return static_cast<unsigned char>(preview.rgb[3 * (at.y() * preview.width + at.x())]) > 200;
}

} // namespace

class CameraTest : public QObject
{
    Q_OBJECT

private slots:
    void withoutACameraThereIsNone();
    void aCameraIsSeenFromPluggingInToUnplugging();
    void camerasAreListedOnceTheBestFirst();
    void frozenPicturesAreToldAndComeBack();
    void everyLayoutIsReadAlike_data();
    void everyLayoutIsReadAlike();
    void itIsShutInBeforeTheFirstFrame();
    void theDeviceIsFreeAtOnce();
    void aKilledHelperIsAFailureAndTheNextOneWorks();
    void aCameraThatTakesItsHelperWithItIsGone();
    void byHandItPrintsJson();
};

void CameraTest::withoutACameraThereIsNone()
{
    const auto source = newSource();
    const CameraWatcher watcher(*source);
    source->start();
    WAIT_FOR(watcher.isAt(CameraState::None));
    QCOMPARE(watcher.names(), QStringList());
    source->open(QStringLiteral("none"), 640);
    WAIT_FOR(watcher.isAt(CameraState::Gone));
    QVERIFY(!watcher.failure);
}

void CameraTest::aCameraIsSeenFromPluggingInToUnplugging()
{
    const auto source = newSource();
    CameraWatcher watcher(*source);
    source->start();
    WAIT_FOR(!watcher.lists.empty());

    VirtualCamera first(QStringLiteral("first"), keyUri);
    WAIT_FOR(watcher.names() == QStringList{QStringLiteral("first")});
    source->open(watcher.idOf(QStringLiteral("first")), 640);
    WAIT_FOR(watcher.isAt(CameraState::Live));
    WAIT_FOR(hasRead(watcher, keyUri, QSize(640, 360)));
    QVERIFY(watcher.frames.empty()); // none was welcome

    source->welcomeFrame();
    WAIT_FOR(watcher.frames.size() == 1);
    const SourcePreview preview = *watcher.frames[0];
    QCOMPARE(QSize(preview.width, preview.height), QSize(640, 360));
    // The outline is the code's edge: inside of its top left corner is the finder's dark frame,
    // outside the light margin.
    const QPoint corner = watcher.reports.back()->codes[0].outline[0];
    QVERIFY(isDark(preview, corner + QPoint(3, 3)));
    QVERIFY(isLight(preview, corner - QPoint(5, 5)));

    VirtualCamera second(QStringLiteral("second"), otherText, QStringLiteral("640x480"));
    WAIT_FOR(watcher.names() == (QStringList{QStringLiteral("first"), QStringLiteral("second")}));
    QElapsedTimer timer;
    timer.start();
    first.unplug();
    WAIT_FOR(watcher.isAt(CameraState::Gone));
    qInfo("told after %lld ms that the camera is gone", static_cast<long long>(timer.elapsed()));
    QCOMPARE(watcher.names(), QStringList{QStringLiteral("second")});

    source->open(watcher.idOf(QStringLiteral("second")), 320);
    source->welcomeFrame();
    WAIT_FOR(hasRead(watcher, otherText, QSize(320, 240)));
    WAIT_FOR(watcher.frames.size() == 2);
    QCOMPARE(watcher.frames[1]->width, 320);
    QVERIFY(!watcher.failure);
}

void CameraTest::camerasAreListedOnceTheBestFirst()
{
    const VirtualCamera virtualOne(QStringLiteral("OBS Virtual Camera"), otherText);
    const VirtualCamera infrared(QStringLiteral("Laptop IR Camera"), otherText);
    const VirtualCamera good(QStringLiteral("Laptop Camera"), keyUri);
    const QStringList expected{QStringLiteral("Laptop Camera"), QStringLiteral("Laptop IR Camera"),
                               QStringLiteral("OBS Virtual Camera")};
    QString id;
    {
        const auto source = newSource();
        const CameraWatcher watcher(*source);
        source->start();
        WAIT_FOR(watcher.names() == expected);
        id = watcher.idOf(expected[0]);
    }
    // All are there at the start now, which is when the system lists them twice.
    const auto source = newSource();
    const CameraWatcher watcher(*source);
    source->start();
    WAIT_FOR(watcher.names() == expected);
    QCOMPARE(watcher.idOf(expected[0]), id);
    source->open(id, 640);
    WAIT_FOR(hasRead(watcher, keyUri, QSize(640, 360)));
    QCOMPARE(watcher.names(), expected);
    QCOMPARE(watcher.lists.size(), std::size_t{1});
}

void CameraTest::frozenPicturesAreToldAndComeBack()
{
    const VirtualCamera camera(QStringLiteral("camera"), keyUri);
    const auto source = newSource();
    CameraWatcher watcher(*source);
    source->start();
    WAIT_FOR(watcher.names() == QStringList{QStringLiteral("camera")});
    source->open(watcher.idOf(QStringLiteral("camera")), 640);
    WAIT_FOR(watcher.isAt(CameraState::Live));
    camera.pause();
    WAIT_FOR(watcher.isAt(CameraState::NoFrames));
    camera.resume();
    WAIT_FOR(watcher.isAt(CameraState::Live));
    QVERIFY(!watcher.failure);
}

void CameraTest::everyLayoutIsReadAlike_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"UYVY", "NV12", "I420", "GRAY8", "RGBx", "BGRx"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void CameraTest::everyLayoutIsReadAlike()
{
    QFETCH(QString, format);
    const VirtualCamera camera(format, keyUri, QStringLiteral("640x480"), format);
    const auto source = newSource();
    const CameraWatcher watcher(*source);
    source->start();
    WAIT_FOR(watcher.names() == QStringList{format});
    source->open(watcher.idOf(format), 640);
    source->welcomeFrame();
    WAIT_FOR(hasRead(watcher, keyUri, QSize(640, 480)));
    WAIT_FOR(watcher.frames.size() == 1);
    QVERIFY(
        isLight(*watcher.frames[0], watcher.reports.back()->codes[0].outline[0] - QPoint(5, 5)));
}

void CameraTest::itIsShutInBeforeTheFirstFrame()
{
    const VirtualCamera camera(QStringLiteral("camera"), keyUri);
    const auto source = newSource();
    const CameraWatcher watcher(*source);
    source->start();
    WAIT_FOR(!watcher.names().isEmpty() && !watcher.lists.empty());
    QCOMPARE(helpers().size(), 1);
    const pid_t helper = helpers().first();
    QVERIFY(procFile(helper, "status").contains("Seccomp:\t2\n"));
    QVERIFY(procFile(helper, "limits").simplified().contains("Max core file size 0 0 bytes"));
#if !defined(HUFU_SANITIZED)
    QVERIFY(
        procFile(helper, "limits").simplified().contains("address space 2147483648 2147483648"));
#endif
    WAIT_FOR(watcher.names() == QStringList{QStringLiteral("camera")});
    source->open(watcher.idOf(QStringLiteral("camera")), 640);
    WAIT_FOR(!watcher.reports.empty());
    for (const QByteArray &line : procFile(helper, "status").split('\n')) {
        if (line.startsWith("VmPeak") || line.startsWith("VmHWM"))
            qInfo("%s", line.simplified().constData());
    }
}

void CameraTest::theDeviceIsFreeAtOnce()
{
    const VirtualCamera camera(QStringLiteral("camera"), keyUri);
    auto source = newSource();
    const CameraWatcher watcher(*source);
    source->start();
    WAIT_FOR(watcher.names() == QStringList{QStringLiteral("camera")});
    source->open(watcher.idOf(QStringLiteral("camera")), 640);
    WAIT_FOR(watcher.isAt(CameraState::Live));
    QCOMPARE(streams(), 1);
    const pid_t helper = helpers().first();

    QElapsedTimer timer;
    timer.start();
    source.reset();
    QVERIFY(timer.elapsed() < 100); // the caller goes on
    WAIT_FOR(isGone(helper));
    const qint64 ended = timer.elapsed();
    WAIT_FOR(streams() == 0);
    qInfo("helper ended after %lld ms, the camera was free before %lld ms",
          static_cast<long long>(ended), static_cast<long long>(timer.elapsed()));
#if !defined(HUFU_SANITIZED)
    QVERIFY(ended <= 200);
#endif
}

void CameraTest::aKilledHelperIsAFailureAndTheNextOneWorks()
{
    for (const int signal : {SIGKILL, SIGSTOP}) {
        const VirtualCamera camera(QStringLiteral("camera"), keyUri);
        const auto source = newSource();
        const CameraWatcher watcher(*source);
        source->start();
        WAIT_FOR(watcher.names() == QStringList{QStringLiteral("camera")});
        source->open(watcher.idOf(QStringLiteral("camera")), 640);
        WAIT_FOR(!watcher.reports.empty());
        const QList<pid_t> pids = helpers();
        QCOMPARE(pids.size(), 1);
        QCOMPARE(kill(pids.first(), signal), 0);
        WAIT_FOR(watcher.failure);
        QCOMPARE(*watcher.failure, signal == SIGKILL ? Errc::HelperFailed : Errc::HelperTimedOut);
        WAIT_FOR(helpers().isEmpty());
    }
    QTRY_COMPARE_WITH_TIMEOUT(streams(), 0, patience);
}

void CameraTest::aCameraThatTakesItsHelperWithItIsGone()
{
    const auto source = newSource();
    const CameraWatcher watcher(*source);
    VirtualCamera camera(QStringLiteral("camera"), keyUri);
    source->start();
    WAIT_FOR(watcher.names() == QStringList{QStringLiteral("camera")});
    source->open(watcher.idOf(QStringLiteral("camera")), 640);
    WAIT_FOR(watcher.isAt(CameraState::Live));
    source->welcomeFrame();
    WAIT_FOR(watcher.frames.size() == 1);

    const QList<pid_t> pids = helpers();
    QCOMPARE(pids.size(), 1);
    QCOMPARE(kill(pids.first(), SIGSTOP), 0); // so that it cannot tell
    source->welcomeFrame();
    camera.unplug();
    QCOMPARE(kill(pids.first(), SIGKILL), 0);
    WAIT_FOR(watcher.isAt(CameraState::Gone));
    WAIT_FOR(watcher.names().isEmpty());

    const VirtualCamera other(QStringLiteral("other"), otherText);
    WAIT_FOR(watcher.names() == QStringList{QStringLiteral("other")});
    source->open(watcher.idOf(QStringLiteral("other")), 640);
    WAIT_FOR(watcher.frames.size() == 2);
    QVERIFY(watcher.isAt(CameraState::Live));
    QVERIFY(!watcher.failure);
}

void CameraTest::byHandItPrintsJson()
{
    const auto source = newSource();
    const CameraWatcher watcher(*source);
    source->start();
    WAIT_FOR(watcher.names() == QStringList());
    QProcess none;
    none.start(ScannerClient::besideThisProgram(), {QStringLiteral("cameras")});
    QVERIFY(none.waitForFinished(patience));
    QCOMPARE(none.exitCode(), 1);
    QVERIFY(none.readAllStandardError().contains("\"code\":\"CameraMissing\""));

    const VirtualCamera camera(QStringLiteral("camera"), keyUri);
    WAIT_FOR(watcher.names() == QStringList{QStringLiteral("camera")});
    QProcess helper;
    helper.start(ScannerClient::besideThisProgram(), {QStringLiteral("cameras")});
    QVERIFY(helper.waitForFinished(patience));
    QCOMPARE(helper.exitCode(), 0);
    const QJsonArray found = QJsonDocument::fromJson(helper.readAllStandardOutput())
                                 .object()[QStringLiteral("found")]
                                 .toArray();
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0][QStringLiteral("text")].toString(), QString::fromUtf8(keyUri));
    QCOMPARE(found[0][QStringLiteral("source")].toString(), QStringLiteral("camera"));
}

QTEST_GUILESS_MAIN(CameraTest)
#include "camera_test.moc"
