#pragma once

#include "core/scan/camera_device.h"
#include "core/scan/scan_report.h"

#include <QObject>

#include <memory>

namespace hufu {

/// A live camera as the window sees it: its devices, its frames and the codes on them. It ends,
/// and the device is free again within 200 ms, when the object is destroyed. GUI thread.
class CameraSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Lists the devices: devicesChanged() follows, now and at every change.
    virtual void start() = 0;
    /// Opens a device that was listed, in place of the one before. Its frames come at most
    /// `previewWidth` (1 to 640) pixels wide, one for each welcomeFrame().
    virtual void open(const QString &id, int previewWidth) = 0;
    virtual void welcomeFrame() = 0;

signals:
    /// The best device first; infrared and virtual ones last. An empty list is no camera.
    void devicesChanged(const std::vector<hufu::CameraDevice> &devices);
    void stateChanged(hufu::CameraState state);
    /// Not mirrored: as the device gives it.
    void frame(const std::shared_ptr<const hufu::SourcePreview> &preview);
    /// Codes on one frame, outlines in the pixels of the preview. Texts may hold secrets.
    void found(const std::shared_ptr<const hufu::ScanReport> &report);
    /// It is over: HelperFailed, HelperVersion, HelperTimedOut, SecretMemoryFull.
    void failed(const hufu::Error &error);
};

} // namespace hufu
