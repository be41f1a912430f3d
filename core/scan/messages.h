#pragma once

#include "core/scan/framing.h"
#include "core/scan/scan_report.h"
#include "core/scan/screen_way.h"

#include <QList>
#include <QRect>

namespace hufu {

// The fields of each message between the client and `hufu-scanner` (contracts.md 1). Writers give a
// whole message, ready to send; their only error is SecretMemoryFull. Readers check every range;
// unless said otherwise their errors are HelperFailed and SecretMemoryFull. Any thread.

constexpr std::uint64_t scannerProtocol = 1;
constexpr std::size_t largestPicture = std::size_t{16} << 20;
constexpr std::size_t longestScannedText = 4096;
constexpr int largestPreviewWidth = 640;
constexpr int largestSourceEdge = 1 << 20; // in pixels; no number in a message may be larger
constexpr std::size_t mostOwnWindows = 64;
constexpr std::size_t mostCodes = 256; // of one scan
constexpr std::size_t mostPreviews = 16;
constexpr std::size_t largestIcon = std::size_t{1} << 20; // encoded
constexpr int largestIconEdge = 256;

struct ScreensRequest
{
    ScreenWay way = ScreenWay::Choose;
    QList<QRect> ownWindows; ///< native pixels of the whole desktop
};

/// A foreign icon to be drawn.
struct IconRequest
{
    QByteArray encoded;
    int edge = 0; ///< 1 to 256
};

/// The end of a scan that worked.
struct DoneMessage
{
    std::vector<SearchedSource> searched;
    std::chrono::milliseconds took{};
};

/// @param kind  Hello or HelperHello
[[nodiscard]] Result<SecretBytes> writeHello(MessageKind kind);
/// Errors: HelperFailed; HelperVersion if the other side speaks another protocol.
[[nodiscard]] Result<void> readHello(const Message &message);

/// Errors: PictureTooLarge above 16 MiB, SecretMemoryFull.
[[nodiscard]] Result<QByteArray> writePicture(const QByteArray &encoded);
/// The encoded bytes; borrowed while the message lives.
[[nodiscard]] Result<std::span<const std::byte>> readPicture(const Message &message);

/// Own windows beyond the first 64 are left out.
[[nodiscard]] Result<SecretBytes> writeScreens(const ScreensRequest &request);
[[nodiscard]] Result<ScreensRequest> readScreens(const Message &message);

/// Errors: PictureTooLarge above 1 MiB, SecretMemoryFull.
[[nodiscard]] Result<QByteArray> writeIcon(const IconRequest &request);
[[nodiscard]] Result<IconRequest> readIcon(const Message &message);

[[nodiscard]] Result<SecretBytes> writeStop();

[[nodiscard]] Result<SecretBytes> writeFound(const FoundCode &code);
[[nodiscard]] Result<FoundCode> readFound(const Message &message);

[[nodiscard]] Result<QByteArray> writeFrame(const SourcePreview &preview);
[[nodiscard]] Result<SourcePreview> readFrame(const Message &message);

[[nodiscard]] Result<QByteArray> writeDrawnIcon(const DrawnIcon &icon);
[[nodiscard]] Result<DrawnIcon> readDrawnIcon(const Message &message);

[[nodiscard]] Result<SecretBytes> writeDone(const DoneMessage &done);
[[nodiscard]] Result<DoneMessage> readDone(const Message &message);

[[nodiscard]] Result<SecretBytes> writeError(const Error &error);
/// What the helper complains of: one of the failures that a scan can have, its detail cut to 200
/// printable characters.
[[nodiscard]] Result<Error> readError(const Message &message);

} // namespace hufu
