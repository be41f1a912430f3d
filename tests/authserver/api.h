#pragma once

#include "api_context.h"

namespace hufu::authserver {

/// The calls under `/v1`, by path and method: 404 for a path that is none, 405 for another method,
/// 500 in the call's own form when the database fails. Main thread.
class Api
{
public:
    Api(const Database &database, const Clock &clock, QByteArray base)
        : m_database(database)
        , m_context(database, clock, std::move(base))
    {
    }

    [[nodiscard]] HttpAnswer handle(const HttpRequest &request);
    [[nodiscard]] const ApiContext &context() const { return m_context; }

private:
    const Database &m_database;
    ApiContext m_context;
};

} // namespace hufu::authserver
