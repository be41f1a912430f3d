#include "site/session_store.h"

#include "application_store.h"

#include <algorithm>

namespace hufu::authserver {
namespace {

constexpr std::chrono::hours lifetime{1};
constexpr qsizetype mostSessions = 10'000;
constexpr qsizetype idLength = 32;

} // namespace

Session *SessionStore::find(const QByteArray &id)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end() || found->used + lifetime <= m_clock.now())
        return nullptr;
    found->used = m_clock.now();
    return &*found;
}

QByteArray SessionStore::create()
{
    if (m_sessions.size() >= mostSessions)
        forgetOld();
    const QByteArray id = randomText(idLength);
    m_sessions[id].used = m_clock.now();
    return id;
}

QByteArray SessionStore::rename(const QByteArray &id)
{
    const QByteArray fresh = randomText(idLength);
    m_sessions.insert(fresh, m_sessions.take(id));
    return fresh;
}

void SessionStore::forgetOld()
{
    const UtcTime limit = m_clock.now() - lifetime;
    m_sessions.removeIf([limit](const auto &entry) { return entry.value().used <= limit; });
    while (m_sessions.size() >= mostSessions) {
        m_sessions.erase(std::ranges::min_element(
            m_sessions, {}, [](const Session &session) { return session.used; }));
    }
}

} // namespace hufu::authserver
