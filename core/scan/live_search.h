#pragma once

#include "core/base/result.h"
#include "core/scan/scan_report.h"

#include <QImage>

namespace hufu {

/// Searches the frames of one camera. A frame gets a plain look and, as long as nothing is found,
/// two further ones of twelve in turn: a view that only one of them reads is read within six
/// frames. The look that read something is tried first from then on. One object for each camera,
/// used by one thread at a time.
class LiveSearch
{
public:
    /// The QR codes on this frame, dark on light or light on dark, with outlines in its pixels. No
    /// code is an empty list.
    ///
    /// @param gray  Format_Grayscale8, not mirrored, at most 4,096 x 4,096
    /// Errors: PictureUnreadable for a null or other picture, SecretMemoryFull.
    [[nodiscard]] Result<std::vector<FoundCode>> search(const QImage &gray);

private:
    std::size_t m_next = 0;
};

} // namespace hufu
