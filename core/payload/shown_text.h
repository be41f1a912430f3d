#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace hufu {

/// Foreign text made fit for a window: bidi overrides (U+202A-E, U+2066-9), characters that take no
/// room, line breaks and other controls are removed, spaces at the ends too. Nothing if `text` is
/// not UTF-8. Source: protocol.md B1, "label/issuer". Pure.
[[nodiscard]] std::optional<QString> shownText(std::string_view text);

/// UTF-8 without C0 and C1 controls, as protocol fields must be (protocol.md B1, B3.3).
[[nodiscard]] bool isCleanText(std::string_view text);

} // namespace hufu
