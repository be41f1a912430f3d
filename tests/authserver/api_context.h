#pragma once

#include "answer_store.h"
#include "application_store.h"
#include "attempt_limit.h"
#include "event_store.h"
#include "http_exchange.h"
#include "user_store.h"

#include <QByteArrayList>
#include <QJsonObject>

namespace hufu::authserver {

/// What the calls of the API share. Main thread.
struct ApiContext
{
    const Clock &clock;
    QByteArray api; ///< base URL in normal form, `https://HOST[:PORT]/v1`
    ApplicationStore applications;
    UserStore users;
    EventStore events;
    AnswerStore answers;
    AttemptLimit wrongCodes{clock, 5, std::chrono::minutes(5)}; ///< by application and user
    AttemptLimit wrongMacs{clock, 5, std::chrono::minutes(10)}; ///< by those and the address
    AttemptLimit looks{clock, 120, std::chrono::minutes(1)};    ///< GET verify, by the address

    ApiContext(const Database &database, const Clock &theClock, QByteArray base)
        : clock(theClock)
        , api(std::move(base))
        , applications(database)
        , users(database, theClock)
        , events(database, theClock)
        , answers(database, theClock)
    {
    }
};

/// JSON with HTTP status 200: the body's own status says what happened (protocol.md B3.6).
[[nodiscard]] HttpAnswer jsonAnswer(const QJsonObject &object);
/// A picture that nobody may keep.
[[nodiscard]] HttpAnswer pngAnswer(const QByteArray &png);
/// One name out of several parts, for AttemptLimit.
[[nodiscard]] QByteArray limitName(const QByteArrayList &parts);

} // namespace hufu::authserver
