#include "ui/own_windows.h"

#include <QApplication>
#include <QScreen>
#include <QWindow>

namespace hufu {
namespace {

QList<QWidget *> visibleWindows()
{
    QList<QWidget *> windows;
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (window->isVisible() && !window->isMinimized() && window->windowHandle())
            windows << window;
    }
    return windows;
}

/// A screen's own origin is native in Qt; only what lies on it is scaled.
QRect toNative(const QRect &area, const QScreen &screen)
{
    const QPoint origin = screen.geometry().topLeft();
    const double scale = screen.devicePixelRatio();
    const QPoint corner = area.topLeft() - origin;
    return {origin + QPoint(qRound(corner.x() * scale), qRound(corner.y() * scale)),
            QSize(qRound(area.width() * scale), qRound(area.height() * scale))};
}

} // namespace

QList<QRect> ownWindows()
{
    QList<QRect> areas;
    for (const QWidget *window : visibleWindows())
        areas << toNative(window->frameGeometry(), *window->screen());
    return areas;
}

void WindowHider::setHidden(bool hidden)
{
    if (hidden) {
        for (QWidget *window : visibleWindows()) {
            m_hidden.append({window, window->geometry()});
            window->hide();
        }
        return;
    }
    for (const Hidden &entry : std::exchange(m_hidden, {})) {
        if (!entry.window)
            continue;
        entry.window->setGeometry(entry.geometry);
        entry.window->show();
    }
}

} // namespace hufu
