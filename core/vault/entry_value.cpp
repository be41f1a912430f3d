#include "core/vault/entry_value.h"

#include <array>

namespace hufu {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t noDigit = 0xff;

constexpr std::array<std::uint8_t, 256> valuesOfDigits()
{
    std::array<std::uint8_t, 256> values{};
    values.fill(noDigit);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return values;
}

std::string_view prefixOf(EntryKind kind)
{
    return kind == EntryKind::Head ? "hufu.head." : "hufu.page.";
}

/// Of the stores with large entries (storage.md 5). What is longer is not ours, and is not worth
/// the secret memory that decoding it would take.
constexpr std::size_t longestText = 1024 * 1024;

/// What stands behind the prefix and "1:". The version is a number without leading zeroes.
Result<std::string_view> payloadOf(EntryKind kind, std::string_view text)
{
    // A newer version's parts; those of this one were put together before (parts_store.h).
    constexpr std::string_view partPrefix = "hufu.part.";
    const bool isPart = text.starts_with(partPrefix);
    const std::string_view prefix = isPart ? partPrefix : prefixOf(kind);
    if (!text.starts_with(prefix))
        return failure(Errc::VaultCorrupt, QStringLiteral("not an entry of this kind"));
    const std::string_view rest = text.substr(prefix.size());
    const std::size_t colon = rest.find(':');
    const std::string_view version = rest.substr(0, colon);
    if (colon == std::string_view::npos || version.empty() || version.size() > 9 ||
        version.front() == '0' || version.find_first_not_of("0123456789") != std::string_view::npos)
        return failure(Errc::VaultCorrupt, QStringLiteral("no version"));
    if (version != "1")
        return failure(Errc::VaultNewerVersion, QStringLiteral("entry of a newer version"));
    if (isPart)
        return failure(Errc::VaultCorrupt, QStringLiteral("a part without the others"));
    return rest.substr(colon + 1);
}

/// Decodes in wiped memory: the value of a head with an open slot holds the vault key.
Result<SecretBytes> fromBase64(std::string_view digits)
{
    static constexpr std::array<std::uint8_t, 256> values = valuesOfDigits();
    if (digits.empty() || digits.size() % 4 != 0)
        return failure(Errc::VaultCorrupt, QStringLiteral("text cut short"));
    const std::size_t padding = digits.ends_with("==") ? 2 : digits.ends_with('=') ? 1 : 0;
    Result<SecretBytes> bytes = SecretBytes::ofSize(digits.size() / 4 * 3);
    if (!bytes)
        return bytes;
    std::byte *out = bytes->mutableView().data();
    for (std::size_t i = 0; i < digits.size(); i += 4) {
        const bool last = i + 4 == digits.size();
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const bool padded = last && k >= 4 - padding;
            const std::uint8_t value =
                padded ? std::uint8_t{0} : values[static_cast<unsigned char>(digits[i + k])];
            if (value == noDigit)
                return failure(Errc::VaultCorrupt, QStringLiteral("not base64"));
            group = (group << 6) | value;
        }
        // The bits that padding cuts off must be zero, or two texts would write one value.
        if (last && (group & ((1U << (8 * padding)) - 1)) != 0)
            return failure(Errc::VaultCorrupt, QStringLiteral("not base64"));
        *out++ = static_cast<std::byte>(group >> 16);
        *out++ = static_cast<std::byte>((group >> 8) & 0xff);
        *out++ = static_cast<std::byte>(group & 0xff);
    }
    bytes->truncate(bytes->size() - padding);
    return bytes;
}

} // namespace

QByteArray toEntryText(EntryKind kind, std::span<const std::byte> bytes)
{
    const std::string_view prefix = prefixOf(kind);
    const QByteArray raw = QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()),
                                                   static_cast<qsizetype>(bytes.size()));
    QByteArray text;
    text.reserve(static_cast<qsizetype>(entryTextSize(kind, bytes.size())));
    text.append(prefix.data(), static_cast<qsizetype>(prefix.size()));
    text.append("1:");
    text.append(raw.toBase64());
    return text;
}

Result<SecretBytes> fromEntryText(EntryKind kind, const QByteArray &text)
{
    const Result<std::string_view> payload =
        payloadOf(kind, {text.constData(), static_cast<std::size_t>(text.size())});
    if (!payload)
        return tl::unexpected(payload.error());
    if (payload->size() > longestText)
        return failure(Errc::VaultCorrupt, QStringLiteral("longer than an entry can be"));
    return fromBase64(*payload);
}

std::size_t entryTextSize(EntryKind kind, std::size_t bytes)
{
    return prefixOf(kind).size() + 2 + (bytes + 2) / 3 * 4;
}

} // namespace hufu
