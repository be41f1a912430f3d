#include "core/base/key_agreement.h"

#include "core/base/crypto.h"

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <QRandomGenerator>

#include <memory>

namespace hufu {
namespace {

constexpr int groupSize = 128;
constexpr std::size_t transportKeySize = 16;
constexpr int blockSize = 16;
// Bytes; the group itself is worth 80 bits, for which 160 bits are enough.
constexpr std::size_t exponentSize = 24;

using Number = std::unique_ptr<BIGNUM, decltype(&BN_clear_free)>;
using Scratch = std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Number group()
{
    return {BN_get_rfc2409_prime_1024(nullptr), &BN_clear_free};
}

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// base ^ exponent in the group, in the same time for every exponent; written to `power`, which
/// has groupSize bytes.
bool raise(const BIGNUM *base, const SecretBytes &exponent, unsigned char *power)
{
    const Number prime = group();
    const Scratch scratch(BN_CTX_secure_new(), &BN_CTX_free);
    const Number secret(BN_secure_new(), &BN_clear_free);
    const Number result(BN_secure_new(), &BN_clear_free);
    return prime && scratch && secret && result &&
           BN_bin2bn(reinterpret_cast<const unsigned char *>(exponent.view().data()),
                     static_cast<int>(exponent.size()), secret.get()) != nullptr &&
           BN_mod_exp_mont_consttime(result.get(), base, secret.get(), prime.get(), scratch.get(),
                                     nullptr) == 1 &&
           BN_bn2binpad(result.get(), power, groupSize) == groupSize;
}

/// 2 to the prime less 2: the other numbers tell the exponent, or nothing of it.
bool isHonest(const BIGNUM *number)
{
    const Number last = group();
    return last && BN_sub_word(last.get(), 1) == 1 && !BN_is_zero(number) && !BN_is_one(number) &&
           BN_cmp(number, last.get()) < 0;
}

} // namespace

Result<KeyAgreement> KeyAgreement::begin()
{
    KeyAgreement side;
    Result<SecretBytes> exponent = SecretBytes::ofSize(exponentSize);
    if (!exponent)
        return tl::unexpected(exponent.error());
    side.m_exponent = std::move(*exponent);
    // The system's random numbers: this is asked at each start, and OpenSSL's generator would be
    // set up for it alone (3.7 million instructions).
    const std::span<std::byte> bytes = side.m_exponent.mutableView();
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(bytes.data()),
                                          static_cast<qsizetype>(exponentSize / sizeof(quint32)));
    side.m_public.resize(groupSize);
    const Number two(BN_new(), &BN_clear_free);
    if (!two || BN_set_word(two.get(), 2) != 1 ||
        !raise(two.get(), side.m_exponent, reinterpret_cast<unsigned char *>(side.m_public.data())))
        return failure(Errc::CryptoFailed);
    return side;
}

Result<SecretBytes> KeyAgreement::agree(const QByteArray &otherPublicKey) const
{
    if (otherPublicKey.size() > groupSize)
        return failure(Errc::CryptoFailed);
    const Number other(
        BN_bin2bn(raw(otherPublicKey), static_cast<int>(otherPublicKey.size()), nullptr),
        &BN_clear_free);
    if (!other || !isHonest(other.get()))
        return failure(Errc::CryptoFailed);
    Result<SecretBytes> shared = SecretBytes::ofSize(groupSize);
    if (!shared)
        return shared;
    if (!raise(other.get(), m_exponent,
               reinterpret_cast<unsigned char *>(shared->mutableView().data())))
        return failure(Errc::CryptoFailed);
    const Result<SecretBytes> extracted = hkdfExtract({}, shared->view());
    if (!extracted)
        return tl::unexpected(extracted.error());
    Result<SecretBytes> key = hkdfExpand32(*extracted, {});
    if (key)
        key->truncate(transportKeySize);
    return key;
}

Result<SecretBytes> openAes128Cbc(const SecretBytes &key, const QByteArray &start,
                                  const QByteArray &sealed)
{
    if (key.size() != transportKeySize || start.size() != blockSize || sealed.isEmpty() ||
        sealed.size() % blockSize != 0)
        return failure(Errc::CryptoFailed);
    Result<SecretBytes> plain = SecretBytes::ofSize(static_cast<std::size_t>(sealed.size()));
    if (!plain)
        return plain;
    auto *out = reinterpret_cast<unsigned char *>(plain->mutableView().data());
    const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int size = 0;
    int rest = 0;
    if (!cipher ||
        EVP_DecryptInit_ex(cipher.get(), EVP_aes_128_cbc(), nullptr,
                           reinterpret_cast<const unsigned char *>(key.view().data()),
                           raw(start)) != 1 ||
        EVP_DecryptUpdate(cipher.get(), out, &size, raw(sealed), static_cast<int>(sealed.size())) !=
            1 ||
        EVP_DecryptFinal_ex(cipher.get(), out + size, &rest) != 1)
        return failure(Errc::CryptoFailed);
    plain->truncate(static_cast<std::size_t>(size) + static_cast<std::size_t>(rest));
    return plain;
}

} // namespace hufu
