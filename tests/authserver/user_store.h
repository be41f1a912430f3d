#pragma once

#include "core/base/clock.h"
#include "database.h"

#include <optional>
#include <vector>

namespace hufu::authserver {

/// Who a call is about. uids are opaque bytes, never normalised (protocol.md S9).
struct UserKey
{
    QByteArray appId;
    QByteArray uid;
};

struct User
{
    QByteArray uid;
    bool bound = false; ///< has an active token
    UtcTime created;
};

enum class CodeCheck { Right, Wrong, NoSuchUser };

/// The users of the applications: their token's secret, the binding that may be open, and which
/// codes were used up. Main thread; throws StorageFailure.
///
/// One binding = one secret = 10 minutes; the first accepted code closes it and puts its secret in
/// the place of the old one (protocol.md S3).
class UserStore
{
public:
    UserStore(const Database &database, const Clock &clock)
        : m_database(database)
        , m_clock(clock)
    {
    }

    [[nodiscard]] std::vector<User> all(const QByteArray &appId) const;
    /// The secret of the active token; nothing for an unknown or unbound user.
    [[nodiscard]] std::optional<QByteArray> activeSecret(const UserKey &user) const;

    /// The secret of the open binding; nothing if none is open.
    [[nodiscard]] std::optional<QByteArray> openBinding(const UserKey &user) const;
    /// Whether the open binding was opened by the call with this signature.
    [[nodiscard]] bool wasOpenedBy(const UserKey &user, const QByteArray &signature) const;
    /// Opens a binding with a fresh secret of 160 bits, or leaves the open one as it is; makes the
    /// user if there is none. Returns the secret.
    QByteArray openOrMakeBinding(const UserKey &user, const QByteArray &signature) const;

    /// Checks a code of 6 digits against the open binding and the active token, one step to each
    /// side. A right one is used up together with every earlier step; one that belongs to the open
    /// binding closes it.
    CodeCheck useCode(const UserKey &user, const QByteArray &code) const;
    /// As useCode, but for the active token only: an open binding cannot vouch for itself.
    CodeCheck useActiveCode(const UserKey &user, const QByteArray &code) const;

private:
    bool useStep(const UserKey &user, const QByteArray &secret, const QByteArray &code) const;
    bool activate(const UserKey &user, const QByteArray &secret, const QByteArray &code) const;
    [[nodiscard]] qint64 now() const;

    const Database &m_database;
    const Clock &m_clock;
};

} // namespace hufu::authserver
