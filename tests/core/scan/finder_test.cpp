// Small pictures that each need a way of looking of their own; tests/bench/finder_score.py measures
// on many.
#include "core/scan/decoder.h"
#include "core/scan/gray_filters.h"
#include "core/scan/gray_picture.h"
#include "core/scan/live_search.h"
#include "tests/support/qr_picture.h"
#include "tests/support/result_printing.h"

#include <QImage>
#include <QPainter>

using namespace hufu;

namespace {

const QByteArray loginText("https://login.example.com/qr?sid=0123456789abcdef0123456789abcdef&v=2");

/// A code in dark and light, with its free border.
QImage code(const QByteArray &text, int module, int dark = 0, int light = 255)
{
    QImage image = QImage::fromData(test::qrPng(text, module), "png")
                       .convertToFormat(QImage::Format_Grayscale8);
    for (int y = 0; y < image.height(); ++y) {
        uchar *row = image.scanLine(y);
        for (int x = 0; x < image.width(); ++x)
            row[x] = static_cast<uchar>(row[x] < 128 ? dark : light);
    }
    return image;
}

QImage ground(int width, int height, int gray = 128)
{
    QImage image(width, height, QImage::Format_Grayscale8);
    image.fill(static_cast<uint>(gray));
    return image;
}

void draw(QImage &onto, QPoint at, const QImage &picture)
{
    QPainter(&onto).drawImage(at, picture);
}

/// What a finder pattern looks like, 7 x 7 modules.
void drawBait(QImage &onto, QPoint at, int module)
{
    QPainter painter(&onto);
    painter.fillRect(QRect(at, QSize(9, 9) * module), Qt::white);
    painter.fillRect(QRect(at + QPoint(1, 1) * module, QSize(7, 7) * module), Qt::black);
    painter.fillRect(QRect(at + QPoint(2, 2) * module, QSize(5, 5) * module), Qt::white);
    painter.fillRect(QRect(at + QPoint(3, 3) * module, QSize(3, 3) * module), Qt::black);
}

/// As through a lens out of focus: the mean of (2 * radius + 1) squared pixels, twice.
QImage blurred(const QImage &sharp, int radius)
{
    QImage from = sharp;
    for (int round = 0; round < 2; ++round) {
        QImage to = from;
        for (int y = 0; y < to.height(); ++y) {
            for (int x = 0; x < to.width(); ++x) {
                int sum = 0;
                for (int dy = -radius; dy <= radius; ++dy) {
                    const uchar *row = from.constScanLine(qBound(0, y + dy, from.height() - 1));
                    for (int dx = -radius; dx <= radius; ++dx)
                        sum += row[qBound(0, x + dx, from.width() - 1)];
                }
                to.scanLine(y)[x] = static_cast<uchar>(sum / ((2 * radius + 1) * (2 * radius + 1)));
            }
        }
        from = to;
    }
    return from;
}

QStringList textsOf(const Result<std::vector<FoundCode>> &codes)
{
    QStringList texts;
    if (!codes)
        return {QStringLiteral("an error")};
    for (const FoundCode &found : *codes)
        texts.append(QString::fromStdString(std::string(found.text.text())));
    texts.sort();
    return texts;
}

} // namespace

class FinderTest : public QObject
{
    Q_OBJECT

private slots:
    void everyCodeIsFoundOnce_data();
    void everyCodeIsFoundOnce();
    void anOutlineIsInThePixelsOfTheSource();
    void whatIsNoCodeIsAnEmptyList_data();
    void whatIsNoCodeIsAnEmptyList();
    void aCameraFrameIsReadByOneOfTheNextLooks_data();
    void aCameraFrameIsReadByOneOfTheNextLooks();
    void theLookThatReadIsTriedFirst();
    void aFrameWithoutPixelsIsAnError();
    void halvingTakesTheMeanOfFour();
    void doublingKeepsAnEvenGround();
    void sharpeningLeavesAnEvenGroundAndLiftsEdges();
    void blackAndWhiteFollowsTheLightOrOneValue();
};

