#include "core/scan/decoder.h"

#include "core/scan/qr_look.h"

namespace hufu {
namespace {

using Tone = QrLook::Tone;
using Threshold = QrPass::Threshold;

// Read all that is crisp, of either tone, small or large.
const QrLook always[] = {
    {},
    {.tone = Tone::Inverted},
    {.halvings = 1, .pass = {.alsoShrunk = false}},
};

// Each reads something that no other one does; the cheap ones first.
const QrLook ifNothingIsFound[] = {
    {.halvings = 1, .tone = Tone::Inverted, .pass = {.alsoShrunk = false}},
    {.halvings = 1, .sharpeningRadius = 3, .pass = {.alsoShrunk = false}},
    {.pass = {.threshold = Threshold::Global}},
    {.sharpeningRadius = 3, .pass = {.alsoShrunk = false}},
    {.blackAndWhiteRadius = 10, .pass = {.threshold = Threshold::None, .alsoShrunk = false}},
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
