#include "core/otp/code_ticker.h"

namespace hufu {

CodeTicker::CodeTicker(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &CodeTicker::tick);
}

void CodeTicker::setRunning(bool running)
{
    if (running == isRunning())
        return;
    if (running)
        tick();
    else
        m_timer.stop();
}

void CodeTicker::catchUp()
{
    if (isBehind())
        tick();
}

std::chrono::sys_seconds CodeTicker::now() const
{
    return m_clock.second();
}

void CodeTicker::tick()
{
    using namespace std::chrono;
    const UtcTime time = m_clock.now();
    const sys_seconds second = floor<seconds>(time);
    // A millisecond late is right, one early would paint the old code for a whole second.
    m_timer.start(duration_cast<milliseconds>(second + seconds(1) - time) + milliseconds(1));
    m_shown = second;
    emit ticked(second);
}

} // namespace hufu
