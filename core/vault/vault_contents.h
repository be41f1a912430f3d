#pragma once

#include "core/account/account_set.h"
#include "core/vault/head.h"

#include <set>

namespace hufu {

/// A record that is not a usable account: a group, the vault settings, a newer version's, or a
/// damaged or foreign one. This version hands them on as they came.
struct OtherRecord
{
    std::uint16_t tag = 0;
    SecretBytes value;
    /// Set for an account whose id stands twice in the vault. The next commit writes it as a kept
    /// record: as an account it would come back when the person deletes the other one.
    bool isSecond = false;

    /// Whether it is one of those that the doctor lists: bytes that no account could be made of.
    [[nodiscard]] bool isKept() const;
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

    /// Whether a record must be written in another way than it came.
    [[nodiscard]] bool mustSettle() const;
    /// Does so. Errors: SecretMemoryFull.
    [[nodiscard]] Result<void> settle();
    /// Bytes of all records.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return accounts.empty() && others.empty(); }
    /// Takes over all of `records`.
    void append(const PageRecords &records);

private:
    void sortOthers();
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

using AccountIds = std::set<AccountId>;

/// The records of a page from its bytes. The seal was whole, so they are as they were written: an
/// account's record that says nothing this version can use does not make the others unreachable
/// but is put beside them, with its bytes (storage.md 4, kept). What does refuse the page is a
/// damaged row of records, and a newer version's fields.
///
/// @param seen  ids of the vault's accounts so far, grown by this page's; an account with one of
///              them is put aside. Null: ids are not looked at.
/// Errors: VaultCorrupt, VaultNewerVersion, SecretMemoryFull. Any thread.
[[nodiscard]] Result<PageRecords> decodeRecords(const SecretBytes &bytes,
                                                AccountIds *seen = nullptr);

/// All kept records of `pages`, in their order.
[[nodiscard]] std::vector<OtherRecordPtr> keptRecordsOf(const std::vector<StoredPagePtr> &pages);

/// The bytes of a page's records. Errors: as encodeAccount. Any thread.
[[nodiscard]] Result<SecretBytes> encodeRecords(const PageRecords &records);

/// `account` with the size of its record. Errors: as encodeAccount. Any thread.
[[nodiscard]] Result<PlacedAccount> placed(const AccountPtr &account);

/// All accounts of `pages`. Errors: AccountExists for an id that stands twice, VaultFull.
[[nodiscard]] Result<AccountSet> accountsOf(const std::vector<StoredPagePtr> &pages);

/// The record of a new vault's settings: a random key of the side files (storage.md 4, 9).
/// Errors: SecretMemoryFull.
[[nodiscard]] Result<OtherRecordPtr> makeVaultSettingsRecord();

/// That key, as it stands in the settings record on one of `pages`. Errors: VaultCorrupt where
/// there is none, SecretMemoryFull.
[[nodiscard]] Result<SecretBytes> sideFileKeyIn(const std::vector<StoredPagePtr> &pages);

/// A new vault: fresh ids, a fresh key, an open slot, no page. Errors: SecretMemoryFull,
/// CryptoFailed.
[[nodiscard]] Result<VaultContents> makeVault(std::chrono::sys_seconds now);

} // namespace hufu
