#include "core/vault/kept_fields.h"

#include <algorithm>

namespace hufu {

Result<SortedFields> SortedFields::read(std::span<const std::byte> bytes,
                                        std::span<const FieldRule> rules)
{
    Result<std::vector<Field>> all = readFields(bytes, rules);
    if (!all)
        return tl::unexpected(asVaultError(all.error()));
    FieldWriter unknown;
    std::erase_if(*all, [&](const Field &field) {
        const bool isKnown = std::ranges::find(rules, field.tag, &FieldRule::tag) != rules.end();
        if (!isKnown)
            unknown.bytes(field.tag, field.value);
        return !isKnown;
    });
    SortedFields sorted{.known = std::move(*all), .unknown = {}};
    Result<SecretBytes> kept = unknown.take();
    if (!kept)
        return tl::unexpected(kept.error());
    sorted.unknown = std::move(*kept);
    return sorted;
}

std::optional<Field> SortedFields::find(std::uint16_t tag) const
{
    const auto found = std::ranges::find(known, tag, &Field::tag);
    return found == known.end() ? std::nullopt : std::optional(*found);
}

MergingWriter::MergingWriter(const SecretBytes &unknown)
{
    // They were read once already, so they can be read again.
    if (Result<std::vector<Field>> fields = readFields(unknown.view(), {}))
        m_unknown = std::move(*fields);
}

void MergingWriter::number(std::uint16_t tag, std::uint64_t value)
{
    catchUp(tag);
    m_writer.number(tag, value);
}

void MergingWriter::bytes(std::uint16_t tag, std::span<const std::byte> value)
{
    catchUp(tag);
    m_writer.bytes(tag, value);
}

Result<SecretBytes> MergingWriter::take()
{
    catchUp(0x1'0000);
    return m_writer.take();
}

void MergingWriter::catchUp(std::uint32_t tag)
{
    for (; m_next < m_unknown.size() && m_unknown[m_next].tag < tag; ++m_next)
        m_writer.bytes(m_unknown[m_next].tag, m_unknown[m_next].value);
}

Error asVaultError(Error error)
{
    if (error.code == Errc::MalformedFields || error.code == Errc::SealBroken)
        return {Errc::VaultCorrupt, errcName(error.code)};
    return error;
}

} // namespace hufu
