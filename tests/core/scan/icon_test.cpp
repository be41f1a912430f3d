// Foreign icons: the two messages, and the real helper that draws.

#include "core/scan/messages.h"
#include "core/scan/scanner_client.h"
#include "tests/support/result_printing.h"

#include <QBuffer>
#include <QImage>
#include <QTemporaryDir>

#include <optional>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QByteArray arrayOf(const Result<SecretBytes> &message)
{
    const std::string_view text = message ? message->text() : std::string_view();
    return {text.data(), static_cast<qsizetype>(text.size())};
}

Result<Message> messageOf(const QByteArray &bytes, MessageReader::From from)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    MessageReader reader(from);
    Result<std::optional<Message>> message = reader.next([&buffer](std::span<std::byte> room) {
        return buffer.read(reinterpret_cast<char *>(room.data()), static_cast<qint64>(room.size()));
    });
    if (!message)
        return tl::unexpected(message.error());
    if (!*message)
        return failure(Errc::FileUnreadable, u"not a whole message"_s);
    return std::move(**message);
}

QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, format) ? bytes : QByteArray();
}

QByteArray svg(const QByteArray &content, const QByteArray &attributes = "width='20' height='10'")
{
    return "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' " +
           attributes + ">" + content + "</svg>";
}

/// "A billion laughs": each entity is ten of the one before.
QByteArray laughs()
{
    QByteArray entities("<!ENTITY l0 'ha'>");
    for (int i = 1; i <= 9; ++i) {
        const QByteArray before = "&l" + QByteArray::number(i - 1) + ";";
        entities += "<!ENTITY l" + QByteArray::number(i) + " '" + before.repeated(10) + "'>";
    }
    return "<?xml version='1.0'?><!DOCTYPE svg [" + entities + "]>" + svg("<text>&l9;</text>");
}

/// 3,000 circles of 30,000 dashes each: small, correct, and work for a long while.
QByteArray dashes()
{
    return svg("<g stroke='#000' stroke-dasharray='0.001'>" +
               QByteArray("<circle cx='5' cy='5' r='5'/>").repeated(3000) + "</g>");
}

Result<DrawnIcon> drawn(const QByteArray &icon, int edge, ScanPatience patience = {},
                        const QString &helper = ScannerClient::besideThisProgram())
{
    QObject context;
    std::optional<Result<DrawnIcon>> outcome;
    ScannerClient(helper, patience)
        .readIcon(icon, edge, &context,
                  [&outcome](Result<DrawnIcon> result) { outcome = std::move(result); });
    if (outcome)
        return failure(Errc::FileUnreadable, u"answered from inside the call"_s);
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000))
        return failure(Errc::FileUnreadable, u"no answer"_s);
    return std::move(*outcome);
}

/// Red, green, blue and alpha in hexadecimal digits.
QByteArray pixel(const DrawnIcon &icon, int x, int y)
{
    return icon.rgba.mid(4 * (qsizetype{y} * icon.edge + x), 4).toHex();
}

/// A helper that says `answer` to everything.
class FakeHelper
{
public:
    explicit FakeHelper(const QByteArray &answer)
    {
        QFile said(m_folder.filePath(u"answer"_s));
        QFile helper(program());
        if (!said.open(QIODevice::WriteOnly) || !helper.open(QIODevice::WriteOnly))
            qFatal("The temporary folder cannot be written.");
        said.write(answer);
        helper.write("#!/bin/sh\ncat '" + said.fileName().toLocal8Bit() + "'\ncat >/dev/null\n");
        helper.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    }

    [[nodiscard]] QString program() const { return m_folder.filePath(u"helper"_s); }

private:
    QTemporaryDir m_folder;
};

} // namespace

class IconTest : public QObject
{
    Q_OBJECT

private slots:
    void anOrderComesBackAsWritten();
    void aDrawnIconComesBackAsWritten();
    void ordersThatBreakTheRulesAreRefused_data();
    void ordersThatBreakTheRulesAreRefused();
    void drawnIconsThatBreakTheRulesAreRefused_data();
    void drawnIconsThatBreakTheRulesAreRefused();
    void anSvgIsDrawnAtTheSizeAskedFor();
    void anSvgMayHaveText();
    void halfTransparentColoursArePremultiplied();
    void aRasterIconIsFittedIn_data();
    void aRasterIconIsFittedIn();
    void iconsThatAreNoneAreRefused_data();
    void iconsThatAreNoneAreRefused();
    void anSvgThatTakesForEverIsEnded();
    void anIconAboveTheLimitStartsNoHelper();
    void aHelperThatAnswersSomethingElseHasFailed_data();
    void aHelperThatAnswersSomethingElseHasFailed();
};

