#pragma once

#include "database.h"

#include <QString>

#include <vector>

namespace hufu::authserver {

/// The sample site's own users and their static passwords, of which only a PBKDF2-HMAC-SHA256 hash
/// with a salt of its own is kept. Main thread; throws StorageFailure.
class SiteUserStore
{
public:
    explicit SiteUserStore(const Database &database)
        : m_database(database)
    {
    }

    /// Makes a user, or gives one a new password.
    void put(const QString &name, const QByteArray &password) const;
    /// Takes as long for a user that does not exist.
    [[nodiscard]] bool isPasswordOf(const QString &name, const QByteArray &password) const;
    [[nodiscard]] std::vector<QString> names() const;

private:
    const Database &m_database;
};

} // namespace hufu::authserver
