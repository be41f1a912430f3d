#include "ui/eye_button.h"

#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace hufu {

EyeButton::EyeButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setOpen(false);
}

void EyeButton::setOpen(bool isOpen)
{
    m_isOpen = isOpen;
    const QString words = isOpen ? tr("Hide what is typed") : tr("Show what is typed");
    setAccessibleName(words);
    setToolTip(words);
    update();
}

void EyeButton::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = !isEnabled() ? tokens.disabled : underMouse() ? tokens.text : tokens.text2;
    paintIcon(painter, rect(), m_isOpen ? u"eye-off"_s : u"eye"_s, px(18), ink);
    if (hasFocus())
        paintFocusRing(painter, QRectF(rect()).adjusted(px(4), px(4), -px(4), -px(4)), px(6));
}

} // namespace hufu
