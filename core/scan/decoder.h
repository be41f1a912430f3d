#pragma once

#include "core/base/result.h"
#include "core/scan/scan_report.h"

#include <QImage>

namespace hufu {

/// Every QR code on `gray`, dark on light and light on dark, with outlines in its pixels. What is
/// larger than 4,096 pixels either way is searched in tiles that overlap by 512. QR codes only:
/// other kinds can end the process in ZXing 1.4 (security.md 6). No code is an empty list.
///
/// @param gray  Format_Grayscale8; its pixels are spoiled (inverted) by the second search
/// Errors: PictureUnreadable for a null picture, SecretMemoryFull. Any thread.
[[nodiscard]] Result<std::vector<FoundCode>> findCodes(QImage gray);

} // namespace hufu
