#pragma once

#include <QString>

#include <vector>

namespace hufu {

/// A camera that can be chosen. The id is the device's own and stays the same while it is plugged
/// in; the name is for people and stays the same for as long as the device exists.
struct CameraDevice
{
    QString id;
    QString name;

    friend bool operator==(const CameraDevice &, const CameraDevice &) = default;
};

/// What the camera is at; the numbers are those of the message `state` (contracts.md 1).
enum class CameraState {
    Starting = 1,
    Live = 2,
    NoFrames = 3, ///< none for 2 s
    Gone = 4,
    Busy = 5,
    Refused = 6,
    None = 7,
};

} // namespace hufu
