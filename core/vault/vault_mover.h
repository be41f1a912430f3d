#pragma once

#include "core/vault/chosen_store.h"
#include "core/vault/entry_sequence.h"
#include "core/vault/vault_committer.h"

namespace hufu {

/// Moves a profile's vault from the keychain into the portable file or back (storage.md 8): the
/// same vault id under a new vault key, read back whole from the new place before the settings name
/// it; only then the old heads go, then the old pages. Until then a kill or an error leaves the old
/// place as it was, and what there is in the new one is never opened by itself. One move at a time
/// each object. GUI thread.
class VaultMover : public QObject
{
    Q_OBJECT

public:
    enum class To { Keychain, File };
    using Done = std::function<void(CommitOutcome)>;

    VaultMover(ChosenStore &stores, VaultPlace place, const Clock &clock, QObject *parent);
    ~VaultMover() override;

    /// Takes the lock, reads the newest state and moves it. Succeeds at once where it is there
    /// already. What cannot be removed from the old place stays, left over from a move.
    ///
    /// @param change  of the slots that are there now into the one of the new place
    /// Errors: PlaceTaken where another vault lies in the new place, or what nobody can read;
    /// VaultOlderState, VaultNotFound, those of hufu::changeSlots and of a commit.
    void move(To to, SlotChange change, VaultContents known, Done done);

    /// Gives up what is under way, as a kill would; `done` is not called. The lock stays until the
    /// stores have answered the calls that they are at.
    void cutOff();
    [[nodiscard]] bool isAtWork() const { return m_course != nullptr; }

private:
    struct Course;

    void takeSource(Result<VaultReading> reading);
    void inspectTarget();
    void judgeTarget(const Result<std::deque<EntryText>> &heads);
    void clearTarget();
    void plan();
    void writeTarget();
    void verify();
    void switchOver(VaultReading reading);
    void removeSource();
    void abandon(const Error &error);
    void finish(Result<void> result);
    void releaseLock();
    void noteLeft(const QStringList &left);
    [[nodiscard]] SecretStore &target();
    [[nodiscard]] std::chrono::sys_seconds now() const;
    [[nodiscard]] QStringList keysOf(const std::vector<PageId> &pages) const;
    [[nodiscard]] QStringList headKeys() const;

    ChosenStore &m_stores;
    VaultPlace m_place;
    const Clock &m_clock;
    VaultStateFile m_stateFile;
    VaultLock m_lock;
    std::unique_ptr<VaultReader> m_reader;
    std::unique_ptr<Course> m_course;
};

} // namespace hufu
