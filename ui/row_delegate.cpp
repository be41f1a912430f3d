#include "ui/row_delegate.h"

#include "ui/avatar.h"
#include "ui/focus_ring.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/ring.h"
#include "ui/tokens.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace hufu {

struct RowDelegate::Look
{
    bool isCurrent = false;
    bool isHovered = false;
    bool hasFocus = false;

    /// Only the row that a person looks at offers the next code, so a full list does not flash.
    [[nodiscard]] bool isWatched() const { return isCurrent || isHovered; }
};

namespace {

constexpr QStringView noCode = u"––––––";

QString codeShown(const AccountRow &row)
{
    if (!row.code.isEmpty())
        return row.code;
    return noCode.left(qMin(row.account->parameters.digits, 6)).toString();
}

QColor backgroundOf(bool isCurrent, bool isHovered)
{
    const Tokens &tokens = Tokens::current();
    if (isCurrent)
        return isHovered ? tokens.selectedHover : tokens.selected;
    return isHovered ? tokens.hover : tokens.base;
}

/// Account names without strong direction of their own stay left-to-right in a mirrored row.
Qt::Alignment textSide(Qt::LayoutDirection direction)
{
    return Qt::AlignVCenter | (direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) |
           Qt::AlignAbsolute;
}

} // namespace

