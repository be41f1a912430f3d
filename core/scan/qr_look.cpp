#include "core/scan/qr_look.h"

#include "core/scan/gray_filters.h"
#include "core/scan/gray_picture.h"

#include <algorithm>

namespace hufu {
namespace {

QPoint inFull(QPoint corner, QrLook::Size size)
{
    switch (size) {
    case QrLook::Size::Full:
        return corner;
    case QrLook::Size::Half:
        return corner * 2;
    case QrLook::Size::Double:
        return corner / 2;
    }
    Q_UNREACHABLE();
}

/// Null if there is nothing left to search.
QImage seenBy(const QrLook &look, QImage picture)
{
    if (look.size != QrLook::Size::Full)
        picture = look.size == QrLook::Size::Half ? halved(picture) : doubled(picture);
    if (look.tone == QrLook::Tone::Inverted && !picture.isNull())
        invert(picture);
    if (look.sharpeningRadius > 0)
        picture = sharpened(picture, look.sharpeningRadius, look.sharpeningStrength);
    if (look.blackAndWhiteRadius == QrLook::wholePicture)
        picture = blackAndWhite(picture);
    else if (look.blackAndWhiteRadius > 0)
        picture = blackAndWhite(picture, look.blackAndWhiteRadius);
    return picture;
}

QRect boundsOf(const std::array<QPoint, 4> &outline)
{
    QRect bounds(outline.front(), outline.front());
    for (const QPoint &corner : outline)
        bounds |= QRect(corner, corner);
    return bounds;
}

bool isKnown(const std::vector<FoundCode> &codes, const FoundCode &code)
{
    const QPoint middle = boundsOf(code.outline).center();
    return std::ranges::any_of(codes, [&code, middle](const FoundCode &other) {
        return other.tooLong == code.tooLong && boundsOf(other.outline).contains(middle) &&
               equalInConstantTime(other.text.view(), code.text.view());
    });
}

/// Where tiles begin along one side: evenly, with at least the overlap.
std::vector<int> tileStarts(int length, const QrLook &look)
{
    if (length <= look.largestTile)
        return {0};
    const int step = look.largestTile - look.overlap;
    const int count = (length - look.overlap + step - 1) / step;
    std::vector<int> starts;
    for (int i = 0; i < count; ++i)
        starts.push_back(static_cast<int>(qint64{length - look.largestTile} * i / (count - 1)));
    return starts;
}

} // namespace

Result<void> lookForQrCodes(const QImage &gray, const QrLook &look, std::vector<FoundCode> &codes)
{
    if (qint64{gray.width()} * gray.height() > look.mostPixels)
        return {};
    const QImage picture = seenBy(look, gray);
    if (picture.isNull())
        return {};
    for (const int y : tileStarts(picture.height(), look)) {
        for (const int x : tileStarts(picture.width(), look)) {
            const QRect tile = QRect(x, y, look.largestTile, look.largestTile) & picture.rect();
            Result<std::vector<FoundCode>> found = readQrCodes(picture, tile, look.pass);
            if (!found)
                return tl::unexpected(found.error());
            for (FoundCode &code : *found) {
                for (QPoint &corner : code.outline)
                    corner = inFull(corner, look.size);
                if (!isKnown(codes, code))
                    codes.push_back(std::move(code));
            }
        }
    }
    return {};
}

} // namespace hufu
