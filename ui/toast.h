#pragma once

#include "core/base/clock.h"

#include <QTimer>
#include <QWidget>

#include <functional>

namespace hufu {

/// "Corvus Mail deleted … Undo": over the list for 10 s, one at a time (look.md 5).
class Toast : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds lifetime{10};

    Toast(const Clock &clock, QWidget *parent);

    /// Takes the place of one that is shown. `undo` is called at most once.
    void offerUndo(const QString &sentence, std::function<void()> undo);
    /// Takes the offer away, and what it said.
    void dismiss();
    /// Goes to its place at the foot of `area`.
    void placeIn(const QRect &area);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void undoNow();
    void tick();
    [[nodiscard]] QRect linkArea() const;

    const Clock &m_clock;
    QTimer m_timer;
    QString m_sentence;
    std::function<void()> m_undo;
    std::chrono::milliseconds m_until{};
};

} // namespace hufu
