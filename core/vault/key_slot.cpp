#include "core/vault/key_slot.h"

#include "core/vault/kept_fields.h"

#include <algorithm>

namespace hufu {
namespace {

constexpr std::string_view sealedFor = "hufu1 slot";
constexpr std::size_t fieldHeader = 6; // tag 2, length 4
constexpr std::size_t boxSize = gcmNonceSize + vaultKeySize + gcmTagSize;

enum SlotTag : std::uint16_t { KindTag = 1, SlotIdTag = 2, CreatedTag = 3 };
enum OpenSlotTag : std::uint16_t { OpenKeyTag = 16 };
enum PasswordSlotTag : std::uint16_t {
    SaltTag = 16,
    MemoryTag = 17,
    PassesTag = 18,
    LanesTag = 19,
    BoxTag = 20
};
enum SlotKind : std::uint64_t { OpenKind = 1, PasswordKind = 2 };

// Those of every kind, and the highest number that some kind uses.
constexpr std::array slotRules{FieldRule{KindTag},  FieldRule{SlotIdTag}, FieldRule{CreatedTag},
                               FieldRule{SaltTag},  FieldRule{MemoryTag}, FieldRule{PassesTag},
                               FieldRule{LanesTag}, FieldRule{BoxTag}};

tl::unexpected<Error> corruptSlot(const char *what)
{
    return failure(Errc::VaultCorrupt, QLatin1String(what));
}

bool readSlotNumber(const std::optional<Field> &field, std::uint64_t &out)
{
    const Result<std::uint64_t> number = field ? field->number() : failure(Errc::MalformedFields);
    out = number.value_or(0);
    return number.has_value();
}

/// What every kind of slot that we read has.
bool hasCommonFields(const SortedFields &fields)
{
    const std::optional<Field> id = fields.find(SlotIdTag);
    std::uint64_t created = 0;
    return id && id->value.size() == 8 && readSlotNumber(fields.find(CreatedTag), created);
}

Result<SecretBytes> readOpenSlot(const SortedFields &fields)
{
    const std::optional<Field> key = fields.find(OpenKeyTag);
    if (!hasCommonFields(fields) || !key || key->value.size() != vaultKeySize)
        return corruptSlot("an open slot without its parts");
    return SecretBytes::copyOf(key->value);
}

Result<PasswordSlot> readPasswordSlot(const SortedFields &fields, const SecretBytes &bytes)
{
    PasswordSlot slot;
    const std::optional<Field> salt = fields.find(SaltTag);
    const std::optional<Field> box = fields.find(BoxTag);
    if (!hasCommonFields(fields) || !salt || salt->value.size() != slot.salt.size() || !box ||
        box->value.size() != boxSize ||
        !readSlotNumber(fields.find(MemoryTag), slot.costs.memoryKiB) ||
        !readSlotNumber(fields.find(PassesTag), slot.costs.passes) ||
        !readSlotNumber(fields.find(LanesTag), slot.costs.lanes))
        return corruptSlot("a password slot without its parts");
    // What RFC 9106 allows at the least; the most is judged before deriving.
    if (slot.costs.passes < 1 || slot.costs.lanes < 1 ||
        slot.costs.memoryKiB / 8 < slot.costs.lanes)
        return corruptSlot("a password slot whose costs make no sense");
    std::ranges::copy(salt->value, slot.salt.begin());
    Result<SecretBytes> sealed = SecretBytes::copyOf(box->value);
    Result<SecretBytes> whole = SecretBytes::copyOf(bytes.view());
    if (!sealed || !whole)
        return failure(Errc::SecretMemoryFull);
    slot.box = std::move(*sealed);
    slot.fields = std::move(*whole);
    slot.boxedFrom =
        static_cast<std::size_t>(box->value.data() - bytes.view().data()) - fieldHeader;
    return slot;
}

/// "hufu1 slot", the vault's id and the fields before the box, as encoded.
Result<SecretBytes> associatedData(const VaultId &vault, std::span<const std::byte> fields)
{
    Result<SecretBytes> data = SecretBytes::copyOf(sealedFor);
    if (!data || !data->append(vault) || !data->append(fields))
        return failure(Errc::SecretMemoryFull);
    return data;
}

Result<OpenedSlot> openWith(const PasswordSlot &slot, const VaultId &vault, SecretBytes password)
{
    const Result<SecretBytes> key = argon2id(std::move(password), slot.salt, slot.costs);
    if (!key)
        return tl::unexpected(key.error());
    const Result<SecretBytes> associated =
        associatedData(vault, slot.fields.view().first(slot.boxedFrom));
    if (!associated)
        return tl::unexpected(associated.error());
    const std::span<const std::byte> box = slot.box.view();
    Result<SecretBytes> vaultKey =
        openAes256Gcm(*key, box.first(gcmNonceSize), box.subspan(gcmNonceSize), associated->view());
    if (!vaultKey)
        return vaultKey.error().code == Errc::SealBroken ? failure(Errc::PasswordWrong)
                                                         : tl::unexpected(vaultKey.error());
    Result<SecretBytes> fields = SecretBytes::copyOf(slot.fields.view());
    if (!fields)
        return tl::unexpected(fields.error());
    return OpenedSlot{std::move(*vaultKey), std::move(*fields)};
}

void writeCommonFields(FieldWriter &writer, SlotKind kind, std::chrono::sys_seconds now)
{
    writer.number(KindTag, kind);
    writer.bytes(SlotIdTag, randomId<8>());
    writer.number(CreatedTag, static_cast<std::uint64_t>(now.time_since_epoch().count()));
}

} // namespace

Result<KeySlots> readKeySlots(const HeadIdentity &identity)
{
    KeySlots keySlots;
    for (const SecretBytes &bytes : identity.keySlots) {
        const Result<SortedFields> fields = SortedFields::read(bytes.view(), slotRules);
        if (!fields)
            return tl::unexpected(fields.error());
        std::uint64_t kind = 0;
        if (!readSlotNumber(fields->find(KindTag), kind))
            return corruptSlot("a slot without a kind");
        if (kind == OpenKind) {
            if (identity.keySlots.size() != 1)
                return corruptSlot("an open slot beside another");
            Result<SecretBytes> key = readOpenSlot(*fields);
            if (!key)
                return tl::unexpected(key.error());
            keySlots.openKey = std::move(*key);
        } else if (kind == PasswordKind) {
            Result<PasswordSlot> slot = readPasswordSlot(*fields, bytes);
            if (!slot)
                return tl::unexpected(slot.error());
            keySlots.passwords.push_back(std::move(*slot));
        }
    }
    if (!keySlots.openKey && keySlots.passwords.empty())
        return failure(Errc::VaultNewerVersion, QStringLiteral("slots of unknown kinds only"));
    return keySlots;
}

Result<VaultKeys> openSlot(const HeadIdentity &identity)
{
    Result<KeySlots> keySlots = readKeySlots(identity);
    if (!keySlots)
        return tl::unexpected(keySlots.error());
    if (!keySlots->openKey)
        return failure(Errc::PasswordNeeded);
    return VaultKeys::derive(identity.key, std::move(*keySlots->openKey), identity.vault);
}

bool isUnderPassword(const HeadIdentity &identity)
{
    const Result<KeySlots> keySlots = readKeySlots(identity);
    return keySlots && !keySlots->passwords.empty();
}

Result<SecretBytes> makeOpenSlot(const SecretBytes &vaultKey, std::chrono::sys_seconds now)
{
    FieldWriter writer;
    writeCommonFields(writer, OpenKind, now);
    writer.bytes(OpenKeyTag, vaultKey.view());
    return writer.take();
}

Result<SecretBytes> makePasswordSlot(const PasswordKey &password, const SecretBytes &vaultKey,
                                     const VaultId &vault, std::chrono::sys_seconds now)
{
    FieldWriter writer;
    writeCommonFields(writer, PasswordKind, now);
    writer.bytes(SaltTag, password.salt);
    writer.number(MemoryTag, password.costs.memoryKiB);
    writer.number(PassesTag, password.costs.passes);
    writer.number(LanesTag, password.costs.lanes);
    Result<SecretBytes> slot = writer.take();
    if (!slot)
        return slot;
    const Result<SecretBytes> associated = associatedData(vault, slot->view());
    if (!associated)
        return tl::unexpected(associated.error());
    const auto nonce = randomId<gcmNonceSize>();
    const Result<QByteArray> sealed =
        sealAes256Gcm(password.key, nonce, vaultKey.view(), associated->view());
    if (!sealed)
        return tl::unexpected(sealed.error());
    Result<SecretBytes> box = SecretBytes::copyOf(nonce);
    if (!box || !box->append(std::as_bytes(std::span(*sealed))))
        return failure(Errc::SecretMemoryFull);
    FieldWriter end;
    end.bytes(BoxTag, box->view());
    const Result<SecretBytes> boxField = end.take();
    if (!boxField || !slot->append(boxField->view()))
        return failure(Errc::SecretMemoryFull);
    return slot;
}

Result<PasswordKey> derivePasswordKey(SecretBytes password, const Argon2Costs &costs)
{
    PasswordKey made{.salt = randomId<16>(), .costs = costs, .key = {}};
    Result<SecretBytes> key = argon2id(std::move(password), made.salt, costs);
    if (!key)
        return tl::unexpected(key.error());
    made.key = std::move(*key);
    return made;
}

Result<OpenedSlot> tryPassword(const std::vector<PasswordSlot> &keySlots, const VaultId &vault,
                               SecretBytes password)
{
    Error error{Errc::PasswordWrong, {}};
    for (const PasswordSlot &slot : keySlots) {
        Result<SecretBytes> own = SecretBytes::copyOf(password.view());
        if (!own)
            return tl::unexpected(own.error());
        Result<OpenedSlot> opened = openWith(slot, vault, std::move(*own));
        if (opened || (opened.error().code != Errc::PasswordWrong &&
                       opened.error().code != Errc::PasswordCostTooHigh))
            return opened;
        if (opened.error().code == Errc::PasswordCostTooHigh)
            error = opened.error();
    }
    return tl::unexpected(error);
}

} // namespace hufu
