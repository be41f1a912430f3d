#include "qr_image.h"

#include <QTest>

#include <ZXing/ReadBarcode.h>

using namespace hufu::authserver;

/// Reads the pictures with the decoder that the token uses.
class QrImageTest : public QObject
{
    Q_OBJECT

private slots:
    void aPictureSaysItsText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("login") << QByteArray("https://localhost:8443/v1/verify/?token="
                                             "dd8450686d9a46bc22057a52be2a4cec");
        QTest::newRow("binding") << QByteArray(
            "otpauth://totp/Example:alice%40example.com?secret="
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example&algorithm=SHA1&digits=6"
            "&period=30&v=1&appid=ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW"
            "&uid=e%2Bf2iJHkScjvo6GHZKVmaA%3D%3D"
            "&api=https%3A%2F%2Fauth.example.com%2Fv1");
        QTest::newRow("one letter") << QByteArray("x");
    }

    void aPictureSaysItsText()
    {
        QFETCH(const QByteArray, text);
        const QImage image =
            QImage::fromData(qrPng(text), "PNG").convertToFormat(QImage::Format_Grayscale8);
        QVERIFY(image.width() >= 320);
        QCOMPARE(image.width(), image.height());
        const ZXing::ImageView view(image.constBits(), image.width(), image.height(),
                                    ZXing::ImageFormat::Lum,
                                    static_cast<int>(image.bytesPerLine()));
        const auto result =
            ZXing::ReadBarcode(view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
        QVERIFY(result.isValid());
        QCOMPARE(QByteArray::fromStdString(result.text()), text);
        QCOMPARE(result.ecLevel(), std::string("M"));
    }

    void theQuietZoneIsFourModules()
    {
        const QImage image = qrImage("x"); // 21 modules, 29 with the zone
        const int module = image.width() / 29;
        QCOMPARE(image.width(), module * 29);
        QCOMPARE(qGray(image.pixel(4 * module - 1, 4 * module)), 255);
        QCOMPARE(qGray(image.pixel(4 * module, 4 * module)), 0);
    }

    void aTextThatIsTooLongGivesNoPicture()
    {
        QVERIFY(qrImage(QByteArray(3000, 'x')).isNull());
        QVERIFY(qrPng(QByteArray(3000, 'x')).isEmpty());
    }
};

QTEST_GUILESS_MAIN(QrImageTest)
#include "qr_image_test.moc"
