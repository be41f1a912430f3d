#include "core/vault/found_head.h"

namespace hufu {
namespace {

/// A damaged head is a finding, everything else ends the reading.
Result<void> unlessCorrupt(const Error &error)
{
    if (error.code == Errc::VaultCorrupt)
        return {};
    return tl::unexpected(error);
}

} // namespace

Result<void> FoundHead::take(const QByteArray &text, std::uint64_t parity,
                             const VaultContents &known, const PasswordTry *passwordTry)
{
    finding.kind = HeadFinding::Kind::Damaged;
    digest = sha256(std::as_bytes(std::span(text)));
    if (known.generation > 0 && known.headDigest == *digest) {
        finding = {HeadFinding::Kind::Whole, known.generation, known.identity->vault};
        identity = known.identity;
        keys = known.keys;
        body = known.body;
        return {};
    }
    Result<SealedHead> head = parseHead(text);
    if (!head)
        return unlessCorrupt(head.error());
    if (head->generation % 2 != parity)
        return {};
    Result<KeySlots> keySlots = readKeySlots(head->identity);
    if (!keySlots)
        return unlessCorrupt(keySlots.error());

    finding = {HeadFinding::Kind::Whole, head->generation, head->identity.vault};
    identity = std::make_shared<const HeadIdentity>(std::move(head->identity));
    sealed = std::move(*head);
    if (keySlots->openKey) {
        Result<VaultKeys> open =
            VaultKeys::derive(identity->key, std::move(*keySlots->openKey), identity->vault);
        if (!open)
            return tl::unexpected(open.error());
        return openWith(std::make_shared<const VaultKeys>(std::move(*open)));
    }
    Result<void> opened = known.keys ? openWith(known.keys) : Result<void>();
    if (opened && known.otherKeys)
        opened = openWith(known.otherKeys);
    if (passwordTry == nullptr)
        return opened;
    for (auto tried = passwordTry->keys.begin(); opened && tried != passwordTry->keys.end();
         ++tried)
        opened = openWith(*tried);
    return opened;
}

Result<void> FoundHead::openWith(const std::shared_ptr<const VaultKeys> &candidate)
{
    if (!sealed || candidate->id != identity->key)
        return {};
    Result<HeadBody> opened = openBody(*sealed, *candidate);
    sealed.reset();
    if (!opened) {
        finding.kind = HeadFinding::Kind::Damaged;
        return unlessCorrupt(opened.error());
    }
    keys = candidate;
    body = std::make_shared<const HeadBody>(std::move(*opened));
    return {};
}

std::vector<PageId> FoundHead::pageIds() const
{
    std::vector<PageId> ids;
    for (const PageEntryPtr &page : body->pages)
        ids.push_back(page->id);
    return ids;
}

} // namespace hufu
