#pragma once

#include "core/scan/platform_pipes.h"

#include <atomic>
#include <chrono>
#include <functional>

namespace hufu {

/// Says `alive` each second from a thread of its own, for as long as the helper is well: its main
/// thread comes round in time, and so does what `isWell` looks at. Lives as long as the process.
class Pulse
{
public:
    explicit Pulse(const HelperPipes &pipes);
    Q_DISABLE_COPY_MOVE(Pulse)

    /// From now on `isWell` is asked, too, on the pulse's thread. Once at most.
    void watch(std::function<bool()> isWell);

    /// The main thread is there, and may be away for `leave` from now.
    void beat(std::chrono::milliseconds leave);

private:
    using Clock = std::chrono::steady_clock;

    const HelperPipes &m_pipes;
    std::atomic<Clock::time_point> m_deadline;
    std::function<bool()> m_isWell;
    std::atomic<bool> m_watches = false;
};

} // namespace hufu
