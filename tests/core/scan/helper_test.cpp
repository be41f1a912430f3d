// The real hufu-scanner, seen from outside.

#include "core/base/fields.h"
#include "core/scan/messages.h"
#include "core/scan/scanner_client.h"
#include "tests/support/qr_picture.h"
#include "tests/support/result_printing.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <csignal>
#include <optional>

using namespace hufu;

namespace {

const QByteArray keyUri("otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example");

QByteArray png(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "png");
    return bytes;
}

QImage qrImage(const QByteArray &text)
{
    return QImage::fromData(test::qrPng(text), "png").convertToFormat(QImage::Format_RGB32);
}

/// 16 MB of grey noise, which keeps the helper busy for a while.
QByteArray noiseBmp()
{
    QImage noise(4000, 4000, QImage::Format_Grayscale8);
    QRandomGenerator(7).fillRange(reinterpret_cast<quint32 *>(noise.bits()),
                                  noise.sizeInBytes() / 4);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    noise.save(&buffer, "bmp");
    return bytes;
}

Result<ScanReport> scanned(const QByteArray &picture)
{
    QObject context;
    std::optional<Result<ScanReport>> outcome;
    ScannerClient(ScannerClient::besideThisProgram())
        .scanPicture(picture, &context,
                     [&outcome](Result<ScanReport> result) { outcome = std::move(result); });
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000))
        return failure(Errc::FileUnreadable, QStringLiteral("no answer"));
    return std::move(*outcome);
}

/// Pids of this process's children.
QList<pid_t> childProcesses()
{
    const QString self = QString::number(getpid());
    QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(self));
    QList<pid_t> pids;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &pid : file.readAll().split(' ')) {
            if (!pid.isEmpty())
                pids.append(pid.toInt());
        }
    }
    return pids;
}

