#pragma once

#include "core/base/result.h"
#include "core/scan/messages.h"
#include "core/scan/scan_report.h"

#include <functional>

namespace hufu {

/// Decodes and searches one encoded picture, shut in from then on. Once a process.
/// Errors: PictureTooLarge, PictureUnreadable, HelperFailed, SecretMemoryFull.
[[nodiscard]] Result<ScanReport> searchPicture(const QByteArray &encoded);

/// Grabs and searches every screen; the process is shut in once the display is connected. Codes
/// inside an own window are left out. Main thread, once a process.
/// @param refused  called before Qt ends the process because the display refuses it
/// Errors: ScreenUnavailable, HelperFailed, SecretMemoryFull.
[[nodiscard]] Result<ScanReport> searchScreens(const ScreensRequest &request,
                                               std::function<void()> refused);

/// Whether all of `outline` lies inside one of `windows`.
/// @param source  where the outline's source lies on the desktop that the windows are given in
[[nodiscard]] bool liesInOwnWindow(const std::array<QPoint, 4> &outline, QPoint source,
                                   const QList<QRect> &windows);

} // namespace hufu
