#pragma once

#include "core/account/usage.h"
#include "core/vault/vault_place.h"

#include <QTimer>

namespace hufu {

class Vault;

/// What is kept of how accounts are used and of servers' clocks: the sealed file `usage` beside the
/// vault (storage.md 9). Read when the vault opens, written at most every 30 s and where flush() is
/// called, forgotten when it locks. Nobody waits for it and nothing depends on it: what cannot be
/// read or written is only not known next time. Of two programs at once the later one's counts
/// stay. GUI thread.
class VaultUsage : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds leastPause{30};

    /// All of these outlive this.
    VaultUsage(const Vault &vault, const VaultPlace &place, ServerClocks &clocks,
               const Clock &clock);
    /// Writes what is not written yet.
    ~VaultUsage() override;

    /// A code of this account was taken.
    void count(const AccountId &id);
    /// Never used: none.
    [[nodiscard]] AccountUse of(const AccountId &id) const;
    /// Writes what is not written yet, while the vault is open: before a lock and at the end.
    void flush();

signals:
    /// The file was damaged: it is called `usage.bad` now, and begun anew.
    void setAside();

private:
    void follow();
    void read();
    void touch();
    [[nodiscard]] QString path() const;

    const Vault &m_vault;
    const QString m_folder;
    ServerClocks &m_clocks;
    const Clock &m_clock;
    Usage m_usage; ///< its clocks as they were read or written last
    bool m_isRead = false;
    bool m_isReading = false;
    bool m_isDue = false; ///< something is not written yet
    QTimer m_write;
};

} // namespace hufu
