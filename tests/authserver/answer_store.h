#pragma once

#include "core/base/clock.h"
#include "database.h"

#include <optional>

namespace hufu::authserver {

/// What makes two requests the same one (protocol.md B3.5).
struct RequestKey
{
    QByteArray token;
    QByteArray action;
    QByteArray mac;
};

/// Which requests were executed, and with what answer, so that a retry after a lost answer gets
/// the same bytes again; and which nonces were used. Main thread; throws StorageFailure.
class AnswerStore
{
public:
    AnswerStore(const Database &database, const Clock &clock)
        : m_database(database)
        , m_clock(clock)
    {
    }

    /// The body that was answered to this very request; nothing if it was not executed.
    [[nodiscard]] std::optional<QByteArray> find(const RequestKey &request) const;
    void keep(const RequestKey &request, const QByteArray &body) const;

    /// Uses the nonce up. False if the user has used it within the last 300 s.
    [[nodiscard]] bool useNonce(const QByteArray &appId, const QByteArray &uid,
                                const QByteArray &nonce) const;

private:
    [[nodiscard]] qint64 now() const;

    const Database &m_database;
    const Clock &m_clock;
};

} // namespace hufu::authserver
