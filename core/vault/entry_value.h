#pragma once

#include "core/base/secret_bytes.h"

#include <QByteArray>

namespace hufu {

/// What an entry of the store holds; the name stands in its text.
enum class EntryKind { Head, Page };

/// One line of ASCII: `hufu.<kind>.1:` and the bytes as padded base64. Source: storage.md 2.
[[nodiscard]] QByteArray toEntryText(EntryKind kind, std::span<const std::byte> bytes);

/// The bytes of what toEntryText made. Strict: one way to write each value.
///
/// Errors: VaultNewerVersion for a larger version of this kind, VaultCorrupt for anything else,
/// SecretMemoryFull. Pure, any thread.
[[nodiscard]] Result<SecretBytes> fromEntryText(EntryKind kind, const QByteArray &text);

/// Characters of the text for so many bytes.
[[nodiscard]] std::size_t entryTextSize(EntryKind kind, std::size_t bytes);

} // namespace hufu
