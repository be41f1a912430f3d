#pragma once

#include "core/base/secret_bytes.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace hufu {

/// One field of a record: tag, then its value, borrowed from the record's bytes.
/// Source: storage.md 2. Used by the vault and by the helper's messages (contracts.md 1).
struct Field
{
    std::uint16_t tag = 0;
    std::span<const std::byte> value;

    /// The value as a number of 1, 2, 4 or 8 bytes in its shortest form. Errors: MalformedFields.
    [[nodiscard]] Result<std::uint64_t> number() const;
    /// The value as UTF-8 text without NUL. Errors: MalformedFields.
    [[nodiscard]] Result<std::string_view> text() const;
};

enum class Occurs { Once, Repeatedly };

/// A tag that a reader knows, and whether it may stand more than once.
struct FieldRule
{
    std::uint16_t tag;
    Occurs occurs = Occurs::Once;
};

/// The fields of `bytes`, in their order, unknown ones below 0x8000 among them (a writer must put
/// those back). The values point into `bytes`.
///
/// Errors: MalformedFields for a wrong order, a repeated single tag, a length past the end or bytes
/// left over; VaultNewerVersion for an unknown tag from 0x8000 up. Any thread.
[[nodiscard]] Result<std::vector<Field>> readFields(std::span<const std::byte> bytes,
                                                    std::span<const FieldRule> known);

/// Writes fields, in ascending order of their tags, which is the caller's duty.
/// A failure is remembered and comes out of take(), so that the calls in between need no check.
class FieldWriter
{
public:
    void number(std::uint16_t tag, std::uint64_t value);
    void bytes(std::uint16_t tag, std::span<const std::byte> value);
    void text(std::uint16_t tag, std::string_view value) { bytes(tag, bytesOf(value)); }

    /// What was written; the writer is empty afterwards. Errors: SecretMemoryFull.
    [[nodiscard]] Result<SecretBytes> take();

private:
    void append(std::span<const std::byte> bytes);

    SecretBytes m_bytes;
    bool m_failed = false;
};

/// `value` as N big-endian bytes.
template <std::size_t N>
[[nodiscard]] constexpr std::array<std::byte, N> bigEndian(std::uint64_t value)
{
    std::array<std::byte, N> bytes{};
    for (std::size_t i = N; i-- > 0; value >>= 8)
        bytes[i] = static_cast<std::byte>(value & 0xff);
    return bytes;
}

/// The number that up to 8 big-endian bytes write.
[[nodiscard]] constexpr std::uint64_t fromBigEndian(std::span<const std::byte> bytes)
{
    std::uint64_t value = 0;
    for (const std::byte byte : bytes)
        value = (value << 8) | std::to_integer<std::uint64_t>(byte);
    return value;
}

} // namespace hufu
