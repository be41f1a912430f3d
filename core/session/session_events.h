#pragma once

#include <QObject>

#include <memory>

namespace hufu {

/// What the system says of the person's session, as far as an open vault has to know it
/// (experience.md, "Lock"). A system that says nothing of it says nothing here; there are no
/// errors. GUI thread.
class SessionEvents : public QObject
{
    Q_OBJECT

public:
    enum class Event {
        ScreenLocked,   ///< the screen was locked, or a screen saver that hides it came up
        SessionLocked,  ///< somebody asked for this session to be locked
        ScreenUnlocked, ///< it can be seen again
        UserSwitched,   ///< another person's session has the screen now
        UserReturned,   ///< this one has it again
        Sleeping,       ///< the machine is about to sleep; see releaseSleep()
        Woken,          ///< it is awake again
    };
    Q_ENUM(Event)

    using QObject::QObject;

    /// Those of this system. Costs a few asynchronous calls; nothing waits.
    [[nodiscard]] static std::unique_ptr<SessionEvents> ofThisSystem();

    /// Whether the machine's sleep waits for releaseSleep(). The system does not wait for ever:
    /// about 5 s by login1, 2 s by Windows, 30 s by macOS.
    virtual void holdSleep(bool hold) = 0;
    /// After Sleeping: nothing of an account can be seen any more, so the machine may sleep.
    virtual void releaseSleep() = 0;

signals:
    void happened(hufu::SessionEvents::Event event);
};

} // namespace hufu
