#include "core/vault/side_key.h"

#include "core/base/crypto.h"
#include "core/base/fields.h"

namespace hufu {
namespace {

void appendTo(QByteArray &bytes, std::span<const std::byte> more)
{
    bytes.append(reinterpret_cast<const char *>(more.data()), qsizetype(more.size()));
}

} // namespace

SideValue SideValue::activity(std::uint64_t sequence)
{
    return {"hufu1 activity", sequence};
}

SideValue SideValue::usage()
{
    return {"hufu1 usage", std::nullopt};
}

QByteArray SideKey::associatedWith(const SideValue &value) const
{
    QByteArray data;
    appendTo(data, bytesOf(value.m_purpose));
    appendTo(data, m_vault);
    if (value.m_sequence)
        appendTo(data, bigEndian<8>(*value.m_sequence));
    return data;
}

Result<QByteArray> SideKey::seal(const SideValue &value, std::span<const std::byte> plain) const
{
    const auto nonce = randomId<gcmNonceSize>();
    const QByteArray associated = associatedWith(value);
    const Result<QByteArray> box =
        sealAes256Gcm(m_key, nonce, plain, std::as_bytes(std::span(associated)));
    if (!box)
        return box;
    QByteArray sealed;
    appendTo(sealed, nonce);
    sealed.append(*box);
    return sealed.toBase64();
}

Result<SecretBytes> SideKey::open(const SideValue &value, const QByteArray &text) const
{
    const auto decoded =
        QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    // One way to write each value: the decoder lets missing padding and stray bits pass.
    if (!decoded || decoded.decoded.toBase64() != text ||
        decoded.decoded.size() < qsizetype(gcmNonceSize) + qsizetype(gcmTagSize))
        return failure(Errc::SealBroken, QStringLiteral("not a sealed value"));
    const QByteArray associated = associatedWith(value);
    const auto bytes = std::as_bytes(std::span(decoded.decoded));
    return openAes256Gcm(m_key, bytes.first(gcmNonceSize), bytes.subspan(gcmNonceSize),
                         std::as_bytes(std::span(associated)));
}

} // namespace hufu
