#include "core/scan/scan_job.h"

#include "core/scan/decoder.h"
#include "core/scan/gray_picture.h"
#include "core/scan/icon_reader.h"
#include "core/scan/picture_reader.h"
#include "core/scan/platform_containment.h"
#include "core/scan/platform_portal.h"
#include "core/scan/platform_portal_picture.h"
#include "core/scan/screen_grab.h"

#include <QElapsedTimer>
#include <QGuiApplication>

#include <algorithm>

namespace hufu {
namespace {

constexpr std::chrono::seconds portalPatience{115}; // the client's are 120 (contracts.md 1)
constexpr int largestPreviewHeight = 2000; // 640 x 2,000 x 3 bytes stay below a message's 4 MiB

SourcePreview previewOf(const QImage &image, int source)
{
    QSize size = image.size();
    if (size.width() > largestPreviewWidth || size.height() > largestPreviewHeight)
        size.scale(largestPreviewWidth, largestPreviewHeight, Qt::KeepAspectRatio);
    const QImage small =
        image.scaled(size.expandedTo(QSize(1, 1)), Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_RGB888);
    SourcePreview preview{source, small.width(), small.height(), {}};
    for (int y = 0; y < small.height(); ++y)
        preview.rgb.append(reinterpret_cast<const char *>(small.constScanLine(y)),
                           3 * qsizetype{small.width()});
    return preview;
}

void addPreviews(ScanReport &report, const std::vector<const QImage *> &images)
{
    if (report.codes.size() < 2)
        return;
    for (int source = 0; source < static_cast<int>(images.size()); ++source) {
        const bool hasCode =
            std::ranges::find(report.codes, source, &FoundCode::source) != report.codes.end();
        if (hasCode && report.previews.size() < mostPreviews)
            report.previews.push_back(previewOf(*images[static_cast<std::size_t>(source)], source));
    }
}

QPoint inOriginal(QPoint point, QSize scaled, QSize original)
{
    if (scaled == original)
        return point;
    return {static_cast<int>(qint64{point.x()} * original.width() / scaled.width()),
            static_cast<int>(qint64{point.y()} * original.height() / scaled.height())};
}

std::chrono::milliseconds elapsed(const QElapsedTimer &timer)
{
    return std::chrono::milliseconds(timer.elapsed());
}

Result<ScanReport> searchOne(const QByteArray &encoded, PictureUse use)
{
    const Result<ReadPicture> picture = readPicture(encoded, use);
    if (!picture)
        return tl::unexpected(picture.error());
    Result<std::vector<FoundCode>> codes = findCodes(toGray(picture->image));
    if (!codes)
        return tl::unexpected(codes.error());

    ScanReport report;
    report.codes = std::move(*codes);
    report.codes.resize(std::min(report.codes.size(), mostCodes));
    for (FoundCode &code : report.codes) {
        for (QPoint &corner : code.outline)
            corner = inOriginal(corner, picture->image.size(), picture->original);
    }
    report.searched = {{{}, picture->original.width(), picture->original.height()}};
    addPreviews(report, {&picture->image});
    return report;
}

Result<QByteArray> pictureOfScreens()
{
    const Result<ScreenshotPortal> portal = ScreenshotPortal::connect();
    if (!portal)
        return tl::unexpected(portal.error());
    if (const Result<void> contained = contain(Containment::Screens); !contained)
        return tl::unexpected(contained.error());
    const Result<QString> path = portal->ask(portalPatience);
    return path ? takePortalPicture(*path) : tl::unexpected(path.error());
}

Result<ScanReport> searchPortal()
{
    const Result<QByteArray> encoded = pictureOfScreens();
    if (!encoded)
        return tl::unexpected(encoded.error());
    QElapsedTimer timer; // the person's time does not count
    timer.start();
    Result<ScanReport> report = searchOne(*encoded, PictureUse::Screens);
    if (report)
        report->took = elapsed(timer);
    return report;
}

} // namespace

Result<ScanReport> searchPicture(const QByteArray &encoded)
{
    QElapsedTimer timer;
    timer.start();
    if (const Result<void> contained = contain(Containment::Picture); !contained)
        return tl::unexpected(contained.error());
    Result<ScanReport> report = searchOne(encoded, PictureUse::Picture);
    if (report)
        report->took = elapsed(timer);
    return report;
}

Result<ScanReport> searchScreens(const ScreensRequest &request, std::function<void()> refused)
{
    if (asksPortal(request.way))
        return searchPortal();
    QElapsedTimer timer;
    timer.start();
    const Result<ScreenGrab> display = ScreenGrab::connect(std::move(refused));
    if (!display)
        return tl::unexpected(display.error());
    if (const Result<void> contained = contain(Containment::Screens); !contained)
        return tl::unexpected(contained.error());
    const Result<std::vector<GrabbedScreen>> screens = display->grab();
    if (!screens)
        return tl::unexpected(screens.error());

    ScanReport report;
    std::vector<const QImage *> images;
    for (const GrabbedScreen &screen : *screens) {
        Result<std::vector<FoundCode>> codes = findCodes(toGray(screen.image));
        if (!codes)
            return tl::unexpected(codes.error());
        for (FoundCode &code : *codes) {
            if (liesInOwnWindow(code.outline, screen.topLeft, request.ownWindows) ||
                report.codes.size() == mostCodes)
                continue;
            code.source = static_cast<int>(report.searched.size());
            report.codes.push_back(std::move(code));
        }
        report.searched.push_back({screen.name, screen.image.width(), screen.image.height()});
        images.push_back(&screen.image);
    }
    addPreviews(report, images);
    report.took = elapsed(timer);
    return report;
}

Result<DrawnIcon> drawIconShutIn(const IconRequest &request)
{
    // An SVG's text needs fonts, and Qt's fonts an application.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static char name[] = "hufu-scanner";
    static char *arguments[] = {name, nullptr};
    static int count = 1;
    QGuiApplication::setDesktopSettingsAware(false);
    const QGuiApplication application(count, arguments);
    if (const Result<void> contained = contain(Containment::Icon); !contained)
        return tl::unexpected(contained.error());
    return drawIcon(request.encoded, request.edge);
}

bool liesInOwnWindow(const std::array<QPoint, 4> &outline, QPoint source,
                     const QList<QRect> &windows)
{
    return std::ranges::any_of(windows, [&outline, source](const QRect &window) {
        // A corner is a point between pixels, so the far edge still belongs to the window.
        const QRect area = window.adjusted(0, 0, 1, 1);
        return std::ranges::all_of(
            outline, [&area, source](QPoint corner) { return area.contains(corner + source); });
    });
}

} // namespace hufu
