#include "ui/ring.h"

#include <QPainter>

namespace hufu {

void paintRing(QPainter &painter, const QRectF &area, const Ring &ring, const QString &words,
               const QColor &wordColour)
{
    const double inset = ring.stroke / 2;
    const QRectF circle = area.adjusted(inset, inset, -inset, -inset);
    QPen pen(ring.track, ring.stroke);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    painter.drawEllipse(circle);
    pen.setColor(ring.colour);
    pen.setCapStyle(Qt::RoundCap);
    painter.setPen(pen);
    const double left = qBound(0.0, ring.left, 1.0);
    if (left > 0)
        painter.drawArc(circle, 90 * 16, qRound(left * 360 * 16));
    if (!words.isEmpty()) {
        painter.setPen(wordColour);
        painter.drawText(area, Qt::AlignCenter, words);
    }
}

} // namespace hufu
