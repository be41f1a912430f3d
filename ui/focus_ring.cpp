#include "ui/focus_ring.h"

#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>

namespace hufu {

void paintFocusRing(QPainter &painter, const QRectF &area, double radius)
{
    paintFocusRing(painter, area, radius, Tokens::current().accentText);
}

void paintFocusRing(QPainter &painter, const QRectF &area, double radius, const QColor &colour)
{
    const double width = px(2);
    const double inset = width / 2;
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius - inset,
                            radius - inset);
}

} // namespace hufu
