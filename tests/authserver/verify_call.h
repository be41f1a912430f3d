#pragma once

#include "api_context.h"

namespace hufu::authserver {

/// `GET /v1/verify/?token=…`: which application a login code belongs to. Changes nothing, names
/// nobody; a browser gets a page in words. Source: protocol.md B3.2, S12.
[[nodiscard]] HttpAnswer lookAtEvent(ApiContext &context, const HttpRequest &request);

/// `POST /v1/verify/?token=…`: scan, confirm or deny, with the rules of protocol.md B3.5 in their
/// order. 415 and 413 are HTTP's; everything else is in the body, with X-PCT-MAC where the keys
/// are known.
[[nodiscard]] HttpAnswer actOnEvent(ApiContext &context, const HttpRequest &request);

} // namespace hufu::authserver
