#pragma once

#include "core/base/clock.h"

#include <QObject>
#include <QTimer>

namespace hufu {

/// The one timer for all rows: ticks at each whole second of the wall clock, and stands still while
/// nobody looks (architecture.md, "Errors, answers, threads"). GUI thread.
class CodeTicker : public QObject
{
    Q_OBJECT

public:
    explicit CodeTicker(const Clock &clock, QObject *parent = nullptr);

    /// Starts with an immediate tick, or stops.
    void setRunning(bool running);
    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }
    /// The second that is shown is over, or its clock was set: a sleep and a set clock are nothing
    /// that the timer knows of.
    [[nodiscard]] bool isBehind() const { return isRunning() && now() != m_shown; }
    /// Ticks at once if it is behind.
    void catchUp();
    /// The second that codes are shown for.
    [[nodiscard]] std::chrono::sys_seconds now() const;

signals:
    /// A new second has begun. After a sleep or a changed clock it comes once, with the new time.
    void ticked(std::chrono::sys_seconds now);

private:
    void tick();

    const Clock &m_clock;
    std::chrono::sys_seconds m_shown; ///< the last tick's
    QTimer m_timer;
};

} // namespace hufu
