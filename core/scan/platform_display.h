#pragma once

#include "core/base/result.h"

namespace hufu {

/// Sets the environment for a QGuiApplication that only grabs screens, at native pixels and with as
/// little as possible loaded. Call it before the application object is made, one thread running.
/// Errors: ScreenUnavailable where there is no display.
[[nodiscard]] Result<void> prepareDisplay();

} // namespace hufu
