#pragma once

#include <QFont>
#include <QString>

class QPainter;
class QRectF;

namespace hufu {

/// Codes in any font: each sign stands in the middle of a cell as wide as the widest one, groups
/// are 0.3 em apart (look.md 1). Left-to-right in every language. GUI thread.
class TabularDigits
{
public:
    explicit TabularDigits(const QFont &font);

    [[nodiscard]] double width(const QString &code) const;
    /// Paints `code` with the painter's pen; its right edge is `right`, and its capital height is
    /// centred on `middle`.
    void paint(QPainter &painter, const QString &code, double right, double middle) const;

private:
    [[nodiscard]] double cellOf(const QString &code) const;

    QFont m_font;
    double m_digitCell = 0;
    double m_gap = 0;
};

/// "123456" as people read it: "123 456". 6 = 3+3, 7 = 3+4, 8 = 4+4, 9 = 3+3+3, 10 = 3+3+4; shorter
/// ones and letters are one group.
[[nodiscard]] QString groupedCode(const QString &code);

} // namespace hufu
