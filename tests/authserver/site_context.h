#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace hufu::authserver {

/// What a site's backend knows of the browser and may say: an object with any of `ip`, `location`,
/// `browser`, `os` and `scene`, each a text of at most 128 characters without control characters.
/// Nothing if it is anything else. Any thread. Source: protocol.md B3.4.
[[nodiscard]] std::optional<QJsonObject> parseSiteContext(const QByteArray &json);

/// The text that the site signs with HMAC-SHA256(appkey) as `context_mac`: "context" LF app_id LF
/// uid LF context, where uid is "-" for a code to be scanned.
[[nodiscard]] QByteArray siteContextText(const QByteArray &appId, const QByteArray &uid,
                                         const QByteArray &json);

} // namespace hufu::authserver
