#pragma once

#include "core/scan/camera_device.h"
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
constexpr std::size_t mostCodes = 256;  // of one scan
constexpr std::size_t mostSources = 64; // screens of one scan
constexpr std::size_t mostPreviews = 16;
constexpr std::size_t mostCameras = 32;
constexpr std::size_t longestDeviceText = 200; // bytes of the id or name of a camera or screen
constexpr int largestZoom = 1000;              // percent

constexpr std::size_t largestIcon = std::size_t{1} << 20; // encoded
constexpr int largestIconEdge = 256;

struct ScreensRequest
{
    ScreenWay way = ScreenWay::Choose;
    QList<QRect> ownWindows; ///< native pixels of the whole desktop
};

/// Which camera to open, and how wide its frames may be.
struct CameraRequest
{
    QString id;
    int previewWidth = largestPreviewWidth; ///< 1 to 640
};

/// What a camera is to change; what is not named stays as it is.
struct CameraControl
{
    std::optional<bool> torch;
    std::optional<int> zoom; ///< percent, 100 to 1,000
};

/// A foreign icon to be drawn.
struct IconRequest
{
    QByteArray encoded;
    int edge = 0; ///< 1 to 256
};

/// The end of a scan that worked, or of the codes on one frame of a camera: then the source is the
/// camera, in the size of its preview.
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

[[nodiscard]] Result<SecretBytes> writeCamera(const CameraRequest &request);
[[nodiscard]] Result<CameraRequest> readCamera(const Message &message);

[[nodiscard]] Result<SecretBytes> writeControl(const CameraControl &control);
[[nodiscard]] Result<CameraControl> readControl(const Message &message);

/// A message that has no fields: Cameras, Next, Stop, Alive.
[[nodiscard]] Result<SecretBytes> writeBare(MessageKind kind);
/// Errors: HelperFailed for any field.
[[nodiscard]] Result<void> readBare(const Message &message);

/// Errors: PictureTooLarge above 1 MiB, SecretMemoryFull.
[[nodiscard]] Result<QByteArray> writeIcon(const IconRequest &request);
[[nodiscard]] Result<IconRequest> readIcon(const Message &message);

[[nodiscard]] Result<SecretBytes> writeFound(const FoundCode &code);
[[nodiscard]] Result<FoundCode> readFound(const Message &message);

[[nodiscard]] Result<QByteArray> writeFrame(const SourcePreview &preview);
[[nodiscard]] Result<SourcePreview> readFrame(const Message &message);

/// Devices beyond the first 32 are left out.
[[nodiscard]] Result<SecretBytes> writeDevices(const std::vector<CameraDevice> &devices);
[[nodiscard]] Result<std::vector<CameraDevice>> readDevices(const Message &message);

[[nodiscard]] Result<SecretBytes> writeState(CameraState state);
[[nodiscard]] Result<CameraState> readState(const Message &message);

[[nodiscard]] Result<QByteArray> writeDrawnIcon(const DrawnIcon &icon);
[[nodiscard]] Result<DrawnIcon> readDrawnIcon(const Message &message);

[[nodiscard]] Result<SecretBytes> writeDone(const DoneMessage &done);
[[nodiscard]] Result<DoneMessage> readDone(const Message &message);

[[nodiscard]] Result<SecretBytes> writeError(const Error &error);
/// What the helper complains of: one of the failures that a scan can have, its detail cut to 200
/// printable characters.
[[nodiscard]] Result<Error> readError(const Message &message);

} // namespace hufu
