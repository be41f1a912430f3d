#pragma once

#include "core/scan/camera_source.h"

#include <QRect>
#include <QStringList>

namespace hufu::test {

class ScriptedCamera;

/// What cameras were asked; it outlives them.
struct CameraLog
{
    ScriptedCamera *newest = nullptr;
    int alive = 0; ///< sources that exist: the light is on
    int made = 0;
    int starts = 0;
    QStringList opened; ///< ids, one an open()
    int previewWidth = 0;
    int welcomes = 0;
};

/// A camera that says what the test says, through its signals.
class ScriptedCamera final : public CameraSource
{
    Q_OBJECT

public:
    explicit ScriptedCamera(std::shared_ptr<CameraLog> log)
        : m_log(std::move(log))
    {
        ++m_log->alive;
        ++m_log->made;
        m_log->newest = this;
    }
    ~ScriptedCamera() override { --m_log->alive; }

    void start() override { ++m_log->starts; }
    void open(const QString &id, int previewWidth) override
    {
        m_log->opened << id;
        m_log->previewWidth = previewWidth;
    }
    void welcomeFrame() override { ++m_log->welcomes; }

    /// Lists two devices and is live with the one that is opened.
    void goLive()
    {
        emit devicesChanged({{QStringLiteral("usb-1"), QStringLiteral("Integrated Camera")},
                             {QStringLiteral("usb-2"), QStringLiteral("Desk Camera")}});
        emit stateChanged(CameraState::Live);
    }

private:
    std::shared_ptr<CameraLog> m_log;
};

/// A frame of one colour.
[[nodiscard]] inline std::shared_ptr<SourcePreview> plainFrame(int width, int height, char grey)
{
    return std::make_shared<SourcePreview>(
        SourcePreview{.source = 0,
                      .width = width,
                      .height = height,
                      .rgb = QByteArray(3 * width * height, grey)});
}

/// A code with its outline, as a camera's report holds it.
[[nodiscard]] inline FoundCode codeAt(std::string_view text, const QRect &place)
{
    FoundCode code;
    code.text = std::move(*SecretBytes::copyOf(text));
    code.outline = {place.topLeft(), QPoint(place.x() + place.width(), place.y()),
                    QPoint(place.x() + place.width(), place.y() + place.height()),
                    QPoint(place.x(), place.y() + place.height())};
    return code;
}

/// A report of these codes on one frame of 640 x 360.
template <typename... Codes>
[[nodiscard]] std::shared_ptr<const ScanReport> frameWith(Codes... codes)
{
    auto report = std::make_shared<ScanReport>();
    report->searched = {{QString(), 640, 360}};
    (report->codes.push_back(std::move(codes)), ...);
    return report;
}

} // namespace hufu::test
