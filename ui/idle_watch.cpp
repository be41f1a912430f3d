#include "ui/idle_watch.h"

#include <QCoreApplication>
#include <QEvent>

namespace hufu {
namespace {

bool isUse(QEvent::Type type)
{
    switch (type) {
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TabletPress:
    case QEvent::TabletMove:
    case QEvent::InputMethod:
        return true;
    default:
        return false;
    }
}

} // namespace

IdleWatch::IdleWatch(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &IdleWatch::check);
}

IdleWatch::~IdleWatch() = default;

void IdleWatch::setLimit(std::chrono::milliseconds limit)
{
    if (limit == m_limit)
        return;
    qApp->removeEventFilter(this);
    m_timer.stop();
    m_limit = limit;
    m_lastUse = m_clock.sinceBoot();
    if (limit <= std::chrono::milliseconds(0))
        return;
    qApp->installEventFilter(this);
    m_timer.start(limit);
}

bool IdleWatch::isOver() const
{
    return m_limit > std::chrono::milliseconds(0) && m_clock.sinceBoot() - m_lastUse >= m_limit;
}

void IdleWatch::check()
{
    if (m_limit <= std::chrono::milliseconds(0))
        return;
    if (!isOver()) {
        // One timer for the whole time, not one for each event.
        m_timer.start(m_lastUse + m_limit - m_clock.sinceBoot());
        return;
    }
    setLimit({});
    emit isIdle();
}

bool IdleWatch::eventFilter(QObject *, QEvent *event)
{
    if (!isUse(event->type()))
        return false;
    if (!isOver()) {
        m_lastUse = m_clock.sinceBoot();
        return false;
    }
    // Not from inside the event: its receiver may go with what is closed now.
    QMetaObject::invokeMethod(this, &IdleWatch::check, Qt::QueuedConnection);
    return true;
}

} // namespace hufu
