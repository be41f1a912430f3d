// The real helper on a real X display, with windows of other programs. Runs below with_xvfb.

#include "core/scan/messages.h"
#include "core/scan/scanner_client.h"
#include "tests/support/qr_picture.h"
#include "tests/support/result_printing.h"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

#include <optional>

using namespace hufu;

namespace {

const QByteArray keyUri("otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example");

QImage qrImage(const QByteArray &text)
{
    return QImage::fromData(test::qrPng(text), "png").convertToFormat(QImage::Format_RGB32);
}

/// Another program's window with a picture in it; it goes with this object.
class ShownPicture
{
public:
    ShownPicture(const QImage &picture, QPoint at)
    {
        const QString path = m_folder.filePath(QStringLiteral("picture.png"));
        picture.save(path);
        m_process.start(QStringLiteral(SHOW_PICTURE),
                        {path, QString::number(at.x()), QString::number(at.y())});
        m_process.waitForStarted();
    }
    ~ShownPicture()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
};

Result<ScanReport> scanned(const QList<QRect> &ownWindows = {})
{
    QObject context;
    std::optional<Result<ScanReport>> outcome;
    ScannerClient(ScannerClient::besideThisProgram())
        .scanScreens(ownWindows, &context,
                     [&outcome](Result<ScanReport> result) { outcome = std::move(result); });
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000))
        return failure(Errc::FileUnreadable, QStringLiteral("no answer"));
    return std::move(*outcome);
}

/// Scans until `count` codes are there: a window needs a moment until it is painted.
Result<ScanReport> scannedUntil(std::size_t count)
{
    Result<ScanReport> report = scanned();
    for (int i = 0; i < 50 && report && report->codes.size() != count; ++i) {
        QTest::qWait(50);
        report = scanned();
    }
    return report;
}

} // namespace

class ScreenScanTest : public QObject
{
    Q_OBJECT

private slots:
    void anEmptyScreenHasNoCode();
    void aCodeOfAnotherProgramIsFoundWhereItIs();
    void aCodeInsideAnOwnWindowDoesNotCount();
    void anInvertedCodeIsFound();
    void twoCodesComeWithAPreview();
    void scalingOfTheDesktopChangesNothing();
    void theHelperIsShutInBeforeItSearches();
};

void ScreenScanTest::anEmptyScreenHasNoCode()
{
    const Result<ScanReport> report = scanned();
    VERIFY_OK(report);
    QVERIFY(report->codes.empty());
    QCOMPARE(report->searched.size(), std::size_t{1});
    QCOMPARE(QSize(report->searched[0].width, report->searched[0].height), QSize(1920, 1080));
}

void ScreenScanTest::aCodeOfAnotherProgramIsFoundWhereItIs()
{
    const ShownPicture window(qrImage(keyUri), {700, 300});
    const Result<ScanReport> report = scannedUntil(1);
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
    QVERIFY(report->codes[0].text.text() == keyUri.toStdString());
    // qrencode leaves 16 pixels free on each side.
    const int far = qrImage(keyUri).width() - 16;
    const std::array expected{QPoint(16, 16), QPoint(far, 16), QPoint(far, far), QPoint(16, far)};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const QPoint off = report->codes[0].outline[i] - QPoint(700, 300) - expected[i];
        QVERIFY2(off.manhattanLength() <= 2, qPrintable(QString::number(i)));
    }
}

void ScreenScanTest::aCodeInsideAnOwnWindowDoesNotCount()
{
    const ShownPicture window(qrImage(keyUri), {700, 300});
    VERIFY_OK(scannedUntil(1));
    const Result<ScanReport> covered = scanned({QRect(QPoint(700, 300), qrImage(keyUri).size())});
    VERIFY_OK(covered);
    QVERIFY(covered->codes.empty());
    const Result<ScanReport> beside = scanned({QRect(720, 300, 400, 400)});
    VERIFY_OK(beside);
    QCOMPARE(beside->codes.size(), std::size_t{1});
}

void ScreenScanTest::anInvertedCodeIsFound()
{
    QImage inverted = qrImage(keyUri);
    inverted.invertPixels();
    const ShownPicture window(inverted, {1500, 800});
    const Result<ScanReport> report = scannedUntil(1);
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
    QVERIFY(report->codes[0].text.text() == keyUri.toStdString());
}

void ScreenScanTest::twoCodesComeWithAPreview()
{
    const ShownPicture left(qrImage("left"), {0, 0});
    const ShownPicture right(qrImage("right"), {1000, 500});
    const Result<ScanReport> report = scannedUntil(2);
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{2});
    QCOMPARE(report->previews.size(), std::size_t{1});
    QCOMPARE(QSize(report->previews[0].width, report->previews[0].height), QSize(640, 360));
}

void ScreenScanTest::scalingOfTheDesktopChangesNothing()
{
    const ShownPicture window(qrImage(keyUri), {700, 300});
    qputenv("QT_SCALE_FACTOR", "1.5");
    const Result<ScanReport> report = scannedUntil(1);
    qunsetenv("QT_SCALE_FACTOR");
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
    QCOMPARE(report->searched[0].width, 1920);
    QVERIFY((report->codes[0].outline[0] - QPoint(716, 316)).manhattanLength() <= 2);
}

void ScreenScanTest::theHelperIsShutInBeforeItSearches()
{
    QProcess helper;
    helper.start(ScannerClient::besideThisProgram(), {QStringLiteral("--serve")});
    const std::array messages{writeHello(MessageKind::Hello), writeScreens({})};
    for (const Result<SecretBytes> &message : messages) {
        VERIFY_OK(message);
        helper.write(message->text().data(), static_cast<qint64>(message->size()));
    }
    // Hello and done, both short; then the helper waits for the end of its input.
    QByteArray answer;
    while (!answer.contains("screen")) {
        QVERIFY(helper.waitForReadyRead(30'000));
        answer += helper.readAllStandardOutput();
    }
    QFile status(QStringLiteral("/proc/%1/status").arg(helper.processId()));
    QVERIFY(status.open(QIODevice::ReadOnly));
    QVERIFY(status.readAll().contains("Seccomp:\t2\n"));
    QFile limits(QStringLiteral("/proc/%1/limits").arg(helper.processId()));
    QVERIFY(limits.open(QIODevice::ReadOnly));
    QVERIFY(limits.readAll().simplified().contains("Max cpu time 10 10 seconds"));
    helper.closeWriteChannel();
    QVERIFY(helper.waitForFinished(1000));
}

QTEST_GUILESS_MAIN(ScreenScanTest)
#include "screen_scan_test.moc"
