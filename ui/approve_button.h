#pragma once

#include "core/base/clock.h"
#include "ui/button.h"

#include <QTimer>

namespace hufu {

/// Approve: it arms over a second in which its window is active and does not move, and only a press
/// that begins after that counts (look.md 4, security.md 1). A held key never counts, and a key
/// that is pressed while it arms makes it begin anew.
class ApproveButton : public Button
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds armingTime{1'000};

    /// What it looks like once armed: outlined in a sheet with a warning.
    enum class Armed { Filled, Outlined };

    ApproveButton(Armed armed, const Clock &clock, QWidget *parent = nullptr);

    /// Begins to arm from nothing.
    void startArming();
    /// Loses what it had; startArming() begins anew.
    void disarm();
    [[nodiscard]] bool isArmed() const { return m_state == State::Armed; }
    /// The answer is on its way: "Approving…".
    void showSending();

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void approved();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class State { Cold, Arming, Armed, Sending };

    void advance();
    void press();

    Armed m_armed;
    const Clock &m_clock;
    State m_state = State::Cold;
    std::chrono::milliseconds m_since{};
    double m_sweep = 0; ///< 0 to 1
    bool m_mouseDown = false;
    QTimer m_timer;
};

} // namespace hufu
