#include "core/vault/vault_contents.h"

#include "core/vault/account_record.h"
#include "core/vault/kept_fields.h"
#include "core/vault/key_slot.h"

#include <algorithm>
#include <iterator>

namespace hufu {
namespace {

enum RecordTag : std::uint16_t { AccountTag = 1, GroupTag = 2, SettingsTag = 3, KeptTag = 4 };
constexpr std::uint16_t sideFileKeyTag = 1;
constexpr std::size_t recordHeader = 6; // tag 2, length 4

constexpr std::array recordRules{
    FieldRule{AccountTag, Occurs::Repeatedly},
    FieldRule{GroupTag, Occurs::Repeatedly},
    FieldRule{SettingsTag},
    FieldRule{KeptTag, Occurs::Repeatedly},
};

} // namespace

bool OtherRecord::isKept() const
{
    return tag == AccountTag || tag == KeptTag;
}

bool PageRecords::mustSettle() const
{
    return std::ranges::any_of(others,
                               [](const OtherRecordPtr &record) { return record->isSecond; });
}

Result<void> PageRecords::settle()
{
    for (OtherRecordPtr &record : others) {
        if (!record->isSecond)
            continue;
        Result<SecretBytes> value = SecretBytes::copyOf(record->value.view());
        if (!value)
            return tl::unexpected(value.error());
        record = std::make_shared<const OtherRecord>(
            OtherRecord{.tag = KeptTag, .value = std::move(*value), .isSecond = false});
    }
    sortOthers();
    return {};
}

void PageRecords::sortOthers()
{
    std::ranges::stable_sort(others, {}, [](const OtherRecordPtr &other) { return other->tag; });
}

std::size_t PageRecords::size() const
{
    std::size_t size = 0;
    for (const PlacedAccount &account : accounts)
        size += account.size;
    for (const OtherRecordPtr &other : others)
        size += recordHeader + other->value.size();
    return size;
}

void PageRecords::append(const PageRecords &records)
{
    accounts.insert(accounts.end(), records.accounts.begin(), records.accounts.end());
    others.insert(others.end(), records.others.begin(), records.others.end());
    sortOthers();
}

Result<PageRecords> decodeRecords(const SecretBytes &bytes, AccountIds *seen)
{
    const Result<std::vector<Field>> fields = readFields(bytes.view(), recordRules);
    if (!fields)
        return tl::unexpected(asVaultError(fields.error()));
    PageRecords records;
    records.accounts.reserve(static_cast<std::size_t>(
        std::ranges::count(*fields, std::uint16_t{AccountTag}, &Field::tag)));
    const auto putAside = [&records](const Field &field, bool isSecond) -> Result<void> {
        Result<SecretBytes> value = SecretBytes::copyOf(field.value);
        if (!value)
            return tl::unexpected(value.error());
        OtherRecord other{.tag = field.tag, .value = std::move(*value), .isSecond = isSecond};
        records.others.push_back(std::make_shared<const OtherRecord>(std::move(other)));
        return {};
    };
    for (const Field &field : *fields) {
        Result<Account> account = field.tag == AccountTag
                                      ? decodeAccount(field.value)
                                      : Result<Account>(failure(Errc::VaultCorrupt));
        if (!account && account.error().code != Errc::VaultCorrupt)
            return tl::unexpected(account.error());
        const bool isSecond = account && seen != nullptr && !seen->insert(account->id).second;
        if (account && !isSecond) {
            records.accounts.push_back({std::make_shared<const Account>(std::move(*account)),
                                        recordHeader + field.value.size()});
        } else if (const Result<void> kept = putAside(field, isSecond); !kept) {
            return tl::unexpected(kept.error());
        }
    }
    return records;
}

std::vector<OtherRecordPtr> keptRecordsOf(const std::vector<StoredPagePtr> &pages)
{
    std::vector<OtherRecordPtr> kept;
    for (const StoredPagePtr &page : pages)
        std::ranges::copy_if(page->records.others, std::back_inserter(kept),
                             [](const OtherRecordPtr &record) { return record->isKept(); });
    return kept;
}

Result<SecretBytes> encodeRecords(const PageRecords &records)
{
    FieldWriter writer;
    for (const PlacedAccount &placed : records.accounts) {
        const Result<SecretBytes> record = encodeAccount(*placed.account);
        if (!record)
            return tl::unexpected(record.error());
        writer.bytes(AccountTag, record->view());
    }
    for (const OtherRecordPtr &other : records.others)
        writer.bytes(other->tag, other->value.view());
    return writer.take();
}

Result<PlacedAccount> placed(const AccountPtr &account)
{
    const Result<SecretBytes> record = encodeAccount(*account);
    if (!record)
        return tl::unexpected(record.error());
    return PlacedAccount{account, recordHeader + record->size()};
}

Result<AccountSet> accountsOf(const std::vector<StoredPagePtr> &pages)
{
    std::size_t size = 0;
    for (const StoredPagePtr &page : pages)
        size += page->records.accounts.size();
    std::vector<AccountPtr> all;
    all.reserve(size);
    for (const StoredPagePtr &page : pages) {
        for (const PlacedAccount &placed : page->records.accounts)
            all.push_back(placed.account);
    }
    return AccountSet::ofAccounts(std::move(all));
}

Result<OtherRecordPtr> makeVaultSettingsRecord()
{
    Result<SecretBytes> key = SecretBytes::ofSize(vaultKeySize);
    if (!key)
        return tl::unexpected(key.error());
    if (const Result<void> filled = fillRandom(key->mutableView()); !filled)
        return tl::unexpected(filled.error());
    FieldWriter writer;
    writer.bytes(sideFileKeyTag, key->view());
    Result<SecretBytes> value = writer.take();
    if (!value)
        return tl::unexpected(value.error());
    return std::make_shared<const OtherRecord>(OtherRecord{SettingsTag, std::move(*value)});
}

Result<SecretBytes> sideFileKeyIn(const std::vector<StoredPagePtr> &pages)
{
    constexpr std::array rules{FieldRule{sideFileKeyTag}};
    for (const StoredPagePtr &page : pages) {
        const std::vector<OtherRecordPtr> &others = page->records.others;
        const auto settings = std::ranges::find(others, std::uint16_t{SettingsTag},
                                                [](const OtherRecordPtr &o) { return o->tag; });
        if (settings == others.end())
            continue;
        const Result<std::vector<Field>> fields = readFields((*settings)->value.view(), rules);
        if (!fields)
            return tl::unexpected(asVaultError(fields.error()));
        const auto key = std::ranges::find(*fields, sideFileKeyTag, &Field::tag);
        if (key != fields->end() && key->value.size() == vaultKeySize)
            return SecretBytes::copyOf(key->value);
    }
    return failure(Errc::VaultCorrupt, QStringLiteral("no key of the side files"));
}

Result<VaultContents> makeVault(std::chrono::sys_seconds now)
{
    HeadIdentity identity{
        .vault = randomId<16>(), .key = randomId<8>(), .keySlots = {}, .unknownFields = {}};
    Result<SecretBytes> key = SecretBytes::ofSize(vaultKeySize);
    if (!key)
        return tl::unexpected(key.error());
    if (const Result<void> filled = fillRandom(key->mutableView()); !filled)
        return tl::unexpected(filled.error());
    Result<SecretBytes> slot = makeOpenSlot(*key, now);
    if (!slot)
        return tl::unexpected(slot.error());
    identity.keySlots.push_back(std::move(*slot));
    Result<VaultKeys> keys = VaultKeys::derive(identity.key, std::move(*key), identity.vault);
    if (!keys)
        return tl::unexpected(keys.error());
    VaultContents contents;
    contents.identity = std::make_shared<const HeadIdentity>(std::move(identity));
    contents.keys = std::make_shared<const VaultKeys>(std::move(*keys));
    contents.body = std::make_shared<const HeadBody>();
    return contents;
}

} // namespace hufu
