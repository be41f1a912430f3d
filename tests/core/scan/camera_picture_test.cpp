#include "core/scan/camera_picture.h"
#include "core/scan/messages.h"
#include "tests/support/result_printing.h"

using namespace hufu;

namespace {

using Layout = CameraPicture::Layout;

/// A picture whose left half is red and whose right half is white, 8 x 4, in any layout.
struct Sample
{
    CameraPicture picture;
    std::array<QByteArray, 3> bytes;
};

constexpr int width = 8;
constexpr int height = 4;
// Y, Cb, Cr of red and white after ITU-R BT.601, rounded.
constexpr std::array<char, 3> red{81, 90, static_cast<char>(240)};
constexpr std::array<char, 3> white{static_cast<char>(235), static_cast<char>(128),
                                    static_cast<char>(128)};

const std::array<char, 3> &colourAt(int x)
{
    return x < width / 2 ? red : white;
}

Sample sampleOf(Layout layout)
{
    Sample sample;
    sample.picture.layout = layout;
    sample.picture.size = QSize(width, height);
    QByteArray &first = sample.bytes[0];
    for (int i = 0; i < width * height; ++i) {
        const int x = i % width;
        const auto &[y, cb, cr] = colourAt(x);
        const char full = '\xff';
        const char other = x < width / 2 ? '\0' : '\xff';
        const char chroma = x % 2 == 0 ? cb : cr;
        switch (layout) {
        case Layout::Yuyv:
            first.append(y).append(chroma);
            break;
        case Layout::Uyvy:
            first.append(chroma).append(y);
            break;
        case Layout::Rgbx:
            first.append(full).append(other).append(other).append('x');
            break;
        case Layout::Xrgb:
            first.append('x').append(full).append(other).append(other);
            break;
        case Layout::Bgrx:
            first.append(other).append(other).append(full).append('x');
            break;
        case Layout::Xbgr:
            first.append('x').append(other).append(other).append(full);
            break;
        default:
            first.append(y);
            break;
        }
    }
    for (int i = 0; i < width * height / 4; ++i) {
        const auto &[y, cb, cr] = colourAt(2 * (i % (width / 2)));
        if (layout == Layout::Nv12)
            sample.bytes[1].append(cb).append(cr);
        if (layout == Layout::Nv21)
            sample.bytes[1].append(cr).append(cb);
        if (layout == Layout::I420 || layout == Layout::Yv12) {
            sample.bytes[1].append(layout == Layout::I420 ? cb : cr);
            sample.bytes[2].append(layout == Layout::I420 ? cr : cb);
        }
    }
    const std::array<int, 3> rows{height, height / 2, height / 2};
    for (std::size_t i = 0; i < 3; ++i) {
        sample.picture.planes[i] = {
            reinterpret_cast<const std::uint8_t *>(sample.bytes[i].constData()),
            sample.bytes[i].size(), sample.bytes[i].size() / rows[i]};
    }
    return sample;
}

bool isNear(int value, int expected)
{
    return std::abs(value - expected) <= 4;
}

} // namespace

class CameraPictureTest : public QObject
{
    Q_OBJECT

private slots:
    void everyLayoutShowsTheSame_data();
    void everyLayoutShowsTheSame();
    void grayHasNoColour();
    void aPreviewComesOnlyIfAskedFor();
    void previewsKeepTheShape_data();
    void previewsKeepTheShape();
    void picturesSmallerThanTheySayAreLeft_data();
    void picturesSmallerThanTheySayAreLeft();
    void anImageIsBorrowedAsItIs();
};

void CameraPictureTest::everyLayoutShowsTheSame_data()
{
    QTest::addColumn<int>("layout");
    for (const Layout layout :
         {Layout::Yuyv, Layout::Uyvy, Layout::Nv12, Layout::Nv21, Layout::I420, Layout::Yv12,
          Layout::Rgbx, Layout::Xrgb, Layout::Bgrx, Layout::Xbgr})
        QTest::addRow("%d", static_cast<int>(layout)) << static_cast<int>(layout);
}

