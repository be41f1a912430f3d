#pragma once

#include "core/login/waiting_logins.h"
#include "core/session/desktop_notices.h"

#include <QTimer>

#include <functional>

namespace hufu {

/// From a login that a server asks for by itself to the sheet that shows it, without taking the
/// screen or the keyboard from a person: where one of our windows is active, the sheet opens once
/// the hands rest; else the desktop shows one notification, which opens it when clicked. Nothing
/// here approves anything. GUI thread.
class PushCourse : public QObject
{
    Q_OBJECT

public:
    /// Without a key or a button for so long, hands rest.
    static constexpr std::chrono::seconds handsRest{1};

    enum class Wish {
        Clicked, ///< the person asked to see it
        None,    ///< it comes by itself
    };

    /// What the course needs of those who own windows and accounts.
    struct Seams
    {
        /// Nothing of an account may be shown now.
        std::function<bool()> isLocked;
        /// A login is being decided: the next one waits without a word.
        std::function<bool()> hasLogin;
        /// Something else is open that a sheet would take the place of.
        std::function<bool()> isBusy;
        /// What the login's account is called; not asked while locked.
        std::function<QString(const PushedLogin &)> nameOf;
        std::function<void(const PushedLogin &, Wish)> open;
        /// Brings the window to the front.
        std::function<void()> raise;
        /// Something waits: the window's place in the task bar may say so.
        std::function<void()> alert;
        /// A sentence for the window where the desktop shows none; empty for nothing to say.
        std::function<void(const QString &)> hint;
        /// Made for the first notification; null where there are none.
        std::function<std::unique_ptr<DesktopNotices>()> makeNotices;
        /// A binding that was new has worked.
        std::function<void(const DeviceId &)> works;
        /// For a list of what happened.
        std::function<void(const PushedLogin &, WaitingLogins::Verdict)> arrived;
    };

    /// `watch` is not listening yet; `clock` outlives the course.
    PushCourse(std::unique_ptr<LoginWatch> watch, const Clock &clock, Seams seams);
    ~PushCourse() override;

    /// Whose logins to listen for; none drops what waits as well.
    void setAccounts(const AccountSet &accounts);
    /// The machine sleeps, or nobody sees its screen: nothing is asked and nothing shown.
    void setPaused(bool isPaused);
    /// Looks again at what waits: something of what the seams say may have changed.
    void review();
    /// One that was opened ended without an answer.
    void miss(const PushedLogin &login) { m_waiting.miss(login); }

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take(const PushedLogin &login);
    void openFirst(Wish wish);
    void waitForHands();
    void leaveHands();
    void announce(const PushedLogin &login, bool isLocked);
    void silence();
    void followClick();
    void sayInWindow();

    Seams m_seams;
    WaitingLogins m_waiting;
    std::unique_ptr<LoginWatch> m_watch;
    std::unique_ptr<DesktopNotices> m_notices;
    std::optional<std::pair<PushedLogin, bool>> m_announced; ///< and whether while locked
    QTimer m_hands;
    bool m_isPaused = false;
};

} // namespace hufu
