#include "ui/focus_ring.h"

#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>

namespace hufu {

void paintFocusRing(QPainter &painter, const QRectF &area, double radius)
{
    const double width = px(2);
    const double inset = width / 2;
    painter.setPen(QPen(Tokens::current().accentText, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius - inset,
                            radius - inset);
}

} // namespace hufu
