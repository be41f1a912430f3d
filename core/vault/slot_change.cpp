#include "core/vault/slot_change.h"

#include "core/base/worker.h"

#include <algorithm>

namespace hufu {
namespace {

bool areEqual(const SecretBytes &a, const SecretBytes &b)
{
    return std::ranges::equal(a.view(), b.view());
}

Result<SecretBytes> makeVaultKey()
{
    Result<SecretBytes> key = SecretBytes::ofSize(vaultKeySize);
    if (!key)
        return key;
    if (const Result<void> filled = fillRandom(key->mutableView()); !filled)
        return tl::unexpected(filled.error());
    return key;
}

/// One slot instead of another, under the same vault key.
Result<ChangedSlots> replaceSlot(const VaultContents &contents, const SlotChange &change,
                                 HeadIdentity identity, std::chrono::sys_seconds now)
{
    identity.key = contents.identity->key;
    for (const SecretBytes &old : contents.identity->keySlots) {
        Result<SecretBytes> slot =
            areEqual(old, change.replaced)
                ? makePasswordSlot(*change.next, contents.keys->vaultKey, identity.vault, now)
                : SecretBytes::copyOf(old.view());
        if (!slot)
            return tl::unexpected(slot.error());
        identity.keySlots.push_back(std::move(*slot));
    }
    return ChangedSlots{std::make_shared<const HeadIdentity>(std::move(identity)), contents.keys,
                        false};
}

/// A new vault key in a slot that stands alone.
Result<ChangedSlots> renewKey(const SlotChange &change, HeadIdentity identity,
                              std::chrono::sys_seconds now)
{
    identity.key = randomId<8>();
    Result<SecretBytes> key = makeVaultKey();
    if (!key)
        return tl::unexpected(key.error());
    Result<SecretBytes> slot = change.next
                                   ? makePasswordSlot(*change.next, *key, identity.vault, now)
                                   : makeOpenSlot(*key, now);
    if (!slot)
        return tl::unexpected(slot.error());
    identity.keySlots.push_back(std::move(*slot));
    Result<VaultKeys> keys = VaultKeys::derive(identity.key, std::move(*key), identity.vault);
    if (!keys)
        return tl::unexpected(keys.error());
    return ChangedSlots{std::make_shared<const HeadIdentity>(std::move(identity)),
                        std::make_shared<const VaultKeys>(std::move(*keys)), true};
}

} // namespace

Result<ChangedSlots> changeSlots(const VaultContents &contents, const SlotChange &change,
                                 std::chrono::sys_seconds now)
{
    const std::vector<SecretBytes> &keySlots = contents.identity->keySlots;
    const bool asTried = change.replaced.empty()
                             ? !isUnderPassword(*contents.identity)
                             : std::ranges::any_of(keySlots, [&](const SecretBytes &slot) {
                                   return areEqual(slot, change.replaced);
                               });
    if (!asTried)
        return failure(Errc::VaultBusy, QStringLiteral("the slots were changed meanwhile"));
    Result<SecretBytes> unknown = SecretBytes::copyOf(contents.identity->unknownFields.view());
    if (!unknown)
        return tl::unexpected(unknown.error());
    HeadIdentity identity{.vault = contents.identity->vault,
                          .key = {},
                          .keySlots = {},
                          .unknownFields = std::move(*unknown)};
    if (!change.replaced.empty() && change.next && !change.renewsKey)
        return replaceSlot(contents, change, std::move(identity), now);
    return renewKey(change, std::move(identity), now);
}

void prepareSlotChange(QObject *context, const HeadIdentity *identity, SecretBytes current,
                       SecretBytes next, std::function<Argon2Costs()> costs,
                       Answer<SlotChange> answer)
{
    struct Given
    {
        KeySlots keySlots;
        VaultId vault;
        SecretBytes current;
        SecretBytes next;
    };
    Result<KeySlots> keySlots = identity != nullptr ? readKeySlots(*identity) : KeySlots{};
    if (!keySlots)
        return answerLater<SlotChange>(context, std::move(answer),
                                       tl::unexpected(keySlots.error()));
    if (keySlots->passwords.empty() != current.empty())
        return answerLater<SlotChange>(context, std::move(answer), failure(Errc::PasswordWrong));
    const auto given = std::make_shared<Given>(
        Given{std::move(*keySlots), identity != nullptr ? identity->vault : VaultId{},
              std::move(current), std::move(next)});
    answerFromWorker<SlotChange>(
        context,
        [given, costs = std::move(costs)]() -> Result<SlotChange> {
            SlotChange change;
            if (!given->keySlots.passwords.empty()) {
                Result<OpenedSlot> opened =
                    tryPassword(given->keySlots.passwords, given->vault, std::move(given->current));
                if (!opened)
                    return tl::unexpected(opened.error());
                change.replaced = std::move(opened->fields);
            }
            if (given->next.empty())
                return change;
            Result<PasswordKey> key = derivePasswordKey(std::move(given->next), costs());
            if (!key)
                return tl::unexpected(key.error());
            change.next = std::move(*key);
            return change;
        },
        std::move(answer));
}

bool haveSameSlots(const HeadIdentity &a, const HeadIdentity &b)
{
    return a.key == b.key && std::ranges::equal(a.keySlots, b.keySlots, areEqual);
}

} // namespace hufu
