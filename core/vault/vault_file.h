#pragma once

#include "core/vault/vault_file_text.h"

#include <QString>

#include <functional>

namespace hufu {

/// The portable file of a profile, and its last three good copies beside it: `.1` is the newest.
/// A commit puts a whole new file in the place of the old one (storage.md 8). Every call waits for
/// the disk: call it from a worker thread, one at a time. Who changes it holds `vault.lock`.
class VaultFile
{
public:
    static constexpr int copies = 3;
    static constexpr qint64 largest = qint64{64} << 20; ///< bytes; three times the fullest vault

    explicit VaultFile(QString path);

    /// Where what was read stood.
    enum class Source {
        Nothing, ///< there is certainly neither file nor copy
        File,
        Copy, ///< the file is gone or damaged: this is the newest whole copy
    };
    struct Found
    {
        Source source = Source::Nothing;
        FileEntries entries;
    };

    /// Errors: VaultCorrupt where something is there and nothing of it is whole,
    /// VaultNewerVersion, FileUnreadable, SecretMemoryFull.
    [[nodiscard]] Result<Found> read() const;

    /// Writes a file of `added` and those of the present entries that `kept` names, keeps the
    /// present one as `.1`, and removes copies that other passwords open. A damaged file is kept as
    /// `.bad`.
    ///
    /// Errors: FileUnwritable, those of read, and WriteNotConfirmed for a file that differs when
    /// read back, for a kept entry that is not there, and for a whole that would not be readable.
    /// Unless only the folder could not be synced, nothing has changed then.
    [[nodiscard]] Result<void> replace(const FileEntries &added,
                                       const std::vector<QByteArray> &kept) const;

    /// Whether a copy is left that other passwords open than the file.
    [[nodiscard]] bool hasOldSlots() const;

    /// Removes the copies, then the file. Errors: FileUnwritable.
    [[nodiscard]] Result<void> removeAll() const;

    /// Called before each operation that changes the disk. Tests end the process in it.
    std::function<void()> beforeStep;

private:
    struct Whole;
    struct Look;

    [[nodiscard]] QString nameOf(int copy) const;
    [[nodiscard]] static Result<Whole> wholeAt(const QString &path);
    [[nodiscard]] Look look() const;
    [[nodiscard]] Result<void> writeBeside(const QByteArray &text) const;
    [[nodiscard]] Result<void> rotate(const Look &before) const;
    [[nodiscard]] Result<void> copyTo(const QString &name, const QByteArray &text) const;
    void removeOldSlots(const Look &before, const FileHead &now) const;
    void step() const;

    QString m_path;
};

} // namespace hufu
