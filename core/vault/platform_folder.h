#pragma once

#include <QString>

namespace hufu {

/// Makes the entries of `folder` survive a power cut. True where the system needs no such call.
[[nodiscard]] bool syncFolder(const QString &folder);

} // namespace hufu
