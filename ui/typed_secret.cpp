#include "ui/typed_secret.h"

#include <array>

namespace hufu {
namespace {

bool isContinuation(std::byte byte)
{
    return (byte & std::byte{0xc0}) == std::byte{0x80};
}

/// The bytes of one character, on the stack and wiped with it.
class Utf8
{
public:
    explicit Utf8(char32_t character)
    {
        if (character < 0x80) {
            put(character);
        } else if (character < 0x800) {
            put(0xc0 | (character >> 6));
            putRest(character, 1);
        } else if (character < 0x10000) {
            put(0xe0 | (character >> 12));
            putRest(character, 2);
        } else {
            put(0xf0 | (character >> 18));
            putRest(character, 3);
        }
    }
    ~Utf8()
    {
        for (volatile std::byte &byte : m_bytes)
            byte = std::byte{};
    }
    Utf8(const Utf8 &) = delete;
    Utf8 &operator=(const Utf8 &) = delete;

    [[nodiscard]] std::span<const std::byte> view() const { return {m_bytes.data(), m_size}; }

private:
    void put(char32_t bits) { m_bytes.at(m_size++) = static_cast<std::byte>(bits); }
    void putRest(char32_t character, int count)
    {
        for (int i = count - 1; i >= 0; --i)
            put(0x80 | ((character >> (6 * i)) & 0x3f));
    }

    std::array<std::byte, 4> m_bytes{};
    std::size_t m_size = 0;
};

} // namespace

bool TypedSecret::insert(QStringView text)
{
    SecretBytes added;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair =
            text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        const char32_t character =
            isPair ? QChar::surrogateToUcs4(text.at(i), text.at(i + 1)) : text.at(i).unicode();
        i += isPair ? 1 : 0;
        if (character < 0x20 || character == 0x7f || QChar::isSurrogate(character))
            continue;
        if (!added.append(Utf8(character).view()))
            return false;
    }
    return m_bytes.size() + added.size() <= mostBytes && m_bytes.append(added.view());
}

void TypedSecret::removeLast()
{
    std::size_t size = m_bytes.size();
    while (size > 1 && isContinuation(m_bytes.view()[size - 1]))
        --size;
    m_bytes.truncate(size > 0 ? size - 1 : 0);
}

void TypedSecret::forEach(const std::function<void(std::span<const std::byte>)> &use) const
{
    const std::span<const std::byte> bytes = m_bytes.view();
    for (std::size_t i = 0; i < bytes.size();) {
        std::size_t end = i + 1;
        while (end < bytes.size() && isContinuation(bytes[end]))
            ++end;
        use(bytes.subspan(i, end - i));
        i = end;
    }
}

} // namespace hufu
