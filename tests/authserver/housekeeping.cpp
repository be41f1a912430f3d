#include "housekeeping.h"

#include <QLoggingCategory>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

/// The longest that anything is looked at after its time: an answer is kept for 15 minutes, and
/// that is how long an event can be found (event_store.h) and a try counts (try_store.h).
constexpr qint64 kept = 15 * 60 * 1000;

} // namespace

void forgetOld(const Database &database, const Clock &clock)
{
    const qint64 limit = clock.now().time_since_epoch().count() - kept;
    try {
        for (const QString &statement : {
                 u"DELETE FROM events WHERE expires <= ?"_s,
                 u"DELETE FROM answers WHERE made <= ?"_s,
                 u"DELETE FROM nonces WHERE used <= ?"_s,
                 u"DELETE FROM tries WHERE made <= ?"_s,
                 u"DELETE FROM bind_addresses WHERE until <= ?"_s,
             })
            database.change(statement, {limit});
    } catch (const StorageFailure &failure) {
        qWarning("What is over was not deleted: %s", failure.what());
    }
}

} // namespace hufu::authserver
