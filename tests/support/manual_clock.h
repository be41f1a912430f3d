#pragma once

#include "core/base/clock.h"

namespace hufu::test {

/// A clock that moves when told.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(UtcTime now = UtcTime(std::chrono::seconds(1'700'000'000)));

    [[nodiscard]] UtcTime now() const override { return m_now; }
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override { return m_sinceBoot; }

    /// Time passes: both clocks move.
    void advance(std::chrono::milliseconds by);
    /// Somebody sets the wall clock; sinceBoot does not move.
    void set(UtcTime now) { m_now = now; }

private:
    UtcTime m_now;
    std::chrono::milliseconds m_sinceBoot{std::chrono::hours(1)};
};

} // namespace hufu::test
