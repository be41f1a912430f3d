#pragma once

#include "core/base/result.h"
#include "core/vault/head.h"

#include <QByteArray>

#include <map>

namespace hufu {

/// The values of a portable file by their entries' names, sorted as the file is.
using FileEntries = std::map<QByteArray, QByteArray>;

/// The text of a portable file. Source: storage.md 8.
[[nodiscard]] QByteArray toFileText(const FileEntries &entries);

/// The entries of what toFileText made. Strict: one way to write each file. Looks at the frame and
/// the sum, not at the values. Pure, any thread.
///
/// Errors: VaultNewerVersion for a larger number in the first line, VaultCorrupt.
[[nodiscard]] Result<FileEntries> fromFileText(const QByteArray &text);

/// What the one head of a file says in clear.
struct FileHead
{
    std::uint64_t generation = 0;
    VaultId vault{};
    std::vector<SecretBytes> keySlots;
};

/// The head of a file: exactly one, under its parity's name, and without an open slot, which would
/// leave the vault key to whoever copies the file. Any thread.
///
/// Errors: VaultCorrupt, VaultNewerVersion, SecretMemoryFull.
[[nodiscard]] Result<FileHead> headOfFile(const FileEntries &entries);

/// Whether the same passwords open both heads.
[[nodiscard]] bool haveSameSlots(const FileHead &a, const FileHead &b);

} // namespace hufu
