#pragma once

#include "core/base/result.h"
#include "core/scan/messages.h"

namespace hufu {

/// Sets the environment for a QGuiApplication that only grabs screens, at native pixels and with as
/// little as possible loaded. Call it before the application object is made, one thread running.
///
/// Whether this is X11 is asked of WAYLAND_DISPLAY and XDG_SESSION_TYPE, not of Qt: under XWayland
/// a grab works and is black.
/// Errors: ScreenUnavailable where screens cannot be grabbed in the way asked for.
[[nodiscard]] Result<void> prepareDisplay(ScreenWay way);

} // namespace hufu
