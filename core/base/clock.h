#pragma once

#include <chrono>

namespace hufu {

/// Milliseconds since 1970-01-01 UTC.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// The only place that asks the system for the time (contracts.md 6). Any thread.
class Clock
{
public:
    virtual ~Clock() = default;

    /// UTC as the system believes it; may jump. For codes and for what is shown, nothing else.
    [[nodiscard]] virtual UtcTime now() const = 0;
    /// The same, in whole seconds that have passed.
    [[nodiscard]] std::chrono::sys_seconds second() const
    {
        return std::chrono::floor<std::chrono::seconds>(now());
    }
    /// Since some fixed moment; runs on through sleep and never jumps. For time-outs and delays.
    [[nodiscard]] virtual std::chrono::milliseconds sinceBoot() const = 0;
};

/// The machine's clock: CLOCK_BOOTTIME, QueryInterruptTime or mach_continuous_time.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] UtcTime now() const override;
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override;
};

} // namespace hufu
