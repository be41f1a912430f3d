#include "database.h"

#include "schema.h"

#include <QDir>
#include <QFile>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlRecord>
#include <QUrl>
#include <QUrlQuery>
#include <QUuid>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

const QString channel = u"hufu_polls"_s;
/// Any number, as long as all our processes take the same.
constexpr qint64 schemaLock = 0x68756675;

/// The first line only: those after it may quote a row.
StorageFailure failureOf(const QSqlError &error)
{
    const QString words =
        error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    return StorageFailure(words.section(u'\n', 0, 0).toStdString());
}

void setFile(QSqlDatabase &database, const QString &folder)
{
    if (!QDir().mkpath(folder))
        throw StorageFailure("the folder for the data cannot be made");
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    database.setDatabaseName(QDir(folder).filePath(u"authserver.sqlite"_s));
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
}

void setServer(QSqlDatabase &database, const QUrl &url)
{
    const QUrlQuery query(url);
    const QString socket = query.queryItemValue(u"host"_s, QUrl::FullyDecoded);
    database.setHostName(url.host().isEmpty() ? socket : url.host());
    database.setPort(url.port(-1));
    const QString user = query.queryItemValue(u"user"_s, QUrl::FullyDecoded);
    database.setUserName(url.userName().isEmpty() ? user : url.userName(QUrl::FullyDecoded));
    database.setPassword(url.password(QUrl::FullyDecoded));
    database.setDatabaseName(url.path(QUrl::FullyDecoded).sliced(1));
    QString options = u"connect_timeout=5;tcp_user_timeout=10000"_s;
    for (const QString &name : {u"sslmode"_s, u"sslrootcert"_s, u"sslcert"_s, u"sslkey"_s}) {
        if (query.hasQueryItem(name))
            options += u';' + name + u'=' + query.queryItemValue(name, QUrl::FullyDecoded);
    }
    database.setConnectOptions(options);
}

} // namespace

bool Database::isServer(const QString &place)
{
    return place.startsWith(u"postgres://") || place.startsWith(u"postgresql://");
}

Database::Database(const QString &place)
    : m_connection(QUuid::createUuid().toString())
    , m_isServer(isServer(place))
{
    const QUrl url(place, QUrl::StrictMode);
    if (m_isServer && (!url.isValid() || url.path().size() < 2))
        throw StorageFailure("the address must be postgres://USER@HOST/NAME");
    QSqlDatabase database =
        QSqlDatabase::addDatabase(m_isServer ? u"QPSQL"_s : u"QSQLITE"_s, m_connection);
    if (m_isServer)
        setServer(database, url);
    else
        setFile(database, place);
    open();
    makeSchema();
}

Database::~Database()
{
    m_prepared.clear();
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

void Database::open() const
{
    QSqlDatabase database = QSqlDatabase::database(m_connection, false);
    if (!database.open())
        throw failureOf(database.lastError());
    if (!m_isServer)
        return;
    command(u"SET statement_timeout = '10s'"_s); // everybody waits for a statement
    command(u"SET client_min_messages = warning"_s);
}

void Database::makeSchema() const
{
    const auto typed = [this](const char *statement) {
        QString text = QString::fromLatin1(statement);
        if (m_isServer) // the two words that the databases do not share
            text.replace(u"BLOB"_s, u"BYTEA"_s).replace(u"INTEGER"_s, u"BIGINT"_s);
        return text;
    };
    if (m_isServer) { // of processes that start at the same time one makes the tables
        command(u"SELECT pg_advisory_lock(%1)"_s.arg(schemaLock));
    } else {
        command(u"PRAGMA journal_mode = WAL"_s);
        command(u"PRAGMA synchronous = NORMAL"_s);
    }
    for (const char *const statement : tables)
        command(typed(statement));
    for (const Column &column : laterColumns) {
        const QString table = QString::fromLatin1(column.table);
        if (!QSqlDatabase::database(m_connection, false)
                 .record(table)
                 .contains(QString::fromLatin1(column.name)))
            command(u"ALTER TABLE %1 ADD COLUMN %2 %3"_s.arg(
                table, QString::fromLatin1(column.name), typed(column.type)));
    }
    for (const char *const statement : indexes)
        command(typed(statement));
    if (m_isServer)
        command(u"SELECT pg_advisory_unlock(%1)"_s.arg(schemaLock));
}

void Database::command(const QString &statement) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    if (!query.exec(statement)) {
        m_isLost = m_isServer;
        throw failureOf(query.lastError());
    }
}

