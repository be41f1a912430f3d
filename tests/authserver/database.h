#pragma once

#include <QObject>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <unordered_map>
#include <vector>

namespace hufu::authserver {

/// The database refused: a full disk, a lock held too long, a damaged file, a server that went
/// away. Thrown by Database, caught where a request or a command begins, and nowhere between; the
/// words are the database's.
class StorageFailure : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// What a statement read, all of it, so that nothing stays open while it is looked at.
class Rows
{
public:
    explicit Rows(std::vector<QVariantList> rows)
        : m_rows(std::move(rows))
    {
    }

    /// To the next row; the first call goes to the first. False behind the last.
    bool next() { return ++m_at < std::ssize(m_rows); }
    [[nodiscard]] const QVariant &value(int column) const
    {
        return m_rows[static_cast<std::size_t>(m_at)][column];
    }

private:
    std::vector<QVariantList> m_rows;
    std::ptrdiff_t m_at = -1;
};

/// The server's state: one SQLite file, `DIR/authserver.sqlite`, or a PostgreSQL database that
/// several server processes share. It holds the secrets of every token, so the folder belongs to
/// its owner only. Statements are written for both. Main thread.
class Database
{
public:
    using OnRing = std::function<void(const QByteArray &)>;

    /// Opens `place`: a folder, made if it is missing, or `postgres://USER@HOST[:PORT]/NAME` with
    /// libpq's `sslmode` and `sslrootcert` as parameters, or `postgres:///NAME?host=FOLDER&user=
    /// USER` for a socket; the password may come from libpq's own file or environment. Brings the
    /// schema up to date. Throws StorageFailure.
    explicit Database(const QString &place);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Whether `place` names a PostgreSQL database.
    [[nodiscard]] static bool isServer(const QString &place);

    /// Runs one statement; `?` stand for `values` in their order. Throws StorageFailure. After a
    /// lost connection the next statement connects anew.
    Rows run(const QString &statement, std::initializer_list<QVariant> values = {}) const;
    /// Runs one statement that changes rows; returns how many it changed.
    int change(const QString &statement, std::initializer_list<QVariant> values) const;

    /// All or nothing: commits at the end of `work`, rolls back if it throws.
    void atomically(const std::function<void()> &work) const;

    /// Whose polls to wake: ring() in any process that shares the database calls `onRing` in all
    /// of them, with what was rung; with nothing after a lost connection, when calls may have been
    /// missed. `onRing` must not ring.
    void listen(OnRing onRing) const;
    /// `what` is at most 64 hex digits. Not within atomically(): the others would look too early.
    void ring(const QByteArray &what) const;

private:
    QSqlQuery &execute(const QString &statement, std::initializer_list<QVariant> values) const;
    void command(const QString &statement) const;
    void open() const;
    void connectAnew() const;
    void makeSchema() const;
    void subscribe() const;

    QString m_connection;
    bool m_isServer;
    mutable bool m_isLost = false;
    mutable std::unordered_map<QString, QSqlQuery> m_prepared; ///< by their text
    mutable OnRing m_onRing;
    QObject m_listener;
};

} // namespace hufu::authserver
