#include "core/login/tls_pins.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace hufu {
namespace {

struct Free
{
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(X509_STORE *store) const { X509_STORE_free(store); }
    void operator()(X509_STORE_CTX *context) const { X509_STORE_CTX_free(context); }
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using Certificate = std::unique_ptr<X509, Free>;
using Stack = std::unique_ptr<STACK_OF(X509), Free>;

Certificate toOpenSsl(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    return Certificate(d2i_X509(nullptr, &bytes, der.size()));
}

bool hasPin(X509 *certificate, const std::vector<Sha256Digest> &pins)
{
    unsigned char *der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (size <= 0)
        return false;
    const Sha256Digest digest =
        sha256(std::as_bytes(std::span(der, static_cast<std::size_t>(size))));
    OPENSSL_free(der);
    return std::find(pins.begin(), pins.end(), digest) != pins.end();
}

Stack stackOf(const QList<QSslCertificate> &certificates)
{
    Stack stack(sk_X509_new_null());
    for (const QSslCertificate &certificate : certificates) {
        if (Certificate one = toOpenSsl(certificate);
            one && sk_X509_push(stack.get(), one.get()) > 0)
            static_cast<void>(one.release());
    }
    return stack;
}

} // namespace

bool chainHasPin(const QList<QSslCertificate> &sent, const QList<QSslCertificate> &roots,
                 const std::vector<Sha256Digest> &pins)
{
    if (sent.isEmpty())
        return false;
    const Certificate leaf = toOpenSsl(sent.first());
    if (!leaf)
        return false;
    if (hasPin(leaf.get(), pins))
        return true;

    const std::unique_ptr<X509_STORE, Free> store(X509_STORE_new());
    for (const QSslCertificate &root : roots) {
        if (const Certificate one = toOpenSsl(root))
            X509_STORE_add_cert(store.get(), one.get());
    }
    const Stack others = stackOf(sent.mid(1));
    const std::unique_ptr<X509_STORE_CTX, Free> context(X509_STORE_CTX_new());
    if (X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), others.get()) != 1)
        return false;
    X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
    if (X509_verify_cert(context.get()) != 1)
        return false;
    STACK_OF(X509) *verified = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i < sk_X509_num(verified); ++i) {
        if (hasPin(sk_X509_value(verified, i), pins))
            return true;
    }
    return false;
}

} // namespace hufu
