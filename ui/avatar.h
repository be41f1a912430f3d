#pragma once

#include <QRect>
#include <QString>

class QFont;
class QPainter;

namespace hufu {

/// Paints the square with the first letter of `name`. Its hue is a stable hash of the lower-case
/// name, so an issuer looks the same on every machine (look.md 2, "Avatars").
///
/// @param radius  of its corners, in device-independent pixels
void paintAvatar(QPainter &painter, const QRect &square, const QString &name, int radius,
                 const QFont &font);

/// The first letter or Han sign of `name`, upper case; a question mark if it has none.
[[nodiscard]] QString avatarLetter(const QString &name);

/// Which of the eight hues `name` has; 0 to 7. Case-blind.
[[nodiscard]] int avatarHue(const QString &name);

} // namespace hufu
