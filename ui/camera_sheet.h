#pragma once

#include "core/scan/camera_source.h"
#include "ui/camera_settings.h"
#include "ui/scan_flow.h"
#include "ui/sheet.h"

class QStackedLayout;

namespace hufu {

class Button;
class CameraView;
class PickBox;

/// "Scan a code" with a camera: the live picture, or in its place why there is none and what else
/// can be done; the cameras by name; the other sources (look.md 4, scan-camera.png). The camera is
/// on while the sheet is open: any way of closing it ends the source at once. GUI thread.
class CameraSheet : public Sheet
{
    Q_OBJECT

public:
    /// What the sheet needs of the scanner.
    struct Seams
    {
        /// Null, or an empty function, where there is no camera to be had.
        std::function<std::unique_ptr<CameraSource>()> makeSource;
        std::function<SortedCodes(const ScanReport &)> sort;
    };

    /// How long a found code is outlined before the sheet goes on with it (look.md 6).
    static constexpr std::chrono::milliseconds holdTime{400};

    CameraSheet(Seams seams, const CameraSettings &settings, QWidget *parent = nullptr);
    ~CameraSheet() override;

    void done(int result) override;

signals:
    /// The sheet has closed upon usable codes of one frame. The report shows the frame as it was
    /// seen, and holds no texts.
    void found(const std::vector<hufu::ReadingPtr> &readings,
               const std::shared_ptr<const hufu::ScanReport> &report);
    /// A camera was chosen, or the mirror switched.
    void settingsChanged(const hufu::CameraSettings &settings);
    // The sheet has closed, and a person wants:
    void screenRequested();
    void pictureRequested();
    void pasteRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    using Way = void (CameraSheet::*)();

    void addSegments(QVBoxLayout *column);
    void addDeviceRow(QVBoxLayout *column);
    void leave(Way way);

    // What the source says.
    void startSource();
    void takeDevices(const std::vector<CameraDevice> &devices);
    void takeState(CameraState state);
    void takeFound(const ScanReport &report);
    void takeFailure(const Error &error);

    void openDevice(const CameraDevice &device);
    void welcomeFrame();
    void choose(int index);
    void listDevices();
    void showPicture();
    /// Why there is no picture.
    /// @param again  what "Try again" does; empty for no such button
    void showNotice(const Explanation &words, std::function<void()> again = {});
    void goOn();

    Seams m_seams;
    CameraSettings m_settings;
    std::unique_ptr<CameraSource> m_source;
    std::vector<CameraDevice> m_devices;
    std::optional<CameraDevice> m_open;
    CameraState m_state = CameraState::Starting;
    bool m_isFrameWelcome = false;   ///< one was asked for and has not come
    std::vector<ReadingPtr> m_found; ///< while they are outlined
    QTimer m_hold;
    QTimer m_unseen;  ///< since a code was on a frame: its outline goes
    QTimer m_useless; ///< since a code of no use was on a frame: its explanation goes

    QStackedLayout *m_stage = nullptr;
    CameraView *m_view = nullptr;
    QWidget *m_notice = nullptr; ///< in the place of the picture
    QWidget *m_deviceRow = nullptr;
    PickBox *m_box = nullptr;
    Button *m_cancel = nullptr;
};

} // namespace hufu
