#include "core/base/secret_bytes.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>
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

std::byte *allocate(std::size_t size)
{
    if (arenaState() == 0)
        return nullptr; // OPENSSL_secure_malloc would quietly use the ordinary heap
    return static_cast<std::byte *>(OPENSSL_secure_zalloc(size));
}

} // namespace

SecretBytes::~SecretBytes()
{
    clear();
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_capacity(std::exchange(other.m_capacity, 0))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
    }
    return *this;
}

Result<SecretBytes> SecretBytes::copyOf(std::span<const std::byte> bytes)
{
    Result<SecretBytes> copy = ofSize(bytes.size());
    if (copy && !bytes.empty())
        std::memcpy(copy->m_data, bytes.data(), bytes.size());
    return copy;
}

Result<SecretBytes> SecretBytes::copyOf(std::string_view text)
{
    return copyOf(bytesOf(text));
}

Result<SecretBytes> SecretBytes::ofSize(std::size_t size)
{
    SecretBytes bytes;
    if (size > 0) {
        bytes.m_data = allocate(size);
        if (bytes.m_data == nullptr)
            return failure(Errc::SecretMemoryFull);
        bytes.m_size = bytes.m_capacity = size;
    }
    return bytes;
}

std::string_view SecretBytes::text() const
{
    return {reinterpret_cast<const char *>(m_data), m_size};
}

Result<void> SecretBytes::append(std::span<const std::byte> bytes)
{
    if (bytes.empty())
        return {};
    if (m_capacity - m_size < bytes.size()) {
        Result<SecretBytes> larger = ofSize(std::max(m_size + bytes.size(), 2 * m_capacity));
        if (!larger)
            return tl::unexpected(larger.error());
        if (m_size > 0)
            std::memcpy(larger->m_data, m_data, m_size);
        larger->m_size = m_size;
        *this = std::move(*larger);
    }
    std::memcpy(m_data + m_size, bytes.data(), bytes.size());
    m_size += bytes.size();
    return {};
}

void SecretBytes::truncate(std::size_t size)
{
    if (size >= m_size)
        return;
    OPENSSL_cleanse(m_data + size, m_size - size);
    m_size = size;
}

void SecretBytes::clear()
{
    if (m_data != nullptr)
        OPENSSL_secure_clear_free(m_data, m_capacity);
    m_data = nullptr;
    m_size = m_capacity = 0;
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
