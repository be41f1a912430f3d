#pragma once

#include <QImage>

namespace hufu {

/// `image` in 8 bits of grey, as ZXing wants it; transparent parts lie on white. Null if the
/// memory does not suffice or `image` is null. Any thread.
[[nodiscard]] QImage toGray(const QImage &image);

/// Swaps dark and light of a picture that toGray() made, in place.
void invert(QImage &gray);

} // namespace hufu
