#include "ui/text.h"

#include "ui/tokens.h"

#include <QPainter>
#include <QStyle>

namespace hufu {
namespace {

QColor colourOf(Text::Tint tint)
{
    const Tokens &tokens = Tokens::current();
    switch (tint) {
    case Text::Tint::Normal:
        return tokens.text;
    case Text::Tint::Quiet:
        return tokens.text2;
    case Text::Tint::Danger:
        return tokens.danger;
    case Text::Tint::Success:
        return tokens.success;
    case Text::Tint::Warning:
        return tokens.warning;
    }
    Q_UNREACHABLE();
}

} // namespace

Text::Text(const QString &words, Type type, Tint tint, QWidget *parent)
    : QLabel(parent)
    , m_tint(tint)
{
    setTextFormat(Qt::PlainText);
    setFont(Measures::current().font(type));
    setText(words);
}

Text *Text::wrapped()
{
    setWordWrap(true);
    return this;
}

Text *Text::aligned(Qt::Alignment alignment)
{
    setAlignment(alignment);
    return this;
}

Text *Text::elidedInMiddle()
{
    m_elide = Qt::ElideMiddle;
    return this;
}

QSize Text::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    return wordWrap() ? hint : QSize(qMin(hint.width(), px(24)), hint.height());
}

void Text::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(isEnabled() ? colourOf(m_tint) : Tokens::current().disabled);
    const QRect area = contentsRect();
    const int alignment =
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), this->alignment()));
    if (wordWrap()) {
        painter.drawText(area, alignment | Qt::TextWordWrap, text());
        return;
    }
    painter.drawText(area, alignment | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), m_elide, area.width()));
}

} // namespace hufu
