#pragma once

#include "database.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace hufu::authserver {

/// A business system that lets us confirm its logins.
struct Application
{
    QByteArray appId;  ///< exactly 32 of `[A-Za-z0-9]` (protocol.md S9)
    QByteArray appKey; ///< signs the site's calls
    QByteArray authId; ///< known to the site's backend only; uids are made with it
    QString name;
    int numberDigits = 0;       ///< digits of the number to match at a login; 0 for none
    bool bindByAddress = false; ///< its binding codes hold a one-time address, not the secret
};

/// The applications, as the administrator made them. Main thread; throws StorageFailure.
class ApplicationStore
{
public:
    explicit ApplicationStore(const Database &database)
        : m_database(database)
    {
    }

    /// Makes an application with fresh random ids.
    Application create(const QString &name, int numberDigits, bool bindByAddress = false) const;
    [[nodiscard]] std::optional<Application> find(const QByteArray &appId) const;
    [[nodiscard]] std::vector<Application> all() const;

private:
    const Database &m_database;
};

/// `length` random characters of `[A-Za-z0-9]`, evenly distributed.
[[nodiscard]] QByteArray randomText(qsizetype length);

} // namespace hufu::authserver
