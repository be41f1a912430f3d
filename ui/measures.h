#pragma once

#include <QFont>

#include <array>

class QWidget;

namespace hufu {

/// The kinds of text that Hufu sets (look.md 1).
enum class Type {
    CodeLarge,
    Number,
    Code,
    Title,
    Value,
    Body,
    BodyStrong, ///< issuer, links
    BodyMedium, ///< buttons
    Small,
    Account,
    Caption,
    RingDigits,
};

/// Sizes and fonts, scaled with the application font (look.md 1): a font of 14 px is scale 1, and
/// nothing is ever smaller than a font of 13 px makes it. GUI thread.
class Measures
{
public:
    explicit Measures(const QFont &applicationFont);
    /// Those of the application's font, made anew when that changes.
    [[nodiscard]] static const Measures &current();

    [[nodiscard]] double scale() const { return m_scale; }
    /// `figure` of look.md in device-independent pixels.
    [[nodiscard]] int px(double figure) const { return qRound(figure * m_scale); }
    [[nodiscard]] const QFont &font(Type type) const
    {
        return m_fonts.at(static_cast<std::size_t>(type));
    }

private:
    double m_scale = 1;
    std::array<QFont, 12> m_fonts;
};

/// Tells the widgets inside `window` that the application's font has changed. Qt tells windows
/// only.
void passOnFontChange(const QWidget &window);

/// Measures::current().px(figure).
[[nodiscard]] int px(double figure);

} // namespace hufu
