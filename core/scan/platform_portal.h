#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <chrono>
#include <memory>

namespace hufu {

/// The connection to org.freedesktop.portal.Screenshot, which asks the person on Wayland. Brings
/// the application object that the bus needs. Main thread, one a process, before containment: the
/// bus may not be reachable afterwards.
class ScreenshotPortal
{
public:
    /// Connects to the session bus; nobody is asked yet. Errors: ScreenUnavailable.
    [[nodiscard]] static Result<ScreenshotPortal> connect();

    /// Asks for one picture of all screens, in a scale that the desktop chooses: without a dialog
    /// first, and with the desktop's own dialog if that ends without an outcome. Waits for the
    /// person, at most `patience` altogether.
    ///
    /// @return the picture's path; takePortalPicture() reads it
    /// Errors: ScreenRefused if the person said no; ScreenUnavailable if there is no such portal,
    /// if it ends otherwise or names no local file, or after `patience`.
    /// Source: the documentation of org.freedesktop.portal.Screenshot and .Request.
    [[nodiscard]] Result<QString> ask(std::chrono::milliseconds patience) const;

private:
    explicit ScreenshotPortal(std::unique_ptr<QCoreApplication> application);

    std::unique_ptr<QCoreApplication> m_application; ///< none if the process has one already
};

} // namespace hufu
