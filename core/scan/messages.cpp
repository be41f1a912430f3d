#include "core/scan/messages.h"

#include "core/base/fields.h"

#include <algorithm>

namespace hufu {
namespace {

template <std::size_t N>
std::array<std::byte, 4 * N> packed(const std::array<int, N> &numbers)
{
    std::array<std::byte, 4 * N> bytes{};
    for (std::size_t i = 0; i < N; ++i) {
        const auto number = static_cast<std::uint32_t>(numbers[i]);
        std::ranges::copy(bigEndian<4>(number), bytes.begin() + static_cast<std::ptrdiff_t>(4 * i));
    }
    return bytes;
}

Result<SecretBytes> framed(MessageKind kind, FieldWriter &fields)
{
    const Result<SecretBytes> bytes = fields.take();
    return bytes ? frameMessage(kind, bytes->view()) : tl::unexpected(bytes.error());
}

std::uint64_t unsignedOf(std::int64_t value)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(value, 0));
}

std::span<const std::byte> viewOf(const QByteArray &array)
{
    return std::as_bytes(std::span(array.constData(), static_cast<std::size_t>(array.size())));
}

} // namespace

Result<SecretBytes> writeHello(MessageKind kind)
{
    FieldWriter fields;
    fields.number(1, scannerProtocol);
    fields.text(2, HUFU_VERSION);
    return framed(kind, fields);
}

Result<QByteArray> writePicture(const QByteArray &encoded)
{
    if (static_cast<std::size_t>(encoded.size()) > largestPicture)
        return failure(Errc::PictureTooLarge, QStringLiteral("%1 bytes").arg(encoded.size()));
    return frameBulkMessage(MessageKind::Picture, {}, 1, viewOf(encoded), {});
}

Result<SecretBytes> writeScreens(const ScreensRequest &request)
{
    FieldWriter fields;
    fields.number(1, static_cast<std::uint64_t>(request.way));
    std::size_t written = 0;
    for (const QRect &window : request.ownWindows) {
        if (written++ == mostOwnWindows)
            break;
        fields.bytes(2, packed<4>({window.x(), window.y(), window.width(), window.height()}));
    }
    return framed(MessageKind::Screens, fields);
}

Result<QByteArray> writeIcon(const IconRequest &request)
{
    if (static_cast<std::size_t>(request.encoded.size()) > largestIcon)
        return failure(Errc::PictureTooLarge,
                       QStringLiteral("%1 bytes").arg(request.encoded.size()));
    FieldWriter after;
    after.number(2, unsignedOf(request.edge));
    const Result<SecretBytes> edge = after.take();
    if (!edge)
        return tl::unexpected(edge.error());
    return frameBulkMessage(MessageKind::Icon, {}, 1, viewOf(request.encoded), edge->view());
}

Result<SecretBytes> writeCamera(const CameraRequest &request)
{
    FieldWriter fields;
    fields.text(1, request.id.toStdString());
    fields.number(2, unsignedOf(request.previewWidth));
    return framed(MessageKind::Camera, fields);
}

Result<SecretBytes> writeControl(const CameraControl &control)
{
    FieldWriter fields;
    if (control.torch)
        fields.number(1, *control.torch ? 1 : 0);
    if (control.zoom)
        fields.number(2, unsignedOf(*control.zoom));
    return framed(MessageKind::Control, fields);
}

Result<SecretBytes> writeBare(MessageKind kind)
{
    return frameMessage(kind, {});
}

Result<SecretBytes> writeFound(const FoundCode &code)
{
    FieldWriter fields;
    if (!code.tooLong)
        fields.bytes(1, code.text.view());
    std::array<int, 8> corners{};
    for (std::size_t i = 0; i < 4; ++i) {
        corners[2 * i] = code.outline[i].x();
        corners[2 * i + 1] = code.outline[i].y();
    }
    fields.bytes(2, packed(corners));
    fields.number(3, unsignedOf(code.source));
    if (code.parts > 0) {
        fields.number(4, unsignedOf(code.part));
        fields.number(5, unsignedOf(code.parts));
    }
    if (code.tooLong)
        fields.number(6, 1);
    return framed(MessageKind::Found, fields);
}

Result<QByteArray> writeFrame(const SourcePreview &preview)
{
    FieldWriter before;
    before.number(1, unsignedOf(preview.width));
    before.number(2, unsignedOf(preview.height));
    FieldWriter after;
    after.number(4, unsignedOf(preview.source));
    const Result<SecretBytes> first = before.take();
    const Result<SecretBytes> last = after.take();
    if (!first || !last)
        return failure(Errc::SecretMemoryFull);
    return frameBulkMessage(MessageKind::Frame, first->view(), 3, viewOf(preview.rgb),
                            last->view());
}

Result<SecretBytes> writeDevices(const std::vector<CameraDevice> &devices)
{
    FieldWriter fields;
    std::size_t written = 0;
    for (const CameraDevice &device : devices) {
        if (written++ == mostCameras)
            break;
        FieldWriter inner;
        inner.text(1, device.id.toStdString());
        inner.text(2, device.name.toStdString());
        const Result<SecretBytes> bytes = inner.take();
        if (!bytes)
            return tl::unexpected(bytes.error());
        fields.bytes(1, bytes->view());
    }
    return framed(MessageKind::Devices, fields);
}

Result<SecretBytes> writeState(CameraState state)
{
    FieldWriter fields;
    fields.number(1, static_cast<std::uint64_t>(state));
    return framed(MessageKind::State, fields);
}

Result<QByteArray> writeDrawnIcon(const DrawnIcon &icon)
{
    FieldWriter before;
    before.number(1, unsignedOf(icon.edge));
    const Result<SecretBytes> edge = before.take();
    if (!edge)
        return tl::unexpected(edge.error());
    return frameBulkMessage(MessageKind::DrawnIcon, edge->view(), 2, viewOf(icon.rgba), {});
}

Result<SecretBytes> writeDone(const DoneMessage &done)
{
    FieldWriter fields;
    for (const SearchedSource &source : done.searched) {
        FieldWriter inner;
        inner.text(1, source.name.toStdString());
        inner.number(2, unsignedOf(source.width));
        inner.number(3, unsignedOf(source.height));
        const Result<SecretBytes> bytes = inner.take();
        if (!bytes)
            return tl::unexpected(bytes.error());
        fields.bytes(1, bytes->view());
    }
    fields.number(2, unsignedOf(done.took.count()));
    return framed(MessageKind::Done, fields);
}

Result<SecretBytes> writeError(const Error &error)
{
    FieldWriter fields;
    fields.text(1, errcName(error.code).toStdString());
    fields.text(2, error.detail.toStdString());
    return framed(MessageKind::Error, fields);
}

} // namespace hufu
