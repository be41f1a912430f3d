#pragma once

#include "core/base/result.h"
#include "core/scan/scan_report.h"

namespace hufu {

/// Looks through each camera in turn, for 5 s or until it shows a code; the process is shut in once
/// the cameras are connected. Outlines are in the pixels of the frame. Main thread, once a process,
/// which ends with _Exit then.
/// Errors: CameraMissing if there is none, else why the last one gave no frame: CameraBusy,
/// CameraRefused, CameraGone; HelperFailed.
[[nodiscard]] Result<ScanReport> searchCameras();

} // namespace hufu
