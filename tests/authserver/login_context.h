#pragma once

#include <QHostAddress>
#include <QJsonObject>
#include <QString>

namespace hufu::authserver {

/// How far the browser is from the token: "same", "different" or "unknown" (protocol.md B3.4).
/// Compared are /32 of IPv4 and /64 of IPv6; all loopback addresses are the same; one of each
/// family is unknown, and so is a null address.
[[nodiscard]] QString ipMatch(const QHostAddress &browser, const QHostAddress &token);

/// What tries of an address are counted under: itself for IPv4, its /64 for IPv6, which has as many
/// addresses as it likes.
[[nodiscard]] QByteArray sourceName(const QHostAddress &address);

/// Such as "Firefox 128"; empty if the User-Agent does not tell.
[[nodiscard]] QString browserName(const QByteArray &userAgent);
/// Such as "Windows" or "Linux"; empty if the User-Agent does not tell.
[[nodiscard]] QString systemName(const QByteArray &userAgent);

/// At most 128 characters, as every member of a context is.
[[nodiscard]] QString shortened(const QString &text);

} // namespace hufu::authserver
