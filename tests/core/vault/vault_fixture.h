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

/// The value of an entry, put together where it lies in parts.
inline QByteArray valueIn(const MemoryKeychain &keychain, const QString &key)
{
    QByteArray value = keychain.at(key);
    if (!value.startsWith("hufu.part.1:"))
        return value;
    const qsizetype colon = value.indexOf(':', 12);
    const int parts = value.mid(12, colon - 12).toInt();
    value = value.mid(colon + 1);
    for (int part = 2; part <= parts; ++part)
        value += keychain.at(key + u'.' + QString::number(part));
    return value;
}

/// The least that Argon2 allows: real keys, but at once.
inline Argon2Costs cheapPasswordCosts()
{
    return {.memoryKiB = 8, .passes = 1, .lanes = 1};
}

inline SecretBytes secretOf(std::string_view text)
{
    return std::move(*SecretBytes::copyOf(text));
}

/// A vault on a store that the test keeps an eye on, with calls that wait for their answer.
/// The waiting ends early when the store is dead: then there is no answer.
class WaitingVault
{
public:
    WaitingVault(const std::shared_ptr<MemoryKeychain> &keychain, const VaultPlace &place,
                 const Clock &clock, Vault::PasswordCosts costs = cheapPasswordCosts)
        : m_store(new MemoryStore(keychain))
        , m_vault(std::make_unique<Vault>(asConfigured(std::unique_ptr<MemoryStore>(m_store)),
                                          place, clock, nullptr, std::move(costs)))
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
    std::optional<Result<void>> unlock(std::string_view password)
    {
        return wait([this, password](const Answer<void> &answer) {
            m_vault->unlock(secretOf(password), m_vault.get(), answer);
        });
    }
    std::optional<Result<void>> lock()
    {
        return wait([this](const Answer<void> &answer) { m_vault->lock(m_vault.get(), answer); });
    }
    /// Empty: none.
    std::optional<Result<void>> changePassword(std::string_view current, std::string_view next)
    {
        return wait([this, current, next](const Answer<void> &answer) {
            m_vault->changePassword(secretOf(current), secretOf(next), m_vault.get(), answer);
        });
    }

    std::optional<Result<void>> createInFile(std::string_view password)
    {
        return wait([this, password](const Answer<void> &answer) {
            m_vault->createInFile(secretOf(password), m_vault.get(), answer);
        });
    }
    /// Empty: none.
    std::optional<Result<void>> move(Vault::Storage to, std::string_view current,
                                     std::string_view next)
    {
        return wait([this, to, current, next](const Answer<void> &answer) {
            m_vault->move(to, secretOf(current), secretOf(next), m_vault.get(), answer);
        });
    }
    /// What lies in the place that the settings do not name.
    std::optional<Result<QStringList>> elsewhere()
    {
        std::optional<Result<QStringList>> found;
        m_vault->listElsewhere(m_vault.get(),
                               [&found](Result<QStringList> names) { found = std::move(names); });
        while (!found && !m_store->isDead())
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        return found;
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
