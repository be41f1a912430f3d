#pragma once

#include "core/vault/secret_store.h"
#include "core/vault/vault_contents.h"
#include "core/vault/vault_lock.h"
#include "core/vault/vault_place.h"
#include "core/vault/vault_state_file.h"
#include "core/vault/verdict.h"

#include <memory>

namespace hufu {

class VaultReader;
struct VaultReading;

/// What the doctor found. It names no account and holds no secret (contracts.md 2, `doctor`).
struct VaultReport
{
    QString profile;
    QString backend;              ///< as SecretStore names it
    std::optional<Error> problem; ///< nothing: all is well
    /// Of the heads, or as the settings and `vault.state` know them where these cannot be read.
    std::optional<VaultId> vault;
    std::uint64_t generation = 0;
    std::size_t pages = 0;               ///< that the head names; else those that lie there
    std::optional<std::size_t> accounts; ///< nothing while they cannot be read
    std::optional<std::size_t> kept;     ///< records that no account could be made of; likewise
    Verdict::Remark remark = Verdict::Remark::None;
    /// Entries of ours that no head names, and side files that were set aside.
    QStringList leftovers;
    /// Entries that lie in more than one collection, with those.
    QMap<QString, QStringList> doubled;
    std::vector<StoreSurvey::Elsewhere> elsewhere;
    bool isMemoryLocked = false;

    /// Whether there is something that exportKept would write.
    [[nodiscard]] bool hasKept() const { return !exported.isEmpty() || kept.value_or(0) > 0; }
    /// Entries that exportKept writes as they lie there: left-over ones, a damaged head, and all of
    /// a vault that cannot be read.
    QStringList exported;
};

/// What an export holds.
struct KeptExport
{
    std::size_t records = 0;
    std::size_t entries = 0;
};

/// Looks at a vault and its store, and changes nothing in them (storage.md 7). It asks nobody for a
/// password. One thing at a time each object. GUI thread.
class VaultDoctor : public QObject
{
    Q_OBJECT

public:
    VaultDoctor(SecretStore &store, VaultPlace place, QObject *parent);
    ~VaultDoctor() override;

    /// Always a success: what went wrong stands in the report.
    ///
    /// @param known  what the program has open, whose keys open a vault under a password
    void examine(VaultContents known, Answer<VaultReport> answer);

    /// Writes kept records and entries to a new file. Errors: FileUnwritable, SecretMemoryFull, and
    /// those of the store.
    void exportKept(VaultContents known, const QString &path, Answer<KeptExport> answer);

private:
    struct Course;

    void start(VaultContents known, Answer<VaultReport> then);
    void begin();
    void readVault(const Result<StoreSurvey> &survey);
    void readUnderLock();
    void conclude(Result<VaultReading> reading);
    void reportReading(VaultReading reading);
    void reportEntries();
    void writeEntries(const QStringList &names);
    void finishExport(const Result<void> &result);

    SecretStore &m_store;
    VaultPlace m_place;
    VaultStateFile m_stateFile;
    VaultLock m_lock;
    std::unique_ptr<VaultReader> m_reader;
    std::unique_ptr<Course> m_course;
};

} // namespace hufu
