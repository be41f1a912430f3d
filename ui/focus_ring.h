#pragma once

#include <QRectF>

class QPainter;

namespace hufu {

/// The one sign of keyboard focus: a line of 2 in the accent, just inside `area` (look.md 2).
void paintFocusRing(QPainter &painter, const QRectF &area, double radius);

} // namespace hufu
