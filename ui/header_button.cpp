#include "ui/header_button.h"

#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

namespace hufu {
namespace {

constexpr int iconEdge = 20;

} // namespace

HeaderButton::HeaderButton(Shape shape, const QString &icon, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_shape(shape)
    , m_icon(icon)
{
    setText(text);
    setFont(Measures::current().font(Type::BodyMedium));
    setFocusPolicy(Qt::TabFocus); // a click leaves the focus in the search field
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize HeaderButton::sizeHint() const
{
    const int height = px(36);
    switch (m_shape) {
    case Shape::Start:
        return {px(12 + iconEdge + 8 + 10) + fontMetrics().horizontalAdvance(text()), height};
    case Shape::End:
        return {px(28), height};
    case Shape::Alone:
    case Shape::Boxed:
        return {px(36), height};
    }
    Q_UNREACHABLE();
}

bool HeaderButton::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange) {
        setFont(Measures::current().font(Type::BodyMedium));
        updateGeometry();
    }
    return QAbstractButton::event(event);
}

void HeaderButton::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isActive = underMouse() || isDown();
    if (m_shape == Shape::Alone) {
        if (isActive) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.hoverOnWindow);
            painter.drawRoundedRect(rect(), px(8), px(8));
        }
    } else if (m_shape == Shape::Boxed) {
        painter.setPen(tokens.border);
        painter.setBrush(isActive ? tokens.hover : isChecked() ? tokens.tonal : tokens.base);
        painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), px(8), px(8));
    } else {
        // Each half paints the whole round body, shifted, so that the halves meet in one line.
        const bool hasRoundLeft = (m_shape == Shape::Start) == isLeftToRight();
        const int beyond = px(20);
        QRectF whole = QRectF(rect()).adjusted(.5, .5, -.5, -.5);
        hasRoundLeft ? whole.setRight(whole.right() + beyond)
                     : whole.setLeft(whole.left() - beyond);
        painter.setPen(tokens.border);
        painter.setBrush(isDown() ? tokens.pressed : isActive ? tokens.hover : tokens.base);
        painter.drawRoundedRect(whole, px(8), px(8));
        if (m_shape == Shape::End) {
            const double x = hasRoundLeft ? width() - .5 : .5;
            painter.drawLine(QPointF(x, 1), QPointF(x, height() - 1));
        }
    }
    const QColor ink = !isEnabled()  ? tokens.disabled
                       : isChecked() ? tokens.accentText
                                     : tokens.text;
    if (m_shape == Shape::Start) {
        const QRect icon(px(12), 0, px(iconEdge), height());
        const QRect words(icon.right() + 1 + px(8), 0, width() - icon.right() - px(8), height());
        paintIcon(painter, QStyle::visualRect(layoutDirection(), rect(), icon), m_icon,
                  px(iconEdge), ink);
        painter.setPen(ink);
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words),
                         static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute |
                                          (isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight)),
                         text());
    } else {
        paintIcon(painter, rect(), m_icon, px(m_shape == Shape::End ? 16 : iconEdge), ink);
    }
    if (hasFocus())
        paintFocusRing(painter, rect(), px(9));
}

void HeaderButton::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !event->isAutoRepeat())
        click();
    else if (!isEnter)
        QAbstractButton::keyPressEvent(event);
}

} // namespace hufu
