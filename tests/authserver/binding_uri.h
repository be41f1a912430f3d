#pragma once

#include "api_context.h"

#include "core/base/secret_bytes.h"

namespace hufu::authserver {

/// The binding as tokens read it, `otpauth://totp/…` with our four parameters (protocol.md B1).
/// Nothing if there is no room for it.
[[nodiscard]] std::optional<SecretBytes>
bindingUri(const QByteArray &api, const Application &application, const BindAddress &binding);

} // namespace hufu::authserver
