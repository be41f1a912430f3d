#include "core/scan/pulse.h"

#include "core/scan/conversation.h"

#include <thread>

namespace hufu {
namespace {

constexpr std::chrono::seconds interval{1};    // contracts.md 1
constexpr std::chrono::seconds firstLeave{30}; // GStreamer may have to list its plugins

} // namespace

Pulse::Pulse(const HelperPipes &pipes)
    : m_pipes(pipes)
    , m_deadline(Clock::now() + firstLeave)
{
    std::thread([this] {
        for (;; std::this_thread::sleep_for(interval)) {
            if (Clock::now() < m_deadline.load() && (!m_watches || m_isWell()))
                send(m_pipes, writeBare(MessageKind::Alive));
        }
    }).detach();
}

void Pulse::watch(std::function<bool()> isWell)
{
    m_isWell = std::move(isWell);
    m_watches = true;
}

void Pulse::beat(std::chrono::milliseconds leave)
{
    m_deadline = Clock::now() + leave;
}

} // namespace hufu
