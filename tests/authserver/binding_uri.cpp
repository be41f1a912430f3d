#include "binding_uri.h"

#include "core/otp/base32.h"
#include "parameters.h"

namespace hufu::authserver {

std::optional<QByteArray> bindingUri(const BindingText &text)
{
    const auto secret = encodeBase32(std::as_bytes(std::span(text.secret)));
    if (!secret)
        return {};
    const QByteArray issuer = percentEncoded(text.issuer.toUtf8());
    return "otpauth://totp/" + issuer + ':' + percentEncoded(text.account.toUtf8()) +
           "?secret=" + QByteArray(secret->text().data(), static_cast<qsizetype>(secret->size())) +
           "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=30&v=1&appid=" +
           percentEncoded(text.identity.appId) + "&uid=" + percentEncoded(text.identity.uid) +
           "&api=" + percentEncoded(text.identity.api);
}

} // namespace hufu::authserver
