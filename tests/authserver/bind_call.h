#pragma once

#include "api_context.h"

namespace hufu::authserver {

/// `GET /v1/bind/?token=…`: a page in words, whatever the token. Changes nothing.
[[nodiscard]] HttpAnswer lookAtBinding(ApiContext &context, const HttpRequest &request);

/// `POST /v1/bind/?token=…`: the binding behind a one-time address, `{"status":200,"uri":
/// "otpauth://…",…}`, to one request only; the same bytes again for the same `device_id` and
/// `nonce`, else 604. Not signed: nobody shares a key yet. Source: protocol.md B1.
[[nodiscard]] HttpAnswer takeBinding(ApiContext &context, const HttpRequest &request);

} // namespace hufu::authserver
