#pragma once

#include "core/vault/page_placement.h"
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
    /// Takes the lock, reads, and makes an older state the committed one (storage.md 7).
    void acceptOlder(VaultContents known, Done done);
    /// Reads under the lock: the last try of a reading whose pages did not fit.
    void readUnderLock(VaultContents known, Done done);

private:
    struct Course;
    using Next = void (VaultCommitter::*)();

    void begin(VaultContents known, Done done, Next afterReading);
    void accept();
    void apply();
    void removeListed(Next next, std::size_t index);
    void plan();
    [[nodiscard]] Result<void> prepare();
    [[nodiscard]] Result<void> preparePages(const std::vector<PlannedPage> &planned);
    void writeState();
    void writePage(std::size_t index);
    void replaceAll();
    void writeHead();
    void confirmHead(const QString &key, const Result<void> &written);
    void headFailed(Error error);
    void checkOldHead(Error error);
    void confirm();
    void tidyUp();
    void finishTidy();
    void finish(Result<void> result);
    void releaseLock();

    SecretStore &m_store;
    VaultPlace m_place;
    const Clock &m_clock;
    VaultStateFile m_stateFile;
    VaultLock m_lock;
    VaultReader m_reader;
    std::unique_ptr<Course> m_course;
};

} // namespace hufu
