#include "core/scan/live_search.h"

#include "core/scan/qr_look.h"

#include <iterator>

namespace hufu {
namespace {

using Tone = QrLook::Tone;
using Threshold = QrPass::Threshold;

// What reads most of what the plain look does not comes first.
const QrLook fallbacks[] = {
    {.halvings = 1, .tone = Tone::Inverted, .pass = {.alsoShrunk = false}},
    {.halvings = 1, .sharpeningRadius = 3, .pass = {.alsoShrunk = false}},
    {.blackAndWhiteRadius = 10, .pass = {.threshold = Threshold::None, .alsoShrunk = false}},
    {.tone = Tone::Inverted},
    {.halvings = 1, .pass = {.threshold = Threshold::Global}},
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
