#include "core/policy/policy_file.h"

#include <QFile>

#if defined(Q_OS_UNIX)
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace hufu {

QString systemPolicyPath()
{
#if defined(Q_OS_WIN)
    return qEnvironmentVariable("ProgramData", QStringLiteral("C:/ProgramData")) +
           QStringLiteral("/Hufu/policy.json");
#elif defined(Q_OS_MACOS)
    return QStringLiteral("/Library/Application Support/Hufu/policy.json");
#else
    return QStringLiteral("/etc/hufu/policy.json");
#endif
}

Result<std::optional<QByteArray>> readOwnedFile(const QString &path)
{
    QFile file;
#if defined(Q_OS_UNIX)
    // Opened once and judged by its descriptor, so that nobody can put another file in its place.
    // Non-blocking: a named pipe would wait for a writer.
    const int descriptor =
        open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return std::optional<QByteArray>();
        return failure(Errc::PolicyRefused, QStringLiteral("the file cannot be read"));
    }
    file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle);
    struct stat status = {};
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return failure(Errc::PolicyRefused, QStringLiteral("not a file"));
    if (status.st_uid != 0 && status.st_uid != geteuid())
        return failure(Errc::PolicyRefused, QStringLiteral("owned by somebody else"));
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return failure(Errc::PolicyRefused, QStringLiteral("others may write to the file"));
#else
    file.setFileName(path);
    if (!file.exists())
        return std::optional<QByteArray>();
    if (!file.open(QIODevice::ReadOnly))
        return failure(Errc::PolicyRefused, QStringLiteral("the file cannot be read"));
#endif
    QByteArray bytes = file.read(largestPolicy + 1);
    if (bytes.size() > largestPolicy)
        return failure(Errc::PolicyRefused, QStringLiteral("larger than 64 KiB"));
    return std::optional<QByteArray>(std::move(bytes));
}

} // namespace hufu
