#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace hufu {

/// Where a profile's things lie (storage.md 1). A place that exists has a valid profile name.
struct VaultPlace
{
    QString profile;    ///< `[a-z0-9][a-z0-9-]{0,31}`
    QString configPath; ///< CONFIG/hufu/<profile>
    QString dataPath;   ///< DATA/hufu/<profile>, mode 0700
    /// Settings, data and vault lie together in a folder that somebody may carry about.
    bool isPortable = false;

    /// Errors: ProfileNameInvalid. Creates nothing.
    [[nodiscard]] static Result<VaultPlace> ofProfile(const QString &profile);

    /// The same below `folder`, for `--portable`.
    /// Errors: ProfileNameInvalid, FileUnreadable where there is no such folder. Creates nothing.
    [[nodiscard]] static Result<VaultPlace> portable(const QString &folder, const QString &profile);

    /// Where the vault lies if it lies in a file (storage.md 8).
    [[nodiscard]] QString vaultFile() const;
    /// The names of that file and of what belongs to it, as far as they are there.
    [[nodiscard]] QStringList vaultFiles() const;

    /// The keychain key of an entry: `hufu/<profile>/<entry>`.
    [[nodiscard]] QString entryKey(const QString &entry) const;
};

} // namespace hufu
