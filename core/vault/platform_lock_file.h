#pragma once

#include <QString>

namespace hufu {

/// Removes the lock file at `path` if its maker was killed before it wrote its name into it, which
/// QLockFile would take for a living holder for ever. True if it was removed. A file that somebody
/// has locked, that says whose it is, or that is younger than two seconds stays.
bool removeAbandonedLock(const QString &path);

} // namespace hufu
