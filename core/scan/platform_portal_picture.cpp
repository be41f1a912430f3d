#include "core/scan/platform_portal_picture.h"

#include "core/scan/picture_reader.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hufu {

Result<QByteArray> takePortalPicture(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    // Without O_NONBLOCK a pipe in the picture's place would keep us waiting.
    const int descriptor =
        open(name.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    QFile file;
    if (descriptor < 0 || !file.open(descriptor, QIODevice::ReadOnly, QFile::AutoCloseHandle)) {
        if (descriptor >= 0)
            close(descriptor);
        return failure(Errc::ScreenUnavailable, QStringLiteral("the portal's picture is missing"));
    }
    struct stat status = {};
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return failure(Errc::ScreenUnavailable, QStringLiteral("the portal's picture is no file"));
    if (!isPicture(file.peek(pictureSignature)))
        return failure(Errc::ScreenUnavailable, QStringLiteral("the portal's file is no picture"));
    unlink(name.constData());
    if (status.st_size > largestPortalPicture)
        return failure(Errc::PictureTooLarge, QStringLiteral("%1 bytes").arg(status.st_size));
    QByteArray encoded = file.read(largestPortalPicture);
    if (file.error() != QFileDevice::NoError)
        return failure(Errc::ScreenUnavailable, QStringLiteral("the portal's picture breaks off"));
    return encoded;
}

} // namespace hufu
