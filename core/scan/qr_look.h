#pragma once

#include "core/scan/qr_pass.h"

#include <vector>

namespace hufu {

/// One way of looking at a picture: what is done to it, and how ZXing searches what comes of it.
/// The steps are taken in the order of the members.
struct QrLook
{
    enum class Size {
        Full,
        Half,   ///< noise and ripples go
        Double, ///< modules of few pixels are sampled better
    };
    enum class Tone {
        AsItIs,
        Inverted, ///< ZXing 1.4 reads dark on light only
    };
    static constexpr int wholePicture = -1;

    Size size = Size::Full;
    Tone tone = Tone::AsItIs;
    int sharpeningRadius = 0; ///< in pixels then; 0 for none
    int sharpeningStrength = 2;
    int blackAndWhiteRadius = 0; ///< in pixels then; 0 for ZXing's own threshold; or wholePicture
    QrPass pass;
    int largestTile = 4096;
    int overlap = 512;                ///< of tiles
    int mostPixels = 4096 * 4096 * 4; ///< a picture with more is not looked at in this way
};

/// Adds to `codes` what this look reads on `gray`, outlines in the pixels of `gray`. What is known
/// already, from another look or from a tile that overlaps, is not added again.
///
/// @param gray  Format_Grayscale8, not null
/// Errors: SecretMemoryFull. A filter for which the memory does not suffice reads nothing. Any
/// thread.
[[nodiscard]] Result<void> lookForQrCodes(const QImage &gray, const QrLook &look,
                                          std::vector<FoundCode> &codes);

} // namespace hufu
