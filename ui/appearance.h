#pragma once

#include "ui/tokens.h"

#include <optional>

namespace hufu {

/// Gives the application its look: Hufu's own palette where the system has none, a font that is
/// never too small, the icon (look.md 2).
class Appearance
{
public:
    /// Call once, after the QApplication exists.
    Appearance();

    /// Whether the palette in use is ours; only then does the system's preference matter to us.
    [[nodiscard]] bool usesReferencePalette() const { return m_isOurs; }
    /// Light or dark, as the system prefers.
    void setShade(Shade shade);

private:
    bool m_isOurs = false;
};

/// Installs the translations that fit the system's language: what Hufu says, and Qt's own dialogs.
void installTranslations();

} // namespace hufu
