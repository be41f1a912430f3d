#pragma once

#include "core/base/answer.h"
#include "core/scan/camera_source.h"
#include "core/scan/scan_report.h"

#include <QRect>

namespace hufu {

/// How long the client waits for the helper's answer (contracts.md 1).
struct ScanPatience
{
    std::chrono::milliseconds picture = std::chrono::seconds(10);
    std::chrono::milliseconds screens = std::chrono::seconds(15);
    std::chrono::milliseconds camera = std::chrono::seconds(3);   ///< without a sign of life
    std::chrono::milliseconds portal = std::chrono::seconds(120); ///< while it asks the person
};

/// Starts `hufu-scanner` for one scan and hands back what it read (contracts.md 1). GUI thread.
class ScannerClient
{
public:
    /// @param helper  full path of the program; see besideThisProgram()
    explicit ScannerClient(QString helper, ScanPatience patience = {});

    /// The helper's path beside the running program, or in `../libexec/hufu/`. Never from PATH.
    [[nodiscard]] static QString besideThisProgram();

    /// Searches every screen. Codes that lie inside one of `ownWindows` (native pixels of the whole
    /// desktop) do not count. No code found is a success with an empty list.
    /// On Wayland the desktop asks the person first and gives one picture in a scale of its own,
    /// with nothing to tell where a window lies: there a code in an own window counts, too.
    /// Errors: ScreenUnavailable, ScreenRefused (by the person), PictureTooLarge (of the portal),
    /// PictureUnreadable (the same), HelperFailed, HelperVersion, HelperTimedOut, SecretMemoryFull.
    /// A context that dies ends the helper.
    void scanScreens(const QList<QRect> &ownWindows, QObject *context,
                     Answer<ScanReport> answer) const;

    /// Searches one encoded picture (PNG, JPEG, BMP, WebP, GIF's first frame), at most 16 MiB.
    /// Errors: as above, PictureTooLarge, PictureUnreadable.
    void scanPicture(const QByteArray &encoded, QObject *context, Answer<ScanReport> answer) const;

    /// The cameras, not yet started; see CameraSource. It may outlive this client.
    [[nodiscard]] std::unique_ptr<CameraSource> openCameras() const;

    /// Draws a foreign icon: SVG, PNG, JPEG, BMP, WebP or GIF's first frame, at most 1 MiB.
    /// @param edge  of the square that it is fitted into, 1 to 256 pixels
    /// Errors: PictureTooLarge, PictureUnreadable, HelperFailed, HelperVersion, HelperTimedOut,
    /// SecretMemoryFull. A context that dies ends the helper.
    void readIcon(const QByteArray &encoded, int edge, QObject *context,
                  Answer<DrawnIcon> answer) const;

private:
    QString m_helper;
    ScanPatience m_patience;
};

} // namespace hufu
