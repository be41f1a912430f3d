// Shuts itself in like the helper for one kind of scan, and says which sockets it can still make in
// which thread, and its limits: one line each.
//
//   containment_probe picture|icon|screens

#include "core/scan/platform_containment.h"

#include <cstdio>
#include <cstring>
#include <latch>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

void report(const char *who, const char *name, int family, int type)
{
    const int descriptor = socket(family, type, 0);
    std::printf("%s %s: %s\n", who, name, descriptor >= 0 ? "made" : std::strerror(errno));
    std::fflush(stdout);
    if (descriptor >= 0)
        close(descriptor);
}

void reportAll(const char *who)
{
    report(who, "AF_INET stream", AF_INET, SOCK_STREAM);
    report(who, "AF_INET datagram", AF_INET, SOCK_DGRAM);
    report(who, "AF_INET6 stream", AF_INET6, SOCK_STREAM);
    report(who, "AF_INET6 datagram", AF_INET6, SOCK_DGRAM);
    report(who, "AF_PACKET raw", AF_PACKET, SOCK_RAW);
    report(who, "AF_UNIX stream", AF_UNIX, SOCK_STREAM);
}

void reportLimits()
{
    rlimit limit{};
    getrlimit(RLIMIT_CPU, &limit);
    std::printf("seconds %lu\n", static_cast<unsigned long>(limit.rlim_max));
#if !defined(HUFU_SANITIZED)
    getrlimit(RLIMIT_AS, &limit);
    std::printf("MiB %lu\n", static_cast<unsigned long>(limit.rlim_max >> 20));
#endif
    getrlimit(RLIMIT_CORE, &limit);
    std::printf("core %lu\n", static_cast<unsigned long>(limit.rlim_max));
}

hufu::Containment kindOf(std::string_view name)
{
    if (name == "screens")
        return hufu::Containment::Screens;
    return name == "icon" ? hufu::Containment::Icon : hufu::Containment::Picture;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string_view kind = argc == 2 ? argv[1] : "";
    if (kind == "started") {
        reportAll("started program");
        return 0;
    }
    std::latch contained(1);
    // Started before, as a display's or a camera's threads are.
    std::thread older([&contained] {
        contained.wait();
        reportAll("older");
    });
    const bool good = hufu::contain(kindOf(kind)).has_value();
    contained.count_down();
    older.join();
    reportAll("main");
    std::thread([] { reportAll("younger"); }).join();
    if (const pid_t child = fork(); child == 0) {
        execl("/proc/self/exe", "containment_probe", "started", nullptr);
        _exit(1);
    } else {
        waitpid(child, nullptr, 0);
    }
    reportLimits();
    return good ? 0 : 1;
}
