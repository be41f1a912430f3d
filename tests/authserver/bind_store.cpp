#include "bind_store.h"

#include "core/base/crypto.h"

namespace hufu::authserver {
namespace {

constexpr qint64 validMilliseconds = 5 * 60 * 1000;

} // namespace

qint64 BindStore::now() const
{
    return m_clock.now().time_since_epoch().count();
}

std::optional<QByteArray> BindStore::tokenFor(const BindAddress &binding) const
{
    Rows row = m_database.run(
        QStringLiteral("SELECT token, until, device_id IS NULL FROM bind_addresses"
                       " WHERE app_id = ? AND uid = ? AND secret = ? AND account = ?"),
        {binding.user.appId, binding.user.uid, binding.secret, binding.account});
    std::optional<QByteArray> unused;
    while (row.next()) {
        if (!row.value(2).toBool())
            return {};
        if (row.value(1).toLongLong() > now())
            unused = row.value(0).toByteArray();
    }
    if (unused)
        return unused;
    const QByteArray token = toHex(randomId<16>());
    m_database.change(
        QStringLiteral("INSERT INTO bind_addresses (token, app_id, uid, secret, account, until)"
                       " VALUES (?, ?, ?, ?, ?, ?)"),
        {token, binding.user.appId, binding.user.uid, binding.secret, binding.account,
         now() + validMilliseconds});
    return token;
}

std::optional<BindAddress> BindStore::find(const QByteArray &token) const
{
    Rows row =
        m_database.run(QStringLiteral("SELECT app_id, uid, secret, account FROM bind_addresses"
                                      " WHERE token = ? AND until > ?"),
                       {token, now()});
    if (!row.next())
        return {};
    return BindAddress{.user = {row.value(0).toByteArray(), row.value(1).toByteArray()},
                       .secret = row.value(2).toByteArray(),
                       .account = row.value(3).toByteArray()};
}

std::optional<QByteArray> BindStore::take(const QByteArray &token, const BindRequester &by,
                                          const QByteArray &body) const
{
    const int taken = m_database.change(
        QStringLiteral("UPDATE bind_addresses SET device_id = ?, nonce = ?, body = ?"
                       " WHERE token = ? AND until > ? AND device_id IS NULL"),
        {by.deviceId, by.nonce, body, token, now()});
    if (taken == 1)
        return body;
    Rows row = m_database.run(QStringLiteral("SELECT body FROM bind_addresses WHERE token = ?"
                                             " AND until > ? AND device_id = ? AND nonce = ?"),
                              {token, now(), by.deviceId, by.nonce});
    if (!row.next())
        return {};
    return row.value(0).toByteArray();
}

} // namespace hufu::authserver
