#include "core/scan/decoder.h"
#include "core/scan/gray_picture.h"
#include "core/scan/messages.h"
#include "core/scan/picture_reader.h"
#include "core/scan/scan_job.h"
#include "tests/support/qr_picture.h"
#include "tests/support/result_printing.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QtEndian>

using namespace hufu;

namespace {

const QByteArray keyUri("otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example");

QImage qrImage(const QByteArray &text = keyUri, int module = 4)
{
    return QImage::fromData(test::qrPng(text, module), "png").convertToFormat(QImage::Format_RGB32);
}

QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, format))
        return {};
    return bytes;
}

/// A PNG that claims a size and has no pixels. Source: PNG specification, 11.2.2 IHDR.
QByteArray pngHeader(quint32 width, quint32 height)
{
    QByteArray ihdr("IHDR");
    const auto append = [](QByteArray &to, quint32 value) {
        value = qToBigEndian(value);
        to.append(reinterpret_cast<const char *>(&value), sizeof value);
    };
    append(ihdr, width);
    append(ihdr, height);
    ihdr.append("\x08\x06\x00\x00\x00", 5);
    quint32 crc = 0xffff'ffff;
    for (const char c : ihdr) {
        crc ^= static_cast<quint8>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb8'8320 : 0);
    }
    QByteArray png("\x89PNG\r\n\x1a\n");
    append(png, 13);
    png += ihdr;
    append(png, ~crc);
    append(png, 0); // an IDAT, so that decoding could begin
    png += "IDAT";
    append(png, 0x35af'061e);
    return png;
}

QImage desktop(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(QColor(0x30, 0x50, 0x70));
    return image;
}

void draw(QImage &onto, QPoint at, const QImage &picture)
{
    QPainter(&onto).drawImage(at, picture);
}

} // namespace

class PictureSearchTest : public QObject
{
    Q_OBJECT

private slots:
    void everyFormatIsRead_data();
    void everyFormatIsRead();
    void picturesThatAreNoneAreRefused_data();
    void picturesThatAreNoneAreRefused();
    void aPictureBombIsRefusedByItsHeader();
    void aLargePictureIsReadScaledDown();
    void aWideGifIsReadScaledDownToo();
    void grayIsTheSameForEveryPixelFormat();
    void transparentPartsLieOnWhite();
    void codesOfBothPolaritiesAreFoundWithTheirPlace();
    void theSameCodeTwiceIsTwoCodes();
    void aCodeOnTheSeamOfTilesIsOneCode();
    void binaryContentIsRead();
    void aTextAboveTheLimitIsMarked();
    void noCodeIsAnEmptyList();
    void noPixelsAreAnError();
    void onlyCodesWhollyInsideAnOwnWindowBelongToIt();
};

void PictureSearchTest::everyFormatIsRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QImage image = qrImage();
    QVERIFY(!image.isNull());
    QTest::newRow("PNG") << encoded(image, "png");
    QTest::newRow("PNG as qrencode writes it") << test::qrPng(keyUri);
    QTest::newRow("JPEG") << encoded(image, "jpeg");
    QTest::newRow("BMP") << encoded(image, "bmp");
    QTest::newRow("WebP") << encoded(image, "webp");
}

void PictureSearchTest::everyFormatIsRead()
{
    QFETCH(QByteArray, bytes);
    const Result<ReadPicture> picture = readPicture(bytes);
    VERIFY_OK(picture);
    QCOMPARE(picture->original, qrImage().size());
    const Result<std::vector<FoundCode>> codes = findCodes(toGray(picture->image));
    VERIFY_OK(codes);
    QCOMPARE(codes->size(), std::size_t{1});
    QVERIFY(codes->front().text.text() == keyUri.toStdString());
}

