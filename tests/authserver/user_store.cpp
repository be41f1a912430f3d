#include "user_store.h"

#include "core/base/crypto.h"
#include "core/otp/hotp.h"

namespace hufu::authserver {
namespace {

constexpr qint64 bindingMilliseconds = 10 * 60 * 1000;
constexpr qint64 stepMilliseconds = 30 * 1000;
constexpr int codeDigits = 6;

/// The step, of the current one and its neighbours, whose code this is. The latest, should two
/// codes be equal, so that no equal code stays valid.
std::optional<qint64> stepOf(const QByteArray &secret, const QByteArray &code, qint64 now)
{
    const auto key = SecretBytes::copyOf(
        std::string_view(secret.constData(), static_cast<std::size_t>(secret.size())));
    if (!key)
        throw StorageFailure("no room for a key");
    std::optional<qint64> found;
    for (qint64 step = now / stepMilliseconds - 1; step <= now / stepMilliseconds + 1; ++step) {
        const auto number =
            truncatedHmac(*key, HashAlgorithm::Sha1, static_cast<std::uint64_t>(step));
        const auto expected = number ? decimalCode(*number, codeDigits)
                                     : Result<QString>(tl::unexpected(number.error()));
        if (!expected)
            throw StorageFailure("no code can be computed");
        const QByteArray text = expected->toLatin1();
        if (text.size() == code.size() &&
            equalInConstantTime(std::as_bytes(std::span(text)), std::as_bytes(std::span(code))))
            found = step;
    }
    return found;
}

} // namespace

qint64 UserStore::now() const
{
    return m_clock.now().time_since_epoch().count();
}

std::vector<User> UserStore::all(const QByteArray &appId) const
{
    Rows row = m_database.run(
        QStringLiteral("SELECT uid, secret IS NOT NULL, created FROM users WHERE app_id = ?"
                       " ORDER BY created, uid"),
        {appId});
    std::vector<User> users;
    while (row.next())
        users.push_back({row.value(0).toByteArray(), row.value(1).toBool(),
                         UtcTime(std::chrono::milliseconds(row.value(2).toLongLong()))});
    return users;
}

std::optional<QByteArray> UserStore::activeSecret(const UserKey &user) const
{
    Rows row = m_database.run(QStringLiteral("SELECT secret FROM users WHERE app_id = ?"
                                             " AND uid = ? AND secret IS NOT NULL"),
                              {user.appId, user.uid});
    if (!row.next())
        return {};
    return row.value(0).toByteArray();
}

std::optional<QByteArray> UserStore::openBinding(const UserKey &user) const
{
    Rows row = m_database.run(
        QStringLiteral("SELECT pending_secret FROM users WHERE app_id = ? AND uid = ?"
                       " AND pending_secret IS NOT NULL AND pending_until > ?"),
        {user.appId, user.uid, now()});
    if (!row.next())
        return {};
    return row.value(0).toByteArray();
}

bool UserStore::wasOpenedBy(const UserKey &user, const QByteArray &signature) const
{
    return m_database
        .run(QStringLiteral("SELECT 1 FROM users WHERE app_id = ? AND uid = ?"
                            " AND pending_until > ? AND pending_opener = ?"),
             {user.appId, user.uid, now(), signature})
        .next();
}

QByteArray UserStore::openOrMakeBinding(const UserKey &user, const QByteArray &signature) const
{
    if (const auto open = openBinding(user))
        return *open;
    const auto fresh = randomId<20>();
    const QByteArray secret(reinterpret_cast<const char *>(fresh.data()), fresh.size());
    // Of two calls at once, in two processes, the first opens it and the other finds it open.
    m_database.change(
        QStringLiteral("INSERT INTO users (app_id, uid, created, pending_secret, pending_until,"
                       " pending_opener) VALUES (?, ?, ?, ?, ?, ?)"
                       " ON CONFLICT (app_id, uid) DO UPDATE SET"
                       " pending_secret = excluded.pending_secret,"
                       " pending_until = excluded.pending_until,"
                       " pending_opener = excluded.pending_opener"
                       " WHERE users.pending_until <= ?"),
        {user.appId, user.uid, now(), secret, now() + bindingMilliseconds, signature, now()});
    const auto open = openBinding(user);
    if (!open)
        throw StorageFailure("a binding was closed as it was opened");
    return *open;
}

CodeCheck UserStore::useCode(const UserKey &user, const QByteArray &code) const
{
    const auto pending = openBinding(user);
    if (pending && activate(user, *pending, code))
        return CodeCheck::Right;
    const CodeCheck active = useActiveCode(user, code);
    return active == CodeCheck::NoSuchUser && pending ? CodeCheck::Wrong : active;
}

CodeCheck UserStore::useActiveCode(const UserKey &user, const QByteArray &code) const
{
    const auto secret = activeSecret(user);
    if (!secret)
        return CodeCheck::NoSuchUser;
    return useStep(user, *secret, code) ? CodeCheck::Right : CodeCheck::Wrong;
}

bool UserStore::useStep(const UserKey &user, const QByteArray &secret, const QByteArray &code) const
{
    const auto step = stepOf(secret, code, now());
    // The row's own secret and step are part of the condition: of two equal codes one wins.
    return step &&
           m_database.change(QStringLiteral("UPDATE users SET used_step = ? WHERE app_id = ?"
                                            " AND uid = ? AND secret = ? AND used_step < ?"),
                             {*step, user.appId, user.uid, secret, *step}) == 1;
}

bool UserStore::activate(const UserKey &user, const QByteArray &secret,
                         const QByteArray &code) const
{
    const auto step = stepOf(secret, code, now());
    return step && m_database.change(
                       QStringLiteral("UPDATE users SET secret = pending_secret, used_step = ?,"
                                      " pending_secret = NULL, pending_until = 0,"
                                      " pending_opener = NULL"
                                      " WHERE app_id = ? AND uid = ? AND pending_secret = ?"),
                       {*step, user.appId, user.uid, secret}) == 1;
}

} // namespace hufu::authserver
