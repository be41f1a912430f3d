#pragma once

#include "core/base/clock.h"

#include <QObject>
#include <QTimer>

namespace hufu {

/// The one way by which a code gets to the clipboard (security.md 10): marked as secret for
/// clipboard managers, not put into X11's primary selection, and taken away after 30 s and at exit,
/// but only if it is still there. GUI thread.
class CodeClipboard : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds lifetime{30};

    explicit CodeClipboard(const Clock &clock, QObject *parent = nullptr);
    ~CodeClipboard() override;

    void copy(const QString &code);
    /// Takes the code away if its time is over. Called by a timer of its own; after a sleep the
    /// caller's next tick comes sooner.
    void clearIfDue();
    /// Takes the code away if it is still there.
    void clearOurs();

private:
    const Clock &m_clock;
    QTimer m_timer;
    QString m_code; ///< what we put there; empty once it is gone
    std::chrono::milliseconds m_copiedAt{};
};

} // namespace hufu