/// A file that the system keeps of a running process.
QByteArray procFile(const QProcess &process, const char *name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(process.processId()).arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Outcome
{
    int status;
    QByteArray out;
    QByteArray err;
};

Outcome run(const QStringList &arguments, const QByteArray &input = {},
            const QStringList &environment = QProcess::systemEnvironment())
{
    QProcess helper;
    helper.setEnvironment(environment);
    helper.start(ScannerClient::besideThisProgram(), arguments);
    helper.write(input);
    helper.closeWriteChannel();
    if (!helper.waitForFinished(10'000))
        return {-1, {}, "does not end"};
    return {helper.exitStatus() == QProcess::NormalExit ? helper.exitCode() : -1,
            helper.readAllStandardOutput(), helper.readAllStandardError()};
}

QByteArray arrayOf(const Result<SecretBytes> &message)
{
    const std::string_view text = message ? message->text() : std::string_view();
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray clientHello()
{
    return arrayOf(writeHello(MessageKind::Hello));
}

} // namespace

class HelperTest : public QObject
{
    Q_OBJECT

private slots:
    void aPictureWithOneCodeGivesIt();
    void twoCodesComeWithAPreview();
    void anInvertedCodeIsFound();
    void noCodeIsASuccess();
    void aKilledHelperIsAFailureAndTheNextOneWorks();
    void itEndsWithItsInputEvenWhileSearching();
    void clientsThatBreakTheRulesAreLeft_data();
    void clientsThatBreakTheRulesAreLeft();
    void stopEndsItAtOnce();
    void onlyMessagesComeOutOfItAndItIsShutIn();
    void withoutADisplayScreensAreUnavailable_data();
    void withoutADisplayScreensAreUnavailable();
    void byHandItPrintsJson();
    void byHandAFailureIsJsonToo_data();
    void byHandAFailureIsJsonToo();
    void wrongUseIsStatusTwo();
    void itSaysItsVersion();
    void shutInItReachesNoNetworkAndItsLimitsHold_data();
    void shutInItReachesNoNetworkAndItsLimitsHold();
};

void HelperTest::aPictureWithOneCodeGivesIt()
{
    const Result<ScanReport> report = scanned(test::qrPng(keyUri));
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
    QVERIFY(report->codes[0].text.text() == keyUri.toStdString());
    QCOMPARE(report->codes[0].source, 0);
    QCOMPARE(report->searched.size(), std::size_t{1});
    QCOMPARE(QSize(report->searched[0].width, report->searched[0].height), qrImage(keyUri).size());
    QVERIFY(report->previews.empty());
}

void HelperTest::twoCodesComeWithAPreview()
{
    QImage both(1280, 400, QImage::Format_RGB32);
    both.fill(Qt::white);
    {
        QPainter painter(&both);
        painter.drawImage(10, 10, qrImage("left"));
        painter.drawImage(900, 10, qrImage("right"));
        painter.fillRect(500, 0, 100, 400, Qt::red);
    }
    const Result<ScanReport> report = scanned(png(both));
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{2});
    QVERIFY(report->codes[0].text.text() == "left");
    QVERIFY(report->codes[1].text.text() == "right");
    QCOMPARE(report->previews.size(), std::size_t{1});
    const SourcePreview &preview = report->previews[0];
    QCOMPARE(QSize(preview.width, preview.height), QSize(640, 200));
    const qsizetype inTheRed = 3 * (100 * 640 + 275);
    QCOMPARE(preview.rgb.mid(inTheRed, 3), QByteArray("\xff\x00\x00", 3));
}

void HelperTest::anInvertedCodeIsFound()
{
    QImage image = qrImage(keyUri);
    image.invertPixels();
    const Result<ScanReport> report = scanned(png(image));
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
}

void HelperTest::noCodeIsASuccess()
{
    QImage image(300, 300, QImage::Format_RGB32);
    image.fill(Qt::gray);
    const Result<ScanReport> report = scanned(png(image));
    VERIFY_OK(report);
    QVERIFY(report->codes.empty());
    QCOMPARE(report->searched.size(), std::size_t{1});
}

void HelperTest::aKilledHelperIsAFailureAndTheNextOneWorks()
{
    const QByteArray noise = noiseBmp();
    QVERIFY(static_cast<std::size_t>(noise.size()) <= largestPicture);
    for (int milliseconds : {0, 20, 60}) {
        QObject context;
        std::optional<Result<ScanReport>> outcome;
        ScannerClient(ScannerClient::besideThisProgram())
            .scanPicture(noise, &context,
                         [&outcome](Result<ScanReport> result) { outcome = std::move(result); });
        QTest::qWait(milliseconds);
        const QList<pid_t> helpers = childProcesses();
        QCOMPARE(helpers.size(), 1);
        QCOMPARE(kill(helpers.first(), SIGKILL), 0);
        QTRY_VERIFY(outcome.has_value());
        VERIFY_FAILS(*outcome, Errc::HelperFailed);
        QTRY_VERIFY(childProcesses().isEmpty());
    }
    VERIFY_OK(scanned(test::qrPng(keyUri)));
}

void HelperTest::itEndsWithItsInputEvenWhileSearching()
{
    QProcess helper;
    helper.start(ScannerClient::besideThisProgram(), {QStringLiteral("--serve")});
    helper.write(clientHello());
    helper.write(*writePicture(noiseBmp()));
    while (helper.bytesToWrite() > 0)
        QVERIFY(helper.waitForBytesWritten(5000));
    QElapsedTimer timer;
    timer.start();
    helper.closeWriteChannel();
    QVERIFY(helper.waitForFinished(5000));
    QVERIFY2(timer.elapsed() <= 200, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(helper.exitStatus(), QProcess::NormalExit);
}

void HelperTest::clientsThatBreakTheRulesAreLeft_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("garbage") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("no hello") << arrayOf(writeScreens({}));
    QTest::newRow("hello twice") << clientHello() + clientHello();
    QTest::newRow("another protocol") << QByteArray::fromHex("0000000f01"
                                                             "00010000000102"
                                                             "00020000000131");
}

void HelperTest::clientsThatBreakTheRulesAreLeft()
{
    QFETCH(QByteArray, input);
    const Outcome outcome = run({QStringLiteral("--serve")}, input);
    QVERIFY2(outcome.status == 1 || outcome.status == 0, outcome.err.constData());
    // Its hello, perhaps an error: never a result.
    QVERIFY(outcome.out.size() < 200);
    QCOMPARE(outcome.out.left(5), arrayOf(writeHello(MessageKind::HelperHello)).left(5));
}

void HelperTest::stopEndsItAtOnce()
{
    const Outcome outcome =
        run({QStringLiteral("--serve")}, clientHello() + arrayOf(writeBare(MessageKind::Stop)));
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.out, arrayOf(writeHello(MessageKind::HelperHello)));
}

void HelperTest::onlyMessagesComeOutOfItAndItIsShutIn()
{
    QProcess helper;
    helper.start(ScannerClient::besideThisProgram(), {QStringLiteral("--serve")});
    helper.write(clientHello());
    helper.write(*writePicture(test::qrPng(keyUri)));
    MessageReader reader(MessageReader::From::Helper);
    QList<MessageKind> kinds;
    while (!kinds.contains(MessageKind::Done)) {
        Result<std::optional<Message>> message = reader.next([&helper](std::span<std::byte> room) {
            return helper.read(reinterpret_cast<char *>(room.data()),
                               static_cast<qint64>(room.size()));
        });
        VERIFY_OK(message);
        if (*message)
            kinds.append((**message).kind);
        else
            QVERIFY(helper.waitForReadyRead(5000));
    }
    QCOMPARE(kinds, (QList{MessageKind::HelperHello, MessageKind::Found, MessageKind::Done}));
    QVERIFY(procFile(helper, "status").contains("Seccomp:\t2\n"));
    QVERIFY(procFile(helper, "limits").simplified().contains("Max cpu time 5 5 seconds"));
    QVERIFY(procFile(helper, "limits").simplified().contains("Max core file size 0 0 bytes"));
#if !defined(HUFU_SANITIZED)
    QVERIFY(procFile(helper, "limits").simplified().contains("address space 536870912 536870912"));
#endif
    helper.closeWriteChannel();
    QVERIFY(helper.waitForFinished(1000));
    QCOMPARE(helper.exitCode(), 0);
    QVERIFY(helper.readAllStandardOutput().isEmpty());
}

void HelperTest::withoutADisplayScreensAreUnavailable_data()
{
    QTest::addColumn<QStringList>("environment");
    QTest::newRow("no display") << QStringList{};
    QTest::newRow("a display that is not there") << QStringList{QStringLiteral("DISPLAY=:4711")};
    QTest::newRow("Wayland by its socket")
        << QStringList{QStringLiteral("DISPLAY=:4711"), QStringLiteral("WAYLAND_DISPLAY=w-0")};
    QTest::newRow("Wayland by its session")
        << QStringList{QStringLiteral("DISPLAY=:4711"), QStringLiteral("XDG_SESSION_TYPE=wayland")};
}

void HelperTest::withoutADisplayScreensAreUnavailable()
{
    QFETCH(QStringList, environment);
    const Outcome outcome = run({QStringLiteral("screens")}, {}, environment);
    QCOMPARE(outcome.status, 1);
    QVERIFY(outcome.out.isEmpty());
    const QJsonObject error = QJsonDocument::fromJson(outcome.err).object();
    QCOMPARE(error[QStringLiteral("error")][QStringLiteral("code")].toString(),
             QStringLiteral("ScreenUnavailable"));
}

void HelperTest::byHandItPrintsJson()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("code.png"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray text("a \"quoted\"\ttext\\ \xc3\xa9");
    file.write(test::qrPng(text));
    file.close();

    const Outcome outcome = run({QStringLiteral("image"), path});
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.err.isEmpty());
    QVERIFY(outcome.out.startsWith("{\"version\":1,"));
    const QJsonDocument document = QJsonDocument::fromJson(outcome.out);
    const QJsonArray found = document[QStringLiteral("found")].toArray();
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0][QStringLiteral("text")].toString(), QString::fromUtf8(text));
    QCOMPARE(found[0][QStringLiteral("source")].toString(), path);
    QCOMPARE(found[0][QStringLiteral("outline")].toArray().size(), 4);
    QCOMPARE(found[0][QStringLiteral("outline")][0], QJsonValue(QJsonArray{16, 16}));
}

