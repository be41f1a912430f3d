#pragma once

#include "core/base/crypto.h"
#include "core/vault/vault_keys.h"

namespace hufu {

/// A page as a head names it. Source: storage.md 3, body field 3.
struct PageEntry
{
    PageId id{};
    Sha256Digest textDigest{};
    std::uint64_t textSize = 0;
    std::uint64_t records = 0;
    SecretBytes unknownFields; ///< of a newer version; written back as they came
};

/// Name of a page's entry: `page-<16 hex>`.
[[nodiscard]] QString pageEntryName(const PageId &id);

/// The text of a page: its records sealed under a fresh nonce. Source: storage.md 4.
/// Errors: SecretMemoryFull, CryptoFailed. Any thread.
[[nodiscard]] Result<QByteArray> sealPage(const VaultKeys &keys, const VaultId &vault,
                                          const PageId &id, const SecretBytes &records);

/// The records of a page's text. One bit elsewhere, another page's text, another vault's: refused.
/// Errors: VaultCorrupt, VaultNewerVersion, SecretMemoryFull, CryptoFailed. Any thread.
[[nodiscard]] Result<SecretBytes> openPage(const VaultKeys &keys, const VaultId &vault,
                                           const PageEntry &entry, const QByteArray &text);

/// Characters of the text of a page whose records take so many bytes.
[[nodiscard]] std::size_t pageTextSize(std::size_t recordBytes);

} // namespace hufu
