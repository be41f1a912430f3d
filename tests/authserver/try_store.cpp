#include "try_store.h"

#include "core/base/crypto.h"

namespace hufu::authserver {

std::chrono::seconds TryStore::wait(const QByteArray &name) const
{
    return waitAbove(name, m_most - 1);
}

void TryStore::count(const QByteArray &name) const
{
    insert(name);
}

std::chrono::seconds TryStore::take(const QByteArray &name) const
{
    const QByteArray id = insert(name);
    const std::chrono::seconds wait = waitAbove(name, m_most);
    if (wait.count() > 0)
        m_database.change(QStringLiteral("DELETE FROM tries WHERE id = ?"), {id});
    return wait;
}

void TryStore::forget(const QByteArray &name) const
{
    m_database.change(QStringLiteral("DELETE FROM tries WHERE name = ?"), {name});
}

std::chrono::seconds TryStore::waitAbove(const QByteArray &name, int allowed) const
{
    const UtcTime now = m_clock.now();
    Rows row = m_database.run(
        QStringLiteral("SELECT COUNT(*), MIN(made) FROM tries WHERE name = ? AND made > ?"),
        {name, static_cast<qint64>((now - m_within).time_since_epoch().count())});
    if (!row.next() || row.value(0).toInt() <= allowed)
        return std::chrono::seconds(0);
    const UtcTime first{std::chrono::milliseconds(row.value(1).toLongLong())};
    return std::chrono::ceil<std::chrono::seconds>(first + m_within - now);
}

QByteArray TryStore::insert(const QByteArray &name) const
{
    const QByteArray id = toHex(randomId<16>());
    m_database.change(QStringLiteral("INSERT INTO tries (id, name, made) VALUES (?, ?, ?)"),
                      {id, name, static_cast<qint64>(m_clock.now().time_since_epoch().count())});
    return id;
}

} // namespace hufu::authserver