void HelperTest::byHandAFailureIsJsonToo_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    QTest::newRow("folder") << QStringLiteral("/") << QStringLiteral("FileUnreadable");
    QTest::newRow("no file") << QStringLiteral("/nowhere") << QStringLiteral("FileUnreadable");
    QTest::newRow("no picture") << QStringLiteral("/etc/passwd")
                                << QStringLiteral("PictureUnreadable");
    QTest::newRow("endless") << QStringLiteral("/dev/zero") << QStringLiteral("PictureTooLarge");
}

void HelperTest::byHandAFailureIsJsonToo()
{
    QFETCH(QString, path);
    QFETCH(QString, code);
    const Outcome outcome = run({QStringLiteral("image"), path});
    QCOMPARE(outcome.status, 1);
    QVERIFY(outcome.out.isEmpty());
    const QJsonDocument document = QJsonDocument::fromJson(outcome.err);
    QCOMPARE(document[QStringLiteral("version")].toInt(), 1);
    QCOMPARE(document[QStringLiteral("error")][QStringLiteral("code")].toString(), code);
}

void HelperTest::wrongUseIsStatusTwo()
{
    QCOMPARE(run({}).status, 2);
    QCOMPARE(run({QStringLiteral("image")}).status, 2);
    QCOMPARE(run({QStringLiteral("dance")}).status, 2);
}

void HelperTest::itSaysItsVersion()
{
    const Outcome outcome = run({QStringLiteral("--version")});
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.out, QByteArray("hufu-scanner " HUFU_VERSION "\n"));
}

void HelperTest::shutInItReachesNoNetworkAndItsLimitsHold_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("limits");
    QTest::newRow("picture") << QStringLiteral("picture") << QByteArray("seconds 5\nMiB 512\n");
    QTest::newRow("icon") << QStringLiteral("icon") << QByteArray("seconds 5\nMiB 512\n");
    QTest::newRow("screens") << QStringLiteral("screens") << QByteArray("seconds 10\nMiB 1024\n");
}

void HelperTest::shutInItReachesNoNetworkAndItsLimitsHold()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, limits);
    QProcess probe;
    probe.start(QStringLiteral(CONTAINMENT_PROBE), {kind});
    QVERIFY(probe.waitForFinished(5000));
#if defined(HUFU_SANITIZED)
    limits = limits.left(limits.indexOf("MiB"));
#endif
    QByteArray expected;
    for (const char *thread : {"older", "main", "younger", "started program"}) {
        for (const char *family : {"AF_INET stream", "AF_INET datagram", "AF_INET6 stream",
                                   "AF_INET6 datagram", "AF_PACKET raw"})
            expected += QByteArray(thread) + ' ' + family + ": Permission denied\n";
        expected += QByteArray(thread) + " AF_UNIX stream: made\n";
    }
    QCOMPARE(probe.readAllStandardOutput(), expected + limits + "core 0\n");
    QCOMPARE(probe.exitCode(), 0);
}

QTEST_GUILESS_MAIN(HelperTest)
#include "helper_test.moc"
