#include "ui/number_cells.h"

#include "ui/focus_ring.h"
#include "ui/measures.h"
#include "ui/tokens.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr double cellHeight = 52;
constexpr double gap = 8;

/// Beside six wide ones there would be no room for the words.
int cellWidth(int digits)
{
    return px(digits > 4 ? 38 : 48);
}

} // namespace

NumberCells::NumberCells(int digits, QWidget *parent)
    : QWidget(parent)
    , m_digits(digits)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    tell();
}

QSize NumberCells::sizeHint() const
{
    return {m_digits * cellWidth(m_digits) + (m_digits - 1) * px(gap), px(cellHeight)};
}

bool NumberCells::takeKey(int key, const QString &text)
{
    if (key == Qt::Key_Backspace) {
        m_number.chop(1);
    } else if (text.size() == 1 && text.at(0).isDigit()) {
        if (isComplete())
            return true;
        m_number += QString::number(text.at(0).digitValue());
    } else {
        return false;
    }
    tell();
    update();
    emit changed();
    return true;
}

void NumberCells::tell()
{
    setAccessibleName(tr("Number on the login page"));
    setAccessibleDescription(tr("%1 of %2 digits typed").arg(m_number.size()).arg(m_digits));
}

void NumberCells::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Measures::current().font(Type::Number));
    const int width = cellWidth(m_digits);
    for (int i = 0; i < m_digits; ++i) { // left-to-right in every language, as the page shows it
        const QRect cell(i * (width + px(gap)), 0, width, px(cellHeight));
        const bool isNext = i == m_number.size();
        painter.setPen(tokens.strongBorder);
        painter.setBrush(tokens.base);
        painter.drawRoundedRect(QRectF(cell).adjusted(.5, .5, -.5, -.5), px(10), px(10));
        if (isNext)
            paintFocusRing(painter, cell, px(10));
        painter.setPen(tokens.text);
        if (i < m_number.size())
            painter.drawText(cell, Qt::AlignCenter, QString(m_number.at(i)));
        else if (isNext)
            painter.fillRect(QRect(cell.center().x(), cell.top() + px(14), qMax(1, px(1.5)),
                                   cell.height() - px(28)),
                             tokens.text);
    }
}

} // namespace hufu
