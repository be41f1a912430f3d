#include "binding_uri.h"

#include "core/payload/key_uri.h"

namespace hufu::authserver {

std::optional<SecretBytes> bindingUri(const QByteArray &api, const Application &application,
                                      const BindAddress &binding)
{
    auto key = SecretBytes::copyOf(std::as_bytes(std::span(binding.secret)));
    if (!key)
        return {};
    const KeyUri uri{.parameters = {},
                     .issuer = application.name,
                     .account = QString::fromUtf8(binding.account),
                     .secret = std::move(*key),
                     .further = {},
                     .binding = BindingOffer{.api = api.toStdString(),
                                             .appId = application.appId.toStdString(),
                                             .uid = binding.user.uid.toStdString(),
                                             .pins = {}}};
    auto text = writeKeyUri(uri);
    if (!text)
        return {};
    return std::move(*text);
}

} // namespace hufu::authserver
