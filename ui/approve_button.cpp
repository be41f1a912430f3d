#include "ui/approve_button.h"

#include "ui/measures.h"
#include "ui/ring.h"
#include "ui/tokens.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

namespace hufu {

ApproveButton::ApproveButton(Armed armed, const Clock &clock, QWidget *parent)
    : Button(tr("Approve"), Look::Primary, parent)
    , m_armed(armed)
    , m_clock(clock)
{
    setStrong(true);
    setBodyHeight(44);
    setAutoRepeat(false);
    m_timer.setInterval(16);
    connect(&m_timer, &QTimer::timeout, this, &ApproveButton::advance);
}

QSize ApproveButton::sizeHint() const
{
    const QFontMetrics metrics(Measures::current().font(Type::Value));
    const int words = qMax(metrics.horizontalAdvance(tr("Approve")),
                           metrics.horizontalAdvance(tr("Approving…")) + px(28));
    return {words + 2 * (px(12) + margin()), Button::sizeHint().height()};
}

void ApproveButton::startArming()
{
    if (m_state == State::Sending || !isEnabled())
        return;
    m_state = State::Arming;
    m_since = m_clock.sinceBoot();
    m_sweep = 0;
    m_mouseDown = false;
    m_timer.start();
    update();
}

void ApproveButton::disarm()
{
    if (m_state == State::Sending)
        return;
    m_state = State::Cold;
    m_mouseDown = false;
    m_timer.stop();
    update();
}

void ApproveButton::showSending()
{
    m_state = State::Sending;
    m_since = m_clock.sinceBoot();
    setText(tr("Approving…"));
    setAccessibleName(text());
    m_timer.setInterval(40);
    m_timer.start();
    update();
}

void ApproveButton::advance()
{
    const std::chrono::milliseconds passed = m_clock.sinceBoot() - m_since;
    if (m_state == State::Arming && passed >= armingTime) {
        m_state = State::Armed;
        m_timer.stop();
    }
    const bool isStill = style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0;
    m_sweep = isStill ? 0 : static_cast<double>(passed.count()) / armingTime.count();
    update();
}

void ApproveButton::press()
{
    if (m_state == State::Armed && isEnabled())
        emit approved();
}

void ApproveButton::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Select:
        // The first press of a key after arming counts; its repetitions do not. Whoever presses
        // keys while it arms, or held one from before, is not looking: it begins anew.
        if (m_state == State::Arming)
            startArming();
        else if (!event->isAutoRepeat())
            press();
        event->accept();
        break;
    default:
        Button::keyPressEvent(event);
    }
}

void ApproveButton::keyReleaseEvent(QKeyEvent *event)
{
    event->accept();
}

void ApproveButton::mousePressEvent(QMouseEvent *event)
{
    m_mouseDown = event->button() == Qt::LeftButton && m_state == State::Armed && isEnabled();
    update();
}

void ApproveButton::mouseReleaseEvent(QMouseEvent *event)
{
    const bool counts = std::exchange(m_mouseDown, false);
    if (counts && event->button() == Qt::LeftButton && body().contains(event->position().toPoint()))
        press();
    update();
}

void ApproveButton::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::EnabledChange && !isEnabled())
        disarm();
    Button::changeEvent(event);
}

void ApproveButton::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(body()).adjusted(.5, .5, -.5, -.5);
    const double radius = px(8);
    QColor words = tokens.text;
    if (!isEnabled()) {
        painter.setPen(tokens.hairline);
        painter.setBrush(Qt::NoBrush);
        words = tokens.disabled;
    } else if (m_state == State::Armed) {
        const bool isFilled = m_armed == Armed::Filled;
        const QColor fill = m_mouseDown || underMouse() ? tokens.accentHover : tokens.accent;
        painter.setPen(isFilled ? fill : tokens.strongBorder);
        painter.setBrush(isFilled ? fill : underMouse() ? tokens.hover : tokens.base);
        words = isFilled ? tokens.onAccent : tokens.text;
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.tonal);
    }
    painter.drawRoundedRect(area, radius, radius);
    if (m_state == State::Arming) {
        QPainterPath shape;
        shape.addRoundedRect(area, radius, radius);
        painter.save();
        painter.setClipPath(shape);
        QRectF swept = area;
        swept.setWidth(area.width() * qBound(0.0, m_sweep, 1.0));
        if (isRightToLeft())
            swept.moveRight(area.right());
        painter.fillRect(swept, tokens.sweep);
        painter.restore();
    }
    if (m_state == State::Sending) {
        const double turn = static_cast<double>((m_clock.sinceBoot() - m_since).count() % 900);
        const int size = px(18);
        const int textWidth =
            QFontMetrics(Measures::current().font(Type::Value)).horizontalAdvance(text());
        const double x = (width() - textWidth - size - px(10)) / 2.0;
        painter.save();
        painter.translate(x + size / 2.0, height() / 2.0);
        painter.rotate(turn / 900 * 360);
        paintRing(painter, QRectF(-size / 2.0, -size / 2.0, size, size),
                  {.left = .3,
                   .stroke = 2.5 * Measures::current().scale(),
                   .colour = tokens.accentText,
                   .track = tokens.sweep});
        painter.restore();
        painter.setFont(Measures::current().font(Type::Value));
        painter.setPen(tokens.accentText);
        painter.drawText(QRectF(x + size + px(10), 0, textWidth + 2, height()), Qt::AlignCenter,
                         text());
    } else {
        paintWords(painter, words);
    }
    paintFocus(painter);
}

} // namespace hufu
