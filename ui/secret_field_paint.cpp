// How a field for secrets is drawn: dots, or characters one by one.

#include "ui/field_look.h"
#include "ui/measures.h"
#include "ui/secret_field.h"
#include "ui/tokens.h"

#include <QPainter>
#include <QStyle>

namespace hufu {
namespace {

constexpr double dot = 7;
constexpr double pitch = 12;
constexpr double sideRoom = 12;

} // namespace

QRect SecretField::textArea() const
{
    return QStyle::visualRect(
        layoutDirection(), rect(),
        QRect(px(sideRoom), px(4), width() - px(sideRoom) - px(eyeWidth), height() - 2 * px(4)));
}

/// Paints dots, or the characters one by one; the place of the caret comes back.
int SecretField::paintContent(QPainter &painter, const QRect &area) const
{
    const Tokens &tokens = Tokens::current();
    const QColor ink = isEnabled() ? tokens.text : tokens.disabled;
    const QFontMetrics metrics(painter.font());
    const auto textOf = [](std::span<const std::byte> one) {
        return QString::fromUtf8(reinterpret_cast<const char *>(one.data()),
                                 static_cast<qsizetype>(one.size()));
    };
    int whole = 0;
    m_content.forEach([&](std::span<const std::byte> one) {
        whole += m_isRevealed ? metrics.horizontalAdvance(textOf(one)) : px(pitch);
    });
    // The last characters stay in view. Dots and passwords run from left to right, on the side
    // where the reading begins.
    const bool isTooLong = whole > area.width() - px(4);
    int x = area.left();
    if (isTooLong)
        x = area.right() - px(4) - whole;
    else if (isRightToLeft())
        x = area.right() - px(2) - whole;
    if (m_isAllSelected && hasFocus()) {
        const QRect band(qMax(x, area.left()) - px(2), area.center().y() - px(11),
                         qMin(whole, area.width()) + px(4), px(22));
        painter.fillRect(band, tokens.selected);
    }
    painter.save();
    painter.setClipRect(area.adjusted(-px(2), 0, px(2), 0));
    m_content.forEach([&](std::span<const std::byte> one) {
        if (m_isRevealed) {
            painter.setPen(ink);
            const QString text = textOf(one);
            const int advance = metrics.horizontalAdvance(text);
            painter.drawText(QRect(x, area.top(), advance + px(8), area.height()),
                             static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft), text);
            x += advance;
            return;
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(
            QRectF(x + 0.5, area.top() + (area.height() - px(dot)) / 2.0, px(dot), px(dot)));
        x += px(pitch);
    });
    painter.restore();
    return x;
}

void SecretField::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    paintField(painter, rect(),
               {.isEnabled = isEnabled(), .hasFocus = hasFocus(), .isWrong = m_isWrong});
    painter.setFont(Measures::current().font(Type::Body));
    const QRect area = textArea();
    if (m_content.isEmpty() && !m_placeholder.isEmpty()) {
        painter.setPen(isEnabled() ? tokens.text2 : tokens.disabled);
        const QRect words = area.adjusted(px(3), 0, -px(3), 0); // clear of the caret
        painter.drawText(
            words,
            static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute |
                             (isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight)),
            painter.fontMetrics().elidedText(m_placeholder, Qt::ElideRight, words.width()));
    }
    const int caret = paintContent(painter, area);
    // It does not blink: that would wake the program twice a second.
    if (hasFocus() && !m_isAllSelected)
        painter.fillRect(QRect(caret, area.center().y() - px(9), qMax(1, px(1)), px(18)),
                         tokens.text);
}

} // namespace hufu
