#pragma once

#include "core/base/result.h"
#include "core/scan/camera_device.h"
#include "core/scan/camera_picture.h"
#include "core/scan/messages.h"

#include <QGuiApplication>

#include <memory>

namespace hufu {

/// The application object that cameras need; it shows nothing. Main thread, once a process.
[[nodiscard]] std::unique_ptr<QGuiApplication> cameraApplication();

/// The system's cameras, of which one at a time is open. Main thread, one a process. A process that
/// had one ends with _Exit: Qt 6.4's camera stack crashes on the way out if a camera went away.
class PlatformCameras : public QObject
{
    Q_OBJECT

public:
    /// Connects to the camera stack; the first time a person's GStreamer is asked, that takes
    /// seconds. Programs that the stack needs are started in here, and later none.
    PlatformCameras();
    ~PlatformCameras() override;

    /// Each camera once, the best first; infrared and virtual ones last.
    [[nodiscard]] const std::vector<CameraDevice> &devices() const;

    /// Opens a camera in place of the one before: 720p or what comes closest. Frames follow, or
    /// failed(). False if it is not there.
    bool open(const QString &id);

    /// The next frame comes with a preview of at most this width, once.
    void wantPreview(int width);

    /// What the open camera cannot do is left.
    void control(const CameraControl &control);

signals:
    void devicesChanged();
    void frame(const hufu::CapturedFrame &frame);
    /// Gone, Busy or Refused. No frame follows.
    void failed(hufu::CameraState state);

private:
    class System;
    struct Session;

    void update();
    void onFailure(CameraState state);

    std::unique_ptr<System> m_system;
    std::unique_ptr<Session> m_session;
    QString m_open; // id; empty if none
    int m_previewWidth = 0;
};

} // namespace hufu
