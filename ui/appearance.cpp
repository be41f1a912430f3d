#include "ui/appearance.h"

#include <QApplication>
#include <QFont>
#include <QLibraryInfo>
#include <QLocale>
#include <QStyle>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

/// No platform theme has given the application colours of its own.
bool isBare()
{
    if (QApplication::style()->name().compare("fusion"_L1, Qt::CaseInsensitive) != 0)
        return false;
    const QPalette actual = QApplication::palette();
    const QPalette plain = QApplication::style()->standardPalette();
    for (const QPalette::ColorRole role : {QPalette::Window, QPalette::Base, QPalette::Text,
                                           QPalette::WindowText, QPalette::Highlight}) {
        if (actual.color(role) != plain.color(role))
            return false;
    }
    return true;
}

void raiseSmallFont()
{
    constexpr double smallest = 9.75; // points; 13 px
    QFont font = QApplication::font();
    if (font.pointSizeF() > 0 && font.pointSizeF() < smallest) {
        font.setPointSizeF(smallest);
        QApplication::setFont(font);
    }
}

bool install(const QString &file, const QString &folder)
{
    auto *translator = new QTranslator(qApp);
    if (translator->load(QLocale(), file, u"_"_s, folder))
        return QCoreApplication::installTranslator(translator);
    delete translator;
    return false;
}

} // namespace

Appearance::Appearance()
    : m_isOurs(isBare())
{
    raiseSmallFont();
    if (m_isOurs)
        setShade(Shade::Light);
}

void Appearance::setShade(Shade shade)
{
    if (m_isOurs)
        QApplication::setPalette(referencePalette(shade));
}

void installTranslations()
{
    const bool isChinese = QLocale().language() == QLocale::Chinese &&
                           QLocale().script() == QLocale::SimplifiedChineseScript;
    // English is the language of the source, but its plural forms are in a file.
    auto *ours = new QTranslator(qApp);
    if (ours->load(isChinese ? u":/i18n/hufu_zh_CN.qm"_s : u":/i18n/hufu_en.qm"_s))
        QCoreApplication::installTranslator(ours);
    if (isChinese)
        install(u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
}

} // namespace hufu
