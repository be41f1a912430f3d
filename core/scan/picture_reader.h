#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QImage>

namespace hufu {

/// A decoded picture, perhaps smaller than it was.
struct ReadPicture
{
    QImage image;   ///< at most 4,096 x 4,096
    QSize original; ///< as the header says
};

/// Decodes a picture from outside: PNG, JPEG, BMP, WebP or the first frame of a GIF, told by its
/// first bytes and by nothing else, so that no other decoder of Qt's gets its turn (an SVG named
/// .png is refused). The header is looked at before a pixel is decoded; more than 128 MiB are never
/// allocated.
///
/// Errors: PictureTooLarge, PictureUnreadable (also for what is none of these). Any thread.
[[nodiscard]] Result<ReadPicture> readPicture(const QByteArray &encoded);

} // namespace hufu
