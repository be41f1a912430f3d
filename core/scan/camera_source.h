#pragma once

#include "core/scan/scan_report.h"

#include <QObject>

#include <memory>
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
