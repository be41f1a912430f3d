#include "core/scan/camera_picture.h"

#include <algorithm>

namespace hufu {
namespace {

using Layout = CameraPicture::Layout;
using Plane = CameraPicture::Plane;

constexpr int largestEdge = 4096;          // what one pass of the search takes
constexpr int largestPreviewHeight = 2000; // 640 x 2,000 x 3 bytes stay below a message's 4 MiB

/// Where the parts of a pixel lie: bytes from pixel to pixel, and the first of each part.
struct Packed
{
    int step;
    std::array<int, 3> parts;
};

bool isRgb(Layout layout)
{
    return layout >= Layout::Rgbx;
}

Packed packedRgb(Layout layout)
{
    switch (layout) {
    case Layout::Xrgb:
        return {4, {1, 2, 3}};
    case Layout::Bgrx:
        return {4, {2, 1, 0}};
    case Layout::Xbgr:
        return {4, {3, 2, 1}};
    default:
        return {4, {0, 1, 2}};
    }
}

bool holds(const Plane &plane, qsizetype rowBytes, int rows)
{
    return plane.bytes != nullptr && plane.stride >= rowBytes &&
           plane.size >= plane.stride * (rows - 1) + rowBytes;
}

bool isWhole(const CameraPicture &picture)
{
    const int width = picture.size.width();
    const int height = picture.size.height();
    if (width < 1 || height < 1 || width > largestEdge || height > largestEdge)
        return false;
    const int halfWidth = (width + 1) / 2;
    const int halfHeight = (height + 1) / 2;
    switch (picture.layout) {
    case Layout::Gray:
        return holds(picture.planes[0], width, height);
    case Layout::Yuyv:
    case Layout::Uyvy:
        return holds(picture.planes[0], qsizetype{4} * halfWidth, height);
    case Layout::Nv12:
    case Layout::Nv21:
        return holds(picture.planes[0], width, height) &&
               holds(picture.planes[1], qsizetype{2} * halfWidth, halfHeight);
    case Layout::I420:
    case Layout::Yv12:
        return holds(picture.planes[0], width, height) &&
               holds(picture.planes[1], halfWidth, halfHeight) &&
               holds(picture.planes[2], halfWidth, halfHeight);
    case Layout::Rgbx:
    case Layout::Xrgb:
    case Layout::Bgrx:
    case Layout::Xbgr:
        return holds(picture.planes[0], qsizetype{4} * width, height);
    }
    Q_UNREACHABLE();
}

const std::uint8_t *row(const Plane &plane, int y)
{
    return plane.bytes + plane.stride * y;
}

// Plain loops over whole pixels, so that the compiler makes vectors of them.
void everySecond(const std::uint8_t *from, std::uint8_t *to, int width)
{
    for (int x = 0; x < width; ++x)
        to[x] = from[2 * x];
}

void lumaOfRgb(const std::uint8_t *from, std::uint8_t *to, int width, const Packed &packed)
{
    const std::uint8_t *red = from + packed.parts[0];
    const std::uint8_t *green = from + packed.parts[1];
    const std::uint8_t *blue = from + packed.parts[2];
    for (int x = 0; x < width; ++x) {
        const int sum = red[4 * x] * 77 + green[4 * x] * 150 + blue[4 * x] * 29; // ITU-R BT.601
        to[x] = static_cast<std::uint8_t>(sum >> 8);
    }
}

QImage grayOf(const CameraPicture &picture)
{
    QImage gray(picture.size, QImage::Format_Grayscale8);
    if (gray.isNull())
        return gray;
    const int width = picture.size.width();
    for (int y = 0; y < picture.size.height(); ++y) {
        const std::uint8_t *from = row(picture.planes[0], y);
        std::uint8_t *to = gray.scanLine(y);
        if (picture.layout == Layout::Yuyv)
            everySecond(from, to, width);
        else if (picture.layout == Layout::Uyvy)
            everySecond(from + 1, to, width);
        else if (isRgb(picture.layout))
            lumaOfRgb(from, to, width, packedRgb(picture.layout));
        else
            std::copy_n(from, width, to);
    }
    return gray;
}

/// The three parts of the pixel at x, y: Y, Cb, Cr or red, green, blue.
std::array<int, 3> partsAt(const CameraPicture &picture, int x, int y)
{
    const auto &planes = picture.planes;
    const std::uint8_t *first = row(planes[0], y);
    const int pair = x / 2;
    switch (picture.layout) {
    case Layout::Gray:
        return {first[x], 128, 128};
    case Layout::Yuyv:
        return {first[2 * x], first[4 * pair + 1], first[4 * pair + 3]};
    case Layout::Uyvy:
        return {first[2 * x + 1], first[4 * pair], first[4 * pair + 2]};
    case Layout::Nv12:
    case Layout::Nv21: {
        const std::uint8_t *both = row(planes[1], y / 2) + 2 * pair;
        const bool isBlueFirst = picture.layout == Layout::Nv12;
        return {first[x], both[isBlueFirst ? 0 : 1], both[isBlueFirst ? 1 : 0]};
    }
    case Layout::I420:
        return {first[x], row(planes[1], y / 2)[pair], row(planes[2], y / 2)[pair]};
    case Layout::Yv12:
        return {first[x], row(planes[2], y / 2)[pair], row(planes[1], y / 2)[pair]};
    case Layout::Rgbx:
    case Layout::Xrgb:
    case Layout::Bgrx:
    case Layout::Xbgr: {
        const Packed packed = packedRgb(picture.layout);
        const std::uint8_t *pixel = first + 4 * x;
        return {pixel[packed.parts[0]], pixel[packed.parts[1]], pixel[packed.parts[2]]};
    }
    }
    Q_UNREACHABLE();
}

char byteOf(int value)
{
    return static_cast<char>(static_cast<std::uint8_t>(std::clamp(value, 0, 255)));
}

/// To red, green, blue after ITU-R BT.601, where black is 16 and white 235; in 256ths.
std::array<char, 3> rgbOf(const CameraPicture &picture, const std::array<int, 3> &parts)
{
    if (isRgb(picture.layout))
        return {byteOf(parts[0]), byteOf(parts[1]), byteOf(parts[2])};
    const int luma = (parts[0] - 16) * 298 + 128;
    const int blue = parts[1] - 128;
    const int red = parts[2] - 128;
    return {byteOf((luma + 409 * red) / 256), byteOf((luma - 100 * blue - 208 * red) / 256),
            byteOf((luma + 516 * blue) / 256)};
}

SourcePreview previewOf(const CameraPicture &picture, QSize size)
{
    SourcePreview preview{0, size.width(), size.height(), {}};
    preview.rgb.resize(qsizetype{3} * size.width() * size.height());
    char *to = preview.rgb.data();
    // Four points of each box, on its diagonals' quarters: enough against the worst of flicker.
    const auto quarter = [](int index, int of, int edge, int part) {
        return static_cast<int>((qint64{4} * index + part) * edge / (qint64{4} * of));
    };
    for (int y = 0; y < size.height(); ++y) {
        const int top = quarter(y, size.height(), picture.size.height(), 1);
        const int bottom = quarter(y, size.height(), picture.size.height(), 3);
        for (int x = 0; x < size.width(); ++x) {
            const int left = quarter(x, size.width(), picture.size.width(), 1);
            const int right = quarter(x, size.width(), picture.size.width(), 3);
            const auto a = partsAt(picture, left, top);
            const auto b = partsAt(picture, right, top);
            const auto c = partsAt(picture, left, bottom);
            const auto d = partsAt(picture, right, bottom);
            std::array<int, 3> mean{};
            for (std::size_t i = 0; i < 3; ++i)
                mean[i] = (a[i] + b[i] + c[i] + d[i] + 2) / 4;
            to = std::ranges::copy(rgbOf(picture, mean), to).out;
        }
    }
    return preview;
}

} // namespace

QSize previewSize(QSize frame, int width)
{
    QSize size = frame;
    if (size.width() > width || size.height() > largestPreviewHeight)
        size.scale(width, largestPreviewHeight, Qt::KeepAspectRatio);
    return size.expandedTo(QSize(1, 1));
}

std::optional<CapturedFrame> captured(const CameraPicture &picture, int previewWidth)
{
    if (!isWhole(picture))
        return std::nullopt;
    CapturedFrame frame{grayOf(picture), {}};
    if (frame.gray.isNull())
        return std::nullopt;
    if (previewWidth > 0)
        frame.preview = previewOf(picture, previewSize(picture.size, previewWidth));
    return frame;
}

CameraPicture pictureOf(const QImage &image)
{
#if Q_BYTE_ORDER == Q_LITTLE_ENDIAN
    constexpr Layout layout = Layout::Bgrx;
#else
    constexpr Layout layout = Layout::Xrgb;
#endif
    return {layout,
            image.size(),
            {Plane{image.constBits(), image.sizeInBytes(), image.bytesPerLine()}, {}, {}}};
}

} // namespace hufu
