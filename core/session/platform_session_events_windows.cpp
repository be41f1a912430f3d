// A window of its own, never shown, hears of the session (WTS) and of the machine's sleep. Source:
// WM_WTSSESSION_CHANGE and WM_POWERBROADCAST of the Windows documentation.

#include "core/session/session_events.h"

#include <windows.h>
#include <wtsapi32.h>

namespace hufu {
namespace {

class WindowsEvents final : public SessionEvents
{
public:
    WindowsEvents()
    {
        WNDCLASSW kind{};
        kind.lpfnWndProc = &WindowsEvents::receive;
        kind.hInstance = GetModuleHandleW(nullptr);
        kind.lpszClassName = L"HufuSessionEvents";
        RegisterClassW(&kind);
        // Not a message-only window: those get no broadcasts.
        m_window = CreateWindowExW(0, kind.lpszClassName, L"", 0, 0, 0, 0, 0, nullptr, nullptr,
                                   kind.hInstance, nullptr);
        SetWindowLongPtrW(m_window, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(this));
        WTSRegisterSessionNotification(m_window, NOTIFY_FOR_THIS_SESSION);
    }

    ~WindowsEvents() override
    {
        WTSUnRegisterSessionNotification(m_window);
        DestroyWindow(m_window);
    }

    // The sleep waits while the message is being received: what follows Sleeping runs inside.
    void holdSleep(bool) override {}
    void releaseSleep() override {}

private:
    static LRESULT CALLBACK receive(HWND window, UINT message, WPARAM what, LPARAM more)
    {
        auto *self = reinterpret_cast<WindowsEvents *>(GetWindowLongPtrW(window, GWLP_USERDATA));
        if (self && message == WM_WTSSESSION_CHANGE) {
            if (what == WTS_SESSION_LOCK)
                emit self->happened(Event::ScreenLocked);
            else if (what == WTS_CONSOLE_DISCONNECT || what == WTS_REMOTE_DISCONNECT)
                emit self->happened(Event::UserSwitched);
            else if (what == WTS_SESSION_UNLOCK)
                emit self->happened(Event::ScreenUnlocked);
            else if (what == WTS_CONSOLE_CONNECT || what == WTS_REMOTE_CONNECT)
                emit self->happened(Event::UserReturned);
        }
        if (self && message == WM_POWERBROADCAST) {
            if (what == PBT_APMSUSPEND)
                emit self->happened(Event::Sleeping);
            else if (what == PBT_APMRESUMEAUTOMATIC)
                emit self->happened(Event::Woken);
        }
        return DefWindowProcW(window, message, what, more);
    }

    HWND m_window = nullptr;
};

} // namespace

std::unique_ptr<SessionEvents> SessionEvents::ofThisSystem()
{
    return std::make_unique<WindowsEvents>();
}

} // namespace hufu
