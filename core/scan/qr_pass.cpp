#include "core/scan/qr_pass.h"

#include "core/scan/messages.h"

#include <ZXing/ReadBarcode.h>
#if __has_include(<ZXing/Version.h>)
#include <ZXing/Version.h> // since 2.3
#else
#include <ZXing/ZXVersion.h>
#endif

#include <algorithm>
#include <cstdint>
#include <exception>

namespace hufu {
namespace {

// ReaderOptions replaced DecodeHints in 2.2.
#if ZXING_VERSION_MAJOR > 2 || (ZXING_VERSION_MAJOR == 2 && ZXING_VERSION_MINOR >= 2)
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

// Since 3.0 QRCode means Micro QR and rMQR as well.
#if ZXING_VERSION_MAJOR >= 3
constexpr auto qrCode = ZXing::BarcodeFormat::QRCodeModel2;
#else
constexpr auto qrCode = ZXing::BarcodeFormat::QRCode;
#endif

Options optionsOf(const QrPass &pass)
{
    Options options;
    options.setFormats(qrCode);
    options.setTryHarder(true);  // each third row is looked at, however high the picture
    options.setTryRotate(false); // finder patterns look alike from all sides
    options.setBinarizer(pass.threshold == QrPass::Threshold::Local ? ZXing::Binarizer::LocalAverage
                                                                    : ZXing::Binarizer::BoolCast);
    options.setTryDownscale(pass.alsoShrunk);
    options.setDownscaleFactor(3);
    options.setDownscaleThreshold(500);
#if ZXING_VERSION_MAJOR >= 2
    options.setTryInvert(false);                 // passes of our own serve all versions alike
    options.setTextMode(ZXing::TextMode::Plain); // as 1.4 does; else bytes come as hex digits
#endif
    return options;
}

template <typename Barcode>
Result<FoundCode> toFoundCode(const Barcode &barcode, QPoint topLeft, QSize picture)
{
    FoundCode code;
    const auto position = barcode.position();
    for (std::size_t i = 0; i < 4; ++i) {
        // ZXing extrapolates corners, so that they may lie beyond the picture.
        const auto corner = position[i];
        code.outline[i] = {std::clamp(corner.x + topLeft.x(), 0, picture.width()),
                           std::clamp(corner.y + topLeft.y(), 0, picture.height())};
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

} // namespace

Result<std::vector<FoundCode>> readQrCodes(const QImage &gray, const QRect &part,
                                           const QrPass &pass)
{
    std::vector<FoundCode> codes;
    try {
        const ZXing::ImageView view(gray.constScanLine(part.y()) + part.x(), part.width(),
                                    part.height(), ZXing::ImageFormat::Lum,
                                    static_cast<int>(gray.bytesPerLine()));
        for (const auto &barcode : ZXing::ReadBarcodes(view, optionsOf(pass))) {
            if (!barcode.isValid())
                continue;
            Result<FoundCode> code = toFoundCode(barcode, part.topLeft(), gray.size());
            if (!code)
                return tl::unexpected(code.error());
            codes.push_back(std::move(*code));
        }
    } catch (const std::exception &) {
        return {}; // see the header
    }
    return codes;
}

} // namespace hufu
