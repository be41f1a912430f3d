#include "core/payload/protobuf_reader.h"

#include <limits>

namespace hufu {
namespace {

constexpr int bitsOfWireType = 3;
constexpr std::uint64_t largestField = (std::uint64_t{1} << 29) - 1;

enum WireType : std::uint64_t { Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5 };

} // namespace

Result<std::optional<ProtobufReader::Field>> ProtobufReader::next()
{
    if (m_rest.empty())
        return std::nullopt;
    const std::optional<std::uint64_t> tag = takeVarint();
    if (!tag || *tag >> bitsOfWireType == 0 || *tag >> bitsOfWireType > largestField)
        return failure(Errc::MalformedExport);
    Field field;
    field.number = static_cast<std::uint32_t>(*tag >> bitsOfWireType);
    std::optional<std::string_view> bytes;
    switch (*tag & ((1U << bitsOfWireType) - 1)) {
    case Varint: {
        const std::optional<std::uint64_t> value = takeVarint();
        if (!value)
            return failure(Errc::MalformedExport);
        field.isNumber = true;
        field.value = *value;
        return field;
    }
    case LengthDelimited: {
        const std::optional<std::uint64_t> size = takeVarint();
        if (size)
            bytes = takeBytes(*size);
        field.isBytes = true;
        break;
    }
    case Fixed64:
        bytes = takeBytes(8);
        break;
    case Fixed32:
        bytes = takeBytes(4);
        break;
    default: // groups, and what does not exist
        break;
    }
    if (!bytes)
        return failure(Errc::MalformedExport);
    field.bytes = *bytes;
    return field;
}

std::optional<std::uint64_t> ProtobufReader::takeVarint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (m_rest.empty())
            return std::nullopt;
        const auto byte = static_cast<unsigned char>(m_rest.front());
        m_rest.remove_prefix(1);
        if (shift == 63 && byte > 1) // the tenth byte has room for one bit
            return std::nullopt;
        value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if ((byte & 0x80U) == 0)
            return value;
    }
    return std::nullopt;
}

std::optional<std::string_view> ProtobufReader::takeBytes(std::uint64_t size)
{
    if (size > m_rest.size())
        return std::nullopt;
    const std::string_view bytes = m_rest.substr(0, static_cast<std::size_t>(size));
    m_rest.remove_prefix(bytes.size());
    return bytes;
}

std::optional<std::int32_t> toInt32(std::uint64_t varint)
{
    if (varint <= std::numeric_limits<std::uint32_t>::max())
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(varint));
    const auto value = static_cast<std::int64_t>(varint);
    if (value < std::numeric_limits<std::int32_t>::min() || value > 0)
        return std::nullopt;
    return static_cast<std::int32_t>(value);
}

} // namespace hufu
