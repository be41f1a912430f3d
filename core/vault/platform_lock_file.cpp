#include "core/vault/platform_lock_file.h"

#include <QFile>

#ifdef Q_OS_UNIX
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace hufu {

bool removeAbandonedLock(const QString &path)
{
#ifdef Q_OS_UNIX
    constexpr std::time_t longEnoughToWriteAName = 2; // s
    const QByteArray name = QFile::encodeName(path);
    const int descriptor = ::open(name.constData(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    // A living QLockFile holds this lock as well; while we hold it nobody else removes the file.
    struct stat file = {};
    const bool abandoned = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 &&
                           ::fstat(descriptor, &file) == 0 && S_ISREG(file.st_mode) &&
                           file.st_nlink == 1 && file.st_size == 0 &&
                           std::time(nullptr) - file.st_mtime > longEnoughToWriteAName;
    const bool removed = abandoned && ::unlink(name.constData()) == 0;
    ::close(descriptor);
    return removed;
#else
    Q_UNUSED(path) // not tried elsewhere
    return false;
#endif
}

} // namespace hufu
