#pragma once

#include "core/base/result.h"

#include <QGuiApplication>
#include <QImage>

#include <functional>
#include <memory>
#include <vector>

namespace hufu {

/// What one screen shows, at its native pixels.
struct GrabbedScreen
{
    QString name;
    QPoint topLeft; ///< on the whole desktop, native pixels
    QImage image;
};

/// The connection to the display. Main thread, one a process.
class ScreenGrab
{
public:
    /// Connects. Qt ends the process if the display refuses; `refused` is called before that.
    /// Errors: ScreenUnavailable.
    [[nodiscard]] static Result<ScreenGrab> connect(std::function<void()> refused);

    /// Every screen. Errors: ScreenUnavailable if none gives a picture.
    [[nodiscard]] Result<std::vector<GrabbedScreen>> grab() const;

private:
    explicit ScreenGrab(std::unique_ptr<QGuiApplication> application);

    std::unique_ptr<QGuiApplication> m_application;
};

} // namespace hufu
