#pragma once

#include "core/scan/camera_source.h"
#include "core/scan/helper_process.h"
#include "core/scan/report_builder.h"

#include <QElapsedTimer>
#include <QTimer>

namespace hufu {

/// The cameras by way of one helper process (contracts.md 1), which ends with this object; see
/// ScannerClient::openCameras().
class CameraRun : public CameraSource
{
public:
    /// @param helper    full path of the program
    /// @param patience  how long the helper may say nothing before it counts as hung
    CameraRun(QString helper, std::chrono::milliseconds patience);
    ~CameraRun() override;

    void start() override;
    void open(const QString &id, int previewWidth) override;
    void welcomeFrame() override;

private:
    [[nodiscard]] Result<void> take(const Message &message);
    [[nodiscard]] Result<void> takeDevices(const Message &message);
    [[nodiscard]] Result<void> takeState(const Message &message);
    [[nodiscard]] Result<void> takeFrame(const Message &message);
    [[nodiscard]] Result<void> takeCodes(const Message &message);
    void startHelper();
    void send(const Result<SecretBytes> &message);
    void onHelperFailure(const Error &error);
    void lookAgain(const Error &failure);
    void breakOff(Error error);
    void checkPatience();
    void heardIt();

    /// Whether what comes belongs to the camera that was asked for last.
    [[nodiscard]] bool isCurrent() const { return m_asked > 0 && m_asked == m_started; }

    QString m_program;
    std::chrono::milliseconds m_patience;
    std::unique_ptr<HelperProcess> m_helper; // null before start(), and once it is over
    ReportBuilder m_report;
    QString m_open;                 // the camera that was asked for last
    std::optional<Error> m_failure; // of the helper before, until this one has listed the cameras
    bool m_isGone = false;          // the camera went, and the helper before with it
    QTimer m_silence;
    QElapsedTimer m_sinceHeard;
    int m_asked = 0;   // cameras
    int m_started = 0; // how many of them the helper has begun to open
    int m_previewWidth = 0;
    int m_welcome = 0; // frames that may come
};

} // namespace hufu
