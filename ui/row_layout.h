#pragma once

#include <QRect>

namespace hufu {

/// Where the parts of a row lie (look.md 3), for painting and for clicks alike. Mirrored for
/// right-to-left.
struct RowLayout
{
    struct Needs
    {
        int codeWidth = 0; ///< of the code as it will be painted
        bool hasMore = false;
        Qt::LayoutDirection direction = Qt::LeftToRight;
    };

    QRect body; ///< the rounded rectangle
    QRect avatar;
    QRect issuer;
    QRect account;
    QRect code; ///< as wide as the code, as high as the line
    QRect footnote;
    QRect ring;
    QRect next; ///< the circle of an HOTP row's "next"
    QRect more;
    bool isNarrow = false;

    [[nodiscard]] static RowLayout of(const QRect &body, const Needs &needs);
    /// Where a click copies: the code and the ring.
    [[nodiscard]] bool copiesAt(QPoint point) const;
};

/// The body of a row inside its item rectangle, which spans the list and may carry the list's top
/// margin and the gap after the favourites.
[[nodiscard]] QRect rowBody(const QRect &item, bool isFirst, bool isNarrow);

/// Room above the first row, and of the gap with the hairline after the favourites.
[[nodiscard]] int rowTopMargin();
[[nodiscard]] int favouriteGap();

/// Whether a row `width` wide with a code of `codeWidth` has three lines instead of two.
[[nodiscard]] bool isNarrowRow(int bodyWidth, int codeWidth);
/// Width of the body in a list `listWidth` wide.
[[nodiscard]] int rowBodyWidth(int listWidth);

} // namespace hufu
