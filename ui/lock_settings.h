#pragma once

#include <QString>

#include <chrono>

namespace hufu {

/// The group `[security]` of a profile's settings.ini: when Hufu locks by itself, once there is an
/// app password.
struct LockSettings
{
    std::chrono::minutes idle{15}; ///< without a key or pointer event in our windows; 0: never
    bool withScreen = true;        ///< when the screen locks, or another person's session takes it
    bool onSleep = true;
    bool noticesWhileLocked = true; ///< that a login waits, without saying which

    /// What the file does not hold, or holds wrongly, keeps its default.
    [[nodiscard]] static LockSettings read(const QString &settingsFile);
    void write(const QString &settingsFile) const;

    friend bool operator==(const LockSettings &, const LockSettings &) = default;
};

} // namespace hufu
