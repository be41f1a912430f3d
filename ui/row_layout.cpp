#include "ui/row_layout.h"

#include "ui/measures.h"

#include <QStyle>

namespace hufu {
namespace {

constexpr double edge = 12;
constexpr double textX = 56;
constexpr double codeInset = 42; // from the row's end to the code's right edge
constexpr double textGap = 12;   // between text column and code
constexpr double ringInset = 19; // from the row's end to the ring's centre
constexpr double ringSize = 22;

QRect centredOn(QPoint centre, int size)
{
    return {centre.x() - size / 2, centre.y() - size / 2, size, size};
}

} // namespace

int rowTopMargin()
{
    return px(8);
}

int favouriteGap()
{
    return px(17);
}

int rowBodyWidth(int listWidth)
{
    return listWidth > px(720) ? px(680) : listWidth - 2 * px(edge);
}

bool isNarrowRow(int bodyWidth, int codeWidth)
{
    const int column = bodyWidth - px(textX) - px(textGap) - codeWidth - px(codeInset);
    return bodyWidth < px(300) || column < px(96);
}

QRect rowBody(const QRect &item, bool isFirst, bool isNarrow)
{
    const int width = rowBodyWidth(item.width());
    const int top = item.top() + (isFirst ? rowTopMargin() : 0);
    return {item.left() + (item.width() - width) / 2, top, width, px(isNarrow ? 92 : 64)};
}

RowLayout RowLayout::of(const QRect &body, const Needs &needs)
{
    RowLayout layout;
    layout.body = body;
    layout.isNarrow = isNarrowRow(body.width(), needs.codeWidth);
    const int left = body.left();
    const int right = body.left() + body.width();
    const int textLeft = left + px(textX);
    const int rowHeight = px(64);

    const int avatar = px(36);
    layout.avatar = {left + px(8), body.top() + (rowHeight - avatar) / 2, avatar, avatar};
    if (layout.isNarrow)
        layout.avatar.moveTop(body.top() + px(12));

    const int codeRight = layout.isNarrow ? textLeft + needs.codeWidth : right - px(codeInset);
    const int codeMiddle = body.top() + (layout.isNarrow ? px(64) : rowHeight / 2);
    const int codeHeight = px(28);
    layout.code = {codeRight - needs.codeWidth, codeMiddle - codeHeight / 2, needs.codeWidth,
                   codeHeight};
    layout.footnote = {layout.code.right() + 1 - px(150), body.top() + px(46), px(150), px(14)};
    if (layout.isNarrow)
        layout.footnote = {textLeft, body.top() + px(76), px(150), px(14)};

    const QPoint ringCentre(right - px(ringInset), codeMiddle);
    layout.ring = centredOn(ringCentre, px(ringSize));
    layout.next = centredOn(ringCentre, px(30));

    int textRight = layout.isNarrow ? right - px(textGap) : layout.code.left() - px(textGap);
    if (needs.hasMore) {
        const int more = px(28);
        layout.more = {textRight + px(textGap) - px(4) - more, codeMiddle - more / 2, more, more};
        if (layout.isNarrow)
            layout.more.moveTopLeft({right - px(8) - more, body.top() + px(8)});
        textRight = layout.more.left() - px(4);
    }
    layout.issuer = {textLeft, body.top() + px(layout.isNarrow ? 9 : 13), textRight - textLeft,
                     px(20)};
    layout.account = {textLeft, layout.issuer.top() + px(20), textRight - textLeft, px(18)};

    if (needs.direction == Qt::RightToLeft) {
        for (QRect *part : {&layout.avatar, &layout.issuer, &layout.account, &layout.code,
                            &layout.footnote, &layout.ring, &layout.next, &layout.more})
            *part = QStyle::visualRect(needs.direction, body, *part);
    }
    return layout;
}

bool RowLayout::copiesAt(QPoint point) const
{
    const int reach = px(6);
    return code.adjusted(-reach, -reach, reach, reach).contains(point) ||
           ring.adjusted(-reach, -reach, reach, reach).contains(point);
}

} // namespace hufu
