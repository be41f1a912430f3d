#pragma once

#include "api_context.h"

namespace hufu::authserver {

/// `GET /v1/traditional`: is this the user's code now? Source: token-api.txt, protocol.md S8.
[[nodiscard]] HttpAnswer traditional(ApiContext &context, const HttpRequest &request);

/// `GET /v1/qrcode`: the binding QR code as PNG, only while a binding is open.
/// Sources: token-api.txt, protocol.md S2, S3, B1. Beyond the document: `account` names the user
/// on the label, signed by `account_mac` = hex HMAC-SHA256(appkey, "account" LF appid LF uid LF
/// account); without it the label is the uid.
[[nodiscard]] HttpAnswer qrcode(ApiContext &context, const HttpRequest &request);

} // namespace hufu::authserver
