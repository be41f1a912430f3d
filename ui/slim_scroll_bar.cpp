#include "ui/slim_scroll_bar.h"

#include "ui/measures.h"
#include "ui/tokens.h"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QPainter>
#include <QStyleOptionSlider>

namespace hufu {

SlimScrollBar::SlimScrollBar(QAbstractScrollArea *area)
    : QScrollBar(Qt::Vertical, area)
    , m_area(area)
{
    area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAttribute(Qt::WA_OpaquePaintEvent, false);
    setFocusPolicy(Qt::NoFocus);
    QScrollBar *hidden = area->verticalScrollBar();
    connect(hidden, &QScrollBar::rangeChanged, this, &SlimScrollBar::place);
    connect(hidden, &QScrollBar::valueChanged, this, &QScrollBar::setValue);
    connect(this, &QScrollBar::valueChanged, hidden, &QScrollBar::setValue);
    area->installEventFilter(this);
    place();
}

QSize SlimScrollBar::sizeHint() const
{
    return {px(10), px(40)};
}

void SlimScrollBar::place()
{
    const QScrollBar *hidden = m_area->verticalScrollBar();
    setRange(hidden->minimum(), hidden->maximum());
    setPageStep(hidden->pageStep());
    setSingleStep(hidden->singleStep());
    setValue(hidden->value());
    const int x = m_area->isRightToLeft() ? 0 : m_area->width() - sizeHint().width();
    setGeometry(x, 0, sizeHint().width(), m_area->height());
    setVisible(maximum() > minimum());
    raise();
}

bool SlimScrollBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show)
        place();
    return QScrollBar::eventFilter(watched, event);
}

void SlimScrollBar::paintEvent(QPaintEvent *)
{
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove =
        style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, this);
    const QRect slider =
        style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, this);
    // The style's arrows are not painted, so its slider is stretched over the whole height.
    const double factor = groove.height() > 0 ? static_cast<double>(height()) / groove.height() : 1;
    const double top = (slider.top() - groove.top()) * factor;
    const QRectF bar(width() / 2.0 - px(2), top + px(3), px(4), slider.height() * factor - px(6));
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(underMouse() || isSliderDown() ? tokens.strongBorder : tokens.border);
    painter.drawRoundedRect(bar, px(2), px(2));
}

} // namespace hufu
