#include "core/activity/csv.h"

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

/// Spreadsheets skip blanks, and some take the wide forms of these signs too.
bool looksLikeFormula(QStringView cell)
{
    static constexpr QStringView signs = u"=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
    for (const QChar c : cell) {
        if (signs.contains(c))
            return true;
        if (!c.isSpace() && c != u'"')
            return false;
    }
    return false;
}

/// With an apostrophe before each piece that a spreadsheet would compute. Where a comma stands in
/// numbers, semicolons part the cells, and quotes that do not begin one count for nothing.
QString harmless(const QString &cell)
{
    QStringList pieces = cell.split(u';');
    for (QString &piece : pieces) {
        if (looksLikeFormula(piece))
            piece.prepend(u'\'');
    }
    return pieces.join(u';');
}

QString quoted(const QString &cell)
{
    QString text = harmless(cell);
    const bool needsQuotes = text != cell || text.contains(u',') || text.contains(u'"') ||
                             text.contains(u'\n') || text.contains(u'\r');
    return needsQuotes ? u'"' + text.replace(u'"', u"\"\""_s) + u'"' : text;
}

} // namespace

QByteArray csvRow(const QStringList &cells)
{
    QStringList row;
    for (const QString &cell : cells)
        row << quoted(cell);
    return row.join(u',').toUtf8() + "\r\n";
}

} // namespace hufu
