#include "ui/choice.h"

#include "ui/focus_ring.h"
#include "ui/measures.h"
#include "ui/sheet_parts.h"
#include "ui/tokens.h"

#include <QPainter>
#include <QStyle>

namespace hufu {
namespace {

constexpr double inset = 8; // of dot and words from the focus ring
constexpr double textX = inset + 20 + 10;
constexpr double dot = 20;

} // namespace

Choice::Choice(const QString &text, const QString &meaning, QWidget *parent)
    : QAbstractButton(parent)
    , m_meaning(breakable(meaning))
{
    setText(text);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleDescription(meaning);
    // Not fixed: the height of the hint, for a narrower place, would be the least one.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QSize Choice::sizeHint() const
{
    return {px(240), heightForWidth(px(240))};
}

QSize Choice::minimumSizeHint() const
{
    return {px(120), px(40)};
}

int Choice::heightForWidth(int width) const
{
    const Measures &measures = Measures::current();
    const QFontMetrics strong(measures.font(Type::BodyMedium));
    const QFontMetrics small(measures.font(Type::Small));
    const QRect room(0, 0, width - px(textX + inset), 10'000);
    return 2 * px(inset) + strong.height() + px(1) +
           small.boundingRect(room, Qt::TextWordWrap, m_meaning).height();
}

void Choice::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    const Measures &measures = Measures::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics strong(measures.font(Type::BodyMedium));
    const QRect place(px(inset), px(inset) + (strong.height() - px(dot)) / 2 + 1, px(dot), px(dot));
    const QRectF circle = QStyle::visualRect(layoutDirection(), rect(), place);
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.accent);
        painter.drawEllipse(circle);
        painter.setBrush(tokens.onAccent);
        const double around = circle.width() * 0.32;
        painter.drawEllipse(circle.adjusted(around, around, -around, -around));
    } else {
        painter.setPen(QPen(tokens.strongBorder, 1.5));
        painter.setBrush(tokens.base);
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
    }
    const Qt::Alignment start =
        Qt::AlignTop | Qt::AlignAbsolute | (isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight);
    const QRect words(px(textX), px(inset), width() - px(textX + inset), strong.height());
    const QRect meaning(px(textX), px(inset) + px(1) + strong.height(), words.width(), height());
    painter.setFont(measures.font(Type::BodyMedium));
    painter.setPen(tokens.text);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words), static_cast<int>(start),
                     strong.elidedText(text(), Qt::ElideMiddle, words.width()));
    painter.setFont(measures.font(Type::Small));
    painter.setPen(tokens.text2);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), meaning),
                     static_cast<int>(start) | Qt::TextWordWrap, m_meaning);
    if (hasFocus())
        paintFocusRing(painter, rect(), px(9));
}

} // namespace hufu
