#pragma once

#include "core/vault/secret_store.h"

#include <memory>

namespace hufu {

/// A store whose entries are small: what is longer lies in parts there (storage.md 2). Whoever uses
/// it sees whole values. GUI thread.
///
/// A value that cannot be put together, because parts are missing or of different writes, comes
/// back as what stands under its own name, or as the mixture: neither passes for an entry, since
/// the seals notice. Parts lie without a gap, whatever is cut off: they are written upwards with
/// the entry's own name last, and removed downwards.
///
/// Errors beside those of SecretStore: VaultFull for a value of more than 64 parts.
class PartsStore final : public SecretStore
{
    Q_OBJECT

public:
    PartsStore(std::shared_ptr<SecretStore> inner, EntrySizes sizes);

    void read(const QString &key, QObject *context, Answer<QByteArray> answer) override;
    void write(const QString &key, const QByteArray &value, QObject *context,
               Answer<void> answer) override;
    void remove(const QString &key, QObject *context, Answer<void> answer) override;
    /// An entry counts once, however many parts it has.
    void list(const QString &prefix, QObject *context, Answer<QStringList> answer) override;
    void survey(const QString &prefix, QObject *context, Answer<StoreSurvey> answer) override;
    void unlock(QObject *context, Answer<void> answer) override;
    [[nodiscard]] bool isStalled() const override { return m_inner->isStalled(); }
    [[nodiscard]] QString backend() const override { return m_inner->backend(); }
    [[nodiscard]] EntrySizes sizes() const override { return m_sizes; }

private:
    std::shared_ptr<SecretStore> m_inner; ///< calls under way share it
    EntrySizes m_sizes;
};

} // namespace hufu
