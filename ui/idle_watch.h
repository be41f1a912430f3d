#pragma once

#include "core/base/clock.h"

#include <QObject>
#include <QTimer>

namespace hufu {

/// Tells when nobody has pressed a key or moved the pointer in our windows for a while. The time is
/// Clock::sinceBoot(), which runs on through sleep; the first event after it is too late is eaten,
/// so that it acts on nothing. GUI thread.
class IdleWatch : public QObject
{
    Q_OBJECT

public:
    explicit IdleWatch(const Clock &clock, QObject *parent = nullptr);
    ~IdleWatch() override;

    /// Another limit begins anew; 0 stops.
    void setLimit(std::chrono::milliseconds limit);
    /// Looks at the clock now: after a sleep the timer comes late.
    void check();

    bool eventFilter(QObject *watched, QEvent *event) override;

signals:
    /// Once for each limit that was set.
    void isIdle();

private:
    [[nodiscard]] bool isOver() const;

    const Clock &m_clock;
    QTimer m_timer;
    std::chrono::milliseconds m_limit{};
    std::chrono::milliseconds m_lastUse{};
};

} // namespace hufu
