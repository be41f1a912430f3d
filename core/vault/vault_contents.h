#pragma once

#include "core/account/account_set.h"
#include "core/vault/head.h"

namespace hufu {

/// A record that is not an account: a group, the vault settings, a kept one, or a newer version's.
/// This version hands them on as they came.
struct OtherRecord
{
    std::uint16_t tag = 0;
    SecretBytes value;
};
using OtherRecordPtr = std::shared_ptr<const OtherRecord>;

/// An account and the bytes that its record takes on a page, header included.
struct PlacedAccount
{
    AccountPtr account;
    std::size_t size = 0;
};

/// What a page holds, decoded.
struct PageRecords
{
    std::vector<PlacedAccount> accounts;
    std::vector<OtherRecordPtr> others; ///< in ascending order of their tags

    /// Bytes of all records.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return accounts.empty() && others.empty(); }
    /// Takes over all of `records`.
    void append(const PageRecords &records);
};

/// A page that lies in the store. It never changes.
struct StoredPage
{
    PageEntryPtr entry;
    PageRecords records;
};
using StoredPagePtr = std::shared_ptr<const StoredPage>;

/// One whole generation of a vault in memory. A value: copies share everything that is large.
struct VaultContents
{
    std::shared_ptr<const HeadIdentity> identity;
    std::shared_ptr<const VaultKeys> keys;
    std::uint64_t generation = 0; ///< 0: nothing is written yet
    Sha256Digest headDigest{};    ///< of the head's text
    std::shared_ptr<const HeadBody> body;
    std::vector<StoredPagePtr> pages; ///< in the head's order
    AccountSet accounts;
    /// Of the other head, where it has another key and was opened too: a newer one whose pages are
    /// lost must open to be told from a Locked vault.
    std::shared_ptr<const VaultKeys> otherKeys;
};

/// The records of a page from its bytes.
/// Errors: VaultCorrupt, VaultNewerVersion, SecretMemoryFull. Any thread.
[[nodiscard]] Result<PageRecords> decodeRecords(const SecretBytes &bytes);

/// The bytes of a page's records. Errors: as encodeAccount. Any thread.
[[nodiscard]] Result<SecretBytes> encodeRecords(const PageRecords &records);

/// `account` with the size of its record. Errors: as encodeAccount. Any thread.
[[nodiscard]] Result<PlacedAccount> placed(const AccountPtr &account);

/// All accounts of `pages`. Errors: VaultCorrupt for an id that stands twice.
[[nodiscard]] Result<AccountSet> accountsOf(const std::vector<StoredPagePtr> &pages);

/// The record of a new vault's settings: a random key of the side files (storage.md 4, 9).
/// Errors: SecretMemoryFull.
[[nodiscard]] Result<OtherRecordPtr> makeVaultSettingsRecord();

/// A new vault: fresh ids, a fresh key, an open slot, no page. Errors: SecretMemoryFull,
/// CryptoFailed.
[[nodiscard]] Result<VaultContents> makeVault(std::chrono::sys_seconds now);

} // namespace hufu
