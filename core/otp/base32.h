#pragma once

#include "core/base/secret_bytes.h"

namespace hufu {

/// The bytes that `text` spells in base32 (RFC 4648 section 6), read tolerantly: either case;
/// spaces (also non-breaking), hyphens and underscores are dropped, padding is optional, odd
/// lengths give their whole bytes (formats.md 1, "secret"). Nothing is left of the text in ordinary
/// memory.
///
/// Errors: EmptySecret, MalformedBase32, SecretMemoryFull. Any thread.
[[nodiscard]] Result<SecretBytes> decodeBase32(std::string_view text);

/// Upper case, without padding. Errors: SecretMemoryFull. Any thread.
[[nodiscard]] Result<SecretBytes> encodeBase32(std::span<const std::byte> bytes);

} // namespace hufu
