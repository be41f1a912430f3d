#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <initializer_list>
#include <stdexcept>

namespace hufu::authserver {

/// The database refused: a full disk, a lock held too long, a damaged file. Thrown by Database,
/// caught where a request or a command begins, and nowhere between; the words are SQLite's.
class StorageFailure : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// The server's state: one SQLite file, `DIR/authserver.sqlite`. It holds the secrets of every
/// token, so the folder belongs to its owner only. Main thread.
class Database
{
public:
    /// Opens or makes `folder` and the file in it. Throws StorageFailure.
    explicit Database(const QString &folder);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Runs one statement; `?` stand for `values` in their order. Throws StorageFailure.
    QSqlQuery run(const QString &statement, std::initializer_list<QVariant> values = {}) const;
    /// Runs one statement that changes rows; returns how many it changed.
    int change(const QString &statement, std::initializer_list<QVariant> values) const;

    /// All or nothing: commits at the end of `work`, rolls back if it throws.
    void atomically(const std::function<void()> &work) const;

private:
    QString m_connection;
};

} // namespace hufu::authserver
