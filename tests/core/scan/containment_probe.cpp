// Shuts itself in like the helper and says which sockets it can still make: one line each.

#include "core/scan/platform_containment.h"

#include <cstdio>
#include <cstring>
#include <latch>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

void report(const char *name, int family)
{
    const int descriptor = socket(family, SOCK_STREAM, 0);
    std::printf("%s %s\n", name, descriptor >= 0 ? "made" : std::strerror(errno));
    if (descriptor >= 0)
        close(descriptor);
}

} // namespace

int main()
{
    std::latch contained(1);
    // Started before, as a display's or a camera's threads are.
    std::thread older([&contained] {
        contained.wait();
        report("older thread AF_INET", AF_INET);
    });
    const bool good = hufu::contain(hufu::Containment::Picture).has_value();
    contained.count_down();
    older.join();
    report("AF_INET", AF_INET);
    report("AF_INET6", AF_INET6);
    report("AF_PACKET", AF_PACKET);
    report("AF_UNIX", AF_UNIX);
    rlimit seconds{};
    getrlimit(RLIMIT_CPU, &seconds);
    std::printf("seconds %lu\n", static_cast<unsigned long>(seconds.rlim_max));
    return good ? 0 : 1;
}
