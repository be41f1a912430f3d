#include "core/scan/platform_display.h"

#include <QtGlobal>

namespace hufu {

Result<void> prepareDisplay()
{
    // The desktop's scaling would only blur the question what a pixel is.
    qputenv("QT_ENABLE_HIGHDPI_SCALING", "0");
    for (const char *name :
         {"QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_USE_PHYSICAL_DPI", "QT_IM_MODULE",
          "SESSION_MANAGER", "QT_QPA_PLATFORMTHEME", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"})
        qunsetenv(name);
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        return failure(Errc::ScreenUnavailable, QStringLiteral("no display"));
    qputenv("QT_QPA_PLATFORM", "xcb");
    qputenv("QT_XCB_GL_INTEGRATION", "none"); // no OpenGL libraries for one picture
#endif
    return {};
}

} // namespace hufu
