#pragma once

#include "core/base/result.h"
#include "ui/error_text.h"

#include <QByteArray>

class QMimeData;

namespace hufu {

/// What was dropped or pasted: an encoded picture, or text. Pictures are never decoded in this
/// process (contracts.md 1).
struct Incoming
{
    QByteArray picture; ///< encoded bytes; empty if it is text
    QByteArray text;    ///< may hold a secret: the receiver wipes it
};

constexpr qint64 largestPicture = 16 * 1024 * 1024;

/// Whether `data` may hold something for us; cheap, for a drag over the window.
[[nodiscard]] bool mayRead(const QMimeData &data);

/// Why files that were dropped or pasted together cannot be read as one picture; none if there is
/// at most one, and it is no folder.
[[nodiscard]] std::optional<Explanation> refusalOf(const QMimeData &data);

/// Takes the encoded picture of `data`, the file it names, or its text.
/// Errors: FileUnreadable, PictureTooLarge, PictureUnreadable if there is neither.
[[nodiscard]] Result<Incoming> readIncoming(const QMimeData &data);

/// The bytes of a picture file. Errors: FileUnreadable, also for what is no ordinary file;
/// PictureTooLarge; PictureUnreadable if it is empty.
[[nodiscard]] Result<QByteArray> readPictureFile(const QString &path);

} // namespace hufu
