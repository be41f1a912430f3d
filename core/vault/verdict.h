#pragma once

#include "core/vault/secret_store.h"
#include "core/vault/vault_settings.h"
#include "core/vault/vault_state_file.h"

namespace hufu {

/// What was found where a head should be. `Absent` is certain, `Damaged` includes a head that does
/// not stand where its generation belongs.
struct HeadFinding
{
    enum class Kind { Absent, Damaged, Whole };

    Kind kind = Kind::Absent;
    std::uint64_t generation = 0; ///< of a whole one
    VaultId vault{};              ///< of a whole one
};

/// What the two heads, `vault.state` and the settings say together. Source: storage.md 7, table.
struct Verdict
{
    enum class Kind {
        NotFound, ///< there is certainly no vault: it may be created
        Normal,   ///< `generation` counts
        Older,    ///< `generation` is whole but not what was committed last: read-only
    };
    enum class Remark { None, UnfinishedCommit, OlderHeadDamaged };

    Kind kind = Kind::NotFound;
    std::uint64_t generation = 0;
    Remark remark = Remark::None;
};

/// Judges what was found. Of a file the one head is in its place, and the other one absent.
/// Errors: VaultMissing, VaultCorrupt, AnotherVault. Pure.
[[nodiscard]] Result<Verdict> judge(const HeadFinding &a, const HeadFinding &b,
                                    const std::optional<VaultState> &state,
                                    const std::optional<VaultId> &known,
                                    Keeping keeping = Keeping::TwoHeads);

/// `head-a` for odd generations, `head-b` for even ones.
[[nodiscard]] QString headEntryName(std::uint64_t generation);

} // namespace hufu
