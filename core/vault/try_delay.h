#pragma once

#include "core/base/clock.h"

namespace hufu {

/// How long to wait before a password may be tried again: five wrong tries are free, then
/// 1, 2, 4 ... 60 s. In memory only. Source: security.md 5.
class TryDelay
{
public:
    explicit TryDelay(const Clock &clock);

    /// 0: at once.
    [[nodiscard]] std::chrono::milliseconds untilNextTry() const;
    void wrong();
    void right();

private:
    const Clock &m_clock;
    int m_wrong = 0;
    std::chrono::milliseconds m_next{0}; ///< Clock::sinceBoot at which the next try is free
};

} // namespace hufu
