#pragma once

#include "core/base/result.h"
#include "core/vault/vault_keys.h"

#include <QString>

#include <optional>

namespace hufu {

/// The group `[vault]` of settings.ini: which vault belongs to the profile. Source: storage.md 1.
struct VaultSettings
{
    static constexpr QLatin1String inKeychain{"keychain"};
    static constexpr QLatin1String inFile{"file"};

    QString store = inKeychain; ///< or inFile; a newer version may name others
    QString backend;            ///< as the doctor names it; empty if unknown
    std::optional<VaultId> id;  ///< nothing before the first commit

    [[nodiscard]] static VaultSettings read(const QString &configPath);
    /// Errors: VaultUnwritable.
    [[nodiscard]] Result<void> write(const QString &configPath) const;
};

} // namespace hufu
