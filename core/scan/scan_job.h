#pragma once

#include "core/base/result.h"
#include "core/scan/messages.h"
#include "core/scan/scan_report.h"

#include <functional>

namespace hufu {

/// Decodes and searches one encoded picture, shut in from then on. Once a process.
/// Errors: PictureTooLarge, PictureUnreadable, HelperFailed, SecretMemoryFull.
[[nodiscard]] Result<ScanReport> searchPicture(const QByteArray &encoded);

/// Searches every screen: grabbed, or on Wayland in the one picture that the desktop's portal gives
/// once the person agrees. The process is shut in once display or bus is connected. Codes inside an
/// own window are left out, but not on the portal's picture: nothing tells its scale, nor where a
/// window lies on Wayland. Main thread, once a process.
/// @param refused  called before Qt ends the process because the display refuses it
/// Errors: ScreenUnavailable, ScreenRefused, PictureTooLarge, PictureUnreadable (the portal's),
/// HelperFailed, SecretMemoryFull.
[[nodiscard]] Result<ScanReport> searchScreens(const ScreensRequest &request,
                                               std::function<void()> refused);

/// Draws one foreign icon, shut in from then on. Main thread, once a process.
/// Errors: PictureTooLarge, PictureUnreadable, HelperFailed.
[[nodiscard]] Result<DrawnIcon> drawIconShutIn(const IconRequest &request);

/// Whether all of `outline` lies inside one of `windows`.
/// @param source  where the outline's source lies on the desktop that the windows are given in
[[nodiscard]] bool liesInOwnWindow(const std::array<QPoint, 4> &outline, QPoint source,
                                   const QList<QRect> &windows);

} // namespace hufu