void IconTest::anOrderComesBackAsWritten()
{
    const Result<QByteArray> written = writeIcon({"<svg/>", 256});
    VERIFY_OK(written);
    QCOMPARE(written->toHex(), QByteArray("00000015"
                                          "08"
                                          "0001000000063c7376672f3e"
                                          "0002000000020100"));
    const Result<Message> sent = messageOf(*written, MessageReader::From::Client);
    VERIFY_OK(sent);
    const Result<IconRequest> read = readIcon(*sent);
    VERIFY_OK(read);
    QCOMPARE(read->encoded, QByteArray("<svg/>"));
    QCOMPARE(read->edge, 256);
}

void IconTest::aDrawnIconComesBackAsWritten()
{
    const Result<QByteArray> written = writeDrawnIcon({1, "rgba"});
    VERIFY_OK(written);
    QCOMPARE(written->toHex(), QByteArray("00000012"
                                          "47"
                                          "00010000000101"
                                          "00020000000472676261"));
    const Result<Message> sent = messageOf(*written, MessageReader::From::Helper);
    VERIFY_OK(sent);
    const Result<DrawnIcon> read = readDrawnIcon(*sent);
    VERIFY_OK(read);
    QCOMPARE(read->edge, 1);
    QCOMPARE(read->rgba, QByteArray("rgba"));
}

void IconTest::ordersThatBreakTheRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("fields");
    const QByteArray bytes = "00010000000161";
    QTest::newRow("no edge") << bytes;
    QTest::newRow("no bytes") << QByteArray("00020000000101");
    QTest::newRow("an edge of 0") << bytes + "00020000000100";
    QTest::newRow("an edge of 257") << bytes + "0002000000020101";
}

void IconTest::ordersThatBreakTheRulesAreRefused()
{
    QFETCH(QByteArray, fields);
    fields = QByteArray::fromHex(fields);
    const QByteArray start =
        QByteArray::fromHex("000000") + static_cast<char>(fields.size() + 1) + '\x08';
    const Result<Message> sent = messageOf(start + fields, MessageReader::From::Client);
    VERIFY_OK(sent);
    VERIFY_FAILS(readIcon(*sent), Errc::HelperFailed);
}

void IconTest::drawnIconsThatBreakTheRulesAreRefused_data()
{
    QTest::addColumn<DrawnIcon>("icon");
    QTest::newRow("nothing") << DrawnIcon{0, {}};
    QTest::newRow("a byte too few") << DrawnIcon{2, QByteArray(15, 'x')};
    QTest::newRow("a byte too many") << DrawnIcon{2, QByteArray(17, 'x')};
    QTest::newRow("larger than 256") << DrawnIcon{257, QByteArray(257 * 257 * 4, 'x')};
}

void IconTest::drawnIconsThatBreakTheRulesAreRefused()
{
    QFETCH(DrawnIcon, icon);
    const Result<Message> sent =
        messageOf(writeDrawnIcon(icon).value_or(QByteArray()), MessageReader::From::Helper);
    VERIFY_OK(sent);
    VERIFY_FAILS(readDrawnIcon(*sent), Errc::HelperFailed);
}

void IconTest::anSvgIsDrawnAtTheSizeAskedFor()
{
    const Result<DrawnIcon> icon =
        drawn(svg("<rect width='10' height='10' fill='#ff0000'/>"
                  "<rect x='10' width='10' height='10' fill='#0000ff'/>"),
              200);
    VERIFY_OK(icon);
    QCOMPARE(icon->edge, 200);
    QCOMPARE(icon->rgba.size(), 200 * 200 * 4);
    QCOMPARE(pixel(*icon, 98, 100), QByteArray("ff0000ff"));
    QCOMPARE(pixel(*icon, 102, 100), QByteArray("0000ffff"));
    // Twice as wide as high: a quarter above and below stays free.
    QCOMPARE(pixel(*icon, 100, 48), QByteArray("00000000"));
    QCOMPARE(pixel(*icon, 100, 152), QByteArray("00000000"));
}

void IconTest::anSvgMayHaveText()
{
    const Result<DrawnIcon> icon =
        drawn(svg("<text x='0' y='10' font-size='12' fill='#ff0000'>MMM</text>"), 64);
    VERIFY_OK(icon);
    QVERIFY(icon->rgba.contains("\xff"));
}

