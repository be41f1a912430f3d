#pragma once

#include "core/base/clock.h"
#include "database.h"

namespace hufu::authserver {

/// Counts tries under a name within a sliding span of time, of at most 15 minutes. In the
/// database: every server process counts the same tries, and a restart forgets none. Main thread;
/// throws StorageFailure.
class TryStore
{
public:
    TryStore(const Database &database, const Clock &clock, int most, std::chrono::seconds within)
        : m_database(database)
        , m_clock(clock)
        , m_most(most)
        , m_within(within)
    {
    }

    /// Seconds until another try is welcome; 0 if it is now.
    [[nodiscard]] std::chrono::seconds wait(const QByteArray &name) const;
    void count(const QByteArray &name) const;
    /// count() and then wait() in one, for what must hold although other processes try at the same
    /// time: of all tries within the span no more than the limit get 0. A try that has to wait does
    /// not count.
    [[nodiscard]] std::chrono::seconds take(const QByteArray &name) const;
    void forget(const QByteArray &name) const;

private:
    [[nodiscard]] std::chrono::seconds waitAbove(const QByteArray &name, int allowed) const;
    QByteArray insert(const QByteArray &name) const;

    const Database &m_database;
    const Clock &m_clock;
    int m_most;
    std::chrono::milliseconds m_within;
};

} // namespace hufu::authserver
