#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hufu {

/// Bytes that must not leak: keys, passwords, scanned text, the vault's plain text.
///
/// They lie in OpenSSL's secure heap: one locked, undumped arena between guard pages, wiped when
/// freed (security.md 3). Move-only, impossible to print or compare by accident: there is no
/// conversion to QString and no QDebug operator. A full arena is Errc::SecretMemoryFull; the
/// ordinary heap is never used instead. One object belongs to one thread at a time.
class SecretBytes
{
public:
    SecretBytes() = default;
    ~SecretBytes();
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;

    /// A copy of `bytes`; the caller wipes its own. Errors: SecretMemoryFull.
    [[nodiscard]] static Result<SecretBytes> copyOf(std::span<const std::byte> bytes);
    [[nodiscard]] static Result<SecretBytes> copyOf(std::string_view text);
    /// `size` zero bytes. Errors: SecretMemoryFull.
    [[nodiscard]] static Result<SecretBytes> ofSize(std::size_t size);

    /// Borrowed until the next change of this object; never stored.
    [[nodiscard]] std::span<const std::byte> view() const { return {data(), size()}; }
    [[nodiscard]] std::span<std::byte> mutableView() { return {data(), size()}; }
    /// The same bytes as text; not zero-terminated.
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] std::size_t size() const { return m_block == nullptr ? 0 : m_block->size; }
    [[nodiscard]] bool empty() const { return size() == 0; }

    /// Appends in place, growing the room by doubling; the old room is wiped.
    /// Errors: SecretMemoryFull, after which the content is as before.
    [[nodiscard]] Result<void> append(std::span<const std::byte> bytes);
    /// Shortens to `size`, which is at most size(), and wipes what falls away.
    void truncate(std::size_t size);
    /// Wipes and empties.
    void clear();

    /// Whether the arena is locked in memory; false where the system refused (the doctor says so).
    [[nodiscard]] static bool isMemoryLocked();

private:
    /// What stands in front of the bytes, in the arena: an account has several of these objects,
    /// most of them empty, so each is a pointer only. With it a key of 20 bytes still fits into
    /// the arena's smallest block.
    struct Block
    {
        std::uint32_t size;
        std::uint32_t capacity;
    };

    [[nodiscard]] std::byte *data() const
    {
        return m_block == nullptr ? nullptr : reinterpret_cast<std::byte *>(m_block + 1);
    }

    Block *m_block = nullptr; ///< null for nothing
};

/// Equal content? Takes the same time for all contents of one length.
[[nodiscard]] bool equalInConstantTime(std::span<const std::byte> a, std::span<const std::byte> b);

/// Text as bytes, without a copy.
[[nodiscard]] inline std::span<const std::byte> bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

} // namespace hufu
