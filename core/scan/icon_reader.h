#pragma once

#include "core/base/result.h"
#include "core/scan/scan_report.h"

#include <QByteArray>

namespace hufu {

/// Draws a foreign icon: SVG (nowhere else is one drawn), PNG, JPEG, BMP, WebP or the first frame
/// of a GIF, told by its first bytes. It fills a square of `edge` pixels (1 to 256), its shape
/// kept. An SVG that brings a picture of its own, or is nested more than 64 deep, is refused:
/// Qt would read the one by guessing, from any file, and follow the other down the stack.
///
/// Drawing text needs a QGuiApplication. Errors: PictureTooLarge, PictureUnreadable. Main thread.
[[nodiscard]] Result<DrawnIcon> drawIcon(const QByteArray &encoded, int edge);

} // namespace hufu
