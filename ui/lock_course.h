#pragma once

#include "core/base/answer.h"

#include <QObject>

namespace hufu {

/// The order in which a lock happens (contracts.md 7): sheets, camera and scan close, the clipboard
/// is cleared, windows are emptied and painted so, and only then a commit under way finishes and
/// the keys go. GUI thread.
class LockCourse : public QObject
{
    Q_OBJECT

public:
    struct Steps
    {
        std::function<void()> closeSheets;
        std::function<void()> clearClipboard;
        std::function<void()> emptyWindows;
        /// Lets a commit under way finish, then drops keys and accounts.
        std::function<void(QObject *context, Answer<void> answer)> dropKeys;
    };

    explicit LockCourse(Steps steps, QObject *parent = nullptr);

    /// All of it. Does nothing while it is under way. Everything up to the painting is done when
    /// this returns.
    void begin();
    /// The steps up to the painting only, for a vault that has locked itself.
    void hide();
    /// Windows are empty and the keys are still going: nothing of an account may be shown again.
    [[nodiscard]] bool isUnderWay() const { return m_isUnderWay; }

signals:
    /// The keys have gone.
    void finished();
    /// Why they have not: PasswordNeeded where no password is set.
    void failed(const hufu::Error &error);

private:
    Steps m_steps;
    bool m_isUnderWay = false;
};

} // namespace hufu
