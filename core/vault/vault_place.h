#pragma once

#include "core/base/result.h"

#include <QString>

namespace hufu {

/// Where a profile's things lie (storage.md 1). A place that exists has a valid profile name.
struct VaultPlace
{
    QString profile;    ///< `[a-z0-9][a-z0-9-]{0,31}`
    QString configPath; ///< CONFIG/hufu/<profile>
    QString dataPath;   ///< DATA/hufu/<profile>, mode 0700

    /// Errors: ProfileNameInvalid. Creates nothing.
    [[nodiscard]] static Result<VaultPlace> ofProfile(const QString &profile);

    /// The keychain key of an entry: `hufu/<profile>/<entry>`.
    [[nodiscard]] QString entryKey(const QString &entry) const;
};

} // namespace hufu
