#pragma once

#include "core/payload/key_uri.h"
#include "core/payload/uri_parts.h"

namespace hufu {

// The two ways to read a key URI, and what they share. Internal to payload.

constexpr std::size_t longestSecret = 1'024; // bytes, storage.md 4

/// By protocol.md B1: any deviation is an error, or costs the binding.
[[nodiscard]] Result<KeyUri> readStrictly(std::string_view uri, const UriParts &parts,
                                          Loopback loopback);
/// By formats.md 1: what authenticators and exports write in practice.
[[nodiscard]] Result<KeyUri> readTolerantly(std::string_view uri);

/// Whether a company's server wrote this: a totp or hotp URI with v, appid, uid or api.
[[nodiscard]] bool asksForBinding(const UriParts &parts);

/// Whether a parameter of this name, decoded, has a meaning of its own in a binding: v, appid, uid,
/// api or spki. Such a one is never kept as a further parameter of an account, or what is written
/// of the account would read as an offer that nobody agreed to.
[[nodiscard]] bool isBindingName(std::string_view name);

/// SHA1, SHA256, SHA512 in their many spellings. Errors: UnsupportedAlgorithm.
[[nodiscard]] Result<HashAlgorithm> readHash(std::string_view name);

/// The two halves of a label, decoded: issuer prefix (may be empty) and account.
struct Label
{
    std::string prefix;
    std::string account;
};
/// Errors: MalformedUri for a broken `%`.
[[nodiscard]] Result<Label> readLabel(std::string_view path, std::string_view issuer);

} // namespace hufu
