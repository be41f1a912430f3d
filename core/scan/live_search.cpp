#include "core/scan/live_search.h"

#include "core/scan/qr_look.h"

#include <iterator>

namespace hufu {
namespace {

using Size = QrLook::Size;
using Tone = QrLook::Tone;
using Threshold = QrPass::Threshold;

// What reads most of what the plain look does not comes first.
const QrLook fallbacks[] = {
    {.size = Size::Half, .tone = Tone::Inverted, .pass = once},
    {.size = Size::Half, .sharpeningRadius = 3, .pass = once},
    {.blackAndWhiteRadius = 10, .pass = onceAsItIs},
    {.size = Size::Half, .sharpeningRadius = 3, .blackAndWhiteRadius = 8, .pass = onceAsItIs},
    {.size = Size::Half, .tone = Tone::Inverted, .blackAndWhiteRadius = 20, .pass = onceAsItIs},
    {.size = Size::Double,
     .sharpeningRadius = 3,
     .sharpeningStrength = 1,
     .blackAndWhiteRadius = QrLook::wholePicture,
     .pass = onceAsItIs,
     .mostPixels = 1280 * 960},
    {.sharpeningRadius = 3,
     .sharpeningStrength = 1,
     .blackAndWhiteRadius = QrLook::wholePicture,
     .pass = onceAsItIs},
};

} // namespace

Result<std::vector<FoundCode>> LiveSearch::search(const QImage &gray)
{
    if (gray.isNull() || gray.format() != QImage::Format_Grayscale8)
        return failure(Errc::PictureUnreadable, QStringLiteral("no pixels"));
    std::vector<FoundCode> codes;
    if (const Result<void> plain = lookForQrCodes(gray, {}, codes); !plain)
        return tl::unexpected(plain.error());
    if (!codes.empty())
        return codes;
    if (const Result<void> again = lookForQrCodes(gray, fallbacks[m_next], codes); !again)
        return tl::unexpected(again.error());
    if (codes.empty())
        m_next = (m_next + 1) % std::size(fallbacks);
    return codes;
}

} // namespace hufu
