#include "pct1_keys.h"

#include "core/base/secret_bytes.h"

#include <QByteArrayList>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace hufu::authserver {
namespace {

QByteArray hmacSha256(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

} // namespace

QByteArray pct1Key(const QByteArray &secret, const QByteArray &label, const Pct1Identity &identity)
{
    const QByteArray info =
        QByteArrayList{"PCT1-KEY", label, identity.api, identity.appId, identity.uid}.join('\n');
    const QByteArray pseudoRandomKey = hmacSha256("PCT1", secret); // HKDF-Extract, RFC 5869 2.2
    return hmacSha256(pseudoRandomKey, info + '\x01');             // HKDF-Expand, one block
}

QByteArray pct1Canonical(const Pct1Request &request, const Pct1Identity &identity)
{
    return QByteArrayList{"PCT1-REQ",    request.action,   identity.api,   identity.appId,
                          identity.uid,  request.deviceId, request.token,  request.ts,
                          request.nonce, request.via,      request.answer, request.ctx}
        .join('\n');
}

QByteArray pct1AnswerCanonical(const QByteArray &nonce, const QByteArray &body)
{
    return QByteArrayList{"PCT1-RES", nonce, sha256Hex(body)}.join('\n');
}

QByteArray pct1Mac(const QByteArray &key, const QByteArray &text)
{
    return hmacSha256(key, text).toHex();
}

QByteArray sha256Hex(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

bool equalSecretly(const QByteArray &a, const QByteArray &b)
{
    return equalInConstantTime(std::as_bytes(std::span(a)), std::as_bytes(std::span(b)));
}

} // namespace hufu::authserver
