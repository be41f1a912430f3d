#pragma once

#include <QColor>
#include <QPixmap>
#include <QString>

class QPainter;

namespace hufu {

/// A drawing of resources/ in one colour: `currentColor` is replaced and the result kept by name,
/// size and colour. GUI thread.
///
/// @param name   of a file below resources/, without `.svg`, such as "icons/search"
/// @param size   in device-independent pixels
/// @param scale  device pixels a device-independent one
[[nodiscard]] QPixmap drawing(const QString &name, QSize size, const QColor &colour, double scale);

/// Paints icons/<name> centred in `area`, `edge` wide and high. `mirrored` flips it for
/// right-to-left.
void paintIcon(QPainter &painter, const QRect &area, const QString &name, int edge,
               const QColor &colour, bool mirrored = false);

} // namespace hufu
