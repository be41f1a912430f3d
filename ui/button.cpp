#include "ui/button.h"

#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace hufu {

Button::Button(const QString &text, Look look, QWidget *parent)
    : QAbstractButton(parent)
    , m_look(look)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    if (look != Look::Primary && look != Look::Outlined)
        setCursor(Qt::PointingHandCursor);
}

void Button::setBodyHeight(double height)
{
    m_height = height;
    updateGeometry();
}

void Button::setStrong(bool strong)
{
    m_strong = strong;
    updateGeometry();
}

void Button::setLook(Look look)
{
    m_look = look;
    update();
}

void Button::setIconName(const QString &name)
{
    m_icon = name;
    updateGeometry();
}

int Button::margin()
{
    return px(4);
}

const QFont &Button::wordFont() const
{
    const Measures &measures = Measures::current();
    if (m_strong)
        return measures.font(Type::Value);
    return measures.font(m_look == Look::Link ? Type::BodyStrong : Type::BodyMedium);
}

QSize Button::sizeHint() const
{
    const bool isLink = m_look != Look::Primary && m_look != Look::Outlined;
    const int padding = isLink ? px(4) : px(20);
    const int icon = m_icon.isEmpty() ? 0 : px(20) + px(10);
    const QFontMetrics metrics(wordFont());
    return {metrics.horizontalAdvance(text()) + icon + 2 * (padding + margin()),
            qMax(px(m_height), metrics.height() + px(4)) + 2 * margin()};
}

QSize Button::minimumSizeHint() const
{
    return sizeHint();
}

QRect Button::body() const
{
    return rect().adjusted(margin(), margin(), -margin(), -margin());
}

QColor Button::wordColour() const
{
    const Tokens &tokens = Tokens::current();
    if (!isEnabled())
        return tokens.disabled;
    switch (m_look) {
    case Look::Primary:
        return tokens.onAccent;
    case Look::Outlined:
        return tokens.text;
    case Look::Link:
        return tokens.accentText;
    case Look::QuietLink:
        return tokens.text2;
    case Look::DangerLink:
        return tokens.danger;
    }
    Q_UNREACHABLE();
}

void Button::paintBody(QPainter &painter) const
{
    const Tokens &tokens = Tokens::current();
    const QRectF area = QRectF(body()).adjusted(.5, .5, -.5, -.5);
    if (m_look == Look::Primary || m_look == Look::Outlined) {
        if (!isEnabled()) {
            painter.setPen(tokens.hairline);
            painter.setBrush(Qt::NoBrush);
        } else if (m_look == Look::Primary) {
            const QColor fill = underMouse() || isDown() ? tokens.accentHover : tokens.accent;
            painter.setPen(fill);
            painter.setBrush(fill);
        } else {
            painter.setPen(tokens.border);
            painter.setBrush(isDown() ? tokens.pressed : underMouse() ? tokens.hover : tokens.base);
        }
        painter.drawRoundedRect(area, px(8), px(8));
    } else if (isEnabled() && (underMouse() || isDown())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.hoverOnWindow);
        painter.drawRoundedRect(area, px(8), px(8));
    }
}

void Button::paintFocus(QPainter &painter) const
{
    if (hasFocus())
        paintFocusRing(painter, rect(), px(8) + margin());
}

void Button::paintWords(QPainter &painter, const QColor &colour) const
{
    painter.setFont(wordFont());
    painter.setPen(colour);
    if (m_icon.isEmpty()) {
        painter.drawText(body(), Qt::AlignCenter, text());
        return;
    }
    const int words = QFontMetrics(wordFont()).horizontalAdvance(text());
    const int whole = px(20) + px(10) + words;
    QRect icon(body().x() + (body().width() - whole) / 2, body().y(), px(20), body().height());
    QRect rest(icon.right() + 1 + px(10), body().y(), words + 1, body().height());
    icon = QStyle::visualRect(layoutDirection(), body(), icon);
    rest = QStyle::visualRect(layoutDirection(), body(), rest);
    paintIcon(painter, icon, m_icon, px(20), colour);
    painter.drawText(rest, Qt::AlignCenter, text());
}

void Button::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBody(painter);
    paintWords(painter, wordColour());
    paintFocus(painter);
}

void Button::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !event->isAutoRepeat())
        click();
    else if (!isEnter)
        QAbstractButton::keyPressEvent(event);
}

} // namespace hufu
