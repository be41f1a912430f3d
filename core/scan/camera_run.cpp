#include "core/scan/camera_run.h"

#include <algorithm>
#include <array>

namespace hufu {
namespace {

QByteArray plainCopy(const SecretBytes &message)
{
    const std::string_view bytes = message.text();
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

/// Calls `speak` from the event loop: whoever listens may destroy the source.
template <typename Speak>
void later(QObject *source, Speak speak)
{
    QMetaObject::invokeMethod(source, std::move(speak), Qt::QueuedConnection);
}

} // namespace

CameraRun::CameraRun(QString helper, std::chrono::milliseconds patience)
    : m_program(std::move(helper))
    , m_patience(patience)
{
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &CameraRun::checkPatience);
}

CameraRun::~CameraRun()
{
    if (m_helper)
        HelperProcess::letEnd(std::move(m_helper));
}

void CameraRun::start()
{
    if (!m_helper)
        startHelper();
}

void CameraRun::startHelper()
{
    const Result<SecretBytes> request = writeBare(MessageKind::Cameras);
    if (!request)
        return later(this, [this, error = request.error()] { emit failed(error); });
    m_helper = std::make_unique<HelperProcess>(HelperProcess::Listener{
        [this](const Message &message) { return take(message); },
        [this](const Error &error) { onHelperFailure(error); },
        [] {},
    });
    heardIt();
    m_helper->start(m_program, plainCopy(*request));
}

void CameraRun::open(const QString &id, int previewWidth)
{
    m_previewWidth = std::clamp(previewWidth, 1, largestPreviewWidth);
    ++m_asked;
    m_open = id;
    m_isGone = false;
    send(writeCamera({id, m_previewWidth}));
}

void CameraRun::welcomeFrame()
{
    ++m_welcome;
    send(writeBare(MessageKind::Next));
}

Result<void> CameraRun::take(const Message &message)
{
    switch (message.kind) {
    case MessageKind::Devices:
        return takeDevices(message);
    case MessageKind::State:
        return takeState(message);
    case MessageKind::Frame:
        return takeFrame(message);
    case MessageKind::Found:
        return m_report.takeFound(message);
    case MessageKind::Done:
        return takeCodes(message);
    case MessageKind::Alive:
        heardIt();
        return readBare(message);
    case MessageKind::Error: {
        constexpr std::array possible{Errc::HelperFailed, Errc::HelperVersion,
                                      Errc::SecretMemoryFull};
        const Result<Error> error = readError(message);
        if (error && std::ranges::find(possible, error->code) == possible.end())
            return outOfTurn("error");
        return tl::unexpected(error ? *error : error.error());
    }
    default:
        return outOfTurn("message");
    }
}

Result<void> CameraRun::takeDevices(const Message &message)
{
    Result<std::vector<CameraDevice>> devices = readDevices(message);
    if (!devices)
        return tl::unexpected(devices.error());
    if (const std::optional<Error> failure = std::exchange(m_failure, {})) {
        if (std::ranges::find(*devices, m_open, &CameraDevice::id) != devices->end())
            return tl::unexpected(*failure);
        m_isGone = true;
        later(this, [this] { emit stateChanged(CameraState::Gone); });
    }
    later(this, [this, list = std::move(*devices)] { emit devicesChanged(list); });
    return {};
}

Result<void> CameraRun::takeState(const Message &message)
{
    const Result<CameraState> state = readState(message);
    if (!state)
        return tl::unexpected(state.error());
    if (*state == CameraState::Starting && m_started++ == m_asked)
        return outOfTurn("starting");
    const bool isOfNoCamera = *state == CameraState::None || *state == CameraState::Refused;
    if (!isOfNoCamera && m_started == 0)
        return outOfTurn("state");
    if (isOfNoCamera ? !m_isGone : isCurrent())
        later(this, [this, state = *state] { emit stateChanged(state); });
    return {};
}

Result<void> CameraRun::takeFrame(const Message &message)
{
    if (m_welcome == 0 || m_started == 0)
        return outOfTurn("frame");
    --m_welcome;
    Result<SourcePreview> preview = readFrame(message);
    if (!preview)
        return tl::unexpected(preview.error());
    if (!isCurrent()) { // of the camera before: whoever welcomed it waits for another
        welcomeFrame();
        return {};
    }
    if (preview->width > m_previewWidth)
        return outOfTurn("too wide a frame");
    later(this, [this, shared = std::make_shared<const SourcePreview>(std::move(*preview))] {
        emit frame(shared);
    });
    return {};
}

Result<void> CameraRun::takeCodes(const Message &message)
{
    Result<ScanReport> report = m_report.takeDone(message);
    if (!report)
        return tl::unexpected(report.error());
    if (report->codes.empty() || m_started == 0)
        return outOfTurn("codes");
    if (isCurrent()) {
        later(this, [this, shared = std::make_shared<const ScanReport>(std::move(*report))] {
            emit found(shared);
        });
    }
    return {};
}

void CameraRun::send(const Result<SecretBytes> &message)
{
    if (!message)
        return breakOff(message.error());
    if (m_helper)
        m_helper->send(plainCopy(*message));
}

void CameraRun::onHelperFailure(const Error &error)
{
    // A camera that vanishes may take its helper with it before it can tell (PipeWire 0.3.65,
    // platform.md 2.5): another helper knows whether the camera is still there.
    if (error.code == Errc::HelperFailed && m_asked > 0)
        later(this, [this, error] { lookAgain(error); });
    else
        breakOff(error);
}

void CameraRun::lookAgain(const Error &failure)
{
    if (!m_helper)
        return; // it is over meanwhile
    HelperProcess::letEnd(std::move(m_helper));
    m_failure = failure;
    m_report = {};
    m_asked = m_started = 0;
    startHelper();
    for (int i = 0; i < m_welcome; ++i)
        send(writeBare(MessageKind::Next));
}

void CameraRun::breakOff(Error error)
{
    m_silence.stop();
    later(this, [this, error = std::move(error)] {
        if (m_helper)
            HelperProcess::letEnd(std::move(m_helper));
        emit failed(error);
    });
}

void CameraRun::checkPatience()
{
    // If it was this program that did not come round, the helper's words may still lie unread.
    if (std::chrono::milliseconds(m_sinceHeard.elapsed()) > m_patience + m_patience / 2)
        return heardIt();
    breakOff({Errc::HelperTimedOut, {}});
}

void CameraRun::heardIt()
{
    m_sinceHeard.start();
    m_silence.start(m_patience);
}

} // namespace hufu
