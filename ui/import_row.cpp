#include "ui/import_row.h"

#include "ui/avatar.h"
#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>
#include <QStyle>

#include <array>

namespace hufu {
namespace {

// In units of look.md.
constexpr double inset = 10;
constexpr double mark = 18;
constexpr double avatar = 36;
constexpr double avatarX = inset + mark + 12;
constexpr double textX = avatarX + avatar + 12;
constexpr double paddingY = 8;

} // namespace

ImportRow::ImportRow(Words words, QWidget *parent)
    : QAbstractButton(parent)
    , m_words(std::move(words))
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setText(m_words.title);
    setAccessibleName(m_words.line.isEmpty() ? m_words.title
                                             : m_words.title + QStringLiteral(", ") + m_words.line);
    setAccessibleDescription(m_words.remark);
}

QSize ImportRow::sizeHint() const
{
    const Measures &measures = Measures::current();
    int height = QFontMetrics(measures.font(Type::BodyStrong)).height();
    if (!m_words.line.isEmpty())
        height += QFontMetrics(measures.font(Type::Account)).height();
    if (!m_words.remark.isEmpty())
        height += QFontMetrics(measures.font(Type::Small)).height();
    return {px(300), qMax(height, px(avatar)) + 2 * px(paddingY)};
}

QSize ImportRow::minimumSizeHint() const
{
    return {px(160), sizeHint().height()};
}

void ImportRow::paintMark(QPainter &painter) const
{
    const Tokens &tokens = Tokens::current();
    const QRect place(px(inset), (height() - px(mark)) / 2, px(mark), px(mark));
    const QRect box = QStyle::visualRect(layoutDirection(), rect(), place);
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.accent);
        painter.drawRoundedRect(box, px(5), px(5));
        paintIcon(painter, box, QStringLiteral("check"), px(14), tokens.onAccent);
    } else {
        painter.setPen(QPen(isEnabled() ? tokens.strongBorder : tokens.border, 1.5));
        painter.setBrush(isEnabled() ? tokens.base : tokens.hoverOnWindow);
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), px(5), px(5));
    }
}

void ImportRow::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    const Measures &measures = Measures::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isEnabled() && underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.hover);
        painter.drawRoundedRect(rect(), px(10), px(10));
    }
    paintMark(painter);
    const QRect square(px(avatarX), (height() - px(avatar)) / 2, px(avatar), px(avatar));
    paintAvatar(painter, QStyle::visualRect(layoutDirection(), rect(), square), m_words.title,
                px(10), measures.font(Type::Value));

    const int start = static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute |
                                       (isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight));
    const int room = width() - px(textX + inset);
    struct Line
    {
        const QString &words;
        Type type;
        QColor colour;
        Qt::TextElideMode elide;
    };
    const std::array lines{
        Line{m_words.title, Type::BodyStrong, isEnabled() ? tokens.text : tokens.text2,
             Qt::ElideRight},
        Line{m_words.line, Type::Account, tokens.text2, Qt::ElideMiddle},
        Line{m_words.remark, Type::Small, tokens.text2, Qt::ElideRight},
    };
    int height = 0;
    for (const Line &line : lines)
        height += line.words.isEmpty() ? 0 : QFontMetrics(measures.font(line.type)).height();
    int y = (this->height() - height) / 2;
    for (const Line &line : lines) {
        if (line.words.isEmpty())
            continue;
        painter.setFont(measures.font(line.type));
        painter.setPen(line.colour);
        const QFontMetrics metrics = painter.fontMetrics();
        const QRect place(px(textX), y, room, metrics.height());
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), place), start,
                         metrics.elidedText(line.words, line.elide, room));
        y += metrics.height();
    }
    if (hasFocus())
        paintFocusRing(painter, rect(), px(10));
}

} // namespace hufu
