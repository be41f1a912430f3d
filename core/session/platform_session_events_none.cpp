#include "core/session/session_events.h"

namespace hufu {
namespace {

/// A system that says nothing of its sessions.
class SilentEvents final : public SessionEvents
{
public:
    void holdSleep(bool) override {}
    void releaseSleep() override {}
};

} // namespace

std::unique_ptr<SessionEvents> SessionEvents::ofThisSystem()
{
    return std::make_unique<SilentEvents>();
}

} // namespace hufu
