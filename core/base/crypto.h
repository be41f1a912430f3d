#pragma once

#include "core/base/secret_bytes.h"

#include <QByteArray>

#include <array>

namespace hufu {

/// The hashes that codes and signatures use; the numbers are those of storage.md 4.
enum class HashAlgorithm { Sha1 = 1, Sha256 = 2, Sha512 = 3, Md5 = 4 };

using Sha256Digest = std::array<std::byte, 32>;

/// SHA-256 of `bytes` (FIPS 180-4). Any thread.
[[nodiscard]] Sha256Digest sha256(std::span<const std::byte> bytes);

/// `message` under `key`, as long as the hash (16 to 64 bytes). RFC 2104; an empty key is allowed.
/// Errors: SecretMemoryFull, CryptoFailed. Any thread.
[[nodiscard]] Result<SecretBytes> hmac(HashAlgorithm hash, std::span<const std::byte> key,
                                       std::span<const std::byte> message);

/// HKDF with SHA-256, RFC 5869 section 2.2: the pseudo-random key, 32 bytes.
[[nodiscard]] Result<SecretBytes> hkdfExtract(std::span<const std::byte> salt,
                                              std::span<const std::byte> keyMaterial);
/// HKDF with SHA-256, RFC 5869 section 2.3, for outputs of 32 bytes (one block), which is all we
/// use.
[[nodiscard]] Result<SecretBytes> hkdfExpand32(const SecretBytes &pseudoRandomKey,
                                               std::string_view info);

constexpr std::size_t gcmNonceSize = 12;
constexpr std::size_t gcmTagSize = 16;

/// AES-256-GCM (NIST SP 800-38D): cipher text followed by the 16-byte tag.
/// @param key    32 bytes   @param nonce  12 bytes, never used twice with one key
/// Errors: CryptoFailed. Any thread.
[[nodiscard]] Result<QByteArray> sealAes256Gcm(const SecretBytes &key,
                                               std::span<const std::byte> nonce,
                                               std::span<const std::byte> plain,
                                               std::span<const std::byte> associated);
/// The plain text of what sealAes256Gcm made; nothing of it if one bit differs.
/// Errors: SealBroken, SecretMemoryFull, CryptoFailed. Any thread.
[[nodiscard]] Result<SecretBytes> openAes256Gcm(const SecretBytes &key,
                                                std::span<const std::byte> nonce,
                                                std::span<const std::byte> sealed,
                                                std::span<const std::byte> associated);

/// Frees what OpenSSL keeps for the calling thread, its random generators above all. A thread of a
/// pool calls it after its work: left to the thread's end it races with the program's.
void leaveCrypto();

/// Fills `bytes` from OpenSSL's random generator. Errors: CryptoFailed. Any thread.
[[nodiscard]] Result<void> fillRandom(std::span<std::byte> bytes);
/// A random value of N bytes for ids and nonces; ends the program if the system has no randomness,
/// since nothing this program does is safe then.
template <std::size_t N>
[[nodiscard]] std::array<std::byte, N> randomId()
{
    std::array<std::byte, N> id;
    if (!fillRandom(id))
        qFatal("The system gives no random numbers.");
    return id;
}

/// Lower-case hexadecimal of `bytes`.
[[nodiscard]] QByteArray toHex(std::span<const std::byte> bytes);

} // namespace hufu
