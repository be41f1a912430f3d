#include "core/vault/try_delay.h"

#include <algorithm>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr int freeTries = 5;
constexpr std::chrono::seconds longestDelay = 60s;

} // namespace

TryDelay::TryDelay(const Clock &clock)
    : m_clock(clock)
{
}

std::chrono::milliseconds TryDelay::untilNextTry() const
{
    return std::max(m_next - m_clock.sinceBoot(), 0ms);
}

void TryDelay::wrong()
{
    ++m_wrong;
    if (m_wrong < freeTries)
        return;
    const int doublings = std::min(m_wrong - freeTries, 6); // 2^6 s are more than the longest
    m_next = m_clock.sinceBoot() + std::min(1s * (1 << doublings), longestDelay);
}

void TryDelay::right()
{
    m_wrong = 0;
    m_next = 0ms;
}

} // namespace hufu
