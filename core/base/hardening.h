#pragma once

namespace hufu {

/// Keeps the memory of this process from other programs of the same user: no core file, not
/// dumpable, not traceable (security.md 13). Call it before the first secret is read, never undo
/// it. Without effect in debug and sanitizer builds, so that a debugger can be attached there.
void forbidMemoryAccess();

/// Has the system take back large blocks of memory as soon as they are freed. Else the texts of a
/// large vault's pages leave 4 MB of holes between the accounts that stay. Call it first.
void returnLargeBlocks();

} // namespace hufu
