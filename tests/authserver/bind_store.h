#pragma once

#include "user_store.h"

#include <optional>

namespace hufu::authserver {

/// What a one-time address leads to.
struct BindAddress
{
    UserKey user;
    QByteArray secret;
    QByteArray account; ///< for the label
};

/// Which device of a person asks, and with which of its requests.
struct BindRequester
{
    QByteArray deviceId;
    QByteArray nonce;
};

/// One-time addresses of bindings, for applications that show no secret on a screen. An address is
/// good for 5 minutes and gives its binding to one request only. Main thread; throws
/// StorageFailure. Source: protocol.md B1.
class BindStore
{
public:
    BindStore(const Database &database, const Clock &clock)
        : m_database(database)
        , m_clock(clock)
    {
    }

    /// The token (32 hex) of an address for the open binding with this secret: the one that waits
    /// to be used, else a new one. Nothing once a device has taken the binding: its secret does
    /// not leave twice.
    [[nodiscard]] std::optional<QByteArray> tokenFor(const BindAddress &binding) const;
    /// What the token leads to, if its time is not over. Changes nothing.
    [[nodiscard]] std::optional<BindAddress> find(const QByteArray &token) const;
    /// Gives the binding to this request, with this answer. Returns what to answer: `body`, or what
    /// was answered to this very request before; nothing if another one had it.
    [[nodiscard]] std::optional<QByteArray> take(const QByteArray &token, const BindRequester &by,
                                                 const QByteArray &body) const;

private:
    [[nodiscard]] qint64 now() const;

    const Database &m_database;
    const Clock &m_clock;
};

} // namespace hufu::authserver
