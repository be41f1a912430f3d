#include "core/login/waiting_logins.h"

#include "core/login/pct1_answers.h"

#include <algorithm>

namespace hufu {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostSeen = 2'000;
/// A server stops speaking of one that is over a little before its time is over here.
constexpr auto margin = 30s;

} // namespace

WaitingLogins::WaitingLogins(const Clock &clock)
    : m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &WaitingLogins::check);
}

/// Whether it is new.
bool WaitingLogins::remember(const PushedLogin &login)
{
    if (!m_seen.insert(login.code.token).second)
        return false;
    m_seenThen.push_back(login.code.token);
    if (m_seenThen.size() > mostSeen) {
        m_seen.erase(m_seenThen.front());
        m_seenThen.pop_front();
    }
    return true;
}

WaitingLogins::Verdict WaitingLogins::take(const PushedLogin &login)
{
    check();
    if (!remember(login))
        return Verdict::Known;
    const std::chrono::milliseconds now = m_clock.sinceBoot();
    Record &record = m_records[login.device];
    const auto dropped = [&](Verdict why) {
        if (record.dropped && now - *record.dropped < memory)
            return Verdict::Flood;
        record.dropped = now;
        return why;
    };
    if (record.last && now - *record.last < apart)
        return dropped(Verdict::TooSoon);
    // The server has only one open at a time, so an older one is over.
    const auto older = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Waiting &one) {
        return one.login.device == login.device;
    });
    if (older != m_waiting.end()) {
        record.misses.push_back(now);
        m_waiting.erase(older);
    }
    while (!record.misses.empty() && now - record.misses.front() >= memory)
        record.misses.pop_front();
    if (record.misses.size() >= mostMisses || m_waiting.size() >= mostWaiting)
        return dropped(Verdict::TooMany);
    record.last = now;
    m_waiting.push_back({login, now});
    rearm();
    return Verdict::Waits;
}

void WaitingLogins::withdraw(const PushedLogin &login)
{
    const auto found = std::find_if(m_waiting.begin(), m_waiting.end(),
                                    [&](const Waiting &one) { return one.login == login; });
    if (found == m_waiting.end())
        return;
    if (m_clock.sinceBoot() - found->since >= longestLogin - margin)
        miss(login);
    m_waiting.erase(found);
    m_seen.erase(login.code.token); // a server that could not look may speak of it again
    rearm();
}

const PushedLogin *WaitingLogins::first() const
{
    return m_waiting.empty() ? nullptr : &m_waiting.front().login;
}

std::optional<PushedLogin> WaitingLogins::takeFirst()
{
    if (m_waiting.empty())
        return std::nullopt;
    PushedLogin login = std::move(m_waiting.front().login);
    m_waiting.pop_front();
    rearm();
    return login;
}

void WaitingLogins::miss(const PushedLogin &login)
{
    m_records[login.device].misses.push_back(m_clock.sinceBoot());
}

void WaitingLogins::clear()
{
    for (const Waiting &one : m_waiting) {
        m_seen.erase(one.login.code.token);
        m_records[one.login.device].last.reset();
    }
    m_waiting.clear();
    m_timer.stop();
}

void WaitingLogins::check()
{
    const std::chrono::milliseconds now = m_clock.sinceBoot();
    bool hasGone = false;
    while (!m_waiting.empty() && now - m_waiting.front().since >= longestLogin) {
        miss(m_waiting.front().login);
        m_waiting.pop_front();
        hasGone = true;
    }
    rearm();
    if (hasGone)
        emit expired();
}

void WaitingLogins::rearm()
{
    if (m_waiting.empty())
        m_timer.stop();
    else
        m_timer.start(m_waiting.front().since + longestLogin - m_clock.sinceBoot());
}

} // namespace hufu
