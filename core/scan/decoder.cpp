#include "core/scan/decoder.h"

#include "core/scan/gray_picture.h"
#include "core/scan/qr_pass.h"

namespace hufu {
namespace {

constexpr int largestTile = 4096;
constexpr int overlap = 1024;

Result<void> searchTiles(const QImage &gray, std::vector<FoundCode> &codes)
{
    constexpr int step = largestTile - overlap;
    for (int y = 0; y == 0 || y + overlap < gray.height(); y += step) {
        for (int x = 0; x == 0 || x + overlap < gray.width(); x += step) {
            const QRect tile = QRect(x, y, largestTile, largestTile) & gray.rect();
            if (const Result<void> searched = readQrCodes(gray, tile, {}, codes); !searched)
                return searched;
        }
    }
    return {};
}

} // namespace

Result<std::vector<FoundCode>> findCodes(QImage gray)
{
    if (gray.isNull() || gray.format() != QImage::Format_Grayscale8)
        return failure(Errc::PictureUnreadable, QStringLiteral("no pixels"));
    std::vector<FoundCode> codes;
    if (const Result<void> searched = searchTiles(gray, codes); !searched)
        return tl::unexpected(searched.error());
    invert(gray); // ZXing 1.4 reads dark on light only
    if (const Result<void> searched = searchTiles(gray, codes); !searched)
        return tl::unexpected(searched.error());
    return codes;
}

} // namespace hufu
