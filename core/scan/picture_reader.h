#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QImage>

namespace hufu {

/// How many of the first bytes tell what a picture is.
constexpr qsizetype pictureSignature = 12;

/// Whether the first bytes are those of a format that readPicture() reads. Any thread.
[[nodiscard]] bool isPicture(const QByteArray &encoded);

/// What a picture shows, and so how it is read.
enum class PictureUse {
    Picture, ///< scaled down to 4,096 x 4,096; more than 128 MiB are never allocated
    Screens, ///< at its own size, as a screen is searched; at most 256 MiB (seven 4K screens)
};

/// A decoded picture, perhaps smaller than it was.
struct ReadPicture
{
    QImage image;   ///< at most 4,096 x 4,096 unless it shows screens
    QSize original; ///< as the header says
};

/// Decodes a picture from outside: PNG, JPEG, BMP, WebP or the first frame of a GIF, told by its
/// first bytes and by nothing else, so that no other decoder of Qt's gets its turn (an SVG named
/// .png is refused). The header is looked at before a pixel is decoded.
///
/// Errors: PictureTooLarge, PictureUnreadable (also for what is none of these). Any thread.
[[nodiscard]] Result<ReadPicture> readPicture(const QByteArray &encoded,
                                              PictureUse use = PictureUse::Picture);

} // namespace hufu
