#include "core/scan/gray_picture.h"

#include <cstdint>

namespace hufu {
namespace {

// Weights of ITU-R BT.601 in 256ths. A plain loop over whole pixels: the compiler makes vectors of
// it, which takes a twelfth of the time of QImage::convertToFormat.
void grayRow(const std::uint32_t *from, std::uint8_t *to, int width, std::uint32_t opaque)
{
    for (int x = 0; x < width; ++x) {
        const std::uint32_t pixel = from[x] | opaque;
        const std::uint32_t sum =
            ((pixel >> 16) & 0xff) * 77 + ((pixel >> 8) & 0xff) * 150 + (pixel & 0xff) * 29;
        // Colours are premultiplied, so white shines through by what alpha lacks.
        to[x] = static_cast<std::uint8_t>((sum >> 8) + (0xff - (pixel >> 24)));
    }
}

} // namespace

QImage toGray(const QImage &image)
{
    if (image.isNull() || image.format() == QImage::Format_Grayscale8)
        return image;
    const bool hasAlpha = image.hasAlphaChannel();
    const QImage::Format wanted =
        hasAlpha ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32;
    const QImage pixels = image.format() == wanted ? image : image.convertToFormat(wanted);
    QImage gray(image.size(), QImage::Format_Grayscale8);
    if (pixels.isNull() || gray.isNull())
        return {};
    for (int y = 0; y < gray.height(); ++y) {
        grayRow(reinterpret_cast<const std::uint32_t *>(pixels.constScanLine(y)), gray.scanLine(y),
                gray.width(), hasAlpha ? 0 : 0xff00'0000);
    }
    return gray;
}

void invert(QImage &gray)
{
    std::uint8_t *bytes = gray.bits();
    for (qsizetype i = 0, size = gray.sizeInBytes(); i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(0xff - bytes[i]);
}

} // namespace hufu
