#pragma once

#include "core/base/secret_bytes.h"

#include <optional>
#include <string>
#include <vector>

namespace hufu {

/// The parts of a URI, as views into the text, still percent-encoded (RFC 3986 section 3).
/// QUrl is not used for key URIs: it leaves copies of the secret behind (security.md 3).
struct UriParts
{
    struct Parameter
    {
        std::string_view name;
        std::string_view value;
        bool hasValue = false;
    };

    std::string_view scheme;
    std::string_view authority;
    std::string_view path; ///< without the leading slash
    std::string_view query;
    std::string_view fragment;

    /// The query cut at `&`, empty pieces left out.
    [[nodiscard]] std::vector<Parameter> parameters() const;
};

/// What a `#` in the text means; an unescaped one in a label swallows the query (formats.md 1).
enum class Fragment { Cut, PartOfPath };

/// Nothing if the text has no `scheme://`. Pure.
[[nodiscard]] std::optional<UriParts> splitUri(std::string_view uri,
                                               Fragment fragment = Fragment::Cut);

/// What a `+` means: a space in a query value, itself in a path.
enum class Plus { IsSpace, IsPlus };

/// Percent-decoded. Nothing for a broken `%`. What comes back may be any bytes.
[[nodiscard]] std::optional<std::string> percentDecoded(std::string_view text, Plus plus);
/// The same for a value that is a secret. Errors: MalformedUri, SecretMemoryFull.
[[nodiscard]] Result<SecretBytes> percentDecodedSecret(std::string_view text);

/// Appends `text` to `out`, every byte outside `A-Za-z0-9-._~` percent-encoded (RFC 3986 2.3).
[[nodiscard]] Result<void> appendPercentEncoded(SecretBytes &out, std::string_view text);

/// ASCII letters compared case-blind.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);
[[nodiscard]] bool startsWithIgnoringCase(std::string_view text, std::string_view prefix);
/// Decimal digits only, and within 64 bits.
[[nodiscard]] std::optional<std::uint64_t> toNumber(std::string_view text);

} // namespace hufu
