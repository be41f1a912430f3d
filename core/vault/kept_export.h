#pragma once

#include "core/vault/vault_contents.h"

#include <QFile>

namespace hufu {

/// The file that the doctor writes: bytes of ours that this version could not use, as base64.
///
/// UTF-8 lines: `hufu-kept 1`, a warning that begins with `#`, `profile <name>`, `vault <hex>`
/// where it is known, then `record <tag> <base64>` for each kept record and `entry <name> <base64>`
/// for each entry of the store. Readable by the person alone. A file that exists is never written
/// over, and one that could not be finished is taken away again. One thread.
class KeptFile
{
public:
    explicit KeptFile(const QString &path);
    ~KeptFile();
    KeptFile(const KeptFile &) = delete;
    KeptFile &operator=(const KeptFile &) = delete;

    /// Makes the file. Errors: FileUnwritable, also where there is one already.
    [[nodiscard]] Result<void> create(const QString &profile, const std::optional<VaultId> &vault);
    void addRecord(const OtherRecord &record);
    void addEntry(const QString &name, const QByteArray &value);
    /// Ends the file. Errors: FileUnwritable if any of it could not be written.
    [[nodiscard]] Result<void> finish();

private:
    void line(const QByteArray &head, std::span<const std::byte> bytes);
    void write(std::string_view text);

    QFile m_file;
    bool m_isMade = false;
    bool m_failed = false;
};

} // namespace hufu
