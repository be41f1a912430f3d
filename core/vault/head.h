#pragma once

#include "core/base/clock.h"
#include "core/vault/page.h"

#include <memory>
#include <string>
#include <vector>

namespace hufu {

using PageEntryPtr = std::shared_ptr<const PageEntry>;

/// What a head says in clear and what stays the same from one generation to the next.
struct HeadIdentity
{
    VaultId vault{};
    KeyId key{};
    std::vector<SecretBytes> keySlots; ///< their fields as they came: other kinds survive us
    SecretBytes unknownFields;         ///< of a newer version
};

/// What a head says under its seal.
struct HeadBody
{
    std::chrono::sys_seconds written{};
    std::string writer;        ///< `hufu 0.1.0`
    std::string highestWriter; ///< the same form; the highest version that ever wrote
    std::vector<PageEntryPtr> pages;
    SecretBytes unknownFields; ///< of a newer version
};

/// A head whose text is whole and whose seal is not opened yet. Source: storage.md 3.
struct SealedHead
{
    HeadIdentity identity;
    std::uint64_t generation = 0;
    SecretBytes clear; ///< the associated data of the box
    SecretBytes box;
};

/// Reads a head's text up to its seal.
/// Errors: VaultCorrupt, VaultNewerVersion, SecretMemoryFull. Any thread.
[[nodiscard]] Result<SealedHead> parseHead(const QByteArray &text);

/// What the box holds. Errors: VaultCorrupt, VaultNewerVersion, SecretMemoryFull, CryptoFailed.
[[nodiscard]] Result<HeadBody> openBody(const SealedHead &head, const VaultKeys &keys);

/// The text of a head. Errors: SecretMemoryFull, CryptoFailed. Any thread.
[[nodiscard]] Result<QByteArray> sealHead(const HeadIdentity &identity, std::uint64_t generation,
                                          const HeadBody &body, const VaultKeys &keys);

/// `highest` or this program, whichever is the higher version; both as `hufu 0.1.0`.
[[nodiscard]] std::string highestWriter(const std::string &highest);

/// `hufu 0.1.0`
[[nodiscard]] std::string thisWriter();

} // namespace hufu
