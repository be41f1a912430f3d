#pragma once

#include "core/base/secret_bytes.h"

#include <array>

namespace hufu {

using VaultId = std::array<std::byte, 16>;
using KeyId = std::array<std::byte, 8>;
using PageId = std::array<std::byte, 8>;

constexpr std::size_t vaultKeySize = 32;

/// The vault key and what is derived from it. Source: storage.md 3.
struct VaultKeys
{
    KeyId id{};
    SecretBytes vaultKey;
    SecretBytes headKey;
    SecretBytes pageKey;

    /// Errors: VaultCorrupt for a key of another length, SecretMemoryFull, CryptoFailed.
    [[nodiscard]] static Result<VaultKeys> derive(const KeyId &id, SecretBytes vaultKey,
                                                  const VaultId &vault);
};

} // namespace hufu
