#include "core/scan/platform_camera.h"

#include "core/scan/camera_list.h"

#include <QCamera>
#include <QCameraDevice>
#include <QElapsedTimer>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QVideoFrame>
#include <QVideoSink>

#include <algorithm>

namespace hufu {
namespace {

using Layout = CameraPicture::Layout;

constexpr std::chrono::milliseconds timeToSettle{1000}; // in which Qt lists cameras twice

QByteArray textOf(const QList<QCameraFormat> &formats)
{
    QByteArray text;
    for (const QCameraFormat &format : formats) {
        text += QByteArray::number(format.resolution().width()) + 'x' +
                QByteArray::number(format.resolution().height()) + '@' +
                QByteArray::number(static_cast<double>(format.maxFrameRate())) + '/' +
                QByteArray::number(static_cast<int>(format.pixelFormat())) + ' ';
    }
    return text;
}

ListedCamera listed(const QCameraDevice &device)
{
    const QList<QCameraFormat> formats = device.videoFormats();
    const bool onlyGray =
        !formats.isEmpty() && std::ranges::all_of(formats, [](const QCameraFormat &format) {
            return format.pixelFormat() == QVideoFrameFormat::Format_Y8 ||
                   format.pixelFormat() == QVideoFrameFormat::Format_Y16;
        });
    return {device.id(), device.description(), textOf(formats), onlyGray};
}

/// How far a format is from what is wanted: 720p that moves. Too few frames are worse than too few
/// pixels, and too few pixels worse than too many.
double distance(const QCameraFormat &format)
{
    constexpr double wanted = 1280.0 * 720.0;
    const QSize size = format.resolution();
    const double pixels = static_cast<double>(size.width()) * size.height();
    const double share =
        pixels < wanted ? 2.0 * wanted / std::max(pixels, 1.0) - 2.0 : pixels / wanted - 1.0;
    constexpr float fluent = 24; // frames a second
    constexpr float jerky = 10;
    const double slow = format.maxFrameRate() < jerky ? 100.0 : 4.0;
    return share + (format.maxFrameRate() < fluent ? slow : 0.0);
}

std::optional<Layout> layoutOf(QVideoFrameFormat::PixelFormat format)
{
    switch (format) {
    case QVideoFrameFormat::Format_Y8:
        return Layout::Gray;
    case QVideoFrameFormat::Format_YUYV:
        return Layout::Yuyv;
    case QVideoFrameFormat::Format_UYVY:
        return Layout::Uyvy;
    case QVideoFrameFormat::Format_NV12:
        return Layout::Nv12;
    case QVideoFrameFormat::Format_NV21:
        return Layout::Nv21;
    case QVideoFrameFormat::Format_YUV420P:
        return Layout::I420;
    case QVideoFrameFormat::Format_YV12:
        return Layout::Yv12;
    case QVideoFrameFormat::Format_RGBX8888:
    case QVideoFrameFormat::Format_RGBA8888:
        return Layout::Rgbx;
    case QVideoFrameFormat::Format_XRGB8888:
    case QVideoFrameFormat::Format_ARGB8888:
        return Layout::Xrgb;
    case QVideoFrameFormat::Format_BGRX8888:
    case QVideoFrameFormat::Format_BGRA8888:
        return Layout::Bgrx;
    case QVideoFrameFormat::Format_XBGR8888:
    case QVideoFrameFormat::Format_ABGR8888:
        return Layout::Xbgr;
    default:
        return std::nullopt;
    }
}

/// Mapped while it lives.
class MappedFrame
{
public:
    explicit MappedFrame(QVideoFrame frame)
        : m_frame(std::move(frame))
        , m_good(m_frame.map(QVideoFrame::ReadOnly))
    {
    }
    ~MappedFrame()
    {
        if (m_good)
            m_frame.unmap();
    }
    Q_DISABLE_COPY_MOVE(MappedFrame)

    /// Nothing if it cannot be read.
    [[nodiscard]] std::optional<CameraPicture> picture(Layout layout) const
    {
        if (!m_good)
            return std::nullopt;
        CameraPicture picture{layout, m_frame.size(), {}};
        for (int i = 0; i < std::min(m_frame.planeCount(), 3); ++i) {
            picture.planes[static_cast<std::size_t>(i)] = {m_frame.bits(i), m_frame.mappedBytes(i),
                                                           m_frame.bytesPerLine(i)};
        }
        return picture;
    }

private:
    QVideoFrame m_frame;
    bool m_good;
};

/// Copied at once: a driver's memory may go with its camera.
std::optional<CapturedFrame> capturedFrom(const QVideoFrame &frame, int previewWidth)
{
    const bool isUpright =
        frame.rotationAngle() == QVideoFrame::Rotation0 && !frame.mirrored() &&
        frame.surfaceFormat().scanLineDirection() == QVideoFrameFormat::TopToBottom;
    const std::optional<Layout> layout = layoutOf(frame.pixelFormat());
    if (isUpright && layout) {
        const MappedFrame mapped(frame);
        const std::optional<CameraPicture> picture = mapped.picture(*layout);
        return picture ? captured(*picture, previewWidth) : std::nullopt;
    }
    const QImage image = frame.toImage().convertToFormat(QImage::Format_RGB32);
    return image.isNull() ? std::nullopt : captured(pictureOf(image), previewWidth);
}

} // namespace

/// What the system lists.
class PlatformCameras::System
{
public:
    System()
    {
        // Asked for once before anything is connected: else Qt 6.4 locks itself out.
        m_devices = QMediaDevices::videoInputs();
        m_list.update(entries(), CameraList::Phase::First);
        m_age.start();
    }

