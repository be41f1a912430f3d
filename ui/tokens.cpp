#include "ui/tokens.h"

#include <QApplication>

#include <cmath>
#include <initializer_list>
#include <utility>

namespace hufu {
namespace {

constexpr double readable = 4.5; // WCAG AA for text
constexpr double visible = 3.0;  // WCAG AA for rings and lone icons

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

/// Readable on each of `backgrounds`.
QColor onAll(QColor colour, std::initializer_list<QColor> backgrounds, const QColor &text,
             double ratio = readable)
{
    for (const QColor &background : backgrounds)
        colour = atLeast(colour, background, text, ratio);
    return colour;
}

QColor onAccentOf(const QPalette &palette, const QColor &accent)
{
    const QColor own = palette.color(QPalette::HighlightedText);
    if (contrast(own, accent) >= readable)
        return own;
    return contrast(Qt::white, accent) >= contrast(Qt::black, accent) ? QColor(Qt::white)
                                                                      : QColor(Qt::black);
}

} // namespace

QColor mix(const QColor &a, const QColor &b, double t)
{
    const auto channel = [t](int x, int y) { return qRound(x * t + y * (1 - t)); };
    return QColor(channel(a.red(), b.red()), channel(a.green(), b.green()),
                  channel(a.blue(), b.blue()));
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (qMax(x, y) + 0.05) / (qMin(x, y) + 0.05);
}

QColor atLeast(const QColor &colour, const QColor &background, const QColor &text, double ratio)
{
    QColor moved = colour;
    for (int step = 1; step <= 20 && contrast(moved, background) < ratio; ++step)
        moved = mix(text, colour, step * 0.05);
    return moved;
}

Tokens Tokens::from(const QPalette &palette)
{
    Tokens t;
    t.window = palette.color(QPalette::Window);
    t.base = palette.color(QPalette::Base);
    t.text = palette.color(QPalette::Text);
    t.windowText = palette.color(QPalette::WindowText);
    t.dark = luminance(t.window) < luminance(t.windowText);
    const auto shade = [&t](double inLight, double inDark) { return t.dark ? inDark : inLight; };

    t.accent = palette.color(QPalette::Highlight);
    t.onAccent = onAccentOf(palette, t.accent);
    t.accentHover = mix(t.dark ? Qt::white : Qt::black, t.accent, 0.10);

    t.hairline = mix(t.text, t.base, shade(.11, .12));
    t.border = mix(t.text, t.base, shade(.22, .26));
    t.ringTrack = mix(t.text, t.base, shade(.13, .16));
    t.hover = mix(t.text, t.base, shade(.05, .06));
    t.pressed = mix(t.text, t.base, shade(.09, .11));
    t.hoverOnWindow = mix(t.windowText, t.window, shade(.06, .07));
    t.selected = mix(t.accent, t.base, shade(.12, .16));
    t.selectedHover = mix(t.accent, t.base, shade(.17, .21));
    t.tonal = mix(t.accent, t.window, shade(.10, .13));
    t.sweep = mix(t.accent, t.window, shade(.20, .26));
    t.card = t.dark ? mix(t.windowText, t.window, .035) : t.base;
    t.disabled = mix(t.windowText, t.window, shade(.42, .40));
    t.strongBorder = onAll(mix(t.text, t.base, .55), {t.base, t.window}, t.text, visible);

    const QColor red(0xd9, 0x3a, 0x26);
    const QColor amber(0xe9, 0xa1, 0x00);
    t.dangerTint = mix(red, t.base, shade(.08, .15));
    t.dangerLine = mix(red, t.base, shade(.32, .42));
    t.warningTint = mix(amber, t.base, shade(.13, .16));
    t.warningLine = mix(amber, t.base, shade(.32, .42));

    t.text2 =
        onAll(mix(t.text, t.base, shade(.71, .70)),
              {t.base, t.window, t.selected, t.selectedHover, t.tonal, t.dangerTint, t.warningTint},
              t.text);
    t.accentText =
        onAll(t.accent, {t.base, t.window, t.selected, t.card, t.tonal, t.warningTint}, t.text);
    t.danger = onAll(t.dark ? QColor(0xf4, 0x9c, 0x90) : QColor(0xb3, 0x30, 0x1f),
                     {t.base, t.window, t.card, t.dangerTint}, t.text);
    t.warning = onAll(t.dark ? QColor(0xed, 0xb8, 0x66) : QColor(0x8a, 0x52, 0x00),
                      {t.base, t.window, t.hover, t.selected, t.card, t.warningTint}, t.text);
    t.success = onAll(t.dark ? QColor(0x93, 0xcf, 0x95) : QColor(0x2c, 0x6e, 0x2f),
                      {t.base, t.window, t.selected, t.card}, t.text);

    t.toast = t.dark ? mix(t.windowText, t.window, .12) : t.text;
    t.toastText = t.dark ? t.text : t.window;
    const QColor ours = referencePalette(Shade::Light).color(QPalette::Highlight);
    t.toastAction = atLeast(t.accent == ours ? QColor(0x7f, 0xcb, 0xb6) : t.accent, t.toast,
                            t.toastText, readable);
    return t;
}

const Tokens &Tokens::current()
{
    static qint64 key = -1;
    static Tokens tokens;
    const QPalette palette = QApplication::palette();
    if (palette.cacheKey() != key) {
        key = palette.cacheKey();
        tokens = from(palette);
    }
    return tokens;
}

QPalette referencePalette(Shade shade)
{
    const bool dark = shade == Shade::Dark;
    const QColor window = dark ? QColor(0x21, 0x25, 0x24) : QColor(0xf4, 0xf4, 0xf1);
    const QColor base = dark ? QColor(0x18, 0x1b, 0x1a) : QColor(0xff, 0xff, 0xff);
    const QColor text = dark ? QColor(0xe9, 0xec, 0xea) : QColor(0x1b, 0x1f, 0x1e);
    const QColor accent = dark ? QColor(0x7f, 0xcb, 0xb6) : QColor(0x1f, 0x6b, 0x5b);
    const QColor onAccent = dark ? QColor(0x0c, 0x21, 0x1c) : QColor(0xff, 0xff, 0xff);

    QPalette palette(text, dark ? mix(text, window, .06) : base, mix(Qt::white, window, .2),
                     mix(Qt::black, window, .4), mix(Qt::black, window, .2), text, base);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::AlternateBase, mix(text, base, .04));
    palette.setColor(QPalette::ToolTipBase, dark ? mix(text, window, .12) : base);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::PlaceholderText, mix(text, base, dark ? .70 : .71));
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, onAccent);
    palette.setColor(QPalette::Link, accent);
    for (const QPalette::ColorRole role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mix(text, window, dark ? .40 : .42));
    return palette;
}

} // namespace hufu
