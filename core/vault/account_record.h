#pragma once

#include "core/account/account.h"

namespace hufu {

constexpr std::size_t maximumRecordSize = std::size_t{64} << 10;

/// An account as the value of a page's record. Source: storage.md 4.
/// Errors: RecordTooLarge where a part is longer than its limit or the whole than 64 KiB,
/// SecretTooLong, SecretMemoryFull. Any thread.
[[nodiscard]] Result<SecretBytes> encodeAccount(const Account &account);

/// The account that encodeAccount wrote, a newer version's fields kept.
/// Errors: VaultCorrupt, VaultNewerVersion, SecretMemoryFull. Any thread.
[[nodiscard]] Result<Account> decodeAccount(std::span<const std::byte> bytes);

} // namespace hufu
