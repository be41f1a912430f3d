#pragma once

namespace hufu {

/// Keeps the memory of this process from other programs of the same user: no core file, not
/// dumpable, not traceable (security.md 13). Call it before the first secret is read, never undo
/// it. Without effect in debug and sanitizer builds, so that a debugger can be attached there.
void forbidMemoryAccess();

} // namespace hufu
