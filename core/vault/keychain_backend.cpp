#include "core/vault/keychain_backend.h"

#include <QByteArray>
#include <QList>

namespace hufu {

KeychainBackend keychainBackendInUse()
{
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
    return KeychainBackend::Native;
#else
    const bool kde = qgetenv("XDG_CURRENT_DESKTOP").split(':').contains("KDE") ||
                     qEnvironmentVariableIsSet("KDE_FULL_SESSION") ||
                     qgetenv("DESKTOP_SESSION") == "kde";
    return kde && qgetenv("KDE_SESSION_VERSION") == "5" ? KeychainBackend::KWallet5
                                                        : KeychainBackend::SecretService;
#endif
}

} // namespace hufu
