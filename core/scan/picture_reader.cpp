#include "core/scan/picture_reader.h"

#include "core/base/fields.h"

#include <QBuffer>
#include <QImageReader>
#include <QPixelFormat>

#include <string_view>

namespace hufu {
namespace {

constexpr QSize largestPass(4096, 4096);

/// In MiB.
int allocationLimit(PictureUse use)
{
    return use == PictureUse::Screens ? 256 : 128;
}

/// Qt's name of the format that the first bytes are; empty if we read none such.
QByteArray formatOf(const QByteArray &encoded)
{
    const std::string_view bytes(encoded.constData(), static_cast<std::size_t>(encoded.size()));
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"))
        return "png";
    if (bytes.starts_with("\xff\xd8\xff"))
        return "jpeg";
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a"))
        return "gif";
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"))
        return "webp";
    if (bytes.starts_with("BM"))
        return "bmp";
    return {};
}

/// Whether a PNG claims a size that no 4 bytes a pixel would fit for. Looked at here because libpng
/// has a limit of its own, after which the size is not told any more. Source: PNG specification,
/// 5.2 and 11.2.2: IHDR comes first.
bool isPngBomb(const QByteArray &encoded, int limit)
{
    constexpr std::size_t sizeAt = 16; // signature 8, length 4, "IHDR"
    const auto bytes =
        std::as_bytes(std::span(encoded.constData(), static_cast<std::size_t>(encoded.size())));
    if (bytes.size() < sizeAt + 8)
        return false;
    const std::uint64_t width = fromBigEndian(bytes.subspan(sizeAt, 4));
    const std::uint64_t height = fromBigEndian(bytes.subspan(sizeAt + 4, 4));
    return width * height > (static_cast<std::uint64_t>(limit) << 20) / 4;
}

/// What decoding takes. Only JPEG's decoder makes less than all pixels: by 2, 4 or 8.
qint64 bytesToDecode(const QSize &size, const QImageReader &reader, PictureUse use)
{
    qint64 pixels = qint64{size.width()} * size.height();
    if (reader.format() == "jpeg" && use == PictureUse::Picture) {
        for (int factor = 1; factor < 8 && (size.width() / factor > largestPass.width() ||
                                            size.height() / factor > largestPass.height());
             factor *= 2)
            pixels /= 4;
    }
    const QImage::Format format = reader.imageFormat();
    const int bits =
        format == QImage::Format_Invalid ? 32 : QImage::toPixelFormat(format).bitsPerPixel();
    return pixels * bits / 8;
}

} // namespace

bool isPicture(const QByteArray &encoded)
{
    return !formatOf(encoded).isEmpty();
}

Result<ReadPicture> readPicture(const QByteArray &encoded, PictureUse use)
{
    const int limit = allocationLimit(use);
    const QByteArray format = formatOf(encoded);
    if (format.isEmpty())
        return failure(Errc::PictureUnreadable, QStringLiteral("not a known picture format"));

    if (format == "png" && isPngBomb(encoded, limit))
        return failure(Errc::PictureTooLarge, QStringLiteral("by the PNG's header"));

    QBuffer buffer;
    buffer.setData(encoded);
    buffer.open(QIODevice::ReadOnly);
    QImageReader::setAllocationLimit(limit);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    const QSize size = reader.size();
    if (size.isEmpty())
        return failure(Errc::PictureUnreadable, QStringLiteral("no size in the header"));
    if (bytesToDecode(size, reader, use) > qint64{limit} << 20)
        return failure(Errc::PictureTooLarge,
                       QStringLiteral("%1 x %2").arg(size.width()).arg(size.height()));
    const bool isLarge = size.width() > largestPass.width() || size.height() > largestPass.height();
    if (isLarge && use == PictureUse::Picture) {
        const QSize smaller = size.scaled(largestPass, Qt::KeepAspectRatio);
        reader.setScaledSize(smaller.expandedTo(QSize(1, 1)));
    }
    ReadPicture picture{reader.read(), size};
    if (picture.image.isNull())
        return failure(Errc::PictureUnreadable, reader.errorString());
    // Qt's GIF reader tells the size of the first frame and gives one of the whole picture.
    const QSize expected = reader.scaledSize().isValid() ? reader.scaledSize() : size;
    if (use == PictureUse::Picture && picture.image.size() != expected) {
        picture.original = picture.image.size();
        const QSize fitting = picture.original.boundedTo(largestPass);
        if (fitting != picture.original) {
            const QSize smaller = picture.original.scaled(largestPass, Qt::KeepAspectRatio);
            picture.image = picture.image.scaled(smaller.expandedTo(QSize(1, 1)));
        }
    }
    return picture;
}

} // namespace hufu