void PictureSearchTest::picturesThatAreNoneAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray png = encoded(qrImage(), "png");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("an SVG, whatever its name")
        << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect/></svg>");
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("a PNG's first bytes alone") << png.left(8);
    QTest::newRow("half a PNG header") << png.left(20);
    QTest::newRow("a TIFF") << QByteArray("II*\0\x08\0\0\0", 8);
    QTest::newRow("a JPEG's first bytes alone") << QByteArray("\xff\xd8\xff\xe0");
    QTest::newRow("a WebP without a picture") << QByteArray("RIFF\x04\0\0\0WEBP", 12);
    QTest::newRow("a GIF without a picture") << QByteArray("GIF89a\x05\0\x05\0", 10);
    QTest::newRow("a PNG of no width") << pngHeader(0, 10);
}

void PictureSearchTest::picturesThatAreNoneAreRefused()
{
    QFETCH(QByteArray, bytes);
    VERIFY_FAILS(readPicture(bytes), Errc::PictureUnreadable);
}

void PictureSearchTest::aPictureBombIsRefusedByItsHeader()
{
    VERIFY_FAILS(readPicture(pngHeader(50'000, 50'000)), Errc::PictureTooLarge);
    VERIFY_FAILS(readPicture(pngHeader(0x7fff'ffff, 1)), Errc::PictureTooLarge);
}

void PictureSearchTest::aLargePictureIsReadScaledDown()
{
    QImage large = desktop({6000, 1000});
    draw(large, {5000, 300}, qrImage(keyUri, 12));
    for (const char *format : {"png", "jpeg"}) {
        const Result<ReadPicture> picture = readPicture(encoded(large, format));
        VERIFY_OK(picture);
        QCOMPARE(picture->original, QSize(6000, 1000));
        QCOMPARE(picture->image.width(), 4096);
        const Result<std::vector<FoundCode>> codes = findCodes(toGray(picture->image));
        VERIFY_OK(codes);
        QCOMPARE(codes->size(), std::size_t{1});
    }
}

// Found by fuzzing: a screen of 49,153 x 1 with a frame of one pixel.
void PictureSearchTest::aWideGifIsReadScaledDownToo()
{
    const Result<ReadPicture> picture =
        readPicture(QByteArray::fromHex("47494638396101c001008000000000"
                                        "00ffffff2c00000000010001000002024401003b"));
    VERIFY_OK(picture);
    QCOMPARE(picture->original, QSize(49'153, 1));
    QCOMPARE(picture->image.size(), QSize(4096, 1));
}

void PictureSearchTest::grayIsTheSameForEveryPixelFormat()
{
    QImage image(3, 2, QImage::Format_RGB32);
    image.fill(QColor(200, 100, 50)); // (200 * 77 + 100 * 150 + 50 * 29) / 256
    for (const QImage::Format format : {QImage::Format_RGB32, QImage::Format_RGB888,
                                        QImage::Format_ARGB32, QImage::Format_RGBA8888}) {
        const QImage gray = toGray(image.convertToFormat(format));
        QCOMPARE(gray.format(), QImage::Format_Grayscale8);
        QCOMPARE(gray.size(), QSize(3, 2));
        QCOMPARE(gray.constScanLine(1)[2], uchar{124});
    }
    QVERIFY(toGray(QImage()).isNull());
}

void PictureSearchTest::transparentPartsLieOnWhite()
{
    QImage image(1, 1, QImage::Format_ARGB32);
    image.fill(QColor(0, 0, 0, 0));
    QCOMPARE(toGray(image).constScanLine(0)[0], uchar{255});
    image.fill(QColor(0, 0, 0, 255));
    QCOMPARE(toGray(image).constScanLine(0)[0], uchar{0});
}

void PictureSearchTest::codesOfBothPolaritiesAreFoundWithTheirPlace()
{
    QImage screen = desktop({1920, 1080});
    const QImage code = qrImage("first");
    QImage inverted = qrImage("second");
    inverted.invertPixels();
    draw(screen, {100, 200}, code);
    draw(screen, {1400, 700}, inverted);

    const Result<std::vector<FoundCode>> codes = findCodes(toGray(screen));
    VERIFY_OK(codes);
    QCOMPARE(codes->size(), std::size_t{2});
    QVERIFY((*codes)[0].text.text() == "first");
    QVERIFY((*codes)[1].text.text() == "second");
    // qrencode leaves 4 modules of 4 pixels free; 21 modules make a code of version 1.
    const std::array outline{QPoint(116, 216), QPoint(200, 216), QPoint(200, 300),
                             QPoint(116, 300)};
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const QPoint off = (*codes)[0].outline[i] - outline[i];
        QVERIFY2(off.manhattanLength() <= 2, qPrintable(QString::number(i)));
    }
}

void PictureSearchTest::theSameCodeTwiceIsTwoCodes()
{
    QImage screen = desktop({800, 400});
    draw(screen, {50, 50}, qrImage());
    draw(screen, {450, 50}, qrImage());
    const Result<std::vector<FoundCode>> codes = findCodes(toGray(screen));
    VERIFY_OK(codes);
    QCOMPARE(codes->size(), std::size_t{2});
}

void PictureSearchTest::aCodeOnTheSeamOfTilesIsOneCode()
{
    QImage screen = desktop({5120, 600});
    draw(screen, {3300, 100}, qrImage()); // in both tiles
    draw(screen, {4050, 100}, qrImage()); // across the edge of the first
    const Result<std::vector<FoundCode>> codes = findCodes(toGray(screen));
    VERIFY_OK(codes);
    QCOMPARE(codes->size(), std::size_t{2});
    QVERIFY(std::abs((*codes)[0].outline[0].x() - 3316) <= 2);
    QVERIFY(std::abs((*codes)[1].outline[0].x() - 4066) <= 2);
}

void PictureSearchTest::binaryContentIsRead()
{
    QByteArray content;
    for (int i = 0; i < 600; ++i)
        content.append(static_cast<char>(i * 37 % 256));
    const Result<std::vector<FoundCode>> codes = findCodes(toGray(qrImage(content)));
    VERIFY_OK(codes);
    QCOMPARE(codes->size(), std::size_t{1});
    QVERIFY(codes->front().text.size() >= 600);
}

// A QR code holds at most 2,953 bytes; read as Latin-1 they can be longer in UTF-8.
void PictureSearchTest::aTextAboveTheLimitIsMarked()
{
    const QByteArray content(2900, '\xe9');
    const Result<std::vector<FoundCode>> codes = findCodes(toGray(qrImage(content)));
    VERIFY_OK(codes);
    QCOMPARE(codes->size(), std::size_t{1});
    QVERIFY(codes->front().tooLong);
    QVERIFY(codes->front().text.empty());
}

void PictureSearchTest::noCodeIsAnEmptyList()
{
    for (const QSize size : {QSize(1, 1), QSize(1920, 1080)}) {
        const Result<std::vector<FoundCode>> codes = findCodes(toGray(desktop(size)));
        VERIFY_OK(codes);
        QVERIFY(codes->empty());
    }
}

void PictureSearchTest::noPixelsAreAnError()
{
    VERIFY_FAILS(findCodes(QImage()), Errc::PictureUnreadable);
}

void PictureSearchTest::onlyCodesWhollyInsideAnOwnWindowBelongToIt()
{
    const std::array outline{QPoint(10, 10), QPoint(20, 10), QPoint(20, 20), QPoint(10, 20)};
    QVERIFY(liesInOwnWindow(outline, {0, 0}, {{10, 10, 10, 10}}));
    QVERIFY(!liesInOwnWindow(outline, {0, 0}, {{11, 10, 10, 10}}));
    QVERIFY(!liesInOwnWindow(outline, {0, 0}, {{10, 10, 10, 9}}));
    QVERIFY(!liesInOwnWindow(outline, {0, 0}, {}));
    // A second screen lies at 1920,0 of the desktop.
    QVERIFY(!liesInOwnWindow(outline, {1920, 0}, {{0, 0, 100, 100}}));
    QVERIFY(liesInOwnWindow(outline, {1920, 0}, {{0, 0, 9, 9}, {1920, 0, 100, 100}}));
}

QTEST_GUILESS_MAIN(PictureSearchTest)
#include "picture_search_test.moc"
