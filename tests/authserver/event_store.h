#pragma once

#include "core/base/clock.h"
#include "database.h"

#include <optional>

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
};

/// Who scanned, and what was answered to that.
struct Scan
{
    QByteArray uid;
    QByteArray deviceId;
    QByteArray ctx;
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

    /// A new event of `appId`, valid for 5 minutes, with a number of `numberDigits` digits.
    Event create(const QByteArray &appId, int numberDigits) const;
    [[nodiscard]] std::optional<Event> byEventId(const QByteArray &eventId) const;
    [[nodiscard]] std::optional<Event> byToken(const QByteArray &token) const;
    [[nodiscard]] std::optional<Event> byPicture(const QByteArray &picture) const;

    /// Remembers the first browser that loads the picture of a new event.
    void noteBrowser(const QByteArray &picture, const QString &address,
                     const QByteArray &agent) const;

    /// new -> scanned, or from one device of a user to another. False if somebody else has it.
    [[nodiscard]] bool scan(const QByteArray &token, const Scan &by) const;
    /// scanned -> confirmed, by the device that scanned. False if the state is another by now.
    [[nodiscard]] bool confirm(const QByteArray &token, const Scan &by) const;
    /// scanned -> denied, likewise.
    [[nodiscard]] bool deny(const QByteArray &token, const Scan &by) const;

private:
    [[nodiscard]] std::optional<Event> find(const QString &where, const QByteArray &value) const;
    [[nodiscard]] bool finish(const QByteArray &token, const Scan &by, EventState state) const;
    void forgetOld() const;
    [[nodiscard]] qint64 now() const;

    const Database &m_database;
    const Clock &m_clock;
};

} // namespace hufu::authserver
