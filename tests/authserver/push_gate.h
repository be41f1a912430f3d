#pragma once

#include "user_store.h"

namespace hufu::authserver {

/// Keeps pushes from wearing a person down (protocol.md B4): one open request per user, at least
/// 30 s apart; three of them unanswered, or answered with "This was not me", and there is none for
/// 10 minutes after the last. "Unanswered" is known at the end of an event's five minutes, so
/// those that ended within the last 15 minutes count. Main thread; throws StorageFailure.
class PushGate
{
public:
    PushGate(const Database &database, const Clock &clock)
        : m_database(database)
        , m_clock(clock)
    {
    }

    /// Seconds until a push to this user is welcome; 0 if it is now.
    [[nodiscard]] std::chrono::seconds wait(const UserKey &user) const;
    /// wait(), and if that is 0 notes a push by the event with this token. Of several at the same
    /// time, in any process, one gets 0.
    [[nodiscard]] std::chrono::seconds pass(const UserKey &user, const QByteArray &token,
                                            UtcTime expires) const;
    /// The person has answered this event, if it is the user's last push: it is not open any more.
    void answered(const UserKey &user, const QByteArray &token, bool wasWanted) const;

private:
    /// The last push of a user, as it is stored.
    struct Last
    {
        qint64 made = -1;
        qint64 openUntil = 0;
        QString misses;
    };
    [[nodiscard]] Last lastOf(const UserKey &user) const;
    [[nodiscard]] std::chrono::seconds waitAfter(const Last &last) const;
    [[nodiscard]] qint64 now() const;

    const Database &m_database;
    const Clock &m_clock;
};

} // namespace hufu::authserver
