// The workspace tells of sleep and of user switches, the distributed notifications of the locked
// screen. Source: NSWorkspace of the macOS documentation; "com.apple.screenIsLocked" is what the
// login window sends.

#include "core/session/session_events.h"

#import <AppKit/AppKit.h>

namespace hufu {
namespace {

class MacEvents final : public SessionEvents
{
public:
    MacEvents()
    {
        m_observers = [[NSMutableArray alloc] init];
        NSNotificationCenter *workspace = [[NSWorkspace sharedWorkspace] notificationCenter];
        follow(workspace, NSWorkspaceWillSleepNotification, Event::Sleeping);
        follow(workspace, NSWorkspaceDidWakeNotification, Event::Woken);
        follow(workspace, NSWorkspaceSessionDidResignActiveNotification, Event::UserSwitched);
        follow(workspace, NSWorkspaceSessionDidBecomeActiveNotification, Event::UserReturned);
        NSNotificationCenter *loginWindow = [NSDistributedNotificationCenter defaultCenter];
        follow(loginWindow, @"com.apple.screenIsLocked", Event::ScreenLocked);
        follow(loginWindow, @"com.apple.screensaver.didstart", Event::ScreenLocked);
        follow(loginWindow, @"com.apple.screenIsUnlocked", Event::ScreenUnlocked);
        follow(loginWindow, @"com.apple.screensaver.didstop", Event::ScreenUnlocked);
    }

    ~MacEvents() override
    {
        for (id observer in m_observers) {
            [[[NSWorkspace sharedWorkspace] notificationCenter] removeObserver:observer];
            [[NSDistributedNotificationCenter defaultCenter] removeObserver:observer];
        }
        [m_observers release];
    }

    // The sleep waits while the notification is being handled: what follows Sleeping runs inside.
    void holdSleep(bool) override {}
    void releaseSleep() override {}

private:
    void follow(NSNotificationCenter *center, NSString *name, Event event)
    {
        id observer = [center addObserverForName:name
                                          object:nil
                                           queue:[NSOperationQueue mainQueue]
                                      usingBlock:^(NSNotification *) {
                                        emit happened(event);
                                      }];
        [m_observers addObject:observer];
    }

    NSMutableArray *m_observers = nil; // without ARC, as Qt builds its own
};

} // namespace

std::unique_ptr<SessionEvents> SessionEvents::ofThisSystem()
{
    return std::make_unique<MacEvents>();
}

} // namespace hufu
