#pragma once

#include "api_context.h"

namespace hufu::authserver {

/// `GET /v1/push_for_auth`: asks a bound user for a confirmation, without a code to scan; its
/// tokens learn of it by their polls. Always with a number to match. 407 with `retry_after` where
/// PushGate says no, 604 for a user without a token. Source: protocol.md B4.
[[nodiscard]] HttpAnswer pushForAuth(ApiContext &context, const HttpRequest &request);

/// Names a user among all applications, for Database::ring().
[[nodiscard]] QByteArray ringName(const UserKey &user);

} // namespace hufu::authserver
