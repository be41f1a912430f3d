#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QHash>

#include <deque>

namespace hufu::authserver {

/// Counts tries under a name within a sliding span of time. In memory: a restart forgets.
/// Main thread.
class AttemptLimit
{
public:
    AttemptLimit(const Clock &clock, int most, std::chrono::seconds within)
        : m_clock(clock)
        , m_most(most)
        , m_within(within)
    {
    }

    /// Seconds until another try is welcome; 0 if it is now.
    [[nodiscard]] std::chrono::seconds wait(const QByteArray &name);
    void count(const QByteArray &name);
    void forget(const QByteArray &name) { m_tries.remove(name); }

private:
    void forgetOld();

    const Clock &m_clock;
    int m_most;
    std::chrono::seconds m_within;
    QHash<QByteArray, std::deque<UtcTime>> m_tries;
    qsizetype m_crowded = 10'000; ///< names, from which on those without a recent try are dropped
};

} // namespace hufu::authserver
