#pragma once

#include "core/activity/activity_event.h"

#include <span>

namespace hufu {

class SideKey;

/// The file `activity` of one profile (storage.md 9): one sealed event a line, the line's number,
/// from 1, under its seal. Programs append under `activity.lock`, which lasts for one of them. Main
/// thread; each call waits for the disk, and for the lock as long as it is told.
class ActivityFile
{
public:
    static constexpr std::size_t mostEvents = 5'000;
    static constexpr qsizetype mostBytes = 2 << 20;

    explicit ActivityFile(QString folder);

    /// Appends `events`. An incomplete last line goes; where the file would get too large its older
    /// half goes; a damaged file becomes `activity.bad`, and a line says so in a new one. Makes no
    /// folder.
    ///
    /// Errors: VaultBusy where another program had the lock all the time, FileUnreadable,
    /// FileUnwritable, SecretMemoryFull, CryptoFailed; nothing was appended then, but perhaps an
    /// incomplete line.
    [[nodiscard]] Result<void> append(const SideKey &key, std::span<const ActivityEvent> events,
                                      std::chrono::sys_seconds now,
                                      std::chrono::milliseconds patience);
    /// All events, the oldest first. A damaged file is set aside as append does it, at the time
    /// `now`. Errors: as append.
    [[nodiscard]] Result<std::vector<ActivityEvent>>
    read(const SideKey &key, std::chrono::sys_seconds now, std::chrono::milliseconds patience);

private:
    class Lock;

    /// The sealed lines of the file. Errors: SealBroken for a file that is longer than it can be.
    [[nodiscard]] Result<QList<QByteArray>> lines() const;
    [[nodiscard]] Result<QList<QByteArray>> linesOrBegunAnew(const SideKey &key,
                                                             std::chrono::sys_seconds now);
    /// Leaves the newer half of `lines`, under new numbers. Errors: SealBroken, and those of
    /// append.
    [[nodiscard]] Result<void> halve(const SideKey &key, const QList<QByteArray> &lines);
    [[nodiscard]] Result<void> beginAnew(const SideKey &key, std::chrono::sys_seconds now);
    [[nodiscard]] Result<void> replace(const QByteArray &text);

    QString m_folder;
    QString m_path;
};

} // namespace hufu
