// The camera's sheet, and what becomes of a code that it found.

#include "ui/camera_sheet.h"
#include "ui/desk.h"
#include "ui/main_window.h"

namespace hufu {

void Desk::openCamera()
{
    if (auto *open = qobject_cast<CameraSheet *>(m_sheet.data()); open && open->isVisible()) {
        open->raise();
        open->activateWindow();
        return;
    }
    scan().cancel();
    auto *sheet = new CameraSheet({.makeSource = m_tools.openCameras,
                                   .sort =
                                       [this](const ScanReport &report) {
                                           return scan().sort(report, LoginChannel::Camera);
                                       }},
                                  CameraSettings::read(m_tools.settingsFile));
    connect(sheet, &CameraSheet::found, this,
            [this](const std::vector<ReadingPtr> &readings,
                   const std::shared_ptr<const ScanReport> &report) {
                if (readings.size() == 1)
                    use(readings.front());
                else
                    pick(readings, report);
            });
    connect(sheet, &CameraSheet::settingsChanged, this,
            [this](const CameraSettings &settings) { settings.write(m_tools.settingsFile); });
    connect(sheet, &CameraSheet::screenRequested, this, [this] { scan().scanScreens(); });
    connect(sheet, &CameraSheet::pictureRequested, this, &Desk::openPicture);
    connect(sheet, &CameraSheet::pasteRequested, this, &Desk::paste);
    open(sheet);
}

/// The camera's light is on only while a person looks through it.
void Desk::leaveCamera()
{
    if (auto *camera = qobject_cast<CameraSheet *>(m_sheet.data()))
        camera->reject();
}

} // namespace hufu