RowDelegate::RowDelegate(const AccountListModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

int RowDelegate::codeWidth(const AccountRow &row) const
{
    return qCeil(TabularDigits(Measures::current().font(Type::Code)).width(codeShown(row)));
}

bool RowDelegate::isDamaged(const QRect &part) const
{
    return m_damage.isEmpty() || m_damage.intersects(part);
}

RowLayout RowDelegate::layoutOf(const QRect &item, int row, bool isHovered) const
{
    const AccountRow view = m_model.at(row);
    const int width = codeWidth(view);
    const bool narrow = isNarrowRow(rowBodyWidth(item.width()), width);
    return RowLayout::of(rowBody(item, row == 0, narrow),
                         {.codeWidth = width,
                          .hasMore = isHovered,
                          .direction = QGuiApplication::layoutDirection()});
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const AccountRow row = m_model.at(index.row());
    const int listWidth = option.widget ? option.widget->width() : option.rect.width();
    const bool narrow = isNarrowRow(rowBodyWidth(listWidth), codeWidth(row));
    int height = px(narrow ? 92 : 64);
    if (index.row() == 0)
        height += rowTopMargin();
    if (index.row() == m_model.lastFavourite())
        height += favouriteGap();
    if (index.row() == m_model.rowCount() - 1)
        height += rowTopMargin();
    return {px(200), height};
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    const Tokens &tokens = Tokens::current();
    const AccountRow row = m_model.at(index.row());
    const Look look{.isCurrent = option.state.testFlag(QStyle::State_Selected),
                    .isHovered = option.state.testFlag(QStyle::State_MouseOver),
                    .hasFocus = option.state.testFlag(QStyle::State_HasFocus)};
    const RowLayout layout = layoutOf(option.rect, index.row(), look.isHovered);
    const QColor background = backgroundOf(look.isCurrent, look.isHovered);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (look.isWatched()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(background);
        painter->drawRoundedRect(layout.body, px(10), px(10));
    }
    if (look.hasFocus)
        paintFocusRing(*painter, layout.body, px(10));
    const QRect names(layout.avatar.united(layout.issuer).united(layout.account));
    if (isDamaged(names.adjusted(-px(4), 0, px(4), px(6)))) {
        paintAvatar(*painter, layout.avatar, row.title, px(10),
                    Measures::current().font(Type::Value));
        if (row.account->binding)
            paintBadge(*painter, layout, background);
        paintNames(*painter, row, layout);
    }
    paintCode(*painter, row, layout, look);
    paintEnd(*painter, row, layout, look);
    if (index.row() == m_model.lastFavourite()) {
        const int y = option.rect.bottom() - favouriteGap() / 2;
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->fillRect(QRect(layout.body.left() + px(8), y, layout.body.width() - px(16), 1),
                          tokens.hairline);
    }
    painter->restore();
}

void RowDelegate::paintBadge(QPainter &painter, const RowLayout &layout,
                             const QColor &background) const
{
    const Tokens &tokens = Tokens::current();
    const bool mirrored = layout.avatar.center().x() > layout.body.center().x();
    const int width = px(16);
    const int height = px(17);
    const int beyond = px(4);
    const double x =
        mirrored ? layout.avatar.left() - beyond : layout.avatar.right() + 1 + beyond - width;
    const double y = layout.avatar.bottom() + 1 + beyond - height;

    painter.save();
    painter.translate(x, y);
    painter.scale(width / 16.0, height / 17.0);
    QPainterPath shield(QPointF(8, 0.8));
    shield.cubicTo(10, 2.2, 12.3, 2.9, 14.6, 3);
    shield.cubicTo(15, 8.6, 13.4, 13.6, 8, 16.2);
    shield.cubicTo(2.6, 13.6, 1, 8.6, 1.4, 3);
    shield.cubicTo(3.7, 2.9, 6, 2.2, 8, 0.8);
    painter.setPen(QPen(background, 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(background);
    painter.drawPath(shield);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.accent);
    painter.drawPath(shield);
    QPainterPath tick(QPointF(5, 8.4));
    tick.lineTo(7.2, 10.6);
    tick.lineTo(11.2, 6.2);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens.onAccent, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(tick);
    painter.restore();
}

void RowDelegate::paintNames(QPainter &painter, const AccountRow &row,
                             const RowLayout &layout) const
{
    const Tokens &tokens = Tokens::current();
    const Measures &measures = Measures::current();
    const Qt::LayoutDirection direction = QGuiApplication::layoutDirection();
    const QFont &strong = measures.font(Type::BodyStrong);
    const QFontMetrics metrics(strong);
    const int star = row.account->favourite ? px(12) + px(6) : 0;
    const int room = layout.issuer.width() - star;
    // Measured once: a title that fits, as nearly all do, need not be set again to be elided.
    const double whole = QFontMetricsF(strong).horizontalAdvance(row.title);
    const QString title =
        whole > room ? metrics.elidedText(row.title, Qt::ElideRight, room) : row.title;
    const int width = whole > room ? qMin(metrics.horizontalAdvance(title), room) : qRound(whole);
    QRect titleBox = layout.issuer;
    if (row.name.isEmpty())
        titleBox.moveTop(layout.body.top() + (px(64) - titleBox.height()) / 2);
    titleBox.setWidth(width + 1);
    QRect starBox(titleBox.right() + px(6), titleBox.top(), px(12), titleBox.height());
    if (direction == Qt::RightToLeft) {
        titleBox = QStyle::visualRect(direction, layout.issuer, titleBox);
        starBox = QStyle::visualRect(direction, layout.issuer, starBox);
    }
    painter.setFont(strong);
    painter.setPen(tokens.text);
    painter.drawText(titleBox, static_cast<int>(textSide(direction)) | Qt::TextSingleLine, title);
    if (row.account->favourite)
        paintIcon(painter, starBox, u"star-filled"_s, px(12), tokens.text2);
    if (row.name.isEmpty())
        return;
    const QFont &small = measures.font(Type::Account);
    painter.setFont(small);
    painter.setPen(tokens.text2);
    painter.drawText(
        layout.account, static_cast<int>(textSide(direction)) | Qt::TextSingleLine,
        QFontMetrics(small).elidedText(row.name, Qt::ElideMiddle, layout.account.width()));
}

void RowDelegate::paintCode(QPainter &painter, const AccountRow &row, const RowLayout &layout,
                            const Look &look) const
{
    if (!isDamaged(layout.code) && !isDamaged(layout.footnote))
        return;
    const Tokens &tokens = Tokens::current();
    const Measures &measures = Measures::current();
    const bool isEnding = !row.next.isEmpty() && look.isWatched();
    painter.setPen(row.code.isEmpty() ? tokens.text2 : isEnding ? tokens.warning : tokens.text);
    TabularDigits(measures.font(Type::Code))
        .paint(painter, codeShown(row), layout.code.right() + 1.0, layout.code.center().y() + 0.5);

    QString footnote;
    QColor colour = tokens.text2;
    if (row.copied) {
        footnote = tr("Copied");
        colour = tokens.success;
    } else if (isEnding) {
        footnote = tr("next %1", "the code that follows").arg(groupedCode(row.next));
    } else if (row.counter && look.isWatched()) {
        footnote = tr("counter %1").arg(*row.counter);
    } else if (!row.isSupported) {
        footnote = tr("kept, no codes yet");
    } else if (row.isReplaced) {
        footnote = tr("old key", "of two of one account");
    }
    if (footnote.isEmpty())
        return;
    const bool atStart = layout.isNarrow != (QGuiApplication::isRightToLeft());
    painter.setFont(measures.font(Type::Caption));
    painter.setPen(colour);
    painter.drawText(layout.footnote.adjusted(0, -px(2), 0, px(2)),
                     static_cast<int>(Qt::AlignVCenter | Qt::AlignAbsolute |
                                      (atStart ? Qt::AlignLeft : Qt::AlignRight)) |
                         Qt::TextSingleLine,
                     footnote);
}

void RowDelegate::paintEnd(QPainter &painter, const AccountRow &row, const RowLayout &layout,
                           const Look &look) const
{
    if (!isDamaged(layout.next) && !isDamaged(layout.more))
        return;
    const Tokens &tokens = Tokens::current();
    if (look.isHovered)
        paintIcon(painter, layout.more, u"more"_s, px(20), tokens.text2);
    if (row.copied) {
        paintIcon(painter, layout.ring, u"check"_s, px(22), tokens.success);
    } else if (row.isHotp) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.isWatched() ? tokens.base : tokens.hover);
        painter.drawEllipse(layout.next);
        paintIcon(painter, layout.next, u"refresh"_s, px(18),
                  row.resting ? tokens.disabled : tokens.text);
    } else if (row.period > 0) {
        const bool isEnding = !row.next.isEmpty();
        const QColor colour = isEnding         ? tokens.warning
                              : look.isCurrent ? tokens.accentText
                                               : tokens.strongBorder;
        painter.setFont(Measures::current().font(Type::RingDigits));
        const QString seconds = look.isCurrent ? QString::number(row.secondsLeft) : QString();
        paintRing(painter, layout.ring,
                  {.left = static_cast<double>(row.secondsLeft) / row.period,
                   .stroke = 2.5 * Measures::current().scale(),
                   .colour = colour,
                   .track = tokens.ringTrack},
                  row.secondsLeft < 100 ? seconds : QString(), isEnding ? tokens.warning : colour);
    }
}

} // namespace hufu
