#include "core/scan/decoder.h"

#include "core/scan/qr_look.h"

namespace hufu {
namespace {

using Size = QrLook::Size;
using Tone = QrLook::Tone;

// Both tones, at full size and at half, and the half once more in small tiles: of many things that
// look like a finder pattern ZXing 1.4 tries 16 only. All of it is searched even if one look has
// found something, because the next code may be of the other kind.
const QrLook always[] = {
    {},
    {.tone = Tone::Inverted, .pass = once},
    {.size = Size::Half, .tone = Tone::Inverted, .pass = {}},
    {.size = Size::Half,
     .blackAndWhiteRadius = 20,
     .pass = onceAsItIs,
     .largestTile = 512,
     .overlap = 192},
};

// What is blurred, faint or tiny among clutter: rare enough on a screen to be looked for only
// where nothing else is, since a person waits.
const QrLook ifNothingIsFound[] = {
    {.size = Size::Half, .sharpeningRadius = 3, .pass = once},
    {.size = Size::Half,
     .tone = Tone::Inverted,
     .blackAndWhiteRadius = 20,
     .pass = onceAsItIs,
     .largestTile = 512,
     .overlap = 192},
    {.blackAndWhiteRadius = 20, .pass = onceAsItIs, .largestTile = 1024, .overlap = 384},
    {.sharpeningRadius = 3,
     .sharpeningStrength = 1,
     .blackAndWhiteRadius = QrLook::wholePicture,
     .pass = onceAsItIs},
    // Large dense codes before a camera, as pictures of that size often are.
    {.sharpeningRadius = 2,
     .blackAndWhiteRadius = 30,
     .pass = onceAsItIs,
     .mostPixels = 1920 * 1088},
    {.size = Size::Double,
     .sharpeningRadius = 3,
     .sharpeningStrength = 1,
     .blackAndWhiteRadius = QrLook::wholePicture,
     .pass = onceAsItIs,
     .mostPixels = 1920 * 1088},
};

} // namespace

Result<std::vector<FoundCode>> findCodes(QImage gray)
{
    if (gray.isNull() || gray.format() != QImage::Format_Grayscale8)
        return failure(Errc::PictureUnreadable, QStringLiteral("no pixels"));
    std::vector<FoundCode> codes;
    for (const QrLook &look : always) {
        if (const Result<void> searched = lookForQrCodes(gray, look, codes); !searched)
            return tl::unexpected(searched.error());
    }
    for (const QrLook &look : ifNothingIsFound) {
        if (!codes.empty())
            break;
        if (const Result<void> searched = lookForQrCodes(gray, look, codes); !searched)
            return tl::unexpected(searched.error());
    }
    return codes;
}

} // namespace hufu
