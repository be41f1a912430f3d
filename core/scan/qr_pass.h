#pragma once

#include "core/base/result.h"
#include "core/scan/scan_report.h"

#include <QImage>
#include <QRect>

namespace hufu {

/// How one run of ZXing searches.
struct QrPass
{
    /// How grey becomes black and white.
    enum class Threshold {
        Local, ///< by the mean of what is around
        None,  ///< it is black (0) and white already
    };

    Threshold threshold = Threshold::Local;
    /// Copies shrunk to a third, a ninth and so on are searched as well, as long as what is shrunk
    /// is larger than 500 pixels.
    bool alsoShrunk = true;
};

constexpr QrPass once{.alsoShrunk = false};
constexpr QrPass onceAsItIs{.threshold = QrPass::Threshold::None, .alsoShrunk = false};

/// Each QR code that ZXing reads on `part` of `gray`, dark on light, with its outline in the pixels
/// of `gray`. QR codes only: other kinds can end the process in ZXing 1.4 (security.md 6). No code
/// is an empty list, and so is a picture on which ZXing throws.
///
/// @param gray  Format_Grayscale8
/// @param part  inside `gray`, at most 4,096 x 4,096
/// Errors: SecretMemoryFull. Any thread.
[[nodiscard]] Result<std::vector<FoundCode>> readQrCodes(const QImage &gray, const QRect &part,
                                                         const QrPass &pass);

} // namespace hufu