    bool update()
    {
        m_devices = QMediaDevices::videoInputs();
        const bool settles = m_age.elapsed() < timeToSettle.count();
        return m_list.update(entries(),
                             settles ? CameraList::Phase::Settling : CameraList::Phase::Settled);
    }

    [[nodiscard]] const std::vector<CameraDevice> &devices() const { return m_list.devices(); }

    [[nodiscard]] std::optional<QCameraDevice> device(const QString &id) const
    {
        const std::optional<std::size_t> index = m_list.indexOf(id);
        if (!index)
            return std::nullopt;
        return m_devices[static_cast<qsizetype>(*index)];
    }

    QMediaDevices watch;

private:
    [[nodiscard]] std::vector<ListedCamera> entries() const
    {
        std::vector<ListedCamera> entries;
        std::ranges::transform(m_devices, std::back_inserter(entries), listed);
        return entries;
    }

    QList<QCameraDevice> m_devices;
    CameraList m_list;
    QElapsedTimer m_age;
};

/// One open camera. The sink is set before the camera, or the pipeline is built twice and frees
/// buffers that are in use; they go in the opposite order.
struct PlatformCameras::Session
{
    explicit Session(const QCameraDevice &device)
        : camera(device)
    {
        const QList<QCameraFormat> formats = device.videoFormats();
        const auto best = std::ranges::min_element(formats, {}, distance);
        if (best != formats.end())
            camera.setCameraFormat(*best);
        session.setVideoSink(&sink);
        session.setCamera(&camera);
    }

    QVideoSink sink;
    QMediaCaptureSession session;
    QCamera camera;
};

std::unique_ptr<QGuiApplication> cameraApplication()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    // Nothing is shown: no display is asked, whichever there is.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    for (const char *name : {"QT_IM_MODULE", "SESSION_MANAGER", "QT_QPA_PLATFORMTHEME",
                             "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"})
        qunsetenv(name);
#endif
    static char name[] = "hufu-scanner";
    static char *arguments[] = {name, nullptr};
    static int count = 1;
    QGuiApplication::setDesktopSettingsAware(false);
    return std::make_unique<QGuiApplication>(count, arguments);
}

PlatformCameras::PlatformCameras()
    : m_system(std::make_unique<System>())
{
    connect(&m_system->watch, &QMediaDevices::videoInputsChanged, this, &PlatformCameras::update,
            Qt::QueuedConnection);
}

PlatformCameras::~PlatformCameras() = default;

const std::vector<CameraDevice> &PlatformCameras::devices() const
{
    return m_system->devices();
}

bool PlatformCameras::open(const QString &id)
{
    m_session.reset();
    m_open.clear();
    const std::optional<QCameraDevice> device = m_system->device(id);
    if (!device)
        return false;
    m_session = std::make_unique<Session>(*device);
    m_open = id;
    connect(&m_session->sink, &QVideoSink::videoFrameChanged, this,
            [this](const QVideoFrame &frame) {
                if (m_open.isEmpty())
                    return;
                const auto captured = capturedFrom(frame, m_previewWidth);
                if (!captured)
                    return;
                if (captured->preview)
                    m_previewWidth = 0;
                emit this->frame(*captured);
            });
    connect(
        &m_session->camera, &QCamera::errorOccurred, this,
        [this](QCamera::Error, const QString &text) {
            const bool isRefused =
                text.contains(QLatin1String("permission"), Qt::CaseInsensitive) ||
                text.contains(QLatin1String("denied"), Qt::CaseInsensitive);
            onFailure(isRefused ? CameraState::Refused : CameraState::Busy);
        },
        Qt::QueuedConnection);
    m_session->camera.start();
    return true;
}

void PlatformCameras::wantPreview(int width)
{
    m_previewWidth = width;
}

void PlatformCameras::control(const CameraControl &control)
{
    if (!m_session)
        return;
    if (control.torch) {
        const QCamera::TorchMode mode = *control.torch ? QCamera::TorchOn : QCamera::TorchOff;
        if (m_session->camera.isTorchModeSupported(mode))
            m_session->camera.setTorchMode(mode);
    }
    if (control.zoom) {
        const float most = std::max(m_session->camera.maximumZoomFactor(), 1.0F);
        m_session->camera.setZoomFactor(std::min(static_cast<float>(*control.zoom) / 100.0F, most));
    }
}

void PlatformCameras::update()
{
    if (m_system->update())
        emit devicesChanged();
    // Frames simply stop when a camera goes; only the list tells.
    if (!m_open.isEmpty() && !m_system->device(m_open))
        onFailure(CameraState::Gone);
}

void PlatformCameras::onFailure(CameraState state)
{
    if (m_open.isEmpty())
        return;
    m_open.clear(); // its session stays until the next one, as stopping it now may crash
    emit failed(state);
}

} // namespace hufu
