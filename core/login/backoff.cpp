#include "core/login/backoff.h"

#include <algorithm>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds shortest = 1s;
constexpr std::chrono::seconds longest = 60s;
constexpr int stepsToLongest = 6; // 2^6 s are more
constexpr double spreading = 0.2;

} // namespace

std::chrono::milliseconds Backoff::next()
{
    const std::chrono::seconds delay = std::min(shortest * (1 << m_step), longest);
    m_step = std::min(m_step + 1, stepsToLongest);
    return spread(delay);
}

std::chrono::milliseconds Backoff::spread(std::chrono::milliseconds delay) const
{
    const double factor = 1 - spreading + 2 * spreading * m_random();
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(static_cast<double>(delay.count()) * factor));
}

} // namespace hufu
