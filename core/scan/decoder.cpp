#include "core/scan/decoder.h"

#include "core/scan/gray_picture.h"
#include "core/scan/messages.h"

#include <QRect>

#include <ZXing/ReadBarcode.h>
#include <ZXing/ZXVersion.h>

#include <algorithm>
#include <exception>

namespace hufu {
namespace {

constexpr int largestTile = 4096;
constexpr int overlap = 1024;

// ReaderOptions replaced DecodeHints in 2.2.
#if ZXING_VERSION_MAJOR > 2 || (ZXING_VERSION_MAJOR == 2 && ZXING_VERSION_MINOR >= 2)
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

Options options()
{
    Options options;
    options.setFormats(ZXing::BarcodeFormat::QRCode);
#if ZXING_VERSION_MAJOR >= 2
    options.setTryInvert(false); // our own second pass serves all versions alike
#endif
    return options;
}

QRect boundsOf(const std::array<QPoint, 4> &outline)
{
    QRect bounds(outline.front(), outline.front());
    for (const QPoint &corner : outline)
        bounds |= QRect(corner, corner);
    return bounds;
}

/// Whether a pass, or the neighbouring tile, has read the same code already.
bool isKnown(const std::vector<FoundCode> &codes, const FoundCode &code)
{
    const QPoint middle = boundsOf(code.outline).center();
    return std::ranges::any_of(codes, [&code, middle](const FoundCode &other) {
        return other.tooLong == code.tooLong && boundsOf(other.outline).contains(middle) &&
               equalInConstantTime(other.text.view(), code.text.view());
    });
}

template <typename Barcode>
Result<FoundCode> toFoundCode(const Barcode &barcode, QPoint tile, QSize picture)
{
    FoundCode code;
    const auto position = barcode.position();
    for (std::size_t i = 0; i < 4; ++i) {
        // ZXing extrapolates corners, so that they may lie beyond the picture.
        code.outline[i] = {std::clamp(position[i].x + tile.x(), 0, picture.width()),
                           std::clamp(position[i].y + tile.y(), 0, picture.height())};
    }
    if (barcode.isPartOfSequence() && barcode.sequenceIndex() < barcode.sequenceSize()) {
        code.part = barcode.sequenceIndex() + 1;
        code.parts = barcode.sequenceSize();
    }
    const std::string text = barcode.text();
    code.tooLong = text.size() > longestScannedText;
    if (!code.tooLong) {
        Result<SecretBytes> copy = SecretBytes::copyOf(text);
        if (!copy)
            return tl::unexpected(copy.error());
        code.text = std::move(*copy);
    }
    return code;
}

Result<void> searchTile(const QImage &gray, const QRect &tile, std::vector<FoundCode> &codes)
{
    // ZXing throws on some pictures; such a tile simply has no code.
    try {
        const ZXing::ImageView view(gray.constScanLine(tile.y()) + tile.x(), tile.width(),
                                    tile.height(), ZXing::ImageFormat::Lum,
                                    static_cast<int>(gray.bytesPerLine()));
        for (const auto &barcode : ZXing::ReadBarcodes(view, options())) {
            if (!barcode.isValid())
                continue;
            Result<FoundCode> code = toFoundCode(barcode, tile.topLeft(), gray.size());
            if (!code)
                return tl::unexpected(code.error());
            if (!isKnown(codes, *code))
                codes.push_back(std::move(*code));
        }
    } catch (const std::exception &) {
        return {};
    }
    return {};
}

Result<void> searchTiles(const QImage &gray, std::vector<FoundCode> &codes)
{
    constexpr int step = largestTile - overlap;
    for (int y = 0; y == 0 || y + overlap < gray.height(); y += step) {
        for (int x = 0; x == 0 || x + overlap < gray.width(); x += step) {
            const QRect tile = QRect(x, y, largestTile, largestTile) & gray.rect();
            if (const Result<void> searched = searchTile(gray, tile, codes); !searched)
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
