#pragma once

#include "answer_store.h"
#include "application_store.h"
#include "attempt_limit.h"
#include "bind_store.h"
#include "event_store.h"
#include "http_exchange.h"
#include "push_gate.h"
#include "try_store.h"
#include "user_store.h"

#include <QByteArrayList>
#include <QJsonObject>

namespace hufu::authserver {

/// What the calls of the API share. Main thread.
struct ApiContext
{
    const Database &database;
    const Clock &clock;
    QByteArray api; ///< base URL in normal form, `https://HOST[:PORT]/v1`
    ApplicationStore applications;
    UserStore users;
    EventStore events;
    AnswerStore answers;
    BindStore bindings;
    PushGate pushes;
    TryStore wrongCodes; ///< by application and user
    TryStore wrongMacs;  ///< by those and the address
    /// What needs no signature, by the address; in memory, for it only keeps the load down.
    AttemptLimit looks{clock, 120, std::chrono::minutes(1)};

    ApiContext(const Database &theDatabase, const Clock &theClock, QByteArray base)
        : database(theDatabase)
        , clock(theClock)
        , api(std::move(base))
        , applications(theDatabase)
        , users(theDatabase, theClock)
        , events(theDatabase, theClock)
        , answers(theDatabase, theClock)
        , bindings(theDatabase, theClock)
        , pushes(theDatabase, theClock)
        , wrongCodes(theDatabase, theClock, 5, std::chrono::minutes(5))
        , wrongMacs(theDatabase, theClock, 5, std::chrono::minutes(10))
    {
    }
};

/// JSON with HTTP status 200: the body's own status says what happened (protocol.md B3.6).
[[nodiscard]] HttpAnswer jsonAnswer(const QJsonObject &object);
/// A picture that nobody may keep.
[[nodiscard]] HttpAnswer pngAnswer(const QByteArray &png);
/// One name out of several parts.
[[nodiscard]] QByteArray limitName(const QByteArrayList &parts);

} // namespace hufu::authserver
