#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace hufu {

/// More than that a picture of the screens is not read.
constexpr qint64 largestPortalPicture = qint64{64} << 20;

/// Reads the picture that the portal left at `path` and deletes it, readable or not: it shows the
/// person's screens, and some portals leave it where others can read it. What is no picture is not
/// touched, nor what a link leads to.
///
/// Errors: ScreenUnavailable if nothing can be read there or it is no picture; PictureTooLarge.
[[nodiscard]] Result<QByteArray> takePortalPicture(const QString &path);

} // namespace hufu
