#pragma once

#include "core/base/result.h"
#include "core/scan/scan_report.h"

#include <QImage>
#include <QRect>

namespace hufu {

/// One run of ZXing over a part of a picture; what differs from run to run.
struct QrPass
{
    /// How grey becomes black and white: by the mean of what is around, or by one value for all.
    enum class Threshold {
        Local,
        Global,
    };

    Threshold threshold = Threshold::Local;
    /// Copies shrunk by this factor again and again are searched as well; 2 to 4, or 1 for none.
    int shrinking = 3;
    /// No copy is made of what is not larger than this.
    int smallestShrunk = 500;
};

/// Adds to `codes` each QR code that ZXing reads on `part` of `gray`, dark on light, with its
/// outline in the pixels of `gray`. What is known already, from an earlier pass or from a part that
/// overlaps, is not added again. QR codes only: other kinds can end the process in ZXing 1.4
/// (security.md 6).
///
/// @param gray  Format_Grayscale8
/// @param part  inside `gray`, at most 4,096 x 4,096
/// Errors: SecretMemoryFull. A picture that ZXing throws on has no codes. Any thread.
[[nodiscard]] Result<void> readQrCodes(const QImage &gray, const QRect &part, const QrPass &pass,
                                       std::vector<FoundCode> &codes);

} // namespace hufu
