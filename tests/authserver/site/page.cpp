#include "site/page.h"

#include <QFile>
#include <QRegularExpression>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

/// Drops the sections that do not apply. Runs over the pattern only, before any value is put in, so
/// that no value can open or close a section.
QString withoutEmptySections(QString pattern, const PageValues &values)
{
    static const QRegularExpression section(u"\\{\\{([#^])(\\w+)\\}\\}(.*?)\\{\\{/\\2\\}\\}"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    QRegularExpressionMatch match = section.match(pattern);
    while (match.hasMatch()) {
        const bool wanted =
            values.value(match.captured(2)).isEmpty() == (match.captured(1) == u"^");
        pattern.replace(match.capturedStart(), match.capturedLength(),
                        wanted ? match.captured(3) : QString());
        match = section.match(pattern, match.capturedStart());
    }
    return pattern;
}

} // namespace

QString filled(const QString &pattern, const PageValues &values)
{
    static const QRegularExpression place(u"\\{\\{(\\w+)\\}\\}"_s);
    const QString chosen = withoutEmptySections(pattern, values);
    QString text;
    qsizetype from = 0;
    for (const QRegularExpressionMatch &match : place.globalMatch(chosen)) {
        text += QStringView(chosen).sliced(from, match.capturedStart() - from);
        text += values.value(match.captured(1)).toHtmlEscaped();
        from = match.capturedEnd();
    }
    return text + chosen.sliced(from);
}

QByteArray page(const QString &content, const PageValues &values)
{
    const QString layout = QString::fromUtf8(siteFile(u"layout.html"_s));
    const qsizetype place = layout.indexOf(u"<!-- content -->");
    PageValues all = values;
    all.insert(u"on_"_s + content, u"page"_s); // for aria-current
    return (filled(layout.first(place), all) +
            filled(QString::fromUtf8(siteFile(content + u".html"_s)), all) +
            filled(layout.sliced(place), all))
        .toUtf8();
}

QByteArray siteFile(const QString &name)
{
    QFile file(u":/site/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace hufu::authserver
