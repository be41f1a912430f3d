#include "ui/lock_settings.h"

#include <QSettings>

namespace hufu {
namespace {

constexpr auto idleKey = "security/lockAfterIdleMinutes";
constexpr auto screenKey = "security/lockWithScreen";
constexpr auto sleepKey = "security/lockOnSleep";
constexpr auto noticesKey = "security/noticesWhileLocked";

constexpr int longestIdle = 24 * 60;

} // namespace

LockSettings LockSettings::read(const QString &settingsFile)
{
    const QSettings file(settingsFile, QSettings::IniFormat);
    LockSettings settings;
    bool isNumber = false;
    const int minutes = file.value(QLatin1String(idleKey)).toInt(&isNumber);
    if (isNumber && minutes >= 0 && minutes <= longestIdle)
        settings.idle = std::chrono::minutes(minutes);
    settings.withScreen = file.value(QLatin1String(screenKey), true).toBool();
    settings.onSleep = file.value(QLatin1String(sleepKey), true).toBool();
    settings.noticesWhileLocked = file.value(QLatin1String(noticesKey), true).toBool();
    return settings;
}

void LockSettings::write(const QString &settingsFile) const
{
    QSettings file(settingsFile, QSettings::IniFormat);
    file.setValue(QLatin1String(idleKey), static_cast<int>(idle.count()));
    file.setValue(QLatin1String(screenKey), withScreen);
    file.setValue(QLatin1String(sleepKey), onSleep);
    file.setValue(QLatin1String(noticesKey), noticesWhileLocked);
}

} // namespace hufu
