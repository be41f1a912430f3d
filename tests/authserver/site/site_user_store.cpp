#include "site/site_user_store.h"

#include "core/base/crypto.h"
#include "pct1_keys.h"

#include <openssl/evp.h>

namespace hufu::authserver {
namespace {

constexpr int rounds = 600'000; // OWASP's figure for PBKDF2-HMAC-SHA256 of 2023
constexpr qsizetype hashBytes = 32;

/// By OpenSSL: Qt's own takes five times as long for the same rounds, which serves nobody but who
/// guesses.
QByteArray digest(const QByteArray &password, const QByteArray &salt, int howManyRounds)
{
    QByteArray hash(hashBytes, '\0');
    const int done = PKCS5_PBKDF2_HMAC(password.constData(), static_cast<int>(password.size()),
                                       reinterpret_cast<const unsigned char *>(salt.constData()),
                                       static_cast<int>(salt.size()), howManyRounds, EVP_sha256(),
                                       static_cast<int>(hash.size()),
                                       reinterpret_cast<unsigned char *>(hash.data()));
    if (done != 1)
        qFatal("no PBKDF2"); // nobody signs in with what was not derived
    return hash;
}

} // namespace

void SiteUserStore::put(const QString &name, const QByteArray &password) const
{
    const auto random = randomId<16>();
    const QByteArray salt(reinterpret_cast<const char *>(random.data()), random.size());
    m_database.change(
        QStringLiteral("INSERT INTO site_users (name, salt, rounds, hash) VALUES (?, ?, ?, ?)"
                       " ON CONFLICT (name) DO UPDATE SET salt = excluded.salt,"
                       " rounds = excluded.rounds, hash = excluded.hash"),
        {name, salt, rounds, digest(password, salt, rounds)});
}

bool SiteUserStore::isPasswordOf(const QString &name, const QByteArray &password) const
{
    Rows row = m_database.run(
        QStringLiteral("SELECT salt, rounds, hash FROM site_users WHERE name = ?"), {name});
    const bool known = row.next();
    const QByteArray salt = known ? row.value(0).toByteArray() : QByteArray(16, '\0');
    const QByteArray actual = digest(password, salt, known ? row.value(1).toInt() : rounds);
    return known && equalSecretly(actual, row.value(2).toByteArray());
}

std::vector<QString> SiteUserStore::names() const
{
    Rows row = m_database.run(QStringLiteral("SELECT name FROM site_users ORDER BY name"));
    std::vector<QString> names;
    while (row.next())
        names.push_back(row.value(0).toString());
    return names;
}

} // namespace hufu::authserver
