#include "ui/incoming.h"

#include <QFile>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

QString pictureFormat(const QMimeData &data)
{
    const QStringList formats = data.formats();
    for (const QString &format :
         {u"image/png"_s, u"image/jpeg"_s, u"image/webp"_s, u"image/bmp"_s, u"image/gif"_s}) {
        if (formats.contains(format))
            return format;
    }
    return {};
}

QString localFile(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

bool mayRead(const QMimeData &data)
{
    return data.hasUrls() || data.hasText() || !pictureFormat(data).isEmpty();
}

Result<QByteArray> readPictureFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Errc::FileUnreadable);
    if (file.size() > largestPicture)
        return failure(Errc::PictureTooLarge);
    QByteArray bytes = file.read(largestPicture + 1);
    if (bytes.size() > largestPicture) // a pipe or a device tells no size before
        return failure(Errc::PictureTooLarge);
    if (bytes.isEmpty())
        return failure(file.error() == QFile::NoError ? Errc::PictureUnreadable
                                                      : Errc::FileUnreadable);
    return bytes;
}

Result<Incoming> readIncoming(const QMimeData &data)
{
    Incoming incoming;
    if (const QString format = pictureFormat(data); !format.isEmpty()) {
        incoming.picture = data.data(format);
        if (incoming.picture.size() > largestPicture)
            return failure(Errc::PictureTooLarge);
        if (!incoming.picture.isEmpty())
            return incoming;
    }
    if (const QString path = localFile(data); !path.isEmpty()) {
        Result<QByteArray> bytes = readPictureFile(path);
        if (!bytes)
            return tl::unexpected(bytes.error());
        incoming.picture = std::move(*bytes);
        return incoming;
    }
    if (!data.hasText())
        return failure(Errc::PictureUnreadable);
    incoming.text = data.text().trimmed().toUtf8();
    return incoming;
}

} // namespace hufu
