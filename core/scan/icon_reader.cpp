#include "core/scan/icon_reader.h"

#include "core/scan/picture_reader.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>
#include <QXmlStreamReader>

#include <algorithm>

namespace hufu {
namespace {

using namespace Qt::StringLiterals;

constexpr int deepestNesting = 64;

tl::unexpected<Error> unreadable(const QString &why)
{
    return failure(Errc::PictureUnreadable, why);
}

/// Whether this is well-formed SVG that Qt may draw. Qt's XML reader lets entities grow to 4,096
/// characters only, so that "a billion laughs" end here.
Result<void> checkSvg(const QByteArray &encoded)
{
    QXmlStreamReader xml(encoded);
    int depth = 0;
    while (!xml.atEnd()) {
        const QXmlStreamReader::TokenType token = xml.readNext();
        if (token == QXmlStreamReader::EndElement)
            --depth;
        if (token != QXmlStreamReader::StartElement)
            continue;
        if (++depth == 1 && xml.name() != u"svg"_s)
            return unreadable(u"not an SVG"_s);
        if (depth > deepestNesting)
            return unreadable(u"an SVG nested too deep"_s);
        if (xml.name().compare(u"image"_s, Qt::CaseInsensitive) == 0)
            return unreadable(u"a picture inside an SVG"_s);
    }
    return xml.hasError() ? Result<void>(unreadable(u"not well-formed"_s)) : Result<void>();
}

/// The icon at the size in which it fits into `edge`, or at its own if it is no SVG.
Result<QImage> readSvg(const QByteArray &encoded, int edge)
{
    if (const Result<void> checked = checkSvg(encoded); !checked)
        return tl::unexpected(checked.error());
    QBuffer buffer;
    buffer.setData(encoded);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "svg");
    reader.setAutoDetectImageFormat(false);
    const QSize size = reader.size();
    if (size.isEmpty())
        return unreadable(u"an SVG without a size"_s);
    const QSize drawn = size.scaled(edge, edge, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    reader.setScaledSize(drawn);
    reader.setBackgroundColor(Qt::transparent);
    QImage image = reader.read();
    if (image.isNull())
        return unreadable(reader.errorString());
    return image;
}

Result<QImage> readRaster(const QByteArray &encoded)
{
    Result<ReadPicture> picture = readPicture(encoded);
    if (!picture)
        return tl::unexpected(picture.error());
    return std::move(picture->image);
}

} // namespace

Result<DrawnIcon> drawIcon(const QByteArray &encoded, int edge)
{
    const bool isSvg = !isPicture(encoded);
    const Result<QImage> image = isSvg ? readSvg(encoded, edge) : readRaster(encoded);
    if (!image)
        return tl::unexpected(image.error());

    QImage square(edge, edge, QImage::Format_RGBA8888_Premultiplied);
    if (square.isNull())
        return unreadable(u"no room for the icon"_s);
    square.fill(Qt::transparent);
    const QSize size =
        image->size().scaled(edge, edge, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    const QImage fitting = image->size() == size ? *image
                                                 : image->scaled(size, Qt::IgnoreAspectRatio,
                                                                 Qt::SmoothTransformation);
    {
        QPainter painter(&square);
        painter.drawImage((edge - size.width()) / 2, (edge - size.height()) / 2, fitting);
    }
    DrawnIcon icon{edge, {}};
    for (int y = 0; y < edge; ++y)
        icon.rgba.append(reinterpret_cast<const char *>(square.constScanLine(y)),
                         4 * qsizetype{edge});
    return icon;
}

} // namespace hufu
