#pragma once

#include "api_context.h"
#include "pending_polls.h"

namespace hufu::authserver {

/// The calls under `/v1`, by path and method: 404 for a path that is none, 405 for another method,
/// 500 in the call's own form when the database fails. Main thread.
class Api
{
public:
    Api(const Database &database, const Clock &clock, QByteArray base)
        : m_context(database, clock, std::move(base))
        , m_polls(m_context)
    {
    }

    /// Answers, at once or, for `/v1/pending`, later.
    void handle(const HttpRequest &request, HttpResponder responder);
    /// The calls that are answered at once.
    [[nodiscard]] HttpAnswer handle(const HttpRequest &request);
    [[nodiscard]] const ApiContext &context() const { return m_context; }

private:
    ApiContext m_context;
    PendingPolls m_polls;
};

} // namespace hufu::authserver