QSqlQuery &Database::execute(const QString &statement, std::initializer_list<QVariant> values) const
{
    if (m_isLost)
        connectAnew();
    auto prepared = m_prepared.find(statement);
    if (prepared == m_prepared.end()) {
        QSqlQuery query(QSqlDatabase::database(m_connection, false));
        query.setForwardOnly(!m_isServer); // there it would fetch row by row
        if (!query.prepare(statement)) {
            m_isLost = m_isServer;
            throw failureOf(query.lastError());
        }
        prepared = m_prepared.emplace(statement, std::move(query)).first;
    }
    QSqlQuery &query = prepared->second;
    int position = 0;
    for (const QVariant &value : values)
        query.bindValue(position++, value);
    if (!query.exec()) {
        const StorageFailure failure = failureOf(query.lastError());
        query.finish();
        m_isLost = m_isServer; // perhaps; connecting anew costs little and is never wrong
        throw failure;
    }
    return query;
}

Rows Database::run(const QString &statement, std::initializer_list<QVariant> values) const
{
    QSqlQuery &query = execute(statement, values);
    const int columns = query.isSelect() ? query.record().count() : 0;
    std::vector<QVariantList> rows;
    while (columns > 0 && query.next()) {
        QVariantList &row = rows.emplace_back();
        for (int column = 0; column < columns; ++column)
            row.append(query.value(column));
    }
    query.finish();
    return Rows(std::move(rows));
}

int Database::change(const QString &statement, std::initializer_list<QVariant> values) const
{
    QSqlQuery &query = execute(statement, values);
    const int changed = query.numRowsAffected();
    query.finish();
    return changed;
}

void Database::atomically(const std::function<void()> &work) const
{
    if (m_isLost)
        connectAnew();
    command(m_isServer ? u"BEGIN"_s : u"BEGIN IMMEDIATE"_s);
    try {
        work();
        command(u"COMMIT"_s);
    } catch (...) {
        QSqlQuery(QSqlDatabase::database(m_connection, false)).exec(u"ROLLBACK"_s);
        throw;
    }
}

void Database::connectAnew() const
{
    m_prepared.clear();
    QSqlDatabase::database(m_connection, false).close();
    open();
    m_isLost = false;
    if (m_onRing) {
        subscribe();
        QMetaObject::invokeMethod(
            const_cast<QObject *>(&m_listener), [this] { m_onRing({}); }, Qt::QueuedConnection);
    }
}

void Database::subscribe() const
{
    if (!QSqlDatabase::database(m_connection, false).driver()->subscribeToNotification(channel))
        m_isLost = true;
}

void Database::listen(OnRing onRing) const
{
    m_onRing = std::move(onRing);
    if (!m_isServer)
        return;
    QObject::connect(QSqlDatabase::database(m_connection, false).driver(),
                     &QSqlDriver::notification, &m_listener,
                     [this](const QString &, QSqlDriver::NotificationSource,
                            const QVariant &payload) { m_onRing(payload.toByteArray()); });
    subscribe();
}

void Database::ring(const QByteArray &what) const
{
    if (m_isServer) // comes back to this process, too
        run(u"SELECT pg_notify('%1', ?)"_s.arg(channel), {QString::fromLatin1(what)});
    else if (m_onRing)
        m_onRing(what);
}

} // namespace hufu::authserver
