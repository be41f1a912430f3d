// Encoded bytes to codes, as the helper goes from one to the other. The first byte chooses: an
// encoded picture, or pixels themselves, which get further into the search than a decoder lets
// through. Small pictures: what is large is slow, and not different.

#include "core/scan/decoder.h"
#include "core/scan/gray_picture.h"
#include "core/scan/messages.h"
#include "core/scan/picture_reader.h"

#include <algorithm>
#include <cstdlib>

using namespace hufu;

namespace {

constexpr int largestEdge = 200;

void expect(bool good)
{
    if (!good)
        std::abort();
}

void search(const QImage &picture)
{
    const QSize size = picture.size();
    const Result<std::vector<FoundCode>> codes = findCodes(toGray(picture));
    if (!codes)
        return;
    for (const FoundCode &code : *codes) {
        expect(code.text.size() <= longestScannedText && code.part <= code.parts);
        for (const QPoint corner : code.outline)
            expect(corner.x() >= 0 && corner.y() >= 0 && corner.x() <= size.width() &&
                   corner.y() <= size.height());
    }
}

/// A bit a pixel: a square as large as the bytes fill, each pixel drawn `scale` wide.
QImage drawn(std::span<const std::uint8_t> bits, int scale)
{
    int edge = 1;
    while (static_cast<std::size_t>((edge + 1) * (edge + 1)) <= 8 * bits.size() &&
           (edge + 9) * scale <= largestEdge)
        ++edge;
    QImage image((edge + 8) * scale, (edge + 8) * scale, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    for (int y = 0; y < edge * scale; ++y) {
        for (int x = 0; x < edge * scale; ++x) {
            const auto at = static_cast<std::size_t>(y / scale * edge + x / scale);
            if (at / 8 < bits.size() && (bits[at / 8] >> (at % 8) & 1) != 0)
                image.scanLine(y + 4 * scale)[x + 4 * scale] = 0;
        }
    }
    return image;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::span<const std::uint8_t> rest(data + 1, size - 1);
    if ((data[0] & 1) != 0) {
        search(drawn(rest, 1 + (data[0] >> 1 & 3)));
        return 0;
    }
    const QByteArray encoded(reinterpret_cast<const char *>(rest.data()),
                             static_cast<qsizetype>(rest.size()));
    const Result<ReadPicture> picture = readPicture(encoded);
    if (!picture)
        return 0;
    expect(picture->image.width() <= 4096 && picture->image.height() <= 4096);
    if (picture->image.width() <= largestEdge && picture->image.height() <= largestEdge)
        search(picture->image);
    return 0;
}
