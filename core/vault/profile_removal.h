#pragma once

#include "core/vault/secret_store.h"
#include "core/vault/vault_lock.h"
#include "core/vault/vault_place.h"

#include <memory>

namespace hufu {

/// Removes a profile for ever: its entries in the keychain, its settings and its data. The heads go
/// first, so that what is left of a removal that was cut off is no vault; it can be started again.
/// GUI thread.
class ProfileRemoval : public QObject
{
    Q_OBJECT

public:
    ProfileRemoval(std::unique_ptr<SecretStore> store, VaultPlace place, QObject *parent);
    ~ProfileRemoval() override;

    /// Called once. The answer is the number of entries that were removed.
    /// Errors: those of SecretStore, VaultBusy, VaultUnwritable, ProfileProtected for `default`.
    void start(QObject *context, Answer<int> answer);

private:
    void removeNext();
    void removeFolders();
    void finish(Result<int> result);

    std::unique_ptr<SecretStore> m_store;
    VaultPlace m_place;
    std::unique_ptr<VaultLock> m_lock;
    QStringList m_keys;
    qsizetype m_next = 0;
    std::function<void(Result<int>)> m_answer;
};

} // namespace hufu
