#pragma once

#include "core/scan/camera_device.h"

#include <functional>
#include <optional>

namespace hufu {

/// Where Linux shows its cameras and who uses them. For tests, another place.
struct CameraFiles
{
    QString devices = QStringLiteral("/dev");
    QString processes = QStringLiteral("/proc");
    std::function<bool(const QString &path)> mayUse; ///< null: the system is asked
};

// Qt's camera stack does not say why a camera is missing or gives no frames. These look at what the
// system shows, as far as it does, and say nothing elsewhere. Any thread.

/// Whether there are cameras that this user may not use, and none that they may.
[[nodiscard]] bool areCamerasRefused(const CameraFiles &files = {});

/// Whether another program of this user's has a camera open; PipeWire, which has it open for us,
/// does not count.
[[nodiscard]] bool isCameraInUse(const CameraFiles &files = {});

} // namespace hufu
