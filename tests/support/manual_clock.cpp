#include "tests/support/manual_clock.h"

namespace hufu::test {

ManualClock::ManualClock(UtcTime now)
    : m_now(now)
{
}

void ManualClock::advance(std::chrono::milliseconds by)
{
    m_now += by;
    m_sinceBoot += by;
}

} // namespace hufu::test
