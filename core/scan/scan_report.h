#pragma once

#include "core/base/secret_bytes.h"

#include <QByteArray>
#include <QPoint>
#include <QString>

#include <array>
#include <chrono>
#include <vector>

namespace hufu {

/// One QR code that the helper read.
struct FoundCode
{
    SecretBytes text;              ///< empty if tooLong
    bool tooLong = false;          ///< more than 4,096 bytes
    std::array<QPoint, 4> outline; ///< corners in the source's pixels, clockwise from its top left
    int source = 0;                ///< index into ScanReport::searched
    int part = 0;                  ///< 1 to `parts` if the code is one of a set; else 0
    int parts = 0;                 ///< at most 16; 0 if the code stands alone
};

/// A screen or picture that was searched.
struct SearchedSource
{
    QString name; ///< of a screen; empty for a picture and for the portal's one of all screens
    int width = 0;
    int height = 0;
};

/// A small picture of a source, for showing which code is which.
struct SourcePreview
{
    int source = 0;
    int width = 0;
    int height = 0;
    QByteArray rgb; ///< rows of 3 * width bytes
};

/// A foreign icon as it was drawn: a square, the icon in its middle, transparent around.
struct DrawnIcon
{
    int edge = 0;    ///< 1 to 256
    QByteArray rgba; ///< rows of 4 * edge bytes, premultiplied
};

struct ScanReport
{
    std::vector<FoundCode> codes;
    std::vector<SearchedSource> searched;
    std::vector<SourcePreview> previews; ///< only when several codes were found
    std::chrono::milliseconds took{};
};

} // namespace hufu
