#include "core/base/secret_bytes.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace hufu {
namespace {

// 10,000 keys and one page of 384 KiB take 0.8 MiB (security.md 3); sealing a page needs it twice.
constexpr std::size_t arenaSize = std::size_t{4} << 20;
constexpr std::size_t smallestBlock = 32;

// CRYPTO_secure_malloc_init: 1 = made and locked, 2 = made but not locked, 0 = not made.
int arenaState()
{
    static const int state = CRYPTO_secure_malloc_init(arenaSize, smallestBlock);
    return state;
}

void *allocate(std::size_t size)
{
    if (arenaState() == 0)
        return nullptr; // OPENSSL_secure_malloc would quietly use the ordinary heap
    return OPENSSL_secure_zalloc(size);
}

} // namespace

SecretBytes::~SecretBytes()
{
    clear();
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_block(std::exchange(other.m_block, nullptr))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        clear();
        m_block = std::exchange(other.m_block, nullptr);
    }
    return *this;
}

Result<SecretBytes> SecretBytes::copyOf(std::span<const std::byte> bytes)
{
    Result<SecretBytes> copy = ofSize(bytes.size());
    if (copy && !bytes.empty())
        std::memcpy(copy->data(), bytes.data(), bytes.size());
    return copy;
}

Result<SecretBytes> SecretBytes::copyOf(std::string_view text)
{
    return copyOf(bytesOf(text));
}

Result<SecretBytes> SecretBytes::ofSize(std::size_t size)
{
    SecretBytes bytes;
    if (size > arenaSize)
        return failure(Errc::SecretMemoryFull);
    if (size > 0) {
        void *block = allocate(sizeof(Block) + size);
        if (block == nullptr)
            return failure(Errc::SecretMemoryFull);
        const auto length = static_cast<std::uint32_t>(size);
        bytes.m_block = new (block) Block{.size = length, .capacity = length};
    }
    return bytes;
}

std::string_view SecretBytes::text() const
{
    return {reinterpret_cast<const char *>(data()), size()};
}

Result<void> SecretBytes::append(std::span<const std::byte> bytes)
{
    if (bytes.empty())
        return {};
    const std::size_t before = size();
    const std::size_t capacity = m_block == nullptr ? 0 : m_block->capacity;
    if (capacity - before < bytes.size()) {
        Result<SecretBytes> larger = ofSize(std::max(before + bytes.size(), 2 * capacity));
        if (!larger)
            return tl::unexpected(larger.error());
        if (before > 0)
            std::memcpy(larger->data(), data(), before);
        *this = std::move(*larger);
    }
    std::memcpy(data() + before, bytes.data(), bytes.size());
    m_block->size = static_cast<std::uint32_t>(before + bytes.size());
    return {};
}

void SecretBytes::truncate(std::size_t size)
{
    if (size >= this->size())
        return;
    OPENSSL_cleanse(data() + size, m_block->size - size);
    m_block->size = static_cast<std::uint32_t>(size);
}

void SecretBytes::clear()
{
    if (m_block != nullptr)
        OPENSSL_secure_clear_free(m_block, sizeof(Block) + m_block->capacity);
    m_block = nullptr;
}

bool SecretBytes::isMemoryLocked()
{
    return arenaState() == 1;
}

bool equalInConstantTime(std::span<const std::byte> a, std::span<const std::byte> b)
{
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

} // namespace hufu