void FinderTest::everyCodeIsFoundOnce_data()
{
    QTest::addColumn<QImage>("picture");
    QTest::addColumn<QStringList>("texts");
    const QStringList one{QString::fromLatin1(loginText)};

    QImage picture = ground(640, 480);
    draw(picture, {50, 60}, code(loginText, 5, 235, 28));
    QTest::newRow("light on dark") << picture << one;

    picture = ground(640, 480, 215);
    draw(picture, {50, 60}, code(loginText, 5, 190, 215));
    QTest::newRow("faint") << picture << one;

    picture = ground(400, 300, 255);
    draw(picture, {33, 41}, code(loginText, 2));
    QTest::newRow("modules of two pixels") << picture << one;

    picture = ground(1280, 1200, 255);
    draw(picture, {100, 100}, code("short", 40));
    QTest::newRow("modules of forty pixels") << picture << QStringList{QStringLiteral("short")};

    picture = ground(4500, 300, 255);
    draw(picture, {4150, 20}, code(loginText, 4));
    QTest::newRow("beyond 4,096 pixels") << picture << one;

    picture = ground(800, 400);
    draw(picture, {50, 60}, code("dark", 5));
    draw(picture, {450, 60}, code("light", 5, 235, 28));
    QTest::newRow("two, one of them light on dark")
        << picture << QStringList{QStringLiteral("dark"), QStringLiteral("light")};

    picture = ground(1600, 1000, 255);
    for (int i = 0; i < 40; ++i)
        drawBait(picture, {20 + 95 * (i % 8), 20 + 95 * (i / 8)}, 5);
    draw(picture, {1250, 600}, code(loginText, 6));
    QTest::newRow("forty things that look like a finder pattern") << picture << one;

    picture = code(loginText, 6);
    QPainter(&picture).fillRect(picture.width() / 2 - 15, picture.height() / 2 - 15, 30, 30,
                                Qt::white);
    QTest::newRow("with a picture in the middle") << picture << one;

    picture = ground(400, 400, 255);
    draw(picture, {40, 40}, code(loginText, 6));
    QTest::newRow("out of focus") << blurred(picture, 3) << one;
}

void FinderTest::everyCodeIsFoundOnce()
{
    QFETCH(QImage, picture);
    QFETCH(QStringList, texts);
    QCOMPARE(textsOf(findCodes(picture)), texts);
}

void FinderTest::anOutlineIsInThePixelsOfTheSource()
{
    // The first fallback of a camera looks at half the size.
    QImage picture = ground(1280, 720, 255);
    const QImage drawn = code("short", 8, 235, 28);
    draw(picture, {201, 101}, drawn);
    LiveSearch search;
    const Result<std::vector<FoundCode>> codes = search.search(picture);
    VERIFY_OK(codes);
    QCOMPARE(codes->size(), std::size_t{1});
    const QPoint topLeft(201 + 4 * 8, 101 + 4 * 8); // the free border is 4 modules
    const QPoint bottomRight = topLeft + QPoint(21 * 8, 21 * 8);
    QVERIFY((codes->front().outline[0] - topLeft).manhattanLength() <= 6);
    QVERIFY((codes->front().outline[2] - bottomRight).manhattanLength() <= 6);
}

void FinderTest::whatIsNoCodeIsAnEmptyList_data()
{
    QTest::addColumn<QImage>("picture");
    QTest::newRow("1 x 1") << ground(1, 1);
    QTest::newRow("1 x 3") << ground(1, 3);
    QTest::newRow("3 x 1") << ground(3, 1);
    QTest::newRow("odd on both sides") << ground(77, 131);
    QTest::newRow("5,001 x 1") << ground(5001, 1);
    QImage stripes = ground(301, 299);
    for (int y = 0; y < stripes.height(); ++y) {
        for (int x = 0; x < stripes.width(); ++x)
            stripes.scanLine(y)[x] = static_cast<uchar>((x * x + y * y) / 40 % 2 * 255);
    }
    QTest::newRow("rings") << stripes;
}

void FinderTest::whatIsNoCodeIsAnEmptyList()
{
    QFETCH(QImage, picture);
    QCOMPARE(textsOf(findCodes(picture)), QStringList());
    LiveSearch search;
    for (int frame = 0; frame < 8; ++frame)
        QCOMPARE(textsOf(search.search(picture)), QStringList());
}

void FinderTest::aCameraFrameIsReadByOneOfTheNextLooks_data()
{
    QTest::addColumn<QImage>("frame");
    QImage frame = ground(640, 480);
    draw(frame, {50, 60}, code(loginText, 5));
    QTest::newRow("plain") << frame;
    draw(frame, {50, 60}, code(loginText, 5, 235, 28));
    QTest::newRow("light on dark") << frame;
    frame = ground(480, 400, 255);
    draw(frame, {40, 40}, code(loginText, 6));
    QTest::newRow("out of focus") << blurred(frame, 3);
}

