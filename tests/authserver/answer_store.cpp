#include "answer_store.h"

namespace hufu::authserver {
namespace {

/// As long as the event itself can be found: it lives 5 minutes and lingers for at most 10.
constexpr qint64 answerMilliseconds = 15 * 60 * 1000;
constexpr qint64 nonceMilliseconds = 300 * 1000;

} // namespace

qint64 AnswerStore::now() const
{
    return m_clock.now().time_since_epoch().count();
}

std::optional<QByteArray> AnswerStore::find(const RequestKey &request) const
{
    Rows row =
        m_database.run(QStringLiteral("SELECT body FROM answers WHERE token = ?"
                                      " AND action = ? AND mac = ? AND made > ?"),
                       {request.token, request.action, request.mac, now() - answerMilliseconds});
    if (!row.next())
        return {};
    return row.value(0).toByteArray();
}

void AnswerStore::keep(const RequestKey &request, const QByteArray &body) const
{
    m_database.change(QStringLiteral("INSERT INTO answers (token, action, mac, body, made)"
                                     " VALUES (?, ?, ?, ?, ?)"),
                      {request.token, request.action, request.mac, body, now()});
}

bool AnswerStore::useNonce(const QByteArray &appId, const QByteArray &uid,
                           const QByteArray &nonce) const
{
    return m_database.change(
               QStringLiteral("INSERT INTO nonces (app_id, uid, nonce, used) VALUES (?, ?, ?, ?)"
                              " ON CONFLICT (app_id, uid, nonce) DO UPDATE SET"
                              " used = excluded.used WHERE nonces.used <= ?"),
               {appId, uid, nonce, now(), now() - nonceMilliseconds}) == 1;
}

} // namespace hufu::authserver
