#include "ui/camera_settings.h"

#include <QSettings>

namespace hufu {
namespace {

constexpr auto idKey = "scanning/cameraId";
constexpr auto nameKey = "scanning/cameraName";
constexpr auto mirrorKey = "scanning/cameraMirrored";

} // namespace

CameraSettings CameraSettings::read(const QString &settingsFile)
{
    const QSettings file(settingsFile, QSettings::IniFormat);
    return {.id = file.value(QLatin1String(idKey)).toString(),
            .name = file.value(QLatin1String(nameKey)).toString(),
            .isMirrored = file.value(QLatin1String(mirrorKey), true).toBool()};
}

void CameraSettings::write(const QString &settingsFile) const
{
    QSettings file(settingsFile, QSettings::IniFormat);
    file.setValue(QLatin1String(idKey), id);
    file.setValue(QLatin1String(nameKey), name);
    file.setValue(QLatin1String(mirrorKey), isMirrored);
}

} // namespace hufu
