#pragma once

#include "pct1_keys.h"

#include <QString>

#include <optional>

namespace hufu::authserver {

/// What the binding QR code says. Source: protocol.md B1.
struct BindingText
{
    QString issuer;
    QString account;
    QByteArray secret;
    Pct1Identity identity;
};

/// The key URI of B1 with its four binding parameters; nothing if there is no room for the secret.
[[nodiscard]] std::optional<QByteArray> bindingUri(const BindingText &text);

} // namespace hufu::authserver
