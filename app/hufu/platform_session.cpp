#include "app/hufu/platform_session.h"

#include <QtGlobal>

#include <algorithm>
#include <string_view>

namespace hufu {

bool hasDisplay(int argc, char **argv)
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    const bool isAskedFor = std::any_of(argv, argv + argc, [](std::string_view argument) {
        return argument == "-platform" || argument == "--platform" || argument == "-display" ||
               argument == "--display";
    });
    return isAskedFor || !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    Q_UNUSED(argc)
    Q_UNUSED(argv)
    return true;
#endif
}

} // namespace hufu
