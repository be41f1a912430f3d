#include "core/payload/uri_parts.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace hufu {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool isUnreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// Calls `put` for each decoded byte; false for a broken `%`.
template <typename Put>
bool decode(std::string_view text, Plus plus, Put put)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size() || hexValue(text[i + 1]) < 0 || hexValue(text[i + 2]) < 0)
                return false;
            c = static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else if (c == '+' && plus == Plus::IsSpace) {
            c = ' ';
        }
        put(c);
    }
    return true;
}

/// Cuts `text` at the first `mark`; what follows it comes back.
std::string_view cutAt(std::string_view &text, char mark)
{
    const std::size_t place = text.find(mark);
    if (place == std::string_view::npos)
        return {};
    const std::string_view rest = text.substr(place + 1);
    text = text.substr(0, place);
    return rest;
}

} // namespace

std::vector<UriParts::Parameter> UriParts::parameters() const
{
    std::vector<Parameter> parameters;
    std::string_view rest = query;
    while (!rest.empty()) {
        std::string_view piece = rest;
        rest = cutAt(piece, '&');
        if (piece.empty())
            continue;
        const bool hasValue = piece.find('=') != std::string_view::npos;
        const std::string_view value = cutAt(piece, '=');
        parameters.push_back({piece, value, hasValue});
    }
    return parameters;
}

std::optional<UriParts> splitUri(std::string_view uri, Fragment fragment)
{
    UriParts parts;
    const std::size_t colon = uri.find("://");
    if (colon == std::string_view::npos || colon == 0)
        return std::nullopt;
    parts.scheme = uri.substr(0, colon);
    std::string_view rest = uri.substr(colon + 3);
    if (fragment == Fragment::Cut)
        parts.fragment = cutAt(rest, '#');
    parts.query = cutAt(rest, '?');
    parts.path = cutAt(rest, '/');
    parts.authority = rest;
    return parts;
}

std::optional<std::string> percentDecoded(std::string_view text, Plus plus)
{
    std::string decoded;
    decoded.reserve(text.size());
    if (!decode(text, plus, [&](char c) { decoded.push_back(c); }))
        return std::nullopt;
    return decoded;
}

Result<SecretBytes> percentDecodedSecret(std::string_view text)
{
    Result<SecretBytes> decoded = SecretBytes::ofSize(text.size());
    if (!decoded)
        return decoded;
    std::size_t size = 0;
    const std::span<std::byte> out = decoded->mutableView();
    if (!decode(text, Plus::IsSpace, [&](char c) { out[size++] = static_cast<std::byte>(c); }))
        return failure(Errc::MalformedUri);
    decoded->truncate(size);
    return decoded;
}

Result<void> appendPercentEncoded(SecretBytes &out, std::string_view text)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const std::array<char, 3> encoded{'%', digits[byte >> 4], digits[byte & 15]};
        const std::string_view piece = isUnreserved(c)
                                           ? std::string_view(&c, 1)
                                           : std::string_view(encoded.data(), encoded.size());
        if (const Result<void> done = out.append(bytesOf(piece)); !done)
            return done;
    }
    return {};
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool startsWithIgnoringCase(std::string_view text, std::string_view prefix)
{
    return equalsIgnoringCase(text.substr(0, prefix.size()), prefix);
}

std::optional<std::uint64_t> toNumber(std::string_view text)
{
    std::uint64_t number = 0;
    const char *end = text.data() + text.size();
    // from_chars takes no sign for unsigned types and no spaces, which is what we want.
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc() || stop != end)
        return std::nullopt;
    return number;
}

} // namespace hufu
