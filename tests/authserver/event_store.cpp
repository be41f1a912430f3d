#include "event_store.h"

#include "application_store.h"
#include "core/base/crypto.h"

#include <QUuid>

namespace hufu::authserver {
namespace {

constexpr qint64 validMilliseconds = std::chrono::milliseconds(eventLife).count();
constexpr qint64 answeredMilliseconds = 300 * 1000;
constexpr qint64 expiredMilliseconds = 10 * 60 * 1000;
constexpr qsizetype eventIdRandom = 22; // 62^22 > 2^128

int stored(EventState state)
{
    return static_cast<int>(state);
}

UtcTime timeOf(const QVariant &value)
{
    return UtcTime(std::chrono::milliseconds(value.toLongLong()));
}

/// Time with two decimals and random letters, as the API document shows it (S10).
QByteArray makeEventId(qint64 now)
{
    return QByteArray::number(now / 1000) + '.' +
           QByteArray::number(now % 1000 / 10).rightJustified(2, '0') + randomText(eventIdRandom);
}

/// Nothing is NULL, so that an index can leave it out.
QVariant orNull(const QByteArray &bytes)
{
    return bytes.isEmpty() ? QVariant(QByteArray()) : QVariant(bytes);
}

QByteArray makeNumber(int digits)
{
    if (digits == 0)
        return {};
    std::uint64_t modulus = 1;
    for (int i = 0; i < digits; ++i)
        modulus *= 10;
    std::uint64_t random = 0;
    for (const std::byte byte : randomId<8>()) // 2^64 is so much more that the bias is nothing
        random = random << 8 | std::to_integer<std::uint64_t>(byte);
    return QByteArray::number(static_cast<qulonglong>(random % modulus))
        .rightJustified(digits, '0');
}

} // namespace

qint64 EventStore::now() const
{
    return m_clock.now().time_since_epoch().count();
}

Event EventStore::create(const QByteArray &appId, const EventTerms &terms) const
{
    Event event;
    event.eventId = makeEventId(now());
    event.appId = appId;
    event.token = terms.token.isEmpty() ? toHex(randomId<16>()) : terms.token;
    event.picture = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    event.created = UtcTime(std::chrono::milliseconds(now()));
    event.expires = event.created + std::chrono::milliseconds(validMilliseconds);
    event.number = makeNumber(terms.numberDigits);
    event.pushUid = terms.pushUid;
    event.siteContext = terms.siteContext;
    m_database.change(
        QStringLiteral("INSERT INTO events (event_id, app_id, token, picture, created, expires,"
                       " state, number, push_uid, site_context)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {event.eventId, event.appId, event.token, event.picture, now(), now() + validMilliseconds,
         stored(EventState::New), event.number, orNull(event.pushUid), orNull(event.siteContext)});
    return event;
}

std::optional<Event> EventStore::find(const QString &where, const QByteArray &value) const
{
    Rows row = m_database.run(
        QStringLiteral("SELECT event_id, app_id, token, picture, created, expires, state, uid,"
                       " device_id, ctx, number, browser_address, browser_agent, answered,"
                       " push_uid, site_context, reason"
                       " FROM events WHERE ") +
            where,
        {value});
    if (!row.next())
        return {};
    Event event{.eventId = row.value(0).toByteArray(),
                .appId = row.value(1).toByteArray(),
                .token = row.value(2).toByteArray(),
                .picture = row.value(3).toByteArray(),
                .created = timeOf(row.value(4)),
                .expires = timeOf(row.value(5)),
                .state = static_cast<EventState>(row.value(6).toInt()),
                .uid = row.value(7).toByteArray(),
                .deviceId = row.value(8).toByteArray(),
                .ctx = row.value(9).toByteArray(),
                .number = row.value(10).toByteArray(),
                .browserAddress = row.value(11).toString(),
                .browserAgent = row.value(12).toByteArray(),
                .pushUid = row.value(14).toByteArray(),
                .siteContext = row.value(15).toByteArray(),
                .reason = row.value(16).toByteArray()};
    const bool open = event.state == EventState::New || event.state == EventState::Scanned;
    const qint64 over = open ? row.value(5).toLongLong() + expiredMilliseconds
                             : row.value(13).toLongLong() + answeredMilliseconds;
    if (now() >= over)
        return {};
    if (open && now() >= row.value(5).toLongLong())
        event.state = EventState::Expired;
    return event;
}

std::optional<Event> EventStore::byEventId(const QByteArray &eventId) const
{
    return find(QStringLiteral("event_id = ?"), eventId);
}

std::optional<Event> EventStore::byToken(const QByteArray &token) const
{
    return find(QStringLiteral("token = ?"), token);
}

std::optional<Event> EventStore::byPicture(const QByteArray &picture) const
{
    return find(QStringLiteral("picture = ?"), picture);
}

std::vector<QByteArray> EventStore::pushedTo(const QByteArray &appId, const QByteArray &uid) const
{
    Rows row = m_database.run(
        QStringLiteral("SELECT token FROM events WHERE app_id = ? AND push_uid = ?"
                       " AND push_uid IS NOT NULL AND state = ? AND expires > ? ORDER BY created"),
        {appId, uid, stored(EventState::New), now()});
    std::vector<QByteArray> tokens;
    while (row.next())
        tokens.push_back(row.value(0).toByteArray());
    return tokens;
}

void EventStore::noteBrowser(const QByteArray &picture, const QString &address,
                             const QByteArray &agent) const
{
    m_database.change(
        QStringLiteral("UPDATE events SET browser_address = ?, browser_agent = ?"
                       " WHERE picture = ? AND state = ? AND browser_address IS NULL"),
        {address, agent, picture, stored(EventState::New)});
}

bool EventStore::scan(const QByteArray &token, const Scan &by) const
{
    return m_database.change(
               QStringLiteral("UPDATE events SET state = ?, uid = ?, device_id = ?, ctx = ?"
                              " WHERE token = ? AND expires > ?"
                              " AND (state = ? OR (state = ? AND uid = ?))"),
               {stored(EventState::Scanned), by.uid, by.deviceId, by.ctx, token, now(),
                stored(EventState::New), stored(EventState::Scanned), by.uid}) == 1;
}

bool EventStore::confirm(const QByteArray &token, const Scan &by) const
{
    return finish(token, by, EventState::Confirmed, {});
}

bool EventStore::deny(const QByteArray &token, const Scan &by, const QByteArray &reason) const
{
    return finish(token, by, EventState::Denied, reason);
}

void EventStore::report(const Event &event, const QByteArray &uid,
                        const QString &tokenAddress) const
{
    m_database.change(QStringLiteral("INSERT INTO reports (event_id, app_id, uid, made,"
                                     " browser_address, token_address) VALUES (?, ?, ?, ?, ?, ?)"),
                      {event.eventId, event.appId, uid, now(), event.browserAddress, tokenAddress});
}

std::vector<Report> EventStore::reports(const QByteArray &appId) const
{
    Rows row = m_database.run(QStringLiteral("SELECT uid, made, browser_address, token_address FROM"
                                             " reports WHERE app_id = ? ORDER BY made"),
                              {appId});
    std::vector<Report> reports;
    while (row.next())
        reports.push_back({row.value(0).toByteArray(), timeOf(row.value(1)),
                           row.value(2).toString(), row.value(3).toString()});
    return reports;
}

bool EventStore::finish(const QByteArray &token, const Scan &by, EventState state,
                        const QByteArray &reason) const
{
    return m_database.change(QStringLiteral("UPDATE events SET state = ?, answered = ?, reason = ?"
                                            " WHERE token = ? AND expires > ? AND state = ?"
                                            " AND uid = ? AND device_id = ? AND ctx = ?"),
                             {stored(state), now(), orNull(reason), token, now(),
                              stored(EventState::Scanned), by.uid, by.deviceId, by.ctx}) == 1;
}

} // namespace hufu::authserver
