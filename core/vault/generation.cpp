#include "core/vault/generation.h"

namespace hufu {
namespace {

Result<NewPage> sealNew(VaultContents &next, const PageRecords &content)
{
    const Result<SecretBytes> records = encodeRecords(content);
    if (!records)
        return tl::unexpected(records.error());
    PageEntry entry;
    entry.id = randomId<8>();
    Result<QByteArray> text = sealPage(*next.keys, next.identity->vault, entry.id, *records);
    if (!text)
        return tl::unexpected(text.error());
    entry.textDigest = digestOf(*text);
    entry.textSize = static_cast<std::uint64_t>(text->size());
    entry.records = content.accounts.size() + content.others.size();
    NewPage page{pageEntryName(entry.id), std::move(*text)};
    next.pages.push_back(std::make_shared<const StoredPage>(
        StoredPage{std::make_shared<const PageEntry>(std::move(entry)), content}));
    return page;
}

} // namespace

Sha256Digest digestOf(const QByteArray &text)
{
    return sha256(std::as_bytes(std::span(text)));
}

Result<SealedGeneration> sealNext(VaultContents &next, const VaultContents &before,
                                  const Sealing &how)
{
    const Result<std::vector<PlannedPage>> planned = planPages(before, next.accounts, how.sizes);
    if (!planned)
        return tl::unexpected(planned.error());
    SealedGeneration sealed;
    next.pages.clear();
    for (const PlannedPage &page : *planned) {
        if (page.kept && how.which == Resealed::Changed) {
            next.pages.push_back(page.kept);
            continue;
        }
        Result<NewPage> added = sealNew(next, page.kept ? page.kept->records : page.records);
        if (!added)
            return tl::unexpected(added.error());
        sealed.pages.push_back(std::move(*added));
    }
    Result<QByteArray> head = sealNextHead(next, how.now);
    if (!head)
        return tl::unexpected(head.error());
    sealed.head = std::move(*head);
    return sealed;
}

Result<QByteArray> sealNextHead(VaultContents &next, std::chrono::sys_seconds now)
{
    Result<SecretBytes> unknown = SecretBytes::copyOf(next.body->unknownFields.view());
    if (!unknown)
        return tl::unexpected(unknown.error());
    HeadBody body{.written = now,
                  .writer = thisWriter(),
                  .highestWriter = highestWriter(next.body->highestWriter),
                  .pages = {},
                  .unknownFields = std::move(*unknown)};
    for (const StoredPagePtr &page : next.pages)
        body.pages.push_back(page->entry);
    ++next.generation;
    Result<QByteArray> head = sealHead(*next.identity, next.generation, body, *next.keys);
    if (!head)
        return head;
    next.headDigest = digestOf(*head);
    next.body = std::make_shared<const HeadBody>(std::move(body));
    return head;
}

} // namespace hufu
