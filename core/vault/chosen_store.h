#pragma once

#include "core/vault/file_store.h"

namespace hufu {

/// The store that the settings name: the keychain, or the portable file (storage.md 1). They are
/// asked again at each beginning of a reading, since another program may have moved the accounts; a
/// portable profile is always in its file. GUI thread.
///
/// Errors of beginReading: also VaultNewerVersion where the settings name a store that this version
/// does not know.
class ChosenStore final : public SecretStore
{
    Q_OBJECT

public:
    ChosenStore(std::unique_ptr<SecretStore> keychain, VaultPlace place);
    ~ChosenStore() override;

    [[nodiscard]] SecretStore &keychain() { return *m_keychain; }
    [[nodiscard]] FileStore &file() { return m_file; }
    /// What the settings name now.
    [[nodiscard]] bool namesFile() const;

    void beginReading(QObject *context, Answer<Keeping> answer) override;
    [[nodiscard]] bool hasOldSlots() const override { return m_current->hasOldSlots(); }
    void replaceAll(const std::map<QString, QByteArray> &added, const QStringList &kept,
                    QObject *context, Answer<void> answer) override;
    void read(const QString &key, QObject *context, Answer<QByteArray> answer) override;
    void write(const QString &key, const QByteArray &value, QObject *context,
               Answer<void> answer) override;
    void remove(const QString &key, QObject *context, Answer<void> answer) override;
    void list(const QString &prefix, QObject *context, Answer<QStringList> answer) override;
    /// What lies in the place that the settings do not name is elsewhere: left over from a move.
    void survey(const QString &prefix, QObject *context, Answer<StoreSurvey> answer) override;
    void unlock(QObject *context, Answer<void> answer) override;
    [[nodiscard]] bool isStalled() const override { return m_current->isStalled(); }
    [[nodiscard]] QString backend() const override { return m_current->backend(); }
    [[nodiscard]] EntrySizes sizes() const override { return m_current->sizes(); }

private:
    VaultPlace m_place;
    std::unique_ptr<SecretStore> m_keychain;
    FileStore m_file;
    SecretStore *m_current;
};

} // namespace hufu
