#pragma once

#include "core/base/fields.h"

namespace hufu {

/// Reads fields whose unknown ones are put aside, so that a writer can put them back
/// (storage.md 2: a newer version's optional fields survive an older program).
struct SortedFields
{
    std::vector<Field> known; ///< borrowed from the bytes
    SecretBytes unknown;      ///< encoded as they came

    /// The single field `tag`; nothing if it is absent.
    [[nodiscard]] std::optional<Field> find(std::uint16_t tag) const;

    /// Errors: VaultCorrupt for malformed fields, VaultNewerVersion, SecretMemoryFull. Any thread.
    [[nodiscard]] static Result<SortedFields> read(std::span<const std::byte> bytes,
                                                   std::span<const FieldRule> rules);
};

/// Writes known fields in ascending order and puts the unknown ones in their places.
/// As FieldWriter, a failure comes out of take().
class MergingWriter
{
public:
    /// `unknown` is what SortedFields put aside; borrowed until take().
    explicit MergingWriter(const SecretBytes &unknown);

    void number(std::uint16_t tag, std::uint64_t value);
    void bytes(std::uint16_t tag, std::span<const std::byte> value);
    void text(std::uint16_t tag, std::string_view value) { bytes(tag, bytesOf(value)); }

    /// Errors: SecretMemoryFull.
    [[nodiscard]] Result<SecretBytes> take();

private:
    void catchUp(std::uint32_t tag);

    FieldWriter m_writer;
    std::vector<Field> m_unknown;
    std::size_t m_next = 0;
};

/// What a reader of the vault calls a failure of the layers below: malformed fields and broken
/// seals are VaultCorrupt, everything else is handed on.
[[nodiscard]] Error asVaultError(Error error);

} // namespace hufu
