#include "ui/field_look.h"

#include "ui/focus_ring.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>

namespace hufu {

void paintField(QPainter &painter, const QRect &area, const FieldLook &look)
{
    const Tokens &tokens = Tokens::current();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(!look.isEnabled ? tokens.hairline
                   : look.isWrong  ? tokens.danger
                                   : tokens.border);
    painter.setBrush(look.isEnabled ? QBrush(tokens.base) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(area).adjusted(.5, .5, -.5, -.5), px(8), px(8));
    if (look.hasFocus)
        paintFocusRing(painter, area, px(9), look.isWrong ? tokens.danger : tokens.accentText);
}

} // namespace hufu
