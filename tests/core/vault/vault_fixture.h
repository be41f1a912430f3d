#pragma once

#include "core/vault/parts_store.h"
#include "core/vault/vault.h"
#include "tests/core/vault/waited_outcome.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory_store.h"
#include "tests/support/result_printing.h"

#include <QDir>
#include <QTemporaryDir>

namespace hufu::test {

/// Where tests put a profile: in memory where there is such a folder, since every commit syncs.
inline QString quickFolder()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) +
           QStringLiteral("/hufu-vault-XXXXXX");
}

/// A profile in a throw-away folder.
struct TemporaryPlace
{
    QTemporaryDir folder{quickFolder()};
    VaultPlace place{QStringLiteral("test"), folder.filePath(QStringLiteral("config")),
                     folder.filePath(QStringLiteral("data"))};
};

inline Account namedAccount(const QString &name)
{
    Account account;
    account.id = randomId<16>();
    account.issuer = QStringLiteral("Example");
    account.account = name;
    account.secret = std::move(*SecretBytes::copyOf("12345678901234567890"));
    account.created = account.changed = std::chrono::sys_seconds(std::chrono::seconds(1));
    return account;
}

/// The change that adds an account of that name.
inline Vault::Change adding(const QString &name)
{
    return [name](AccountSet &accounts) { return accounts.add(namedAccount(name)); };
}

inline QStringList namesIn(const Vault &vault)
{
    QStringList names;
    for (const AccountPtr &account : vault.accounts().all())
        names.append(account->account);
    return names;
}

/// `store`, or with HUFU_TEST_ENTRY_LIMIT set a store with so small entries over it: the tests
/// then run as on a system whose keychain needs parts.
inline std::unique_ptr<SecretStore> asConfigured(std::unique_ptr<MemoryStore> store)
{
    const int limit = qEnvironmentVariableIntValue("HUFU_TEST_ENTRY_LIMIT");
    if (limit <= 0)
        return store;
    const auto entry = static_cast<std::size_t>(limit);
    return std::make_unique<PartsStore>(
        std::move(store),
        EntrySizes{.entry = entry, .smallPage = 20 * entry, .largePage = 20 * entry});
}

/// The entries in `keychain` whose names hold `part`, each once however many parts it has.
inline QStringList keysWith(const MemoryKeychain &keychain, const QString &part)
{
    QStringList keys;
    for (const auto &[key, value] : keychain) {
        if (key.contains(part) && !key.contains(u'.'))
            keys.append(key);
    }
    return keys;
}

/// A vault on a store that the test keeps an eye on, with calls that wait for their answer.
/// The waiting ends early when the store is dead: then there is no answer.
class WaitingVault
{
public:
    WaitingVault(const std::shared_ptr<MemoryKeychain> &keychain, const VaultPlace &place,
                 const Clock &clock)
        : m_store(new MemoryStore(keychain))
        , m_vault(std::make_unique<Vault>(asConfigured(std::unique_ptr<MemoryStore>(m_store)),
                                          place, clock))
    {
    }

    [[nodiscard]] Vault &vault() { return *m_vault; }
    [[nodiscard]] MemoryStore &store() { return *m_store; }

    std::optional<Result<void>> open()
    {
        return wait([this](const Answer<void> &answer) { m_vault->open(m_vault.get(), answer); });
    }
    std::optional<Result<void>> commit(const Vault::Change &change)
    {
        return wait([this, &change](const Answer<void> &answer) {
            m_vault->commit(change, m_vault.get(), answer);
        });
    }
    /// What the doctor says. It always has an answer.
    VaultReport report()
    {
        return *answerOf<VaultReport>([this](const Answer<VaultReport> &answer) {
            m_vault->diagnose(m_vault.get(), answer);
        });
    }
    Result<KeptExport> exportKept(const QString &path)
    {
        return answerOf<KeptExport>([&](const Answer<KeptExport> &answer) {
            m_vault->exportKept(path, m_vault.get(), answer);
        });
    }
    std::optional<Result<void>> accept()
    {
        return wait([this](const Answer<void> &answer) {
            m_vault->acceptOlderState(m_vault.get(), answer);
        });
    }

private:
    /// Of a call that certainly answers.
    template <typename T>
    static Result<T> answerOf(const std::function<void(Answer<T>)> &call)
    {
        std::optional<Result<T>> outcome;
        call([&outcome](Result<T> result) { outcome = std::move(result); });
        while (!outcome)
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        return *outcome;
    }
    std::optional<Result<void>> wait(const std::function<void(Answer<void>)> &call)
    {
        const auto outcome = std::make_shared<std::optional<Result<void>>>();
        call([outcome](Result<void> result) { *outcome = std::move(result); });
        while (!*outcome && !m_store->isDead())
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        return *outcome;
    }

    MemoryStore *m_store; ///< owned by the vault
    std::unique_ptr<Vault> m_vault;
};

} // namespace hufu::test
