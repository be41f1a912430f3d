#include "core/scan/screen_way.h"

#include <QByteArray>

namespace hufu {

bool asksPortal(ScreenWay way)
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    const bool isWayland =
        !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") || qgetenv("XDG_SESSION_TYPE") == "wayland";
    return way == ScreenWay::Portal || (way == ScreenWay::Choose && isWayland);
#else
    return way == ScreenWay::Portal;
#endif
}

} // namespace hufu
