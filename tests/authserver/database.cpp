#include "database.h"

#include <QDir>
#include <QFile>
#include <QSqlError>
#include <QUuid>

namespace hufu::authserver {
namespace {

const char *const schema[] = {
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "CREATE TABLE IF NOT EXISTS applications ("
    " app_id BLOB PRIMARY KEY, app_key BLOB NOT NULL, auth_id BLOB NOT NULL,"
    " name TEXT NOT NULL, number_digits INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS users ("
    " app_id BLOB NOT NULL, uid BLOB NOT NULL, secret BLOB, used_step INTEGER NOT NULL DEFAULT -1,"
    " pending_secret BLOB, pending_until INTEGER NOT NULL DEFAULT 0, pending_opener BLOB,"
    " created INTEGER NOT NULL, PRIMARY KEY (app_id, uid))",
    "CREATE TABLE IF NOT EXISTS events ("
    " event_id BLOB PRIMARY KEY, app_id BLOB NOT NULL, token BLOB NOT NULL UNIQUE,"
    " picture BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, expires INTEGER NOT NULL,"
    " state INTEGER NOT NULL, uid BLOB, device_id BLOB, ctx BLOB, number BLOB, answered INTEGER,"
    " browser_address TEXT, browser_agent BLOB)",
    "CREATE TABLE IF NOT EXISTS answers ("
    " token BLOB NOT NULL, action BLOB NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL,"
    " made INTEGER NOT NULL, PRIMARY KEY (token, action, mac))",
    "CREATE TABLE IF NOT EXISTS nonces ("
    " app_id BLOB NOT NULL, uid BLOB NOT NULL, nonce BLOB NOT NULL, used INTEGER NOT NULL,"
    " PRIMARY KEY (app_id, uid, nonce))",
    ("CREATE TABLE IF NOT EXISTS site_users ("
     " name TEXT PRIMARY KEY, salt BLOB NOT NULL, rounds INTEGER NOT NULL, hash BLOB NOT NULL)"),
};

} // namespace

Database::Database(const QString &folder)
    : m_connection(QUuid::createUuid().toString())
{
    if (!QDir().mkpath(folder))
        throw StorageFailure("the folder for the data cannot be made");
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    database.setDatabaseName(QDir(folder).filePath(QStringLiteral("authserver.sqlite")));
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!database.open())
        throw StorageFailure(database.lastError().text().toStdString());
    for (const char *const statement : schema)
        run(QString::fromLatin1(statement));
}

Database::~Database()
{
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

QSqlQuery Database::run(const QString &statement, std::initializer_list<QVariant> values) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        throw StorageFailure(query.lastError().text().toStdString());
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        throw StorageFailure(query.lastError().text().toStdString());
    return query;
}

int Database::change(const QString &statement, std::initializer_list<QVariant> values) const
{
    return run(statement, values).numRowsAffected();
}

void Database::atomically(const std::function<void()> &work) const
{
    run(QStringLiteral("BEGIN IMMEDIATE"));
    try {
        work();
        run(QStringLiteral("COMMIT"));
    } catch (...) {
        QSqlQuery(QSqlDatabase::database(m_connection, false)).exec(QStringLiteral("ROLLBACK"));
        throw;
    }
}

} // namespace hufu::authserver
