#pragma once

#include "core/vault/secret_store.h"
#include "core/vault/vault_file.h"
#include "core/vault/vault_place.h"

#include <QThreadPool>
#include <QTimer>

#include <deque>
#include <memory>

namespace hufu {

/// The portable file behind the interface of the keychain: whole generations, each in the place of
/// the one before. The disk is waited for in a worker thread, one call at a time. GUI thread.
///
/// Reads answer from what beginReading or replaceAll last saw. A call that runs out of time is
/// answered with KeychainStalled and goes on; until it ends the store is stalled.
class FileStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit FileStore(const VaultPlace &place,
                       std::chrono::milliseconds limit = std::chrono::seconds(30));
    /// Waits for a call that is under way.
    ~FileStore() override;

    void beginReading(QObject *context, Answer<Keeping> answer) override;
    [[nodiscard]] bool hasOldSlots() const override { return m_hasOldSlots; }
    void replaceAll(const std::map<QString, QByteArray> &added, const QStringList &kept,
                    QObject *context, Answer<void> answer) override;
    void read(const QString &key, QObject *context, Answer<QByteArray> answer) override;
    /// A file changes as a whole only: FileUnwritable.
    void write(const QString &key, const QByteArray &value, QObject *context,
               Answer<void> answer) override;
    /// Succeeds for what is not there; else as write.
    void remove(const QString &key, QObject *context, Answer<void> answer) override;
    void list(const QString &prefix, QObject *context, Answer<QStringList> answer) override;
    void unlock(QObject *context, Answer<void> answer) override;
    [[nodiscard]] bool isStalled() const override { return m_stalled; }
    [[nodiscard]] QString backend() const override { return QStringLiteral("file"); }

    /// Removes the copies, then the file. Errors: FileUnwritable, KeychainStalled.
    void removeAll(QObject *context, Answer<void> answer);

    /// What VaultFile calls before it changes the disk, in the worker thread. For tests.
    void setBeforeStep(std::function<void()> step) { m_file.beforeStep = std::move(step); }

private:
    struct Call;

    template <typename T>
    void run(std::function<Result<T>(const VaultFile &)> work, QObject *context,
             std::function<void(Result<T>)> then);
    void withEntries(QObject *context, std::function<void(Result<const FileEntries *>)> then);
    void startNext();
    void ended();
    void outOfTime();
    [[nodiscard]] QByteArray nameOf(const QString &key) const;

    QString m_prefix; ///< of our keys
    VaultFile m_file; ///< used by the worker, one call at a time
    std::chrono::milliseconds m_limit;
    QTimer m_limitTimer;
    QTimer m_forgetTimer;
    std::deque<std::unique_ptr<Call>> m_waiting;
    std::unique_ptr<Call> m_current;
    std::optional<FileEntries> m_seen; ///< nothing before the first reading and some time after
    bool m_stalled = false;
    bool m_looksAtCopies = true; ///< at the next reading; once is enough
    bool m_hasOldSlots = false;
    QThreadPool m_worker; ///< last, so that it is waited for before anything goes
};

} // namespace hufu
