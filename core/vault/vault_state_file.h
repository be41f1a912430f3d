#pragma once

#include "core/vault/vault_keys.h"

#include <QString>

#include <optional>
#include <vector>

namespace hufu {

/// What `vault.state` says: how far commits came, and which pages are to be removed once no head
/// names them. It tells no secret. Source: storage.md 6.
struct VaultState
{
    std::uint64_t committed = 0;
    /// A commit that is under way or was cut off: `writing` after `committed`.
    struct Writing
    {
        std::uint64_t generation = 0;
        std::uint64_t after = 0;
        friend bool operator==(const Writing &, const Writing &) = default;
    };
    std::optional<Writing> writing;
    std::vector<PageId> toRemove; ///< each once

    friend bool operator==(const VaultState &, const VaultState &) = default;

    void addToRemove(const PageId &page);
};

/// The file `vault.state` of one profile. Replaced by rename after fsync, so that a reader finds
/// the old or the new one.
class VaultStateFile
{
public:
    explicit VaultStateFile(QString folder);

    /// Nothing if there is no such file, or if it is damaged: where it is lost, only a bad head
    /// asks (storage.md 7).
    [[nodiscard]] std::optional<VaultState> read() const;
    /// Errors: VaultUnwritable.
    [[nodiscard]] Result<void> write(const VaultState &state) const;
    /// Creates the folder, mode 0700, where it is missing. Errors: VaultUnwritable.
    [[nodiscard]] Result<void> makeFolder() const;

    [[nodiscard]] const QString &folder() const { return m_folder; }

private:
    QString m_folder;
};

} // namespace hufu
