#pragma once

#include "core/activity/activity_file.h"

#include <QObject>
#include <QTimer>

namespace hufu {

class Vault;
struct VaultPlace;

/// What happened in a profile, for the person to look at: logins, accounts, the app password
/// (storage.md 9). GUI thread.
///
/// What the vault does by itself, purging its bin, is taken down here; all else is told by add.
/// An event goes to the profile's sealed file at once. While the vault is locked, and for a moment
/// where another program writes, it waits in memory: while it is locked without names, which come
/// back from the accounts at the next unlock. What cannot be written is no reason to stop anything:
/// it is logged, and tried again with the next event.
class Activity : public QObject
{
    Q_OBJECT

public:
    /// All of it outlives this, and this outlives nothing that still adds.
    Activity(Vault &vault, const VaultPlace &place, const Clock &clock, QObject *parent = nullptr);
    ~Activity() override;

    /// Takes down that `event` happened now.
    void add(ActivityEvent event);
    /// The same for several at once. Of more than a thousand the first thousand: an import must not
    /// push all else out of the list.
    void addAll(std::vector<ActivityEvent> events);

    /// All events, the newest first, with those that wait. Errors: PasswordNeeded while there is no
    /// key for the file, as long as the vault is not open; those of ActivityFile::read.
    [[nodiscard]] Result<std::vector<ActivityEvent>> newestFirst();

signals:
    /// An event was taken down.
    void added();

private:
    void followVault();
    void write(std::chrono::milliseconds patience);

    Vault &m_vault;
    const Clock &m_clock;
    ActivityFile m_file;
    std::vector<ActivityEvent> m_waiting; ///< the oldest first
    QTimer m_again;
};

} // namespace hufu
