#include "attempt_limit.h"

#include <algorithm>

namespace hufu::authserver {

std::chrono::seconds AttemptLimit::wait(const QByteArray &name)
{
    const auto found = m_tries.find(name);
    if (found == m_tries.end())
        return std::chrono::seconds(0);
    const UtcTime now = m_clock.now();
    std::deque<UtcTime> &tries = *found;
    while (!tries.empty() && tries.front() + m_within <= now)
        tries.pop_front();
    if (std::ssize(tries) < m_most) {
        if (tries.empty())
            m_tries.erase(found);
        return std::chrono::seconds(0);
    }
    return std::chrono::ceil<std::chrono::seconds>(tries.front() + m_within - now);
}

void AttemptLimit::count(const QByteArray &name)
{
    if (m_tries.size() >= m_crowded)
        forgetOld();
    std::deque<UtcTime> &tries = m_tries[name];
    tries.push_back(m_clock.now());
    if (std::ssize(tries) > m_most)
        tries.pop_front();
}

void AttemptLimit::forgetOld()
{
    const UtcTime limit = m_clock.now() - m_within;
    m_tries.removeIf([limit](const auto &entry) { return entry.value().back() <= limit; });
    // Not at each try from now on, should all of them be recent.
    m_crowded = std::max<qsizetype>(m_crowded, 2 * m_tries.size());
}

} // namespace hufu::authserver
