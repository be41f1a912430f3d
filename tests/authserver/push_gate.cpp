#include "push_gate.h"

#include <QStringList>

#include <algorithm>

namespace hufu::authserver {
namespace {

constexpr qint64 apart = 30 * 1000;
constexpr qint64 memory = 15 * 60 * 1000;
constexpr qint64 pause = 10 * 60 * 1000;
constexpr qsizetype mostMisses = 3;

/// When the unanswered requests ended or will end, in milliseconds, the oldest first. The last one
/// is the last push, until its answer takes it out.
using Misses = QList<qint64>;

Misses readMisses(const QString &text, qint64 since)
{
    Misses misses;
    for (const QString &word : text.split(u',', Qt::SkipEmptyParts)) {
        if (const qint64 end = word.toLongLong(); end > since)
            misses.append(end);
    }
    return misses;
}

QString written(const Misses &misses)
{
    QStringList words;
    for (const qint64 end : misses)
        words.append(QString::number(end));
    return words.isEmpty() ? QStringLiteral("") : words.join(u','); // null would be NULL
}

} // namespace

qint64 PushGate::now() const
{
    return m_clock.now().time_since_epoch().count();
}

PushGate::Last PushGate::lastOf(const UserKey &user) const
{
    Rows row = m_database.run(QStringLiteral("SELECT made, open_until, misses FROM pushes"
                                             " WHERE app_id = ? AND uid = ?"),
                              {user.appId, user.uid});
    if (!row.next())
        return {};
    return {.made = row.value(0).toLongLong(),
            .openUntil = row.value(1).toLongLong(),
            .misses = row.value(2).toString()};
}

std::chrono::seconds PushGate::waitAfter(const Last &last) const
{
    if (last.made < 0)
        return std::chrono::seconds(0);
    qint64 until = std::max(last.made + apart, last.openUntil);
    const Misses misses = readMisses(last.misses, now() - memory);
    if (misses.size() >= mostMisses)
        until = std::max(until, misses.last() + pause);
    const auto left = std::chrono::milliseconds(std::max<qint64>(0, until - now()));
    return std::chrono::ceil<std::chrono::seconds>(left);
}

std::chrono::seconds PushGate::wait(const UserKey &user) const
{
    return waitAfter(lastOf(user));
}

std::chrono::seconds PushGate::pass(const UserKey &user, const QByteArray &token,
                                    UtcTime expires) const
{
    const Last last = lastOf(user);
    if (const auto seconds = waitAfter(last); seconds.count() > 0)
        return seconds;
    Misses misses = readMisses(last.misses, now() - memory);
    const qint64 end = expires.time_since_epoch().count();
    misses.append(end);
    // What was read and judged is part of the condition: of two pushes at once one passes.
    const int passed = m_database.change(
        QStringLiteral("INSERT INTO pushes (app_id, uid, token, made, open_until, misses)"
                       " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (app_id, uid) DO UPDATE SET"
                       " token = excluded.token, made = excluded.made,"
                       " open_until = excluded.open_until, misses = excluded.misses"
                       " WHERE pushes.made = ?"),
        {user.appId, user.uid, token, now(), end, written(misses), last.made});
    return passed == 1 ? std::chrono::seconds(0) : std::max(std::chrono::seconds(1), wait(user));
}

void PushGate::answered(const UserKey &user, const QByteArray &token, bool wasWanted) const
{
    Rows row = m_database.run(
        QStringLiteral("SELECT misses FROM pushes WHERE app_id = ? AND uid = ? AND token = ?"),
        {user.appId, user.uid, token});
    if (!row.next())
        return;
    Misses misses = readMisses(row.value(0).toString(), 0);
    if (!misses.isEmpty())
        misses.removeLast();
    if (!wasWanted)
        misses.append(now());
    m_database.change(QStringLiteral("UPDATE pushes SET open_until = ?, misses = ?"
                                     " WHERE app_id = ? AND uid = ? AND token = ?"),
                      {now(), written(misses), user.appId, user.uid, token});
}

} // namespace hufu::authserver
