// What people and their enemies hand over as a picture: each has its sentence, and the program that
// asked goes on. The real helper.

#include "core/scan/messages.h"
#include "core/scan/scanner_client.h"
#include "tests/support/qr_picture.h"
#include "tests/support/result_printing.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QRandomGenerator>

#include <csignal>
#include <optional>
#include <unistd.h>

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

const QByteArray keyUri("otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example");

QImage qrImage(const QByteArray &text)
{
    return QImage::fromData(test::qrPng(text), "png").convertToFormat(QImage::Format_RGB32);
}

QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, format) ? bytes : QByteArray();
}

/// 9 MB of grey noise, which keep the helper busy for a while.
QByteArray noise()
{
    QImage image(3000, 3000, QImage::Format_Grayscale8);
    QRandomGenerator(7).fillRange(reinterpret_cast<quint32 *>(image.bits()),
                                  image.sizeInBytes() / 4);
    return encoded(image, "bmp");
}

/// A PNG of a size that decodes to 10 GB, and no pixels.
QByteArray pngBomb()
{
    return QByteArray::fromHex("89504e470d0a1a0a"
                               "0000000d49484452"
                               "0000c3500000c350"
                               "0806000000"
                               "4baf3dca"); // its checksum
}

/// A GIF of these grey frames. Pixels are written as they are, in codes of 9 bits, with the
/// table emptied so often that the codes never grow. Source: GIF89a specification.
QByteArray gif(const QList<QImage> &frames)
{
    const auto number = [](int value) {
        return QByteArray() + static_cast<char>(value & 0xff) + static_cast<char>(value >> 8);
    };
    constexpr int clear = 256;
    QByteArray bytes = "GIF89a" + number(frames[0].width()) + number(frames[0].height()) +
                       QByteArray("\xf7\0\0", 3);
    for (int grey = 0; grey < 256; ++grey)
        bytes += QByteArray(3, static_cast<char>(grey));
    for (const QImage &frame : frames) {
        QByteArray packed;
        unsigned bits = 0;
        int count = 0;
        const auto put = [&](unsigned code) {
            bits |= code << count;
            for (count += 9; count >= 8; count -= 8, bits >>= 8)
                packed += static_cast<char>(bits & 0xff);
        };
        int sinceClear = 0;
        put(clear);
        for (int y = 0; y < frame.height(); ++y) {
            for (int x = 0; x < frame.width(); ++x) {
                if (++sinceClear == 200) {
                    put(clear);
                    sinceClear = 0;
                }
                put(static_cast<unsigned>(qGray(frame.pixel(x, y))));
            }
        }
        put(clear + 1);
        packed += static_cast<char>(bits);
        bytes += ',' + number(0) + number(0) + number(frame.width()) + number(frame.height()) +
                 QByteArray("\0\x08", 2);
        for (qsizetype at = 0; at < packed.size(); at += 255) {
            const QByteArray block = packed.mid(at, 255);
            bytes += static_cast<char>(block.size()) + block;
        }
        bytes += '\0';
    }
    return bytes + ';';
}

Result<ScanReport> scanned(const QByteArray &picture)
{
    QObject context;
    std::optional<Result<ScanReport>> outcome;
    ScannerClient(ScannerClient::besideThisProgram())
        .scanPicture(picture, &context,
                     [&outcome](Result<ScanReport> result) { outcome = std::move(result); });
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000))
        return failure(Errc::FileUnreadable, u"no answer"_s);
    return std::move(*outcome);
}

QByteArray childProcesses()
{
    QFile file(u"/proc/%1/task/%1/children"_s.arg(getpid()));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray("?");
}

/// What a helper has used until it answered.
struct Effort
{
    double seconds = 0; ///< of the processor
    double peak = 0;    ///< resident MB
};

