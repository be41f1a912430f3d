#include "core/scan/serve_cameras.h"

#include "core/scan/camera_obstacle.h"
#include "core/scan/conversation.h"
#include "core/scan/frame_search.h"
#include "core/scan/platform_camera.h"
#include "core/scan/platform_containment.h"
#include "core/scan/pulse.h"

#include <QTimer>

#include <algorithm>
#include <cstdlib>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds timeWithoutFrame = 2s;
constexpr std::chrono::milliseconds mainThreadLeave = 4s; // opening a camera blocks for a moment
constexpr std::chrono::milliseconds longestSearch = 3s;   // of one frame
constexpr int mostWelcome = 8;

/// A corner of a code where it lies on the preview.
QPoint onPreview(QPoint corner, QSize frame, QSize preview)
{
    return {corner.x() * preview.width() / frame.width(),
            corner.y() * preview.height() / frame.height()};
}

/// The camera that is open, as the client is to see it.
class CameraService : public QObject
{
public:
    explicit CameraService(const HelperPipes &pipes);

    /// Connects to the cameras and lists them. The process ends if it cannot be shut in.
    void begin();
    void take(const Message &message);

private:
    void open(const Message &message);
    void takeFrame(const CapturedFrame &frame);
    void sendCodes(std::vector<FoundCode> codes, QSize frame, std::chrono::milliseconds took);
    void sendDevices();
    void sendState(CameraState state);
    void askForPreview();

    /// A client that reads no more has ended.
    template <typename Bytes>
    void sendOrEnd(const Result<Bytes> &message)
    {
        if (!send(m_pipes, message))
            std::_Exit(EXIT_FAILURE);
    }

    const HelperPipes &m_pipes;
    Pulse m_pulse;
    QTimer m_beat;
    QTimer m_withoutFrame;
    std::unique_ptr<PlatformCameras> m_cameras;
    std::optional<CameraState> m_state; // of the camera that was opened last
    std::atomic<int> m_previewWidth = largestPreviewWidth;
    int m_welcome = 0;    // frames that the client has asked for
    FrameSearch m_search; // the last, as its thread uses the others
};

CameraService::CameraService(const HelperPipes &pipes)
    : m_pipes(pipes)
    , m_pulse(pipes)
    , m_search([this](std::vector<FoundCode> codes, QSize frame, std::chrono::milliseconds took) {
        sendCodes(std::move(codes), frame, took);
    })
{
    m_pulse.watch([this] { return m_search.searchingFor() < longestSearch; });
    m_withoutFrame.setSingleShot(true);
    connect(&m_withoutFrame, &QTimer::timeout, this, [this] {
        const bool isTaken = m_state == CameraState::Starting && isCameraInUse();
        sendState(isTaken ? CameraState::Busy : CameraState::NoFrames);
    });
    connect(&m_beat, &QTimer::timeout, this, [this] { m_pulse.beat(mainThreadLeave); });
}

void CameraService::begin()
{
    m_cameras = std::make_unique<PlatformCameras>();
    if (const Result<void> contained = contain(Containment::Camera); !contained) {
        send(m_pipes, writeError(contained.error()));
        std::_Exit(EXIT_FAILURE);
    }
    connect(m_cameras.get(), &PlatformCameras::devicesChanged, this, [this] { sendDevices(); });
    connect(m_cameras.get(), &PlatformCameras::frame, this,
            [this](const CapturedFrame &frame) { takeFrame(frame); });
    connect(m_cameras.get(), &PlatformCameras::failed, this,
            [this](CameraState state) { sendState(state); });
    sendDevices();
    m_pulse.beat(mainThreadLeave);
    m_beat.start(500ms);
}

void CameraService::take(const Message &message)
{
    switch (message.kind) {
    case MessageKind::Camera:
        return open(message);
    case MessageKind::Next:
        m_welcome = std::min(m_welcome + 1, mostWelcome);
        return askForPreview();
    case MessageKind::Control:
        if (const Result<CameraControl> control = readControl(message))
            return m_cameras->control(*control);
        break;
    default:
        break;
    }
    std::_Exit(EXIT_FAILURE); // a client that breaks the rules
}

void CameraService::open(const Message &message)
{
    const Result<CameraRequest> request = readCamera(message);
    if (!request)
        std::_Exit(EXIT_FAILURE);
    m_search.restart();
    m_previewWidth = request->previewWidth;
    sendState(CameraState::Starting);
    if (!m_cameras->open(request->id))
        return sendState(CameraState::Gone);
    askForPreview();
}

void CameraService::takeFrame(const CapturedFrame &frame)
{
    if (m_state == CameraState::Live)
        m_withoutFrame.start(timeWithoutFrame);
    else
        sendState(CameraState::Live);
    if (frame.preview) {
        --m_welcome;
        sendOrEnd(writeFrame(*frame.preview));
    }
    m_search.offer(frame.gray);
    askForPreview();
}

// On the search's thread.
void CameraService::sendCodes(std::vector<FoundCode> codes, QSize frame,
                              std::chrono::milliseconds took)
{
    const QSize preview = previewSize(frame, m_previewWidth);
    codes.resize(std::min(codes.size(), mostCodes));
    for (FoundCode &code : codes) {
        for (QPoint &corner : code.outline)
            corner = onPreview(corner, frame, preview);
        sendOrEnd(writeFound(code));
    }
    sendOrEnd(writeDone({{{{}, preview.width(), preview.height()}}, took}));
}

void CameraService::sendDevices()
{
    sendOrEnd(writeDevices(m_cameras->devices()));
    const bool isOpen = m_state && *m_state <= CameraState::NoFrames;
    if (m_cameras->devices().empty() && !isOpen)
        sendOrEnd(writeState(areCamerasRefused() ? CameraState::Refused : CameraState::None));
}

void CameraService::sendState(CameraState state)
{
    m_state = state;
    sendOrEnd(writeState(state));
    if (state == CameraState::Starting || state == CameraState::Live)
        m_withoutFrame.start(timeWithoutFrame);
    else
        m_withoutFrame.stop();
}

void CameraService::askForPreview()
{
    m_cameras->wantPreview(m_welcome > 0 ? m_previewWidth.load() : 0);
}

/// Hands the client's messages to the main thread, and ends the process with the input or `stop`,
/// whatever it is at: with it goes what it holds of the camera.
void readInput(MessageReader reader, const HelperPipes &pipes, CameraService &service)
{
    for (;;) {
        std::optional<Message> message = nextMessage(reader, pipes);
        if (!message || message->kind == MessageKind::Stop)
            std::_Exit(EXIT_SUCCESS);
        const auto shared = std::make_shared<const Message>(std::move(*message));
        QMetaObject::invokeMethod(
            &service, [&service, shared] { service.take(*shared); }, Qt::QueuedConnection);
    }
}

} // namespace

int serveCameras(MessageReader reader, const HelperPipes &pipes)
{
    const std::unique_ptr<QGuiApplication> application = cameraApplication();
    CameraService service(pipes);
    std::thread(readInput, std::move(reader), std::cref(pipes), std::ref(service)).detach();
    service.begin();
    std::_Exit(QGuiApplication::exec());
}

} // namespace hufu
