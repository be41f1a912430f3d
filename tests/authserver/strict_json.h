#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace hufu::authserver {

/// The object that `text` writes. Nothing if it is no JSON, no object, not UTF-8, deeper than 8, or
/// if any object in it has a member twice (protocol.md B7). Any thread.
[[nodiscard]] std::optional<QJsonObject> parseStrictObject(const QByteArray &text);

/// Compact JSON, UTF-8.
[[nodiscard]] QByteArray jsonText(const QJsonObject &object);

} // namespace hufu::authserver
