#pragma once

#include "core/base/clock.h"
#include "database.h"

namespace hufu::authserver {

/// Deletes what is over and what nothing reads any more. Nothing relies on it but the size of the
/// database: whoever reads looks at the time himself. A failure is left to the next time.
/// Main thread.
void forgetOld(const Database &database, const Clock &clock);

} // namespace hufu::authserver
