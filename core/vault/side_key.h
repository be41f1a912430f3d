#pragma once

#include "core/vault/vault_keys.h"

#include <QByteArray>

#include <cstdint>
#include <optional>

namespace hufu {

/// What a sealed value of a side file is, and where it stands: the seal binds both, so that no
/// value passes for another. Source: storage.md 9.
class SideValue
{
public:
    /// Line `sequence`, from 1, of the file `activity`.
    [[nodiscard]] static SideValue activity(std::uint64_t sequence);
    /// The one value of the file `usage`.
    [[nodiscard]] static SideValue usage();

private:
    friend class SideKey;
    SideValue(std::string_view purpose, std::optional<std::uint64_t> sequence)
        : m_purpose(purpose)
        , m_sequence(sequence)
    {
    }

    std::string_view m_purpose;
    std::optional<std::uint64_t> m_sequence;
};

/// The key of the files that lie beside the vault: record 3, which outlives a new vault key
/// (storage.md 4, 9). It is lent by Vault::sideKey() for as long as the vault is open.
///
/// A sealed value is one line of ASCII, padded base64 of nonce ‖ AES-256-GCM ‖ tag; what is
/// authenticated with it is "hufu1 activity" ‖ vault id ‖ sequence number (8), or "hufu1 usage" ‖
/// vault id.
class SideKey
{
public:
    SideKey(SecretBytes key, const VaultId &vault)
        : m_key(std::move(key))
        , m_vault(vault)
    {
    }

    /// `plain` under a fresh nonce; no line break. Errors: CryptoFailed.
    [[nodiscard]] Result<QByteArray> seal(const SideValue &value,
                                          std::span<const std::byte> plain) const;
    /// What seal made of the same place with the same key; nothing of it if one character differs.
    /// Errors: SealBroken, SecretMemoryFull, CryptoFailed.
    [[nodiscard]] Result<SecretBytes> open(const SideValue &value, const QByteArray &text) const;

private:
    [[nodiscard]] QByteArray associatedWith(const SideValue &value) const;

    SecretBytes m_key;
    VaultId m_vault;
};

} // namespace hufu
