#include "ui/avatar.h"

#include "ui/tokens.h"

#include <QFont>
#include <QPainter>
#include <QTextBoundaryFinder>

#include <array>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

struct Hue
{
    QRgb lightBack, lightSign, darkBack, darkSign;
};

// look.md 2: cinnabar, amber, olive, jade, teal, lake, iris, plum.
constexpr std::array<Hue, 8> hues{{{0xffffdcd7, 0xff78362f, 0xff5d342f, 0xffffcdc4},
                                   {0xfff9e2c9, 0xff6d4200, 0xff553b1a, 0xfffdd7ac},
                                   {0xffe6eaca, 0xff4f5200, 0xff42441c, 0xffdfe3ae},
                                   {0xffcfefdd, 0xff005c3b, 0xff214b36, 0xffb6edce},
                                   {0xffc7eff4, 0xff005b66, 0xff0a4a50, 0xffa6ecf4},
                                   {0xffd1e9ff, 0xff19507e, 0xff26445f, 0xffbae3ff},
                                   {0xffe5e2ff, 0xff4d427d, 0xff413b5f, 0xffddd7ff},
                                   {0xfffbdcef, 0xff6e365d, 0xff56344b, 0xffffcded}}};

} // namespace

QString avatarLetter(const QString &name)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, name);
    qsizetype start = 0;
    for (qsizetype end = finder.toNextBoundary(); end > 0; end = finder.toNextBoundary()) {
        const QString sign = name.mid(start, end - start);
        if (sign.at(0).isLetterOrNumber() || sign.at(0).isSurrogate())
            return sign.toUpper();
        start = end;
    }
    return u"?"_s;
}

int avatarHue(const QString &name)
{
    // FNV-1a: qHash is seeded and would give another colour in each process.
    quint32 hash = 2166136261U;
    for (const char byte : name.toLower().toUtf8()) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 16777619U;
    }
    return static_cast<int>(hash % hues.size());
}

void paintAvatar(QPainter &painter, const QRect &square, const QString &name, int radius,
                 const QFont &font)
{
    const Hue &hue = hues.at(static_cast<std::size_t>(avatarHue(name)));
    const bool dark = Tokens::current().dark;
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(dark ? hue.darkBack : hue.lightBack));
    painter.drawRoundedRect(square, radius, radius);
    painter.setPen(QColor(dark ? hue.darkSign : hue.lightSign));
    painter.setFont(font);
    painter.drawText(square, Qt::AlignCenter, avatarLetter(name));
}

} // namespace hufu
