#include "core/scan/platform_pipes.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace hufu {

HelperPipes::HelperPipes()
    : m_out(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3))
{
    dup2(STDERR_FILENO, STDOUT_FILENO);
    std::signal(SIGPIPE, SIG_IGN); // a reader that is gone shows as a failed write
}

qint64 HelperPipes::read(std::span<std::byte> room) const
{
    for (;;) {
        const ssize_t came = ::read(STDIN_FILENO, room.data(), room.size());
        if (came >= 0 || errno != EINTR)
            return came;
    }
}

bool HelperPipes::write(std::span<const std::byte> bytes) const
{
    const std::lock_guard lock(m_writing);
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_out, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace hufu
