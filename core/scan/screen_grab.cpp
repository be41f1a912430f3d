#include "core/scan/screen_grab.h"

#include "core/scan/platform_display.h"

#include <QPixmap>
#include <QScreen>

#include <cstdlib>

namespace hufu {
namespace {

// Qt takes a plain function as message handler, so what it does lies here.
std::function<void()> &whenRefused()
{
    static std::function<void()> refused;
    return refused;
}

void refuseOnFatal(QtMsgType type, const QMessageLogContext &, const QString &)
{
    if (type != QtFatalMsg)
        return;
    whenRefused()();
    std::_Exit(EXIT_FAILURE); // else Qt aborts, and a core file is written
}

} // namespace

Result<ScreenGrab> ScreenGrab::connect(std::function<void()> refused)
{
    if (const Result<void> prepared = prepareDisplay(); !prepared)
        return tl::unexpected(prepared.error());
    static char name[] = "hufu-scanner";
    static char *arguments[] = {name, nullptr};
    static int count = 1;
    whenRefused() = std::move(refused);
    const QtMessageHandler before = qInstallMessageHandler(refuseOnFatal);
    QGuiApplication::setDesktopSettingsAware(false);
    auto application = std::make_unique<QGuiApplication>(count, arguments);
    qInstallMessageHandler(before);
    return ScreenGrab(std::move(application));
}

ScreenGrab::ScreenGrab(std::unique_ptr<QGuiApplication> application)
    : m_application(std::move(application))
{
}

Result<std::vector<GrabbedScreen>> ScreenGrab::grab() const
{
    std::vector<GrabbedScreen> grabbed;
    const QList<QScreen *> screens = m_application->screens();
    for (QScreen *screen : screens) {
        QImage image = screen->grabWindow(0).toImage();
        if (!image.isNull())
            grabbed.push_back({screen->name(), screen->geometry().topLeft(), std::move(image)});
    }
    if (grabbed.empty())
        return failure(Errc::ScreenUnavailable, QStringLiteral("the screens give no picture"));
    return grabbed;
}

} // namespace hufu
