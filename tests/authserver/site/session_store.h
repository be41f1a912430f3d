#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <map>

namespace hufu::authserver {

/// A binding that a signed-in-by-password person is in the middle of.
struct BindingInWork
{
    QString user;
    QByteArray uid;
    QByteArray png; ///< empty until the server has given the picture
};

/// What the backend knows of one browser. The event ids of its login codes stay here, so that a
/// browser can ask for its own logins only (protocol.md S10).
struct Session
{
    QString user;                     ///< who is signed in; empty for nobody
    std::map<int, QByteArray> logins; ///< event id by the number that the page knows it by
    int lastLogin = 0;
    BindingInWork binding;
    UtcTime used;
};

/// The sessions of the sample site, in memory: a restart signs everybody out. Main thread.
class SessionStore
{
public:
    explicit SessionStore(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// The session of a cookie; null for an unknown or old one.
    [[nodiscard]] Session *find(const QByteArray &id);
    /// A new session; returns its id.
    [[nodiscard]] QByteArray create();
    /// The same session under a new id, so that an id known from before the sign-in is worth
    /// nothing after it. Returns the new id.
    [[nodiscard]] QByteArray rename(const QByteArray &id);
    void remove(const QByteArray &id) { m_sessions.remove(id); }

private:
    void forgetOld();

    const Clock &m_clock;
    QHash<QByteArray, Session> m_sessions;
};

} // namespace hufu::authserver