void CameraPictureTest::everyLayoutShowsTheSame()
{
    QFETCH(int, layout);
    const Sample sample = sampleOf(static_cast<Layout>(layout));
    const std::optional<CapturedFrame> frame = captured(sample.picture, 4);
    QVERIFY(frame && frame->preview);
    QCOMPARE(frame->gray.size(), QSize(width, height));
    QVERIFY(isNear(qGray(frame->gray.pixel(1, 3)), layout >= int(Layout::Rgbx) ? 76 : 81));
    QVERIFY(qGray(frame->gray.pixel(6, 0)) >= 235);
    QCOMPARE(QSize(frame->preview->width, frame->preview->height), QSize(4, 2));
    const QByteArray &rgb = frame->preview->rgb;
    QCOMPARE(rgb.size(), qsizetype{4 * 2 * 3});
    for (int i = 0; i < 8; ++i) {
        const bool isLeft = i % 4 < 2;
        const std::array<int, 3> expected{255, isLeft ? 0 : 255, isLeft ? 0 : 255};
        for (int part = 0; part < 3; ++part) {
            const int value = static_cast<unsigned char>(rgb[3 * i + part]);
            QVERIFY2(
                isNear(value, expected[static_cast<std::size_t>(part)]),
                qPrintable(QStringLiteral("pixel %1 part %2 is %3").arg(i).arg(part).arg(value)));
        }
    }
}

void CameraPictureTest::grayHasNoColour()
{
    const Sample sample = sampleOf(Layout::Gray);
    const std::optional<CapturedFrame> frame = captured(sample.picture, 640);
    QVERIFY(frame && frame->preview);
    const QByteArray &rgb = frame->preview->rgb;
    QCOMPARE(rgb[0], rgb[1]);
    QCOMPARE(rgb[0], rgb[2]);
    QVERIFY(static_cast<unsigned char>(rgb.back()) > 250);
}

void CameraPictureTest::aPreviewComesOnlyIfAskedFor()
{
    const Sample sample = sampleOf(Layout::Nv12);
    const std::optional<CapturedFrame> frame = captured(sample.picture, 0);
    QVERIFY(frame);
    QVERIFY(!frame->preview);
}

void CameraPictureTest::previewsKeepTheShape_data()
{
    QTest::addColumn<QSize>("frame");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<QSize>("expected");
    QTest::newRow("720p") << QSize(1280, 720) << 640 << QSize(640, 360);
    QTest::newRow("narrower than asked for") << QSize(320, 240) << 640 << QSize(320, 240);
    QTest::newRow("upright") << QSize(720, 1280) << 640 << QSize(640, 1137);
    QTest::newRow("a ribbon") << QSize(10, 4000) << 640 << QSize(5, 2000);
    QTest::newRow("a line") << QSize(4000, 1) << 10 << QSize(10, 1);
}

void CameraPictureTest::previewsKeepTheShape()
{
    QFETCH(QSize, frame);
    QFETCH(int, wanted);
    QFETCH(QSize, expected);
    const QSize size = previewSize(frame, wanted);
    QCOMPARE(size, expected);
    QVERIFY(3 * size.width() * size.height() < static_cast<int>(largestMessageFromHelper));
}

void CameraPictureTest::picturesSmallerThanTheySayAreLeft_data()
{
    QTest::addColumn<int>("layout");
    for (int layout = 0; layout <= static_cast<int>(Layout::Xbgr); ++layout)
        QTest::addRow("%d", layout) << layout;
}

void CameraPictureTest::picturesSmallerThanTheySayAreLeft()
{
    QFETCH(int, layout);
    Sample sample = sampleOf(static_cast<Layout>(layout));
    QVERIFY(captured(sample.picture, 640));
    for (CameraPicture::Plane &plane : sample.picture.planes) {
        if (plane.size == 0)
            continue;
        const CameraPicture::Plane good = plane;
        plane.size = good.size - 1;
        QVERIFY(!captured(sample.picture, 640));
        plane = good;
        plane.stride = good.stride - 1;
        QVERIFY(!captured(sample.picture, 640));
        plane = good;
        plane.bytes = nullptr;
        QVERIFY(!captured(sample.picture, 640));
        plane = good;
    }
    for (const QSize size : {QSize(0, height), QSize(width, -1), QSize(1 << 20, 1 << 20)}) {
        sample.picture.size = size;
        QVERIFY(!captured(sample.picture, 640));
    }
}

void CameraPictureTest::anImageIsBorrowedAsItIs()
{
    QImage image(3, 2, QImage::Format_RGB32);
    image.fill(QColor(10, 200, 30));
    const std::optional<CapturedFrame> frame = captured(pictureOf(image), 640);
    QVERIFY(frame && frame->preview);
    QCOMPARE(frame->preview->rgb.left(3), QByteArray("\x0a\xc8\x1e"));
}

QTEST_GUILESS_MAIN(CameraPictureTest)
#include "camera_picture_test.moc"
