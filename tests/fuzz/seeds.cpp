// Writes the inputs that fuzzing begins with: one of each kind that our writers can make.
//
//   fuzz_seeds FOLDER    makes FOLDER/messages, FOLDER/payload and FOLDER/picture

#include "core/scan/messages.h"
#include "tests/support/qr_picture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QImage>

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

class Seeds
{
public:
    Seeds(const QString &folder, const QString &target)
        : m_folder(folder + u'/' + target)
    {
        if (!QDir().mkpath(m_folder))
            qFatal("The folder cannot be made.");
    }

    void add(char choice, const QByteArray &bytes)
    {
        QFile file(m_folder + u"/seed%1"_s.arg(m_count++));
        if (!file.open(QIODevice::WriteOnly) || file.write(choice + bytes) != bytes.size() + 1)
            qFatal("A seed cannot be written.");
    }

private:
    QString m_folder;
    int m_count = 0;
};

QByteArray arrayOf(const Result<SecretBytes> &message)
{
    const std::string_view text = message ? message->text() : std::string_view();
    return {text.data(), static_cast<qsizetype>(text.size())};
}

void writeMessages(Seeds seeds)
{
    const char client = 63; // odd: the client's; in pieces of 32 bytes
    const char helper = 62;
    const QByteArray hello = arrayOf(writeHello(MessageKind::Hello));
    seeds.add(client, hello + *writePicture("BM picture"));
    seeds.add(client, hello + arrayOf(writeScreens({ScreenWay::X11, {QRect(1, 2, 3, 4)}})));
    seeds.add(client, hello + *writeIcon({"<svg/>", 32}));
    seeds.add(client, hello + arrayOf(writeBare(MessageKind::Stop)));

    FoundCode code;
    code.text = *SecretBytes::copyOf("otpauth://totp/a?secret=JBSWY3DP");
    code.outline = {QPoint(1, 2), QPoint(3, 4), QPoint(5, 6), QPoint(7, 8)};
    code.part = 1;
    code.parts = 2;
    FoundCode longCode;
    longCode.tooLong = true;
    const QByteArray helperHello = arrayOf(writeHello(MessageKind::HelperHello));
    seeds.add(helper, helperHello + arrayOf(writeFound(code)) + *writeFrame({0, 2, 1, "abcdef"}) +
                          arrayOf(writeDone({{{u"DP-1"_s, 9, 9}}, std::chrono::milliseconds(5)})));
    seeds.add(helper, helperHello + arrayOf(writeFound(longCode)));
    seeds.add(helper, helperHello + *writeDrawnIcon({1, "rgba"}));
    seeds.add(helper, helperHello + arrayOf(writeError({Errc::PictureUnreadable, u"why"_s})));
}

void writePayloads(Seeds seeds)
{
    for (const char *text :
         {"otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example&digits=8&period=60",
          "otpauth://hotp/a%20b?secret=JBSWY3DPEHPK3PXP&counter=5&algorithm=SHA256",
          "otpauth://totp/Acme:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Acme"
          "&algorithm=SHA256&digits=6&period=30&v=1&appid=app&uid=alice"
          "&api=https%3A%2F%2Flogin.example.com%2Ftoken",
          "apple-otpauth://totp/a?secret=JBSWY3DP", "steam://JBSWY3DPEHPK3PXP",
          "https://login.example.com/verify/?token=0123456789abcdef0123456789abcdef",
          "https://login.example.com/v1/bind/?token=0123456789abcdef0123456789abcdef",
          "otpauth-migration://offline?data=CgoKBWhlbGxvEgFh", "https://example.org/a?b=c#d",
          "WIFI:T:WPA;S:name;P:password;;", "FIDO:/123456789012345678901234567890",
          "BEGIN:VCARD\nFN:A\nEND:VCARD", "bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT?amount=1",
          "mailto:a@example.org", "tel:+123", "geo:1,2", "BEGIN:VEVENT\nEND:VEVENT",
          "JBSWY3DPEHPK3PXP"}) {
        seeds.add('\x03', text);
        seeds.add('\x00', text);
    }
}

void writePictures(Seeds seeds)
{
    const QByteArray code = test::qrPng("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP", 3);
    const QImage image = QImage::fromData(code, "png").convertToFormat(QImage::Format_Grayscale8);
    if (image.isNull())
        qFatal("qrencode is missing.");
    seeds.add('\x00', code);
    for (const char *format : {"png", "jpeg", "bmp", "webp"}) {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, format);
        seeds.add('\x00', bytes);
    }
    seeds.add('\x00', QByteArray::fromHex("474946383961010001008000000000"
                                          "00ffffff2c00000000010001000002024401003b"));
    for (const char *text : {"a", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP", "12345678"}) {
        const QImage modules = QImage::fromData(test::qrPng(text, 1), "png")
                                   .convertToFormat(QImage::Format_Grayscale8);
        const int edge = modules.width() - 8; // without its margin
        QByteArray bits((edge * edge + 7) / 8, '\0');
        for (int at = 0; at < edge * edge; ++at) {
            if (qGray(modules.pixel(4 + at % edge, 4 + at / edge)) < 128)
                bits[at / 8] = static_cast<char>(bits[at / 8] | 1 << at % 8);
        }
        for (const char scale : {1, 3, 5, 7})
            seeds.add(scale, bits);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 2)
        return 2;
    const QString folder = QString::fromLocal8Bit(argv[1]);
    writeMessages({folder, u"messages"_s});
    writePayloads({folder, u"payload"_s});
    writePictures({folder, u"picture"_s});
    return 0;
}
