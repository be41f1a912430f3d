#include "ui/sheet.h"

#include "ui/measures.h"
#include "ui/slim_scroll_bar.h"

#include <QCursor>
#include <QEvent>
#include <QGuiApplication>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

namespace hufu {
namespace {

constexpr double padding = 24;
constexpr double roomForFrame = 48; // the title bar and a little air

} // namespace

Sheet::Sheet(const QString &title, double width, QWidget *parent)
    : QDialog(parent)
    , m_width(width)
    , m_scroll(new QScrollArea)
    , m_whole(new QVBoxLayout(this))
{
    setWindowTitle(title);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    new SlimScrollBar(m_scroll);
    m_whole->setContentsMargins(0, 0, 0, 0);
    m_whole->setSpacing(0);
    m_whole->addWidget(m_scroll, 1);
}

QVBoxLayout *Sheet::newContent()
{
    // Not deleted at once: the button that brought the new content may be in one of them.
    for (QWidget *old : {m_footArea, m_scroll->takeWidget()}) {
        if (old) {
            old->hide();
            old->deleteLater();
        }
    }
    if (m_footArea)
        m_whole->removeWidget(m_footArea);
    m_content = new QWidget;
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(px(padding), px(padding), px(padding), px(8));
    column->setSpacing(0);
    m_scroll->setWidget(m_content);
    m_footArea = new QWidget;
    m_foot = new QVBoxLayout(m_footArea);
    // Buttons keep 4 around their bodies.
    m_foot->setContentsMargins(px(padding - 4), px(8), px(padding - 4), px(padding - 4));
    m_foot->setSpacing(0);
    m_whole->addWidget(m_footArea);
    return column;
}

void Sheet::fit()
{
    const auto heightOf = [](const QWidget *widget, int width) {
        const QLayout *layout = widget->layout();
        const int needed = layout->hasHeightForWidth() ? layout->totalHeightForWidth(width)
                                                       : layout->totalSizeHint().height();
        return qMax(needed, layout->totalMinimumSize().height());
    };
    const QRect room = screen()->availableGeometry();
    const int width = qMin(px(m_width), room.width() - px(16));
    // New parts of a sheet that is open are shown, and new words reach the layouts around theirs,
    // only with the event loop; this is now, and a layout counts what is hidden as nothing.
    for (QWidget *inside : findChildren<QWidget *>()) {
        if (isVisible() && !inside->testAttribute(Qt::WA_WState_ExplicitShowHide))
            inside->show();
        inside->updateGeometry();
    }
    for (QLayout *layout : findChildren<QLayout *>())
        layout->invalidate();
    m_content->layout()->activate();
    m_footArea->layout()->activate();
    const int height = heightOf(m_content, width) + heightOf(m_footArea, width);
    setFixedSize(width, qMin(height, room.height() - px(roomForFrame)));
    const int beyond = frameGeometry().bottom() - room.bottom();
    if (isVisible() && beyond > 0)
        move(x(), qMax(room.top(), y() - beyond));
}

void Sheet::fitAndShow(QWidget &part)
{
    fit();
    // The content takes its new height with the event loop.
    QMetaObject::invokeMethod(
        &part, [this, &part] { m_scroll->ensureWidgetVisible(&part, 0, 0); }, Qt::QueuedConnection);
}

void Sheet::openAtPointer()
{
    if (QScreen *here = QGuiApplication::screenAt(QCursor::pos()))
        setScreen(here);
    fit();
    const QRect room = screen()->availableGeometry();
    // A little above the middle, where the eye looks first.
    const int above = (room.height() - height()) * 2 / 5;
    move(room.left() + (room.width() - width()) / 2,
         room.top() + qMax(0, above - px(roomForFrame) / 2));
    show();
    raise();
    activateWindow();
}

bool Sheet::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange && m_content) {
        passOnFontChange(*this);
        if (isVisible())
            fit();
    }
    return QDialog::event(event);
}

void Sheet::showEvent(QShowEvent *event)
{
    fit();
    QDialog::showEvent(event);
}

} // namespace hufu
