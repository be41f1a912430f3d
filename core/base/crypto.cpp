#include "core/base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>

namespace hufu {
namespace {

constexpr std::size_t aes256KeySize = 32;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const EVP_MD *digestOf(HashAlgorithm hash)
{
    switch (hash) {
    case HashAlgorithm::Sha1:
        return EVP_sha1();
    case HashAlgorithm::Sha256:
        return EVP_sha256();
    case HashAlgorithm::Sha512:
        return EVP_sha512();
    case HashAlgorithm::Md5:
        return EVP_md5();
    }
    Q_UNREACHABLE();
}

const unsigned char *raw(std::span<const std::byte> bytes)
{
    // OpenSSL takes a null pointer for "as before", also where the length is 0.
    static constexpr unsigned char none = 0;
    return bytes.empty() ? &none : reinterpret_cast<const unsigned char *>(bytes.data());
}

unsigned char *raw(std::span<std::byte> bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

int intSize(std::span<const std::byte> bytes)
{
    return static_cast<int>(bytes.size());
}

} // namespace

Sha256Digest sha256(std::span<const std::byte> bytes)
{
    Sha256Digest digest;
    if (EVP_Digest(raw(bytes), bytes.size(), raw(std::span<std::byte>(digest)), nullptr,
                   EVP_sha256(), nullptr) != 1)
        qFatal("SHA-256 is not available.");
    return digest;
}

Result<SecretBytes> hmac(HashAlgorithm hash, std::span<const std::byte> key,
                         std::span<const std::byte> message)
{
    const EVP_MD *digest = digestOf(hash);
    Result<SecretBytes> mac =
        SecretBytes::ofSize(static_cast<std::size_t>(EVP_MD_get_size(digest)));
    if (!mac)
        return mac;
    unsigned int size = 0;
    if (HMAC(digest, raw(key), intSize(key), raw(message), message.size(), raw(mac->mutableView()),
             &size) == nullptr)
        return failure(Errc::CryptoFailed);
    return mac;
}

Result<SecretBytes> hkdfExtract(std::span<const std::byte> salt,
                                std::span<const std::byte> keyMaterial)
{
    return hmac(HashAlgorithm::Sha256, salt, keyMaterial);
}

Result<SecretBytes> hkdfExpand32(const SecretBytes &pseudoRandomKey, std::string_view info)
{
    std::string block(info);
    block.push_back('\x01');
    return hmac(HashAlgorithm::Sha256, pseudoRandomKey.view(), bytesOf(block));
}

Result<QByteArray> sealAes256Gcm(const SecretBytes &key, std::span<const std::byte> nonce,
                                 std::span<const std::byte> plain,
                                 std::span<const std::byte> associated)
{
    if (key.size() != aes256KeySize || nonce.size() != gcmNonceSize)
        return failure(Errc::CryptoFailed);
    const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    QByteArray sealed(static_cast<qsizetype>(plain.size() + gcmTagSize), Qt::Uninitialized);
    int size = 0;
    int rest = 0;
    const bool done =
        context &&
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, raw(key.view()),
                           raw(nonce)) == 1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &size, raw(associated), intSize(associated)) ==
            1 &&
        EVP_EncryptUpdate(context.get(), raw(sealed), &size, raw(plain), intSize(plain)) == 1 &&
        EVP_EncryptFinal_ex(context.get(), raw(sealed) + size, &rest) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, gcmTagSize,
                            raw(sealed) + plain.size()) == 1;
    if (!done)
        return failure(Errc::CryptoFailed);
    return sealed;
}

Result<SecretBytes> openAes256Gcm(const SecretBytes &key, std::span<const std::byte> nonce,
                                  std::span<const std::byte> sealed,
                                  std::span<const std::byte> associated)
{
    if (key.size() != aes256KeySize || nonce.size() != gcmNonceSize)
        return failure(Errc::CryptoFailed);
    if (sealed.size() < gcmTagSize)
        return failure(Errc::SealBroken);
    const std::span<const std::byte> cipher = sealed.first(sealed.size() - gcmTagSize);
    std::array<std::byte, gcmTagSize> tag;
    std::ranges::copy(sealed.last(gcmTagSize), tag.begin());

    // One byte more than needed, so that OpenSSL never gets a null pointer for an empty text.
    Result<SecretBytes> plain = SecretBytes::ofSize(cipher.size() + 1);
    if (!plain)
        return plain;
    const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int size = 0;
    const bool prepared =
        context &&
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, raw(key.view()),
                           raw(nonce)) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &size, raw(associated), intSize(associated)) ==
            1 &&
        EVP_DecryptUpdate(context.get(), raw(plain->mutableView()), &size, raw(cipher),
                          intSize(cipher)) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, gcmTagSize, tag.data()) == 1;
    if (!prepared)
        return failure(Errc::CryptoFailed);
    int rest = 0;
    if (EVP_DecryptFinal_ex(context.get(), raw(plain->mutableView()) + size, &rest) != 1)
        return failure(Errc::SealBroken);
    plain->truncate(cipher.size());
    return plain;
}

Result<void> fillRandom(std::span<std::byte> bytes)
{
    if (RAND_bytes(raw(bytes), static_cast<int>(bytes.size())) != 1)
        return failure(Errc::CryptoFailed);
    return {};
}

void leaveCrypto()
{
    OPENSSL_thread_stop();
}

QByteArray toHex(std::span<const std::byte> bytes)
{
    return QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()),
                                   static_cast<qsizetype>(bytes.size()))
        .toHex();
}

} // namespace hufu
