#pragma once

#include "core/base/result.h"

namespace hufu {

/// What is about to be decoded; each has its own limits (contracts.md 1).
enum class Containment { Picture, Icon, Screens, Camera };

/// Shuts this process in, for good and for all its threads: processor time and address space are
/// limited (a camera's processor time is not), and no socket of the internet or packet families can
/// be made. Call it once everything is connected and before the first byte from outside is decoded.
/// The address space is not limited under a sanitizer.
///
/// Errors: HelperFailed if the system refuses one of these; nothing must be decoded then.
/// Systems other than Linux have no socket filter here.
[[nodiscard]] Result<void> contain(Containment kind);

} // namespace hufu
