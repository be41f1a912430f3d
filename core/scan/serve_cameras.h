#pragma once

#include "core/scan/framing.h"
#include "core/scan/platform_pipes.h"

namespace hufu {

/// Serves the cameras from `cameras` on (contracts.md 1): their list, then one that is open at a
/// time, until the input ends; the process ends in here. Main thread.
[[noreturn]] int serveCameras(MessageReader reader, const HelperPipes &pipes);

} // namespace hufu
