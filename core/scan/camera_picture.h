#pragma once

#include "core/scan/scan_report.h"

#include <QImage>

#include <optional>

namespace hufu {

/// One picture of a camera, still where the driver put it.
struct CameraPicture
{
    /// How the bytes lie; the names are those of the four-character codes.
    enum class Layout { Gray, Yuyv, Uyvy, Nv12, Nv21, I420, Yv12, Rgbx, Xrgb, Bgrx, Xbgr };
    struct Plane
    {
        const std::uint8_t *bytes = nullptr;
        qsizetype size = 0;
        qsizetype stride = 0; ///< bytes from row to row
    };

    Layout layout = Layout::Gray;
    QSize size;
    std::array<Plane, 3> planes; ///< as many as the layout has
};

/// A picture of a camera on its way to the search and to the person.
struct CapturedFrame
{
    QImage gray;                          ///< Format_Grayscale8
    std::optional<SourcePreview> preview; ///< if one was asked for
};

/// The size of a frame's preview: at most `width` wide and never larger than the frame.
[[nodiscard]] QSize previewSize(QSize frame, int width);

/// The picture in grey, a copy; with a preview if `previewWidth` is not 0. Nothing if the planes
/// are smaller than they must be: then not a byte is read. Any thread.
[[nodiscard]] std::optional<CapturedFrame> captured(const CameraPicture &picture, int previewWidth);

/// `image` as a picture that is borrowed from it.
/// @param image  Format_RGB32 or Format_ARGB32_Premultiplied without transparent parts
[[nodiscard]] CameraPicture pictureOf(const QImage &image);

} // namespace hufu
