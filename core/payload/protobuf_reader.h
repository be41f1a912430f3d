#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace hufu {

/// Reads one protobuf message field by field (protobuf.dev, "Encoding"). Strict: a length beyond
/// the end, a number longer than ten bytes, a group or an unknown wire type is an error. It copies
/// nothing, so a message may hold secrets; the message outlives the reader. One thread.
class ProtobufReader
{
public:
    struct Field
    {
        std::uint32_t number = 0; ///< 1 to 2^29 - 1
        bool isNumber = false;    ///< a varint in `value`; else see `bytes`
        bool isBytes = false;     ///< length-delimited in `bytes`; neither: a fixed number
        std::uint64_t value = 0;  ///< of a varint
        std::string_view bytes;   ///< of the field, borrowed from the message
    };

    explicit ProtobufReader(std::string_view message)
        : m_rest(message)
    {
    }

    /// The next field; nothing at the end of the message. Errors: MalformedExport.
    [[nodiscard]] Result<std::optional<Field>> next();

private:
    [[nodiscard]] std::optional<std::uint64_t> takeVarint();
    [[nodiscard]] std::optional<std::string_view> takeBytes(std::uint64_t size);

    std::string_view m_rest;
};

/// What a varint says as an int32: negative numbers come sign-extended to 64 bits, or as 32.
/// Nothing for what is larger. Pure.
[[nodiscard]] std::optional<std::int32_t> toInt32(std::uint64_t varint);

} // namespace hufu
