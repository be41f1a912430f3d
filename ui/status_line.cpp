#include "ui/status_line.h"

#include "ui/button.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/text.h"
#include "ui/tokens.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace hufu {

bool StatusLine::Notice::readsAs(const Notice &other) const
{
    return tone == other.tone && icon == other.icon && sentence == other.sentence &&
           link == other.link;
}

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_sentence((new Text({}, Type::Small))->wrapped())
    , m_link(new Button({}, Button::Look::Link))
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_row->addWidget(m_sentence, 1);
    m_row->addWidget(m_link);
    takeMeasures();
    hide();
    connect(m_link, &Button::clicked, this, [this] {
        if (const std::function<void()> action = m_action) // which may say something else
            action();
    });
}

void StatusLine::takeMeasures()
{
    setMinimumHeight(px(44));
    arrange();
}

void StatusLine::arrange()
{
    const bool isBelow = m_link->sizeHint().width() > width() / 3;
    m_row->setDirection(isBelow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_row->setAlignment(m_link, isBelow ? Qt::AlignLeft : Qt::Alignment());
    m_row->setSpacing(isBelow ? 0 : px(8));
    m_row->setContentsMargins(px(20 + 18 + 12), px(isBelow ? 8 : 2), px(12), px(2));
}

void StatusLine::resizeEvent(QResizeEvent *)
{
    arrange();
}

bool StatusLine::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange)
        takeMeasures();
    return QWidget::event(event);
}

void StatusLine::say(const Notice &notice)
{
    m_hasSaid = true;
    put(notice);
}

void StatusLine::clear()
{
    m_hasSaid = false;
    m_standing ? put(*m_standing) : vanish();
}

void StatusLine::stand(const std::optional<Notice> &notice)
{
    if (notice && m_standing && notice->readsAs(*m_standing))
        return;
    m_standing = notice;
    if (!m_hasSaid)
        clear();
}

void StatusLine::put(const Notice &notice)
{
    m_tone = notice.tone;
    m_icon = notice.icon;
    m_action = notice.action;
    m_sentence->setText(notice.sentence);
    m_link->setText(notice.link);
    m_link->setVisible(!notice.link.isEmpty());
    m_link->updateGeometry();
    arrange();
    setAccessibleName(notice.sentence);
    show();
    update();
}

void StatusLine::vanish()
{
    hide();
    m_action = nullptr;
    m_sentence->setText({});
    setAccessibleName({});
}

void StatusLine::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    const bool isWarning = m_tone == Tone::Warning;
    QPainter painter(this);
    painter.fillRect(rect(), isWarning ? tokens.warningTint : tokens.window);
    painter.fillRect(QRect(0, 0, width(), 1), isWarning ? tokens.warningLine : tokens.hairline);
    const QRect icon(px(20), 0, px(18), height());
    paintIcon(painter, QStyle::visualRect(layoutDirection(), rect(), icon), m_icon, px(18),
              isWarning ? tokens.warning : tokens.text2);
}

} // namespace hufu
