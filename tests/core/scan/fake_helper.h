#pragma once

#include "core/scan/messages.h"

#include <QFile>
#include <QTemporaryDir>

#include <sys/types.h>

namespace hufu::test {

/// The bytes of a message; none if it could not be written.
inline QByteArray arrayOf(const Result<SecretBytes> &message)
{
    const std::string_view text = message ? message->text() : std::string_view();
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// A helper that says `answer` and then does as `afterwards` (a line of shell) says, in a folder of
/// its own.
class FakeHelper
{
public:
    explicit FakeHelper(const QByteArray &answer, const QByteArray &afterwards = "cat >/dev/null")
    {
        write(QStringLiteral("answer"), answer);
        write(QStringLiteral("helper"), "#!/bin/sh\ncd '" + m_folder.path().toLocal8Bit() +
                                            "'\necho $$ >pid\ncat answer\n" + afterwards + "\n");
        QFile::setPermissions(program(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    [[nodiscard]] QString program() const { return path(QStringLiteral("helper")); }

    /// Of the process that was started last; 0 while there is none.
    [[nodiscard]] pid_t pid() const
    {
        QFile file(path(QStringLiteral("pid")));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
    }

    /// A file of its folder, for `afterwards`.
    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("The temporary folder cannot be written.");
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

/// Whether it has ended, even if nobody has asked for its status yet.
inline bool isGone(pid_t pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    return !stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z ");
}

} // namespace hufu::test
