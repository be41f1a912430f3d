#pragma once

#include "core/base/answer.h"
#include "core/vault/key_slot.h"
#include "core/vault/vault_contents.h"

namespace hufu {

/// What becomes of the slots when the app password is set, changed or removed; applied to the
/// newest state, as every change is. Source: storage.md 6, "Slots".
struct SlotChange
{
    SecretBytes replaced;            ///< the slot that the current password opened; empty: no
                                     ///< password is set
    std::optional<PasswordKey> next; ///< nothing: no password from now on
    bool renewsKey = false;          ///< the vault key is another one in any case
};

/// The slots of the next generation.
struct ChangedSlots
{
    std::shared_ptr<const HeadIdentity> identity;
    std::shared_ptr<const VaultKeys> keys;
    bool newKey = false; ///< every page must be written anew
};

/// The slots after `change`. A new password for an old one keeps the vault key; setting the first
/// and removing the last make a new one. Unknown kinds of slots stay as long as a password does.
/// Errors: VaultBusy where another program changed the slots since they were tried,
/// SecretMemoryFull, CryptoFailed.
[[nodiscard]] Result<ChangedSlots>
changeSlots(const VaultContents &contents, const SlotChange &change, std::chrono::sys_seconds now);

/// Tries `current` on the slots of `identity` and derives the key of `next`, in a worker thread:
/// what a change of slots needs to know. Empty passwords are none; so is the identity of a vault
/// that is not there yet.
/// The answer's errors: PasswordWrong also where no password is set and one was given, or the other
/// way round; those of tryPassword and derivePasswordKey.
void prepareSlotChange(QObject *context, const HeadIdentity *identity, SecretBytes current,
                       SecretBytes next, std::function<Argon2Costs()> costs,
                       Answer<SlotChange> answer);

/// Whether two heads are opened by the same slots.
[[nodiscard]] bool haveSameSlots(const HeadIdentity &a, const HeadIdentity &b);

} // namespace hufu
