#pragma once

#include <QImage>

namespace hufu {

// What makes a code readable that ZXing 1.4 does not read as it is. Each takes a picture in
// Format_Grayscale8 and gives a new one of that format; null for a null one, or if the memory does
// not suffice. Plain loops over whole rows, of which the compiler makes vectors. Any thread.

/// Half as wide and as high, rounded down, each pixel the mean of four: noise and ripples go.
/// Null for a picture of one row or column.
[[nodiscard]] QImage halved(const QImage &gray);

/// Twice as wide and as high, with even slopes between the pixels.
[[nodiscard]] QImage doubled(const QImage &gray);

/// Each pixel as far again from the mean of the square around it (`radius` pixels each way, at
/// most 127) as it was, `strength` times: edges that were blurred come back.
[[nodiscard]] QImage sharpened(const QImage &gray, int radius, int strength);

/// Black (0) where darker than the mean of the square around, white (255) else: evens out glare
/// and shadow on the scale of a few modules.
[[nodiscard]] QImage blackAndWhite(const QImage &gray, int radius);

/// Black (0) or white (255) by one value: the middle between the mean of what is dark and the mean
/// of what is light (Otsu's parting). Keeps edges where they are, as large dense codes need it.
[[nodiscard]] QImage blackAndWhite(const QImage &gray);

} // namespace hufu
