#pragma once

#include "core/base/clock.h"
#include "database.h"

#include <optional>
#include <vector>

namespace hufu::authserver {

/// The course of one login (protocol.md B3). The last three are final. The numbers are in the
/// database; Expired is never stored, it follows from the time.
enum class EventState { New = 0, Scanned = 1, Confirmed = 2, Denied = 3, Expired = 4 };

struct Event
{
    QByteArray eventId; ///< the site's handle; never reaches a browser (S10)
    QByteArray appId;
    QByteArray token;   ///< 32 hex, what the QR code says
    QByteArray picture; ///< a random UUID, names the QR picture (S11)
    UtcTime created;
    UtcTime expires;
    EventState state = EventState::New;
    QByteArray uid;          ///< since Scanned
    QByteArray deviceId;     ///< since Scanned
    QByteArray ctx;          ///< hex SHA-256 of the scan answer's body, since Scanned
    QByteArray number;       ///< to be matched; empty if none is asked for
    QString browserAddress;  ///< of the browser that loaded the picture; empty until then
    QByteArray browserAgent; ///< its User-Agent
    QByteArray pushUid;      ///< the only user who may answer; empty for a code to be scanned
    QByteArray siteContext;  ///< what the site said of the browser, JSON; empty for nothing
    QByteArray reason;       ///< of a denied one: `cancel`, `not_me` or `number`
};

/// What a new event is about.
struct EventTerms
{
    int numberDigits = 0;   ///< of the number to be matched; 0 for none
    QByteArray pushUid;     ///< see Event
    QByteArray siteContext; ///< see Event
    QByteArray token;       ///< empty: a fresh random one
};

/// How long a login code or a push can be answered.
inline constexpr std::chrono::minutes eventLife{5};

/// Who scanned, and what was answered to that.
struct Scan
{
    QByteArray uid;
    QByteArray deviceId;
    QByteArray ctx;
};

/// A login of which somebody said "This was not me".
struct Report
{
    QByteArray uid;
    UtcTime made;
    QString browserAddress; ///< empty if no browser was seen
    QString tokenAddress;
};

/// The login events. Each change of state is one compare-and-swap on the row, so exactly one of
/// several requests wins. Main thread; throws StorageFailure.
///
/// What is over is still found for a while, then it is as if it had never been: answered events
/// 300 s after the answer, expired ones 10 minutes after they expired (B3.5, B3.6).
class EventStore
{
public:
    EventStore(const Database &database, const Clock &clock)
        : m_database(database)
        , m_clock(clock)
    {
    }

    /// A new event of `appId`, valid for 5 minutes.
    Event create(const QByteArray &appId, const EventTerms &terms) const;
    [[nodiscard]] std::optional<Event> byEventId(const QByteArray &eventId) const;
    [[nodiscard]] std::optional<Event> byToken(const QByteArray &token) const;
    [[nodiscard]] std::optional<Event> byPicture(const QByteArray &picture) const;

    /// The tokens of the events that were pushed to this user and that no device has scanned yet,
    /// the oldest first.
    [[nodiscard]] std::vector<QByteArray> pushedTo(const QByteArray &appId,
                                                   const QByteArray &uid) const;

    /// Remembers the first browser that loads the picture of a new event.
    void noteBrowser(const QByteArray &picture, const QString &address,
                     const QByteArray &agent) const;

    /// new -> scanned, or from one device of a user to another. False if somebody else has it.
    [[nodiscard]] bool scan(const QByteArray &token, const Scan &by) const;
    /// scanned -> confirmed, by the device that scanned. False if the state is another by now.
    [[nodiscard]] bool confirm(const QByteArray &token, const Scan &by) const;
    /// scanned -> denied, likewise.
    [[nodiscard]] bool deny(const QByteArray &token, const Scan &by,
                            const QByteArray &reason) const;

    /// Notes for the administrator that this person said "This was not me".
    void report(const Event &event, const QByteArray &uid, const QString &tokenAddress) const;
    [[nodiscard]] std::vector<Report> reports(const QByteArray &appId) const;

private:
    [[nodiscard]] std::optional<Event> find(const QString &where, const QByteArray &value) const;
    [[nodiscard]] bool finish(const QByteArray &token, const Scan &by, EventState state,
                              const QByteArray &reason) const;
    [[nodiscard]] qint64 now() const;

    const Database &m_database;
    const Clock &m_clock;
};

} // namespace hufu::authserver
