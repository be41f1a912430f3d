#pragma once

#include "core/base/argon2id.h"
#include "core/vault/head.h"

namespace hufu {

using SlotSalt = std::array<std::byte, 16>;

/// A slot of kind 2: the vault key under a password. Source: storage.md 3.
struct PasswordSlot
{
    SlotSalt salt{};
    Argon2Costs costs;
    std::size_t boxedFrom = 0; ///< where in `fields` the box's field begins
    SecretBytes box;           ///< nonce, sealed vault key, tag
    SecretBytes fields;        ///< all of them, as they came
};

/// What a head's slots are.
struct KeySlots
{
    std::optional<SecretBytes> openKey; ///< of the open slot, which then is the only one
    std::vector<PasswordSlot> passwords;
};

/// The key that a password gives for a new slot.
struct PasswordKey
{
    SlotSalt salt{};
    Argon2Costs costs;
    SecretBytes key;
};

/// A slot that a password opened.
struct OpenedSlot
{
    SecretBytes vaultKey;
    SecretBytes fields; ///< of the slot, as they came
};

/// Reads the slots strictly. Kinds that this version does not know are passed over.
/// Errors: VaultCorrupt, VaultNewerVersion where there are unknown kinds only, SecretMemoryFull.
[[nodiscard]] Result<KeySlots> readKeySlots(const HeadIdentity &identity);

/// The keys that the open slot gives.
/// Errors: PasswordNeeded where only a password opens, and those of readKeySlots.
[[nodiscard]] Result<VaultKeys> openSlot(const HeadIdentity &identity);

/// Whether an app password guards this head. Any thread.
[[nodiscard]] bool isUnderPassword(const HeadIdentity &identity);

/// An open slot: the vault key as it is, guarded by the keychain alone.
/// Errors: SecretMemoryFull.
[[nodiscard]] Result<SecretBytes> makeOpenSlot(const SecretBytes &vaultKey,
                                               std::chrono::sys_seconds now);
/// A slot of kind 2. Errors: SecretMemoryFull, CryptoFailed.
[[nodiscard]] Result<SecretBytes> makePasswordSlot(const PasswordKey &password,
                                                   const SecretBytes &vaultKey,
                                                   const VaultId &vault,
                                                   std::chrono::sys_seconds now);

/// Derives a key for a new slot, under a fresh salt. Takes as long as `costs` say. Errors: those of
/// argon2id. Any thread.
[[nodiscard]] Result<PasswordKey> derivePasswordKey(SecretBytes password, const Argon2Costs &costs);

/// Tries `password` on each slot in turn; takes as long as their costs say.
/// Errors: PasswordWrong; PasswordCostTooHigh where a slot that costs too much was left out and no
/// other opened; SecretMemoryFull, CryptoFailed. Any thread.
[[nodiscard]] Result<OpenedSlot> tryPassword(const std::vector<PasswordSlot> &keySlots,
                                             const VaultId &vault, SecretBytes password);

} // namespace hufu
