#include "core/vault/vault_keys.h"

#include "core/base/crypto.h"

namespace hufu {

Result<VaultKeys> VaultKeys::derive(const KeyId &id, SecretBytes vaultKey, const VaultId &vault)
{
    if (vaultKey.size() != vaultKeySize)
        return failure(Errc::VaultCorrupt, QStringLiteral("vault key of a wrong length"));
    const Result<SecretBytes> root = hkdfExtract(vault, vaultKey.view());
    if (!root)
        return tl::unexpected(root.error());
    Result<SecretBytes> head = hkdfExpand32(*root, "hufu1 head");
    if (!head)
        return tl::unexpected(head.error());
    Result<SecretBytes> page = hkdfExpand32(*root, "hufu1 page");
    if (!page)
        return tl::unexpected(page.error());
    return VaultKeys{id, std::move(vaultKey), std::move(*head), std::move(*page)};
}

} // namespace hufu
