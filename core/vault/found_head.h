#pragma once

#include "core/vault/key_slot.h"
#include "core/vault/vault_contents.h"
#include "core/vault/verdict.h"

namespace hufu {

/// A password to open heads with, and the keys that it gave so far. Lives as long as one unlocking.
struct PasswordTry
{
    SecretBytes password;
    std::vector<std::shared_ptr<const VaultKeys>> keys;
};

/// One entry of the two and what became of it.
struct FoundHead
{
    HeadFinding finding;
    std::optional<Sha256Digest> digest;           ///< of the entry's text, if there is one
    std::shared_ptr<const HeadIdentity> identity; ///< of a whole one
    std::shared_ptr<const VaultKeys> keys;        ///< of an open one
    std::shared_ptr<const HeadBody> body;         ///< of an open one
    /// Whole as far as its checksum tells, and under a password that was not given yet.
    std::optional<SealedHead> sealed;

    /// Reads the entry's text. Opens it with the open slot, or with keys of the same id that are in
    /// memory: those of `known`, and of `passwordTry` if there is one. Everything but a damaged
    /// head gives a finding. Errors: those that end the reading.
    [[nodiscard]] Result<void> take(const QByteArray &text, std::uint64_t parity,
                                    const VaultContents &known, const PasswordTry *passwordTry);
    /// Opens a sealed head with `keys`, if they have its id. Its seal broken is a finding.
    /// Errors: those that end the reading.
    [[nodiscard]] Result<void> openWith(const std::shared_ptr<const VaultKeys> &candidate);

    /// The pages that an open one names.
    [[nodiscard]] std::vector<PageId> pageIds() const;
};

} // namespace hufu
