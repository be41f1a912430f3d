#include "core/base/fields.h"

#include <QUtf8StringView>

#include <algorithm>

namespace hufu {
namespace {

constexpr std::size_t headerSize = 6; // tag 2, length 4
constexpr std::uint16_t firstMandatoryTag = 0x8000;
constexpr std::size_t usualFields = 16; // of an account

std::size_t shortestSize(std::uint64_t value)
{
    if (value <= 0xff)
        return 1;
    if (value <= 0xffff)
        return 2;
    return value <= 0xffff'ffff ? 4 : 8;
}

Result<void> checkOrder(std::uint16_t tag, std::uint16_t previous, bool first,
                        std::span<const FieldRule> known)
{
    const auto rule = std::ranges::find(known, tag, &FieldRule::tag);
    if (rule == known.end() && tag >= firstMandatoryTag)
        return failure(Errc::VaultNewerVersion);
    // An unknown tag may repeat: only its author knows.
    const bool repeats = rule == known.end() || rule->occurs == Occurs::Repeatedly;
    if (!first && (tag < previous || (tag == previous && !repeats)))
        return failure(Errc::MalformedFields);
    return {};
}

} // namespace

Result<std::uint64_t> Field::number() const
{
    const std::size_t size = value.size();
    if (size != 1 && size != 2 && size != 4 && size != 8)
        return failure(Errc::MalformedFields);
    const std::uint64_t read = fromBigEndian(value);
    if (shortestSize(read) != size)
        return failure(Errc::MalformedFields);
    return read;
}

Result<std::string_view> Field::text() const
{
    const std::string_view text(reinterpret_cast<const char *>(value.data()), value.size());
    if (text.find('\0') != std::string_view::npos ||
        !QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8())
        return failure(Errc::MalformedFields);
    return text;
}

Result<std::vector<Field>> readFields(std::span<const std::byte> bytes,
                                      std::span<const FieldRule> known)
{
    std::vector<Field> fields;
    fields.reserve(usualFields);
    std::uint16_t previous = 0;
    while (!bytes.empty()) {
        if (bytes.size() < headerSize)
            return failure(Errc::MalformedFields);
        const auto tag = static_cast<std::uint16_t>(fromBigEndian(bytes.first(2)));
        const std::uint64_t length = fromBigEndian(bytes.subspan(2, 4));
        if (length > bytes.size() - headerSize)
            return failure(Errc::MalformedFields);
        if (const Result<void> order = checkOrder(tag, previous, fields.empty(), known); !order)
            return tl::unexpected(order.error());
        fields.push_back({tag, bytes.subspan(headerSize, length)});
        previous = tag;
        bytes = bytes.subspan(headerSize + length);
    }
    return fields;
}

void FieldWriter::number(std::uint16_t tag, std::uint64_t value)
{
    const std::array<std::byte, 8> all = bigEndian<8>(value);
    bytes(tag, std::span(all).last(shortestSize(value)));
}

void FieldWriter::bytes(std::uint16_t tag, std::span<const std::byte> value)
{
    append(bigEndian<2>(tag));
    append(bigEndian<4>(value.size()));
    append(value);
}

Result<SecretBytes> FieldWriter::take()
{
    SecretBytes bytes = std::move(m_bytes);
    if (std::exchange(m_failed, false))
        return failure(Errc::SecretMemoryFull);
    return bytes;
}

void FieldWriter::append(std::span<const std::byte> bytes)
{
    m_failed = m_failed || !m_bytes.append(bytes);
}

} // namespace hufu
