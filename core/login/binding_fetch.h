#pragma once

#include "core/base/clock.h"
#include "core/payload/payload.h"

#include <QObject>

namespace hufu {

/// What "Details" may show of an exchange; holds no secret (contracts.md 5).
struct LoginTrace
{
    QString host;
    QString answer;    ///< such as "403" or "HTTP 502"; empty if none came
    QString requestId; ///< first 8 hex of the last request's nonce
    UtcTime time;
};

/// One binding on its way from its one-time address (protocol.md B1, "Alternative"). A course of
/// steps; GUI thread.
class BindingFetch : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Waiting, ///< nothing was sent yet
        Fetching,
        Fetched, ///< takeUri()
        Failed,  ///< failure() says why
    };
    Q_ENUM(State)

    using QObject::QObject;

    /// Begins, or tries once more after a failure: the server is asked the same with the same
    /// bytes, so that an answer that was lost is not lost for good.
    virtual void start() = 0;

    [[nodiscard]] virtual State state() const = 0;
    /// NoNetwork, ServerUnreachable, ServerTimedOut, the codes of TLS and of proxies,
    /// RedirectRefused, AnswerTooLarge, AnswerMalformed also for a binding to anywhere else,
    /// BindingExpired where the address is over or was used, TooManyTries, ServerRefused,
    /// ServerFailed.
    [[nodiscard]] virtual const Error &failure() const = 0;
    [[nodiscard]] virtual LoginTrace trace() const = 0;
    /// What the server offers: a binding to the address's own base. In Fetched only, once.
    [[nodiscard]] virtual KeyUri takeUri() = 0;

signals:
    void stateChanged();
};

} // namespace hufu
