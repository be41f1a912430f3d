#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace hufu {

// What the portable file needs of the system, whole files at a time. All of it waits for the disk:
// call it from a worker thread. No call follows a symbolic link.

/// The bytes of the ordinary file at `path`.
/// Errors: EntryNotFound where there is nothing of that name, FileUnreadable for a link, a folder,
/// a pipe and what may not be read, VaultCorrupt for more than `limit` bytes (nothing is read).
[[nodiscard]] Result<QByteArray> readWholeFile(const QString &path, qint64 limit);

/// Makes a file that was not there, readable by its owner only, and waits until the disk has it.
/// Errors: FileUnwritable; then nothing of it is left.
[[nodiscard]] Result<void> writeNewFile(const QString &path, const QByteArray &bytes);

/// Gives `from` the name `to` at once; what bore it is gone. Errors: FileUnwritable.
[[nodiscard]] Result<void> renameOver(const QString &from, const QString &to);

/// Succeeds once there is no file of that name. Errors: FileUnwritable.
[[nodiscard]] Result<void> removeFile(const QString &path);

} // namespace hufu
