#include "core/scan/camera_scan.h"

#include "core/scan/live_search.h"
#include "core/scan/platform_camera.h"
#include "core/scan/platform_containment.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

namespace hufu {
namespace {

constexpr std::chrono::seconds timeToLook{5};

Errc errcOf(CameraState state)
{
    switch (state) {
    case CameraState::Refused:
        return Errc::CameraRefused;
    case CameraState::Busy:
        return Errc::CameraBusy;
    default:
        return Errc::CameraGone;
    }
}

struct Look
{
    std::vector<FoundCode> codes;
    QSize frame; ///< null if none came
    CameraState failure = CameraState::Gone;
};

Look lookThrough(PlatformCameras &cameras, const QString &id)
{
    Look look;
    QEventLoop loop;
    LiveSearch search;
    QTimer::singleShot(timeToLook, &loop, &QEventLoop::quit);
    QObject::connect(&cameras, &PlatformCameras::failed, &loop, [&look, &loop](CameraState state) {
        look.failure = state;
        loop.quit();
    });
    QObject::connect(&cameras, &PlatformCameras::frame, &loop,
                     [&look, &loop, &search](const CapturedFrame &frame) {
                         look.frame = frame.gray.size();
                         Result<std::vector<FoundCode>> codes = search.search(frame.gray);
                         if (!codes || codes->empty() || !look.codes.empty())
                             return;
                         look.codes = std::move(*codes);
                         loop.quit();
                     });
    if (cameras.open(id))
        loop.exec();
    return look;
}

} // namespace

Result<ScanReport> searchCameras()
{
    QElapsedTimer timer;
    timer.start();
    const std::unique_ptr<QGuiApplication> application = cameraApplication();
    PlatformCameras cameras;
    if (const Result<void> contained = contain(Containment::Camera); !contained)
        return tl::unexpected(contained.error());
    ScanReport report;
    Errc reason = Errc::CameraMissing;
    const std::vector<CameraDevice> devices = cameras.devices(); // a copy: they may come and go
    for (const CameraDevice &device : devices) {
        Look look = lookThrough(cameras, device.id);
        if (look.frame.isNull()) {
            reason = errcOf(look.failure);
            continue;
        }
        for (FoundCode &code : look.codes) {
            code.source = static_cast<int>(report.searched.size());
            report.codes.push_back(std::move(code));
        }
        report.searched.push_back({device.name, look.frame.width(), look.frame.height()});
    }
    if (report.searched.empty())
        return failure(reason, QStringLiteral("%1 listed").arg(devices.size()));
    report.took = std::chrono::milliseconds(timer.elapsed());
    return report;
}

} // namespace hufu
