#pragma once

#include <QColor>
#include <QPalette>

namespace hufu {

/// Every colour that Hufu paints with, made from the system's palette (look.md 2). Widgets hold no
/// colour of their own; they ask Tokens::current() when they paint. GUI thread.
struct Tokens
{
    bool dark = false; ///< the window is darker than its text

    QColor window, base, card;
    QColor text, windowText, text2, disabled;
    QColor accent; ///< as a fill, with onAccent upon it
    QColor onAccent, accentHover;
    QColor accentText; ///< as words or a line: readable on every background of ours
    QColor hairline, border, strongBorder, ringTrack;
    QColor hover, pressed, hoverOnWindow, selected, selectedHover, tonal, sweep;
    QColor danger, dangerTint, dangerLine;
    QColor warning, warningTint, warningLine;
    QColor success;
    QColor toast, toastText, toastAction;

    [[nodiscard]] static Tokens from(const QPalette &palette);
    /// Those of the application's palette, made anew when that changes.
    [[nodiscard]] static const Tokens &current();
};

/// t parts of a on b, plain sRGB.
[[nodiscard]] QColor mix(const QColor &a, const QColor &b, double t);

/// WCAG 2 contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

/// `colour`, moved towards `text` in steps of 5 % until it reaches `ratio` on `background`.
[[nodiscard]] QColor atLeast(const QColor &colour, const QColor &background, const QColor &text,
                             double ratio);

enum class Shade { Light, Dark };

/// Hufu's own palette, for systems that have none (look.md 2).
[[nodiscard]] QPalette referencePalette(Shade shade);

} // namespace hufu