void FinderTest::aCameraFrameIsReadByOneOfTheNextLooks()
{
    QFETCH(QImage, frame);
    LiveSearch search;
    QStringList texts;
    for (int i = 0; i < 6 && texts.isEmpty(); ++i)
        texts = textsOf(search.search(frame));
    QCOMPARE(texts, QStringList{QString::fromLatin1(loginText)});
}

void FinderTest::theLookThatReadIsTriedFirst()
{
    QImage frame = ground(480, 400, 255);
    draw(frame, {40, 40}, code(loginText, 6));
    frame = blurred(frame, 3);
    const QImage empty = ground(480, 400, 255);
    // The looks that read this view may just have had their turn when it comes.
    int mostFrames = 0;
    for (int framesBefore = 0; framesBefore < 6; ++framesBefore) {
        LiveSearch search;
        for (int i = 0; i < framesBefore; ++i)
            QCOMPARE(textsOf(search.search(empty)), QStringList());
        int frames = 1;
        while (textsOf(search.search(frame)).isEmpty() && frames <= 6)
            ++frames;
        mostFrames = std::max(mostFrames, frames);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(textsOf(search.search(frame)), QStringList{QString::fromLatin1(loginText)});
    }
    QVERIFY(mostFrames > 1); // else any order would do, and this test shows nothing
}

void FinderTest::aFrameWithoutPixelsIsAnError()
{
    LiveSearch search;
    VERIFY_FAILS(search.search(QImage()), Errc::PictureUnreadable);
    VERIFY_FAILS(search.search(QImage(4, 4, QImage::Format_RGB32)), Errc::PictureUnreadable);
}

void FinderTest::halvingTakesTheMeanOfFour()
{
    QImage picture = ground(5, 3, 0);
    picture.scanLine(0)[2] = 200;
    picture.scanLine(1)[3] = 100;
    const QImage half = halved(picture);
    QCOMPARE(half.size(), QSize(2, 1));
    QCOMPARE(half.constScanLine(0)[0], uchar{0});
    QCOMPARE(half.constScanLine(0)[1], uchar{75});
    QVERIFY(halved(ground(1, 8)).isNull());
}

void FinderTest::doublingKeepsAnEvenGround()
{
    QCOMPARE(doubled(ground(3, 2, 77)), ground(6, 4, 77));
    QImage step = ground(2, 1, 0);
    step.scanLine(0)[1] = 160;
    const QImage wide = doubled(step);
    const uchar *row = wide.constScanLine(0);
    QCOMPARE(int{row[0]}, 0);
    QCOMPARE(int{row[1]}, 40);
    QCOMPARE(int{row[2]}, 120);
    QCOMPARE(int{row[3]}, 160);
}

void FinderTest::sharpeningLeavesAnEvenGroundAndLiftsEdges()
{
    const QImage even = ground(40, 30, 100);
    for (const uchar value :
         {sharpened(even, 3, 2).constScanLine(0)[0], sharpened(even, 3, 2).constScanLine(15)[20]})
        QVERIFY(std::abs(value - 100) <= 2);
    QImage edge = ground(40, 30, 100);
    QPainter(&edge).fillRect(20, 0, 20, 30, QColor(140, 140, 140));
    const QImage sharp = sharpened(edge, 3, 2);
    QVERIFY(sharp.constScanLine(15)[19] < 80);
    QVERIFY(sharp.constScanLine(15)[20] > 160);
}

void FinderTest::blackAndWhiteFollowsTheLightOrOneValue()
{
    // A ramp with a darker column at either end.
    QImage ramp = ground(200, 40, 0);
    for (int y = 0; y < ramp.height(); ++y) {
        for (int x = 0; x < ramp.width(); ++x)
            ramp.scanLine(y)[x] = static_cast<uchar>(50 + x - (x == 20 || x == 180 ? 30 : 0));
    }
    const QImage local = blackAndWhite(ramp, 10);
    QCOMPARE(local.constScanLine(20)[20], uchar{0});
    QCOMPARE(local.constScanLine(20)[180], uchar{0});
    QCOMPARE(local.constScanLine(20)[25], uchar{255});
    const QImage byOneValue = blackAndWhite(ramp);
    QCOMPARE(byOneValue.constScanLine(20)[20], uchar{0});
    QCOMPARE(byOneValue.constScanLine(20)[25], uchar{0});
    QCOMPARE(byOneValue.constScanLine(20)[180], uchar{255});
}

QTEST_GUILESS_MAIN(FinderTest)
#include "finder_test.moc"
