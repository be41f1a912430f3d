#pragma once

#include <QRectF>

class QColor;
class QPainter;

namespace hufu {

/// The one sign of keyboard focus: a line of 2 in the accent, just inside `area` (look.md 2).
void paintFocusRing(QPainter &painter, const QRectF &area, double radius);
/// The same in another colour, for a field whose content was refused.
void paintFocusRing(QPainter &painter, const QRectF &area, double radius, const QColor &colour);

} // namespace hufu
