#pragma once

#include "core/vault/page_placement.h"
#include "core/vault/slot_change.h"
#include "core/vault/vault_lock.h"
#include "core/vault/vault_reader.h"

#include <functional>

namespace hufu {

/// How a commit ended.
struct CommitOutcome
{
    Result<void> result;
    /// The state that is committed now; nothing where it could not be read.
    std::optional<VaultReading> reading;
    /// What has gone from the bin with it, its time being over.
    std::vector<AccountPtr> purged;
};

/// Writes generations, in the order of storage.md 6 and no other. One commit at a time each object.
/// It may be deleted while it writes: that is a kill, and the next commit cleans up. GUI thread.
class VaultCommitter : public QObject
{
    Q_OBJECT

public:
    using Change = std::function<Result<void>(AccountSet &)>;
    using Done = std::function<void(CommitOutcome)>;

    VaultCommitter(SecretStore &store, VaultPlace place, const Clock &clock, QObject *parent);
    ~VaultCommitter() override;

    /// Takes the lock, loads the newest state, applies `change` and commits.
    /// Errors: as Vault::commit.
    void commit(Change change, VaultContents known, Done done);
    /// Takes the lock, loads the newest state, changes its slots, and commits that twice, so that
    /// no head with an old slot remains. Once the first of the two is confirmed the change is made:
    /// a failure of the second shows in the reading's slotsDiffer only, unless it is
    /// LostInMidWrite. Errors: as commit, and those of hufu::changeSlots.
    void changeSlots(SlotChange change, VaultContents known, Done done);
    /// Commits once more without a change, where the two heads are opened by different slots.
    void settleSlots(VaultContents known, Done done);
    /// Takes the lock, reads, and makes an older state the committed one (storage.md 7).
    void acceptOlder(VaultContents known, Done done);
    /// Reads under the lock: the last try of a reading whose pages did not fit.
    void readUnderLock(VaultContents known, std::shared_ptr<PasswordTry> passwordTry, Done done);

    /// Gives up what is under way, as a kill would, and forgets its keys; `done` is not called. The
    /// lock stays until the store has answered the call that it is at.
    void cutOff();
    [[nodiscard]] bool isAtWork() const { return m_course != nullptr; }

private:
    struct Course;
    using Next = void (VaultCommitter::*)();

    void begin(VaultContents known, std::shared_ptr<PasswordTry> passwordTry, Done done,
               Next afterReading);
    void accept();
    void settle();
    void apply();
    void removeListed(Next next, std::size_t index);
    void plan();
    [[nodiscard]] Result<void> planSlots();
    [[nodiscard]] Result<void> prepare();
    void writeState();
    void listPages();
    void writePages();
    void replaceAll();
    void writeHead();
    void confirmHead(const QString &key, const Result<void> &written);
    void headFailed(Error error);
    void checkOldHead(Error error);
    void confirm();
    void tidyUp();
    void finishTidy();
    void commitAgain();
    void finish(Result<void> result);
    void releaseLock();
    [[nodiscard]] std::chrono::sys_seconds now() const;

    SecretStore &m_store;
    VaultPlace m_place;
    const Clock &m_clock;
    VaultStateFile m_stateFile;
    VaultLock m_lock;
    std::unique_ptr<VaultReader> m_reader;
    std::unique_ptr<Course> m_course;
};

} // namespace hufu
