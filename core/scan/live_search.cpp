#include "core/scan/live_search.h"

#include "core/scan/qr_look.h"

#include <iterator>

namespace hufu {
namespace {

using Size = QrLook::Size;
using Tone = QrLook::Tone;

// Nearly all are at half the size, which costs a quarter. What reads most of what the plain look
// does not comes first, and the two of a frame differ as much as they can.
const QrLook fallbacks[] = {
    {.size = Size::Half,
     .tone = Tone::Inverted,
     .blackAndWhiteRadius = QrLook::wholePicture,
     .pass = onceAsItIs},
    {.size = Size::Half, .sharpeningRadius = 2, .blackAndWhiteRadius = 20, .pass = onceAsItIs},

    {.size = Size::Half, .blackAndWhiteRadius = 6, .pass = onceAsItIs},
    {.blackAndWhiteRadius = QrLook::wholePicture, .pass = onceAsItIs},

    {.size = Size::Half, .sharpeningRadius = 5, .blackAndWhiteRadius = 20, .pass = onceAsItIs},
    {.size = Size::Half, .tone = Tone::Inverted, .blackAndWhiteRadius = 20, .pass = onceAsItIs},

    {.size = Size::Half, .sharpeningRadius = 2, .blackAndWhiteRadius = 6, .pass = onceAsItIs},
    {.tone = Tone::Inverted, .blackAndWhiteRadius = 20, .pass = onceAsItIs},

    {.size = Size::Half,
     .sharpeningRadius = 2,
     .blackAndWhiteRadius = QrLook::wholePicture,
     .pass = onceAsItIs},
    {.blackAndWhiteRadius = 20, .pass = onceAsItIs},

    {.size = Size::Half,
     .sharpeningRadius = 3,
     .sharpeningStrength = 1,
     .blackAndWhiteRadius = 6,
     .pass = onceAsItIs},
    {.size = Size::Half, .tone = Tone::Inverted, .blackAndWhiteRadius = 6, .pass = onceAsItIs},
};
constexpr int fallbacksAFrame = 2;

} // namespace

Result<std::vector<FoundCode>> LiveSearch::search(const QImage &gray)
{
    if (gray.isNull() || gray.format() != QImage::Format_Grayscale8)
        return failure(Errc::PictureUnreadable, QStringLiteral("no pixels"));
    std::vector<FoundCode> codes;
    if (const Result<void> plain = lookForQrCodes(gray, {}, codes); !plain)
        return tl::unexpected(plain.error());
    for (int i = 0; codes.empty() && i < fallbacksAFrame; ++i) {
        if (const Result<void> again = lookForQrCodes(gray, fallbacks[m_next], codes); !again)
            return tl::unexpected(again.error());
        if (codes.empty())
            m_next = (m_next + 1) % std::size(fallbacks);
    }
    return codes;
}

} // namespace hufu
