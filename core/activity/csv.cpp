#include "core/activity/csv.h"

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

/// Spreadsheets skip blanks, and some take the wide forms of these signs too.
bool looksLikeFormula(const QString &cell)
{
    static constexpr QStringView signs = u"=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
    for (const QChar c : cell) {
        if (signs.contains(c))
            return true;
        if (!c.isSpace())
            return false;
    }
    return false;
}

QString quoted(QString cell)
{
    const bool isFormula = looksLikeFormula(cell);
    if (isFormula)
        cell.prepend(u'\'');
    const bool needsQuotes = isFormula || cell.contains(u',') || cell.contains(u'"') ||
                             cell.contains(u'\n') || cell.contains(u'\r');
    return needsQuotes ? u'"' + cell.replace(u'"', u"\"\""_s) + u'"' : cell;
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
