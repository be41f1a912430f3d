#include "ui/choice.h"

#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>
#include <QStyle>

namespace hufu {
namespace {

constexpr double textX = 34;
constexpr double dot = 20;

} // namespace

Choice::Choice(const QString &text, const QString &meaning, QWidget *parent)
    : QAbstractButton(parent)
    , m_meaning(meaning)
{
    setText(text);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleDescription(meaning);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
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
    const QRect room(0, 0, width - px(textX) - px(4), 10'000);
    return px(6) + strong.height() +
           small.boundingRect(room, Qt::TextWordWrap, m_meaning).height() + px(8);
}

void Choice::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    const Measures &measures = Measures::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics strong(measures.font(Type::BodyMedium));
    const QRect place(px(4), px(4) + (strong.height() - px(dot)) / 2 + 1, px(dot), px(dot));
    const QRectF circle = QStyle::visualRect(layoutDirection(), rect(), place);
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.accent);
        painter.drawEllipse(circle);
        painter.setBrush(tokens.onAccent);
        const double inset = circle.width() * 0.32;
        painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset));
    } else {
        painter.setPen(QPen(tokens.strongBorder, 1.5));
        painter.setBrush(tokens.base);
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
    }
    const Qt::Alignment start =
        Qt::AlignTop | Qt::AlignAbsolute | (isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight);
    const QRect words(px(textX), px(4), width() - px(textX) - px(4), strong.height());
    const QRect meaning(px(textX), px(5) + strong.height(), words.width(), height());
    painter.setFont(measures.font(Type::BodyMedium));
    painter.setPen(tokens.text);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words), static_cast<int>(start),
                     text());
    painter.setFont(measures.font(Type::Small));
    painter.setPen(tokens.text2);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), meaning),
                     static_cast<int>(start) | Qt::TextWordWrap, m_meaning);
    if (hasFocus()) {
        painter.setPen(QPen(tokens.accentText, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), px(8), px(8));
    }
}

} // namespace hufu
