#include "ui/tabular_digits.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>
#include <QRawFont>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr QStringView digits = u"0123456789";
constexpr QStringView letters = u"23456789BCDFGHJKMNPQRTVWXY"; // Steam's, formats.md 1

double widest(const QFont &font, QStringView alphabet)
{
    const QFontMetricsF metrics(font);
    double width = 0;
    for (const QChar sign : alphabet)
        width = qMax(width, metrics.horizontalAdvance(sign));
    return width;
}

/// Of the font that was asked for last: a list of codes asks again and again for one.
double digitCell(const QFont &font)
{
    static QFont known;
    static double width = 0;
    if (width == 0 || font != known) {
        known = font;
        width = widest(font, digits);
    }
    return width;
}

bool isGroupStart(qsizetype at, qsizetype size)
{
    switch (size) {
    case 6:
    case 7:
        return at == 3;
    case 8:
        return at == 4;
    case 9:
    case 10:
        return at == 3 || at == 6;
    default:
        return false;
    }
}

} // namespace

TabularDigits::TabularDigits(const QFont &font)
    : m_font(font)
    , m_digitCell(digitCell(font))
    , m_gap(0.3 * QFontMetricsF(font).height() / 1.2)
{
}

double TabularDigits::cellOf(const QString &code) const
{
    for (const QChar sign : code) {
        if (sign.isLetter())
            return widest(m_font, letters);
    }
    return m_digitCell;
}

double TabularDigits::width(const QString &code) const
{
    double width = static_cast<double>(code.size()) * cellOf(code);
    for (qsizetype i = 0; i < code.size(); ++i)
        width += isGroupStart(i, code.size()) ? m_gap : 0;
    return width;
}

void TabularDigits::paint(QPainter &painter, const QString &code, double right, double middle) const
{
    const QFontMetricsF metrics(m_font);
    const double cell = cellOf(code);
    const double baseline = middle + metrics.capHeight() / 2;
    double x = right - width(code);
    QList<QPointF> places;
    for (qsizetype i = 0; i < code.size(); ++i) {
        if (isGroupStart(i, code.size()))
            x += m_gap;
        const double place = x + (cell - metrics.horizontalAdvance(code.at(i))) / 2;
        places.append({std::trunc(place * 64) / 64, baseline}); // where text would be placed
        x += cell;
    }
    // One run of glyphs. A text for each digit would be laid out and shaped each: 0.6 million
    // instructions more for the first list that a person sees.
    const QRawFont raw = QRawFont::fromFont(m_font);
    const QList<quint32> glyphs = raw.glyphIndexesForString(code);
    if (glyphs.size() == code.size() && !glyphs.contains(0)) {
        QGlyphRun run;
        run.setRawFont(raw);
        run.setGlyphIndexes(glyphs);
        run.setPositions(places);
        painter.drawGlyphRun({}, run);
        return;
    }
    // The font lacks one, and text finds another font for it.
    painter.setFont(m_font);
    for (qsizetype i = 0; i < code.size(); ++i)
        painter.drawText(places.at(i), code.mid(i, 1));
}

QString groupedCode(const QString &code)
{
    QString grouped;
    for (qsizetype i = 0; i < code.size(); ++i) {
        if (isGroupStart(i, code.size()))
            grouped += u' ';
        grouped += code.at(i);
    }
    return grouped;
}

} // namespace hufu
