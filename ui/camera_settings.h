#pragma once

#include <QString>

namespace hufu {

/// What the group `[scanning]` of a profile's settings.ini remembers of cameras.
struct CameraSettings
{
    QString id; ///< of the camera that was chosen last; empty before the first choice
    QString name;
    bool isMirrored = true; ///< the picture is shown as a mirror shows it

    /// What the file does not hold keeps its default.
    [[nodiscard]] static CameraSettings read(const QString &settingsFile);
    void write(const QString &settingsFile) const;

    friend bool operator==(const CameraSettings &, const CameraSettings &) = default;
};

} // namespace hufu
