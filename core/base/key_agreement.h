#pragma once

#include "core/base/secret_bytes.h"

#include <QByteArray>

namespace hufu {

/// One side of an agreement on a key between two programs of one computer, for what passes between
/// them: "dh-ietf1024-sha256-aes128-cbc-pkcs7" of the Secret Service API. The group is given by
/// that name (RFC 2409, 6.2) and too small for anything that leaves the computer.
class KeyAgreement
{
public:
    /// Errors: SecretMemoryFull, CryptoFailed.
    [[nodiscard]] static Result<KeyAgreement> begin();

    /// For the other side: a number of 128 bytes, the highest first.
    [[nodiscard]] const QByteArray &publicKey() const { return m_public; }
    /// The key that both sides come to, 16 bytes.
    /// Errors: CryptoFailed for a number that no honest side sends, SecretMemoryFull.
    [[nodiscard]] Result<SecretBytes> agree(const QByteArray &otherPublicKey) const;

private:
    SecretBytes m_exponent;
    QByteArray m_public;
};

/// What was sealed with AES-128-CBC and PKCS #7 padding. Nothing of it is proven to be genuine.
/// @param key  16 bytes   @param start  16 bytes, as they came with it
/// Errors: CryptoFailed, SecretMemoryFull.
[[nodiscard]] Result<SecretBytes> openAes128Cbc(const SecretBytes &key, const QByteArray &start,
                                                const QByteArray &sealed);

} // namespace hufu
