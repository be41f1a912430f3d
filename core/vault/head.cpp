#include "core/vault/head.h"

#include "core/vault/entry_value.h"
#include "core/vault/kept_fields.h"

#include <QVersionNumber>

#include <algorithm>

namespace hufu {
namespace {

constexpr std::string_view magic = "HUFUHEAD";
constexpr std::string_view program = "hufu ";
constexpr std::size_t digestSize = 32;
constexpr std::size_t maximumSlots = 8;

enum ClearTag : std::uint16_t { VaultTag = 1, GenerationTag = 2, KeyTag = 3, SlotTag = 4 };
enum BodyTag : std::uint16_t { WrittenTag = 1, WriterTag = 2, PageTag = 3, HighestTag = 4 };
enum PageEntryTag : std::uint16_t { PageIdTag = 1, DigestTag = 2, SizeTag = 3, RecordsTag = 4 };

constexpr std::array clearRules{FieldRule{VaultTag}, FieldRule{GenerationTag}, FieldRule{KeyTag},
                                FieldRule{SlotTag, Occurs::Repeatedly}};
constexpr std::array bodyRules{FieldRule{WrittenTag}, FieldRule{WriterTag},
                               FieldRule{PageTag, Occurs::Repeatedly}, FieldRule{HighestTag}};
constexpr std::array pageEntryRules{FieldRule{PageIdTag}, FieldRule{DigestTag}, FieldRule{SizeTag},
                                    FieldRule{RecordsTag}};

tl::unexpected<Error> corrupt(const char *what)
{
    return failure(Errc::VaultCorrupt, QLatin1String(what));
}

/// Takes pieces off the front of a head's bytes; everything is checked to lie inside them.
class Cutter
{
public:
    explicit Cutter(std::span<const std::byte> bytes)
        : m_rest(bytes)
    {
    }