/// @param request  nothing for a helper that only says hello
std::optional<Effort> effortFor(const QByteArray &request, MessageKind answer)
{
    QProcess helper;
    helper.start(ScannerClient::besideThisProgram(), {u"--serve"_s});
    const Result<SecretBytes> hello = writeHello(MessageKind::Hello);
    helper.write(hello->text().data(), static_cast<qint64>(hello->size()));
    helper.write(request);
    MessageReader reader(MessageReader::From::Helper);
    for (;;) {
        const Result<std::optional<Message>> message =
            reader.next([&helper](std::span<std::byte> room) {
                return helper.read(reinterpret_cast<char *>(room.data()),
                                   static_cast<qint64>(room.size()));
            });
        if (!message || (!*message && !helper.waitForReadyRead(10'000)))
            return std::nullopt;
        if (*message && (*message)->kind == answer)
            break;
    }
    const QString folder = u"/proc/%1/"_s.arg(helper.processId());
    QFile stat(folder + u"stat"_s);
    QFile status(folder + u"status"_s);
    if (!stat.open(QIODevice::ReadOnly) || !status.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArrayList numbers = stat.readAll().split(')').last().simplified().split(' ');
    const QByteArray text = status.readAll();
    const QByteArray peak = text.mid(text.indexOf("VmHWM:") + 6).simplified().split(' ').first();
    helper.closeWriteChannel();
    helper.waitForFinished(5000);
    return Effort{(numbers[11].toDouble() + numbers[12].toDouble()) /
                      static_cast<double>(sysconf(_SC_CLK_TCK)),
                  peak.toDouble() / 1024};
}

} // namespace

class BadInputTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void eachHasItsSentence_data();
    void eachHasItsSentence();
    void aBombCostsNoMoreThanAnIdleHelper();
    void aTruncatedJpegEndsWell();
    void aPictureOf50000PixelsWidthIsReadScaledDown();
    void aPictureOfManyPixelsIsRefused();
    void theFirstFrameOfAGifCounts();
    void aFolderIsNoPicture();
    void threeKilobytesOfBinaryAreACodeThatIsTooLong();
    void aDecoderThatAbortsIsAFailure_data();
    void aDecoderThatAbortsIsAFailure();
};

// After each of them nothing is left, and the next picture is read.
void BadInputTest::cleanup()
{
    const Result<ScanReport> report = scanned(test::qrPng(keyUri));
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
    QTRY_VERIFY(childProcesses().isEmpty());
}

void BadInputTest::eachHasItsSentence_data()
{
    QTest::addColumn<QByteArray>("picture");
    QTest::addColumn<Errc>("expected");
    const Errc unreadable = Errc::PictureUnreadable;
    QTest::newRow("0 bytes") << QByteArray() << unreadable;
    QTest::newRow("an SVG, whatever its name")
        << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
        << unreadable;
    QTest::newRow("a PDF") << QByteArray("%PDF-1.7\n") << unreadable;
    QTest::newRow("an icon file") << QByteArray::fromHex("00000100010010100000") << unreadable;
    QTest::newRow("a PNG bomb") << pngBomb() << Errc::PictureTooLarge;
    QTest::newRow("a GIF bomb") << QByteArray("GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0", 18) +
                                       QByteArray("\xff\xff\xff\xff\0\x02\x02\x44\x01\0;", 11)
                                << Errc::PictureTooLarge;
    QTest::newRow("16 MiB and a byte")
        << QByteArray(static_cast<qsizetype>(largestPicture) + 1, 'x') << Errc::PictureTooLarge;
}

void BadInputTest::eachHasItsSentence()
{
    QFETCH(QByteArray, picture);
    QFETCH(Errc, expected);
    VERIFY_FAILS(scanned(picture), expected);
}

// security.md 6: less than 50 ms and less than 20 MB beyond an idle helper.
void BadInputTest::aBombCostsNoMoreThanAnIdleHelper()
{
    const std::optional<Effort> idle = effortFor({}, MessageKind::HelperHello);
    const std::optional<Effort> bomb = effortFor(*writePicture(pngBomb()), MessageKind::Error);
    QVERIFY(idle && bomb);
    qInfo("A PNG bomb costs %.0f ms and %.1f MB beyond an idle helper.",
          (bomb->seconds - idle->seconds) * 1000, bomb->peak - idle->peak);
#if !defined(HUFU_SANITIZED)
    QVERIFY(bomb->seconds - idle->seconds <= 0.05);
    QVERIFY(bomb->peak - idle->peak < 20);
#endif
}

// libjpeg fills up what is missing; whatever Qt makes of it, it is an answer and no crash.
void BadInputTest::aTruncatedJpegEndsWell()
{
    const QByteArray bytes = encoded(qrImage(keyUri), "jpeg");
    for (const qsizetype size : {bytes.size() / 2, qsizetype{700}, qsizetype{100}}) {
        const Result<ScanReport> report = scanned(bytes.left(size));
        if (report)
            QVERIFY(report->codes.size() <= 1);
        else
            QCOMPARE(report.error().code, Errc::PictureUnreadable);
    }
}

void BadInputTest::aPictureOf50000PixelsWidthIsReadScaledDown()
{
    QImage wide(50'000, 100, QImage::Format_RGB32);
    wide.fill(Qt::gray);
    for (const char *format : {"png", "jpeg"}) {
        const Result<ScanReport> report = scanned(encoded(wide, format));
        VERIFY_OK(report);
        QCOMPARE(report->searched.size(), std::size_t{1});
        QCOMPARE(report->searched[0].width, 50'000);
        QVERIFY(report->codes.empty());
    }
}

// A real one, not only a header that lies: small as a file, 140 MB as pixels.
void BadInputTest::aPictureOfManyPixelsIsRefused()
{
    QImage large(7'000, 5'000, QImage::Format_Grayscale8);
    large.fill(Qt::white);
    const QByteArray bytes = encoded(large, "png");
    QVERIFY(!bytes.isEmpty() && bytes.size() < 1'000'000);
    VERIFY_FAILS(scanned(bytes), Errc::PictureTooLarge);
}

void BadInputTest::theFirstFrameOfAGifCounts()
{
    const QImage code = qrImage(keyUri);
    QImage blank = code;
    blank.fill(Qt::white);
    const Result<ScanReport> first = scanned(gif({code, blank}));
    VERIFY_OK(first);
    QCOMPARE(first->codes.size(), std::size_t{1});
    const Result<ScanReport> second = scanned(gif({blank, code}));
    VERIFY_OK(second);
    QVERIFY(second->codes.empty());
}

void BadInputTest::aFolderIsNoPicture()
{
    QProcess helper;
    helper.start(ScannerClient::besideThisProgram(), {u"image"_s, u"/tmp"_s});
    QVERIFY(helper.waitForFinished());
    QCOMPARE(helper.exitCode(), 1);
    QVERIFY(helper.readAllStandardError().contains("\"FileUnreadable\""));
}

void BadInputTest::threeKilobytesOfBinaryAreACodeThatIsTooLong()
{
    QByteArray content;
    for (int i = 0; i < 2953; ++i) // as much as a code can hold
        content.append(static_cast<char>(0x80 + i * 37 % 128));
    const Result<ScanReport> report = scanned(test::qrPng(content));
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
    QVERIFY(report->codes[0].tooLong);
    QVERIFY(report->codes[0].text.empty());
}

void BadInputTest::aDecoderThatAbortsIsAFailure_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("a failed assertion") << SIGABRT;
    QTest::newRow("a bad address") << SIGSEGV;
    QTest::newRow("too much time") << SIGXCPU;
    QTest::newRow("the system's want of memory") << SIGKILL;
}

// With QR codes only, ZXing 1.4 aborts on no picture that is known, so its end is played.
void BadInputTest::aDecoderThatAbortsIsAFailure()
{
    QFETCH(int, signal);
    const QByteArray picture = noise();
    QObject context;
    std::optional<Result<ScanReport>> outcome;
    ScannerClient(ScannerClient::besideThisProgram())
        .scanPicture(picture, &context,
                     [&outcome](Result<ScanReport> result) { outcome = std::move(result); });
    // In mid-search: it is shut in from just before that.
    QByteArray status;
    const bool isSearching = QTest::qWaitFor(
        [&status] {
            QFile file(u"/proc/%1/status"_s.arg(QLatin1String(childProcesses())));
            status = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            return status.contains("Seccomp:\t2\n");
        },
        10'000);
    QVERIFY(isSearching);
    QVERIFY(!outcome);
    QCOMPARE(kill(childProcesses().toInt(), signal), 0);
    QTRY_VERIFY(outcome.has_value());
    VERIFY_FAILS(*outcome, Errc::HelperFailed);
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "bad_input_test.moc"
