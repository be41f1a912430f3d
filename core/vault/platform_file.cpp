#include "core/vault/platform_file.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

/// In English, for the log; the system's sentences hold no path.
tl::unexpected<Error> systemFailure(Errc code, int number)
{
    return failure(code, QString::fromStdString(std::generic_category().message(number)));
}

std::filesystem::path pathOf(const QString &path)
{
#ifdef Q_OS_WIN
    return std::filesystem::path(path.toStdWString());
#else
    return std::filesystem::path(QFile::encodeName(path).toStdString());
#endif
}

#ifdef Q_OS_UNIX

/// Closes what it holds.
class Descriptor
{
public:
    Descriptor(const QString &path, int flags, mode_t mode = 0)
        : m_number(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, mode))
    {
    }
    ~Descriptor() { close(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    [[nodiscard]] int number() const { return m_number; }
    /// Some file systems report here only that there was no room.
    bool close()
    {
        const int number = std::exchange(m_number, -1);
        return number < 0 || ::close(number) == 0;
    }

private:
    int m_number;
};

/// How many bytes were read or written in all; less where an error stopped it, with errno.
template <typename Call>
qint64 repeat(qint64 size, const Call &call)
{
    qint64 done = 0;
    while (done < size) {
        const ssize_t now = call(done);
        if (now < 0 && errno == EINTR)
            continue;
        if (now <= 0)
            break;
        done += now;
    }
    return done;
}

bool writeAndSync(Descriptor &file, const QByteArray &bytes)
{
    errno = 0;
    const qint64 written = repeat(bytes.size(), [&](qint64 done) {
        return ::write(file.number(), bytes.constData() + done,
                       static_cast<std::size_t>(bytes.size() - done));
    });
    return written == bytes.size() && ::fsync(file.number()) == 0 && file.close();
}

#endif

} // namespace

#ifdef Q_OS_UNIX

Result<QByteArray> readWholeFile(const QString &path, qint64 limit)
{
    // Without O_NONBLOCK a pipe would hold us until somebody writes into it.
    const Descriptor file(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (file.number() < 0)
        return errno == ENOENT ? failure(Errc::EntryNotFound)
                               : systemFailure(Errc::FileUnreadable, errno);
    struct stat about = {};
    if (::fstat(file.number(), &about) != 0)
        return systemFailure(Errc::FileUnreadable, errno);
    if (!S_ISREG(about.st_mode))
        return failure(Errc::FileUnreadable, u"not an ordinary file"_s);
    if (about.st_size > limit)
        return failure(Errc::VaultCorrupt, u"larger than a vault can be"_s);
    QByteArray bytes(about.st_size, Qt::Uninitialized);
    const qint64 got = repeat(bytes.size(), [&](qint64 done) {
        return ::read(file.number(), bytes.data() + done,
                      static_cast<std::size_t>(bytes.size() - done));
    });
    if (got != bytes.size())
        return failure(Errc::FileUnreadable, u"the disk gave less than the file has"_s);
    return bytes;
}

Result<void> writeNewFile(const QString &path, const QByteArray &bytes)
{
    Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file.number() < 0)
        return systemFailure(Errc::FileUnwritable, errno);
    if (writeAndSync(file, bytes))
        return {};
    const int number = errno;
    QFile::remove(path);
    return systemFailure(Errc::FileUnwritable, number);
}

#else

Result<QByteArray> readWholeFile(const QString &path, qint64 limit)
{
    const QFileInfo about(path);
    if (!about.exists() && !about.isSymLink())
        return failure(Errc::EntryNotFound);
    QFile file(path);
    if (!about.isFile() || about.isSymLink() || !file.open(QIODevice::ReadOnly))
        return failure(Errc::FileUnreadable, file.errorString());
    if (file.size() > limit)
        return failure(Errc::VaultCorrupt, u"larger than a vault can be"_s);
    const qint64 size = file.size();
    QByteArray bytes = file.read(size);
    if (bytes.size() != size)
        return failure(Errc::FileUnreadable, u"the disk gave less than the file has"_s);
    return bytes;
}

Result<void> writeNewFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path); // in the person's own folders, whose rights it inherits
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered))
        return failure(Errc::FileUnwritable, file.errorString());
    if (file.write(bytes) == bytes.size() && file.flush())
        return {};
    const QString reason = file.errorString();
    file.remove();
    return failure(Errc::FileUnwritable, reason);
}

#endif

Result<void> renameOver(const QString &from, const QString &to)
{
    std::error_code error;
    std::filesystem::rename(pathOf(from), pathOf(to), error);
    if (error)
        return failure(Errc::FileUnwritable, QString::fromStdString(error.message()));
    return {};
}

Result<void> removeFile(const QString &path)
{
    std::error_code error;
    const std::filesystem::path name = pathOf(path);
    if (std::filesystem::is_directory(std::filesystem::symlink_status(name, error)))
        return failure(Errc::FileUnwritable, u"a folder lies in the way"_s);
    error.clear();
    std::filesystem::remove(name, error); // of a link, the link
    if (error)
        return failure(Errc::FileUnwritable, QString::fromStdString(error.message()));
    return {};
}

} // namespace hufu