    std::optional<std::span<const std::byte>> take(std::uint64_t size)
    {
        if (size > m_rest.size())
            return std::nullopt;
        const std::span<const std::byte> piece = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return piece;
    }
    /// A length of 4 bytes and as many bytes after it.
    std::optional<std::span<const std::byte>> takeCounted()
    {
        const auto length = take(4);
        return length ? take(fromBigEndian(*length)) : std::nullopt;
    }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    std::span<const std::byte> m_rest;
};

template <std::size_t N>
bool copyExactly(const std::optional<Field> &field, std::array<std::byte, N> &out)
{
    if (!field || field->value.size() != N)
        return false;
    std::ranges::copy(field->value, out.begin());
    return true;
}

bool readNumber(const std::optional<Field> &field, std::uint64_t &out)
{
    const Result<std::uint64_t> number = field ? field->number() : failure(Errc::MalformedFields);
    out = number.value_or(0);
    return number.has_value();
}

bool readText(const std::optional<Field> &field, std::string &out)
{
    const Result<std::string_view> text = field ? field->text() : failure(Errc::MalformedFields);
    out = text.value_or(std::string_view());
    return text.has_value();
}

Result<void> readClear(std::span<const std::byte> bytes, SealedHead &head)
{
    Result<SortedFields> fields = SortedFields::read(bytes, clearRules);
    if (!fields)
        return tl::unexpected(fields.error());
    if (!copyExactly(fields->find(VaultTag), head.identity.vault) ||
        !copyExactly(fields->find(KeyTag), head.identity.key) ||
        !readNumber(fields->find(GenerationTag), head.generation) || head.generation == 0)
        return corrupt("head without its ids");
    for (const Field &field : fields->known) {
        if (field.tag != SlotTag)
            continue;
        Result<SecretBytes> slot = SecretBytes::copyOf(field.value);
        if (!slot)
            return tl::unexpected(slot.error());
        head.identity.keySlots.push_back(std::move(*slot));
    }
    if (head.identity.keySlots.empty() || head.identity.keySlots.size() > maximumSlots)
        return corrupt("head without slots, or with too many");
    head.identity.unknownFields = std::move(fields->unknown);
    return {};
}

Result<PageEntryPtr> readPageEntry(std::span<const std::byte> bytes)
{
    Result<SortedFields> fields = SortedFields::read(bytes, pageEntryRules);
    if (!fields)
        return tl::unexpected(fields.error());
    PageEntry entry;
    if (!copyExactly(fields->find(PageIdTag), entry.id) ||
        !copyExactly(fields->find(DigestTag), entry.textDigest) ||
        !readNumber(fields->find(SizeTag), entry.textSize) ||
        !readNumber(fields->find(RecordsTag), entry.records))
        return corrupt("page entry without its parts");
    entry.unknownFields = std::move(fields->unknown);
    return std::make_shared<const PageEntry>(std::move(entry));
}

Result<SecretBytes> writePageEntry(const PageEntry &entry)
{
    MergingWriter writer(entry.unknownFields);
    writer.bytes(PageIdTag, entry.id);
    writer.bytes(DigestTag, entry.textDigest);
    writer.number(SizeTag, entry.textSize);
    writer.number(RecordsTag, entry.records);
    return writer.take();
}

Result<SecretBytes> writeClear(const HeadIdentity &identity, std::uint64_t generation)
{
    MergingWriter writer(identity.unknownFields);
    writer.bytes(VaultTag, identity.vault);
    writer.number(GenerationTag, generation);
    writer.bytes(KeyTag, identity.key);
    for (const SecretBytes &slot : identity.keySlots)
        writer.bytes(SlotTag, slot.view());
    const Result<SecretBytes> fields = writer.take();
    if (!fields)
        return tl::unexpected(fields.error());
    Result<SecretBytes> clear = SecretBytes::copyOf(magic);
    if (!clear || !clear->append(bigEndian<4>(fields->size())) || !clear->append(fields->view()))
        return failure(Errc::SecretMemoryFull);
    return clear;
}

Result<SecretBytes> writeBody(const HeadBody &body)
{
    MergingWriter writer(body.unknownFields);
    writer.number(WrittenTag, static_cast<std::uint64_t>(body.written.time_since_epoch().count()));
    writer.text(WriterTag, body.writer);
    for (const PageEntryPtr &page : body.pages) {
        const Result<SecretBytes> entry = writePageEntry(*page);
        if (!entry)
            return tl::unexpected(entry.error());
        writer.bytes(PageTag, entry->view());
    }
    writer.text(HighestTag, body.highestWriter);
    return writer.take();
}

QVersionNumber versionOf(std::string_view writer)
{
    if (!writer.starts_with(program))
        return {};
    writer.remove_prefix(program.size());
    return QVersionNumber::fromString(
        QString::fromUtf8(writer.data(), static_cast<qsizetype>(writer.size())));
}

} // namespace

Result<SealedHead> parseHead(const QByteArray &text)
{
    const Result<SecretBytes> value = fromEntryText(EntryKind::Head, text);
    if (!value)
        return tl::unexpected(value.error());
    const std::span<const std::byte> bytes = value->view();
    if (bytes.size() < digestSize ||
        !std::ranges::equal(sha256(bytes.first(bytes.size() - digestSize)), bytes.last(digestSize)))
        return corrupt("checksum of a head");
    const std::span<const std::byte> summed = bytes.first(bytes.size() - digestSize);
    Cutter cutter(summed);
    const auto opening = cutter.take(magic.size());
    if (!opening || !std::ranges::equal(*opening, bytesOf(magic)))
        return corrupt("not a head");
    const auto fields = cutter.takeCounted();
    const auto box = fields ? cutter.takeCounted() : std::nullopt;
    if (!box || !cutter.atEnd() || box->size() < gcmNonceSize + gcmTagSize)
        return corrupt("lengths of a head");

    SealedHead head;
    if (const Result<void> read = readClear(*fields, head); !read)
        return tl::unexpected(read.error());
    Result<SecretBytes> clear =
        SecretBytes::copyOf(summed.first(magic.size() + 4 + fields->size()));
    Result<SecretBytes> kept = SecretBytes::copyOf(*box);
    if (!clear || !kept)
        return failure(Errc::SecretMemoryFull);
    head.clear = std::move(*clear);
    head.box = std::move(*kept);
    return head;
}

Result<HeadBody> openBody(const SealedHead &head, const VaultKeys &keys)
{
    const std::span<const std::byte> box = head.box.view();
    const Result<SecretBytes> plain = openAes256Gcm(keys.headKey, box.first(gcmNonceSize),
                                                    box.subspan(gcmNonceSize), head.clear.view());
    if (!plain)
        return tl::unexpected(asVaultError(plain.error()));
    Result<SortedFields> fields = SortedFields::read(plain->view(), bodyRules);
    if (!fields)
        return tl::unexpected(fields.error());
    HeadBody body;
    std::uint64_t written = 0;
    if (!readNumber(fields->find(WrittenTag), written) ||
        !readText(fields->find(WriterTag), body.writer) ||
        !readText(fields->find(HighestTag), body.highestWriter))
        return corrupt("head without its parts");
    body.written = std::chrono::sys_seconds(std::chrono::seconds(written));
    for (const Field &field : fields->known) {
        if (field.tag != PageTag)
            continue;
        Result<PageEntryPtr> entry = readPageEntry(field.value);
        if (!entry)
            return tl::unexpected(entry.error());
        body.pages.push_back(std::move(*entry));
    }
    body.unknownFields = std::move(fields->unknown);
    return body;
}

Result<QByteArray> sealHead(const HeadIdentity &identity, std::uint64_t generation,
                            const HeadBody &body, const VaultKeys &keys)
{
    Result<SecretBytes> value = writeClear(identity, generation);
    if (!value)
        return tl::unexpected(value.error());
    const Result<SecretBytes> plain = writeBody(body);
    if (!plain)
        return tl::unexpected(plain.error());
    const auto nonce = randomId<gcmNonceSize>();
    const Result<QByteArray> box = sealAes256Gcm(keys.headKey, nonce, plain->view(), value->view());
    if (!box)
        return box;
    const std::size_t boxSize = nonce.size() + static_cast<std::size_t>(box->size());
    if (!value->append(bigEndian<4>(boxSize)) || !value->append(nonce) ||
        !value->append(std::as_bytes(std::span(*box))) || !value->append(sha256(value->view())))
        return failure(Errc::SecretMemoryFull);
    return toEntryText(EntryKind::Head, value->view());
}

std::string thisWriter()
{
    return std::string(program) + HUFU_VERSION;
}

std::string highestWriter(const std::string &highest)
{
    return versionOf(highest) > versionOf(thisWriter()) ? highest : thisWriter();
}

} // namespace hufu
