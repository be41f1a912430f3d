#include "core/scan/platform_containment.h"

#include <QtGlobal>

#include <memory>
#include <optional>

#if defined(Q_OS_UNIX)
#include <sys/resource.h>
#endif
#if defined(Q_OS_LINUX)
#include <cerrno>
#include <seccomp.h>
#include <sys/socket.h>
#endif

namespace hufu {
namespace {

#if defined(Q_OS_UNIX)
struct Limits
{
    std::optional<rlim_t> seconds;
    rlim_t addressSpace;
};

Limits limitsOf(Containment kind)
{
    switch (kind) {
    case Containment::Picture:
    case Containment::Icon:
        return {5, rlim_t{512} << 20};
    case Containment::Screens:
        return {10, rlim_t{1} << 30};
    case Containment::Camera:
        return {std::nullopt, rlim_t{2} << 30};
    }
    Q_UNREACHABLE();
}

bool limitResources(Limits limits)
{
    const rlimit noCore{0, 0};
    bool good = setrlimit(RLIMIT_CORE, &noCore) == 0;
    if (limits.seconds) {
        const rlimit seconds{*limits.seconds, *limits.seconds};
        good = good && setrlimit(RLIMIT_CPU, &seconds) == 0;
    }
#if !defined(HUFU_SANITIZED)
    const rlimit addressSpace{limits.addressSpace, limits.addressSpace};
    good = good && setrlimit(RLIMIT_AS, &addressSpace) == 0;
#endif
    return good;
}
#endif

#if defined(Q_OS_LINUX)
bool refuseInternetSockets()
{
    const std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_ALLOW),
                                                                   &seccomp_release);
    if (!filter || seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) != 0)
        return false;
    for (const unsigned family : {unsigned{AF_INET}, unsigned{AF_INET6}, unsigned{AF_PACKET}}) {
        // The kernel looks at the lower half of the register only, and so do we.
        const scmp_arg_cmp isFamily{0, SCMP_CMP_MASKED_EQ, 0xffff'ffff, family};
        if (seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1,
                                   &isFamily) != 0)
            return false;
    }
    // An io_uring makes sockets past the filter.
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(io_uring_setup), 0) != 0)
        return false;
    return seccomp_load(filter.get()) == 0;
}
#endif

} // namespace

Result<void> contain(Containment kind)
{
#if defined(Q_OS_UNIX)
    if (!limitResources(limitsOf(kind)))
        return failure(Errc::HelperFailed, QStringLiteral("the system sets no limits"));
#else
    Q_UNUSED(kind);
#endif
#if defined(Q_OS_LINUX)
    if (!refuseInternetSockets())
        return failure(Errc::HelperFailed, QStringLiteral("the system takes no socket filter"));
#endif
    return {};
}

} // namespace hufu
