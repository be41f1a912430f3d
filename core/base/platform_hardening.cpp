#include "core/base/hardening.h"

#include <cstdlib>

#if defined(__GLIBC__)
#include <malloc.h>
#endif
#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/resource.h>
#elif defined(__APPLE__)
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/types.h>
#endif

namespace hufu {

void forbidMemoryAccess()
{
#if defined(NDEBUG) && !defined(HUFU_SANITIZED)
#if defined(__linux__) || defined(__APPLE__)
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
#if defined(__linux__)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#elif defined(__APPLE__)
    ptrace(PT_DENY_ATTACH, 0, nullptr, 0);
#endif
#endif
}

void returnLargeBlocks()
{
#if defined(__GLIBC__)
    // What glibc starts with; without this call it rises to the largest block freed so far.
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
#endif
}

} // namespace hufu
