#pragma once

#include "api_context.h"

namespace hufu::authserver {

/// `GET /v1/qrcode_for_auth`: a new login event and its QR code. Source: token-api.txt.
[[nodiscard]] HttpAnswer qrcodeForAuth(ApiContext &context, const HttpRequest &request);
/// `GET /v1/show/qrcode_url/`: the QR code as PNG; remembers the browser that loads it.
[[nodiscard]] HttpAnswer showQrcode(ApiContext &context, const HttpRequest &request);
/// `GET /v1/event_result`: how the event stands, for the site. Sources: token-api.txt,
/// protocol.md S4 to S6 and B3.6.
[[nodiscard]] HttpAnswer eventResult(ApiContext &context, const HttpRequest &request);

} // namespace hufu::authserver
