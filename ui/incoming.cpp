#include "ui/incoming.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

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

/// The first address of a list, encoded as it was: text() would give it decoded, for people to
/// read.
QByteArray firstAddress(const QMimeData &data)
{
    const QList<QByteArray> lines = data.data(u"text/uri-list"_s).split('\n');
    for (const QByteArray &line : lines) {
        if (!line.trimmed().isEmpty() && !line.startsWith('#'))
            return line.trimmed();
    }
    return {};
}

} // namespace

std::optional<Explanation> refusalOf(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    const auto files = std::ranges::count_if(urls, &QUrl::isLocalFile);
    if (!pictureFormat(data).isEmpty() || files == 0)
        return {};
    if (files > 1)
        return Explanation{QCoreApplication::translate("Incoming", "These are several files."),
                           QCoreApplication::translate(
                               "Incoming", "Nothing was read. Take one picture at a time.")};
    if (QFileInfo(localFile(data)).isDir())
        return Explanation{
            QCoreApplication::translate("Incoming", "This is a folder."),
            QCoreApplication::translate("Incoming", "Nothing was read. Take a picture out of it.")};
    return {};
}

bool mayRead(const QMimeData &data)
{
    return data.hasUrls() || data.hasText() || !pictureFormat(data).isEmpty();
}

Result<QByteArray> readPictureFile(const QString &path)
{
    if (!QFileInfo(path).isFile()) // to open a pipe would wait for its writer
        return failure(Errc::FileUnreadable);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Errc::FileUnreadable);
    if (file.size() > largestPicture)
        return failure(Errc::PictureTooLarge);
    QByteArray bytes = file.read(largestPicture + 1);
    if (bytes.size() > largestPicture) // it has grown meanwhile
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
    const bool isOnlyAddress = data.hasUrls() && !data.hasFormat(u"text/plain"_s);
    incoming.text = isOnlyAddress ? firstAddress(data) : data.text().trimmed().toUtf8();
    return incoming;
}

} // namespace hufu
