#include "core/scan/live_search.h"

#include "core/scan/gray_picture.h"
#include "core/scan/qr_pass.h"

namespace hufu {

Result<std::vector<FoundCode>> LiveSearch::search(const QImage &gray)
{
    if (gray.isNull() || gray.format() != QImage::Format_Grayscale8)
        return failure(Errc::PictureUnreadable, QStringLiteral("no pixels"));
    std::vector<FoundCode> codes;
    if (const Result<void> read = readQrCodes(gray, gray.rect(), {}, codes); !read)
        return tl::unexpected(read.error());
    if (!codes.empty())
        return codes;

    QImage frame = gray;
    QrPass pass;
    switch (m_next++ % 3) {
    case 0:
        invert(frame); // ZXing 1.4 reads dark on light only
        break;
    case 1:
        pass.shrinking = 2;
        pass.smallestShrunk = 250;
        break;
    default:
        pass.threshold = QrPass::Threshold::Global;
    }
    if (const Result<void> read = readQrCodes(frame, frame.rect(), pass, codes); !read)
        return tl::unexpected(read.error());
    if (!codes.empty())
        --m_next;
    return codes;
}

} // namespace hufu
