#pragma once

#include "core/vault/secret_store.h"
#include "core/vault/vault_place.h"

namespace hufu {

/// Removes a profile for good: all its entries in the store, then its data and its settings. For
/// demos and tests, and for the person who says so (contracts.md 2, `profile remove`).
///
/// The answer is the number of entries removed; a portable file counts as one. Errors:
/// ProfileProtected for `default`, VaultBusy while somebody commits, VaultUnwritable, and those of
/// the store; what was not removed by then stays, and removing again goes on. GUI thread; `store`
/// must outlive the answer.
void removeProfile(SecretStore &store, const VaultPlace &place, QObject *context,
                   Answer<int> answer);

} // namespace hufu
