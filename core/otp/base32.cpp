#include "core/otp/base32.h"

#include <array>

namespace hufu {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view noBreakSpace = "\xc2\xa0";
constexpr int bitsPerCharacter = 5;

int valueOf(char c)
{
    if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 'a' + 'A');
    const std::size_t place = alphabet.find(c);
    return place == std::string_view::npos ? -1 : static_cast<int>(place);
}

bool isSeparator(char c)
{
    return c == ' ' || c == '-' || c == '_' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

Result<SecretBytes> decodeBase32(std::string_view text)
{
    Result<SecretBytes> bytes = SecretBytes::ofSize(text.size() * bitsPerCharacter / 8 + 1);
    if (!bytes)
        return bytes;
    const std::span<std::byte> out = bytes->mutableView();
    std::size_t size = 0;
    unsigned buffer = 0;
    int bits = 0;
    bool padded = false;
    bool any = false;
    while (!text.empty()) {
        if (text.starts_with(noBreakSpace)) {
            text.remove_prefix(noBreakSpace.size());
            continue;
        }
        const char c = text.front();
        text.remove_prefix(1);
        if (isSeparator(c))
            continue;
        if (c == '=') {
            padded = true;
            continue;
        }
        const int value = valueOf(c);
        if (value < 0 || padded)
            return failure(Errc::MalformedBase32);
        any = true;
        buffer = (buffer << bitsPerCharacter) | static_cast<unsigned>(value);
        bits += bitsPerCharacter;
        if (bits >= 8) {
            bits -= 8;
            out[size++] = static_cast<std::byte>((buffer >> bits) & 0xff);
        }
    }
    if (!any)
        return failure(Errc::EmptySecret);
    if (size == 0)
        return failure(Errc::MalformedBase32); // one character is not one byte
    bytes->truncate(size);
    return bytes;
}

Result<SecretBytes> encodeBase32(std::span<const std::byte> bytes)
{
    Result<SecretBytes> text =
        SecretBytes::ofSize((bytes.size() * 8 + bitsPerCharacter - 1) / bitsPerCharacter);
    if (!text)
        return text;
    std::size_t place = 0;
    unsigned buffer = 0;
    int bits = 0;
    const auto put = [&](unsigned value) {
        text->mutableView()[place++] = static_cast<std::byte>(alphabet[value & 31]);
    };
    for (const std::byte byte : bytes) {
        buffer = (buffer << 8) | std::to_integer<unsigned>(byte);
        for (bits += 8; bits >= bitsPerCharacter; bits -= bitsPerCharacter)
            put(buffer >> (bits - bitsPerCharacter));
    }
    if (bits > 0)
        put(buffer << (bitsPerCharacter - bits));
    return text;
}

} // namespace hufu
