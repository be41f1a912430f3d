#include "core/account/account.h"

#include "core/payload/api_base.h"

namespace hufu {
namespace {

Result<SecretBytes> copyOf(const SecretBytes &bytes)
{
    return SecretBytes::copyOf(bytes.view());
}

} // namespace

QString Binding::server() const
{
    const std::string_view host = hostOfApiBase(api);
    return QString::fromUtf8(host.data(), static_cast<qsizetype>(host.size()));
}

Result<OneTimeCode> Account::codeAt(std::chrono::sys_seconds when) const
{
    return hufu::codeAt(secret, parameters, when);
}

Result<Account> Account::copy() const
{
    Result<SecretBytes> secretCopy = copyOf(secret);
    Result<SecretBytes> pinCopy = copyOf(pin);
    Result<SecretBytes> unknownCopy = copyOf(unknownFields);
    Result<SecretBytes> bindingUnknownCopy =
        binding ? copyOf(binding->unknownFields) : SecretBytes();
    for (const auto *piece : {&secretCopy, &pinCopy, &unknownCopy, &bindingUnknownCopy}) {
        if (!*piece)
            return tl::unexpected(piece->error());
    }
    Account twin{.id = id,
                 .parameters = parameters,
                 .issuer = issuer,
                 .account = account,
                 .secret = std::move(*secretCopy),
                 .pin = std::move(*pinCopy),
                 .further = further,
                 .created = created,
                 .changed = changed,
                 .deleted = deleted,
                 .favourite = favourite,
                 .order = order,
                 .groups = groups,
                 .note = note,
                 .icon = icon ? Boxed(*icon) : Boxed<Sha256Digest>(),
                 .binding = {},
                 .unknownFields = std::move(*unknownCopy)};
    if (binding) {
        twin.binding = Binding{.provider = binding->provider,
                               .api = binding->api,
                               .appId = binding->appId,
                               .uid = binding->uid,
                               .deviceId = binding->deviceId,
                               .pins = binding->pins,
                               .state = binding->state,
                               .replaces = binding->replaces,
                               .unknownFields = std::move(*bindingUnknownCopy)};
    }
    return twin;
}

Account makeAccount(KeyUri &&uri, std::chrono::sys_seconds now)
{
    Account account{.id = randomId<16>(),
                    .parameters = uri.parameters,
                    .issuer = uri.issuer,
                    .account = uri.account,
                    .secret = std::move(uri.secret),
                    .created = now,
                    .changed = now};
    for (const auto &[name, value] : uri.further)
        account.further.push_back(name + '=' + value);
    if (uri.binding) {
        account.binding = Binding{.api = std::move(uri.binding->api),
                                  .appId = std::move(uri.binding->appId),
                                  .uid = std::move(uri.binding->uid),
                                  .deviceId = uri.binding->deviceId.value_or(randomId<16>()),
                                  .pins = std::move(uri.binding->pins)};
    }
    return account;
}

QString idText(const AccountId &id)
{
    return QString::fromLatin1(toHex(id));
}

} // namespace hufu
