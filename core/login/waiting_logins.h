#pragma once

#include "core/login/provider.h"

#include <QTimer>

#include <deque>
#include <map>
#include <set>

namespace hufu {

/// The pushed logins that nobody has looked at yet, and which of them are worth a person's
/// attention. A server that asks without end gets one question at a time: at most one of a binding
/// waits, they come 25 s apart, and three that nobody answered within 10 minutes silence a binding
/// for as long. The server's own limits (protocol.md B4) are a little stricter, so that one that
/// keeps them is never cut short here. Times go by Clock::sinceBoot(). GUI thread.
class WaitingLogins : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds apart{25};
    static constexpr std::chrono::minutes memory{10};
    static constexpr std::size_t mostMisses = 3;
    static constexpr std::size_t mostWaiting = 4; ///< of all bindings together

    enum class Verdict {
        Waits,
        Known,   ///< it was here before
        TooSoon, ///< after another one of the same binding
        TooMany, ///< wait already, or were not answered
        Flood,   ///< one more of a binding of which one was dropped within 10 minutes
    };

    explicit WaitingLogins(const Clock &clock);

    /// One that a server asks for. All but those that wait are dropped.
    Verdict take(const PushedLogin &login);
    /// Its server speaks of it no more.
    void withdraw(const PushedLogin &login);
    /// The one that has waited longest; null if there is none. Lives until the next change.
    [[nodiscard]] const PushedLogin *first() const;
    /// Takes the first one out, to be looked at.
    [[nodiscard]] std::optional<PushedLogin> takeFirst();
    /// One that was taken out ended without an answer.
    void miss(const PushedLogin &login);
    /// Forgets all that wait; each may come again.
    void clear();
    /// Looks at the clock now: after a sleep the timer comes late.
    void check();

signals:
    /// One or more went by themselves, since their time was over.
    void expired();

private:
    struct Waiting
    {
        PushedLogin login;
        std::chrono::milliseconds since;
    };
    /// What is remembered of a binding.
    struct Record
    {
        std::optional<std::chrono::milliseconds> last;    ///< when one was taken
        std::optional<std::chrono::milliseconds> dropped; ///< when one was, and not as Flood
        std::deque<std::chrono::milliseconds> misses;
    };

    [[nodiscard]] bool remember(const PushedLogin &login);
    void rearm();

    const Clock &m_clock;
    std::deque<Waiting> m_waiting;
    std::map<DeviceId, Record> m_records;
    std::set<std::string> m_seen;       ///< tokens
    std::deque<std::string> m_seenThen; ///< the same, the oldest first
    QTimer m_timer;
};

} // namespace hufu
