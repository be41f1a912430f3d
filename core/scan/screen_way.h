#pragma once

namespace hufu {

/// How the screens are to be read; the numbers are those of the message (contracts.md 1).
enum class ScreenWay { Choose = 0, X11 = 1, Portal = 2 };

/// Whether `way` leads to the desktop's portal here: asked of WAYLAND_DISPLAY and XDG_SESSION_TYPE,
/// not of Qt, because under XWayland a grab works and is black. Client and helper share an
/// environment and so decide alike. Any thread.
[[nodiscard]] bool asksPortal(ScreenWay way);

} // namespace hufu
