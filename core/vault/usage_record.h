#pragma once

#include "core/account/account_set.h"
#include "core/account/usage.h"
#include "core/base/fields.h"

namespace hufu {

/// Servers and accounts beyond these are not kept; the vault holds no more accounts.
constexpr std::size_t mostKeptUses = maximumAccounts;
constexpr std::size_t mostKeptClocks = 1'000;

/// The plain text of the file `usage`, as fields (storage.md 2, 9). Errors: SecretMemoryFull.
[[nodiscard]] Result<SecretBytes> writeUsage(const Usage &usage);
/// What writeUsage wrote; unknown fields of a newer version are passed over.
/// Errors: MalformedFields, VaultNewerVersion.
[[nodiscard]] Result<Usage> readUsage(std::span<const std::byte> bytes);

} // namespace hufu
