#include "core/vault/page.h"

#include "core/vault/entry_value.h"

#include <algorithm>

namespace hufu {
namespace {

constexpr std::string_view pageMagic = "HUFUPAGE";
constexpr std::size_t clearSize = 8 + 8 + 8; // magic, page id, key id
constexpr std::size_t frameSize = clearSize + gcmNonceSize + gcmTagSize;

using Clear = std::array<std::byte, clearSize>;

Clear clearPart(const PageId &page, const KeyId &key)
{
    Clear clear;
    auto out = std::ranges::copy(bytesOf(pageMagic), clear.begin()).out;
    out = std::ranges::copy(page, out).out;
    std::ranges::copy(key, out);
    return clear;
}

std::array<std::byte, clearSize + 16> associatedData(const Clear &clear, const VaultId &vault)
{
    std::array<std::byte, clearSize + 16> data;
    std::ranges::copy(vault, std::ranges::copy(clear, data.begin()).out);
    return data;
}

} // namespace

QString pageEntryName(const PageId &id)
{
    return QStringLiteral("page-") + QString::fromLatin1(toHex(id));
}

Result<QByteArray> sealPage(const VaultKeys &keys, const VaultId &vault, const PageId &id,
                            const SecretBytes &records)
{
    const Clear clear = clearPart(id, keys.id);
    const auto nonce = randomId<gcmNonceSize>();
    const Result<QByteArray> box =
        sealAes256Gcm(keys.pageKey, nonce, records.view(), associatedData(clear, vault));
    if (!box)
        return box;
    QByteArray value;
    const auto append = [&value](std::span<const std::byte> bytes) {
        value.append(reinterpret_cast<const char *>(bytes.data()),
                     static_cast<qsizetype>(bytes.size()));
    };
    append(clear);
    append(nonce);
    value.append(*box);
    return toEntryText(EntryKind::Page, std::as_bytes(std::span(value)));
}

Result<SecretBytes> openPage(const VaultKeys &keys, const VaultId &vault, const PageEntry &entry,
                             const QByteArray &text)
{
    if (static_cast<std::uint64_t>(text.size()) != entry.textSize ||
        sha256(std::as_bytes(std::span(text))) != entry.textDigest)
        return failure(Errc::VaultCorrupt, QStringLiteral("not the page that the head names"));
    const Result<SecretBytes> value = fromEntryText(EntryKind::Page, text);
    if (!value)
        return tl::unexpected(value.error());
    const std::span<const std::byte> bytes = value->view();
    const Clear clear = clearPart(entry.id, keys.id);
    if (bytes.size() < frameSize || !std::ranges::equal(bytes.first(clearSize), clear))
        return failure(Errc::VaultCorrupt, QStringLiteral("page of another name or key"));
    Result<SecretBytes> records =
        openAes256Gcm(keys.pageKey, bytes.subspan(clearSize, gcmNonceSize),
                      bytes.subspan(clearSize + gcmNonceSize), associatedData(clear, vault));
    if (!records && records.error().code == Errc::SealBroken)
        return failure(Errc::VaultCorrupt, QStringLiteral("seal of a page broken"));
    return records;
}

std::size_t pageTextSize(std::size_t recordBytes)
{
    return entryTextSize(EntryKind::Page, frameSize + recordBytes);
}

} // namespace hufu
