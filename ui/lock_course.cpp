#include "ui/lock_course.h"

#include <QApplication>
#include <QToolTip>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

/// Menus, and the tooltip, which would stay a moment longer.
void closePopups()
{
    QToolTip::hideText();
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (window->inherits("QTipLabel"))
            delete window;
        else if (window->windowType() == Qt::Popup)
            window->close();
    }
}

/// Now, not with the next round of the event loop.
void paintAll()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (window->isVisible())
            window->repaint();
    }
}

} // namespace

LockCourse::LockCourse(Steps steps, QObject *parent)
    : QObject(parent)
    , m_steps(std::move(steps))
{
}

void LockCourse::begin()
{
    if (m_isUnderWay)
        return;
    m_isUnderWay = true;
    hide();
    m_steps.dropKeys(this, [this](const Result<void> &outcome) {
        m_isUnderWay = false;
        if (outcome)
            emit finished();
        else
            emit failed(outcome.error());
    });
}

void LockCourse::hide()
{
    m_steps.closeSheets();
    closePopups();
    m_steps.clearClipboard();
    m_steps.emptyWindows();
    paintAll();
}

} // namespace hufu
