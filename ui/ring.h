#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace hufu {

/// A ring that empties: the gap opens clockwise from 12 o'clock, in every language (look.md 3).
struct Ring
{
    double left = 0;   ///< what is left of the whole, 0 to 1
    double stroke = 0; ///< in device-independent pixels
    QColor colour;
    QColor track;
};

/// Paints `ring` so that its outer edge touches `area`, and `words` in its middle, if any, with the
/// painter's font.
void paintRing(QPainter &painter, const QRectF &area, const Ring &ring, const QString &words = {},
               const QColor &wordColour = {});

} // namespace hufu