void IconTest::halfTransparentColoursArePremultiplied()
{
    const Result<DrawnIcon> icon =
        drawn(svg("<rect width='20' height='20' fill='#ff0000' fill-opacity='0.5'/>",
                  "viewBox='0 0 20 20'"),
              16);
    VERIFY_OK(icon);
    const QByteArray middle = QByteArray::fromHex(pixel(*icon, 8, 8));
    QCOMPARE(middle[0], middle[3]);
    QVERIFY(static_cast<uchar>(middle[3]) >= 126 && static_cast<uchar>(middle[3]) <= 129);
    QCOMPARE(middle[1], '\0');
}

void IconTest::aRasterIconIsFittedIn_data()
{
    QTest::addColumn<QByteArray>("format");
    for (const char *format : {"png", "bmp", "webp", "jpeg"})
        QTest::newRow(format) << QByteArray(format);
}

void IconTest::aRasterIconIsFittedIn()
{
    QFETCH(QByteArray, format);
    QImage high(30, 60, QImage::Format_RGB32);
    high.fill(Qt::white);
    const Result<DrawnIcon> icon = drawn(encoded(high, format.constData()), 20);
    VERIFY_OK(icon);
    QCOMPARE(pixel(*icon, 10, 10), QByteArray("ffffffff"));
    QCOMPARE(pixel(*icon, 2, 10), QByteArray("00000000"));
}

void IconTest::iconsThatAreNoneAreRefused_data()
{
    QTest::addColumn<QByteArray>("icon");
    QTest::addColumn<Errc>("expected");
    const Errc unreadable = Errc::PictureUnreadable;
    QTest::newRow("0 bytes") << QByteArray() << unreadable;
    QTest::newRow("text") << QByteArray("hello") << unreadable;
    QTest::newRow("other XML") << QByteArray("<html><svg/></html>") << unreadable;
    QTest::newRow("half an SVG") << svg("<rect/>").chopped(8) << unreadable;
    QTest::newRow("an SVG without a size") << svg("", "width='0' height='0'") << unreadable;
    QTest::newRow("a packed SVG") << QByteArray::fromHex("1f8b0800000000000003") << unreadable;
    QTest::newRow("a billion laughs") << laughs() << unreadable;
    QTest::newRow("an SVG with a file in it")
        << svg("<image width='9' height='9' xlink:href='/etc/hostname'/>") << unreadable;
    QTest::newRow("an SVG 10,000 deep")
        << svg(QByteArray("<g>").repeated(10'000) + QByteArray("</g>").repeated(10'000))
        << unreadable;
    QTest::newRow("half a PNG") << encoded(QImage(9, 9, QImage::Format_RGB32), "png").left(20)
                                << unreadable;
    QTest::newRow("PNG of 50,000 x 50,000") << QByteArray::fromHex("89504e470d0a1a0a"
                                                                   "0000000d49484452"
                                                                   "0000c3500000c350"
                                                                   "0806000000"
                                                                   "4baf3dca") // its checksum
                                            << Errc::PictureTooLarge;
}

void IconTest::iconsThatAreNoneAreRefused()
{
    QFETCH(QByteArray, icon);
    QFETCH(Errc, expected);
    VERIFY_FAILS(drawn(icon, 32), expected);
}

void IconTest::anSvgThatTakesForEverIsEnded()
{
    VERIFY_FAILS(drawn(dashes(), 32, {.picture = 1s}), Errc::HelperTimedOut);
}

void IconTest::anIconAboveTheLimitStartsNoHelper()
{
    const QByteArray icon(static_cast<qsizetype>(largestIcon) + 1, ' ');
    VERIFY_FAILS(drawn(icon, 32, {}, u"/nowhere"_s), Errc::PictureTooLarge);
}

void IconTest::aHelperThatAnswersSomethingElseHasFailed_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("another size") << *writeDrawnIcon({1, "rgba"});
    QTest::newRow("a search's end") << arrayOf(writeDone({}));
    QTest::newRow("a frame") << *writeFrame({0, 1, 1, "rgb"});
}

void IconTest::aHelperThatAnswersSomethingElseHasFailed()
{
    QFETCH(QByteArray, answer);
    const FakeHelper helper(arrayOf(writeHello(MessageKind::HelperHello)) + answer);
    VERIFY_FAILS(drawn("icon", 2, {}, helper.program()), Errc::HelperFailed);
}

QTEST_GUILESS_MAIN(IconTest)
#include "icon_test.moc"
