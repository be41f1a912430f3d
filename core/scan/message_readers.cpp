#include "core/base/fields.h"
#include "core/scan/messages.h"

#include <algorithm>
#include <limits>

namespace hufu {
namespace {

constexpr std::uint64_t mostParts = 16; // of a structured append, ISO/IEC 18004
constexpr std::uint64_t longestScan = 3'600'000;

tl::unexpected<Error> malformed(const char *what)
{
    return failure(Errc::HelperFailed, QStringLiteral("malformed ") + QLatin1String(what));
}

QByteArray copied(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

/// The fields of one message, by tag. The first failure is kept, so that readers check once.
class FieldMap
{
public:
    FieldMap(std::span<const std::byte> bytes, std::initializer_list<FieldRule> known)
        : m_fields(readFields(bytes, std::span(known.begin(), known.size())))
        , m_good(m_fields.has_value())
    {
    }

    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] bool has(std::uint16_t tag) const { return find(tag) != nullptr; }

    std::span<const std::byte> bytes(std::uint16_t tag)
    {
        const Field *field = find(tag);
        m_good = m_good && field != nullptr;
        return field != nullptr ? field->value : std::span<const std::byte>{};
    }

    int number(std::uint16_t tag, std::uint64_t most)
    {
        const Field *field = find(tag);
        const Result<std::uint64_t> value = field != nullptr ? field->number() : Field{}.number();
        m_good = m_good && value && *value <= most;
        return m_good ? static_cast<int>(*value) : 0;
    }

    QString text(std::uint16_t tag)
    {
        const Result<std::string_view> value = Field{tag, bytes(tag)}.text();
        m_good = m_good && value;
        return m_good ? QString::fromUtf8(value->data(), static_cast<qsizetype>(value->size()))
                      : QString();
    }

    [[nodiscard]] std::vector<std::span<const std::byte>> all(std::uint16_t tag) const
    {
        std::vector<std::span<const std::byte>> values;
        for (const Field &field : *m_fields) {
            if (field.tag == tag)
                values.push_back(field.value);
        }
        return values;
    }

private:
    [[nodiscard]] const Field *find(std::uint16_t tag) const
    {
        if (!m_fields)
            return nullptr;
        const auto field = std::ranges::find(*m_fields, tag, &Field::tag);
        return field == m_fields->end() ? nullptr : &*field;
    }

    Result<std::vector<Field>> m_fields;
    bool m_good;
};

/// A text for the id or name of a device or screen, if it is short and of one line. Else an empty
/// one.
QString shortText(FieldMap &fields, std::uint16_t tag)
{
    const QString text = fields.text(tag);
    const bool isPrintable =
        std::ranges::all_of(text, [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    const bool isShort = text.toUtf8().size() <= static_cast<qsizetype>(longestDeviceText);
    return isPrintable && isShort ? text : QString();
}

/// N numbers of 4 bytes in two's complement; nothing if the size differs or one is out of range.
template <std::size_t N>
std::optional<std::array<int, N>> unpacked(std::span<const std::byte> bytes, int least)
{
    if (bytes.size() != 4 * N)
        return std::nullopt;
    std::array<int, N> numbers{};
    for (std::size_t i = 0; i < N; ++i) {
        const std::uint64_t number = fromBigEndian(bytes.subspan(4 * i, 4));
        numbers[i] = static_cast<int>(static_cast<std::uint32_t>(number));
        if (numbers[i] < least || numbers[i] > largestSourceEdge)
            return std::nullopt;
    }
    return numbers;
}

} // namespace

Result<void> readHello(const Message &message)
{
    FieldMap fields(message.fields(), {{1}, {2}});
    const int protocol = fields.number(1, std::numeric_limits<int>::max());
    if (!fields.good())
        return malformed("hello");
    if (protocol != static_cast<int>(scannerProtocol))
        return failure(Errc::HelperVersion, QStringLiteral("protocol %1").arg(protocol));
    return {};
}

Result<std::span<const std::byte>> readPicture(const Message &message)
{
    FieldMap fields(message.fields(), {{1}});
    const std::span<const std::byte> encoded = fields.bytes(1);
    if (!fields.good() || encoded.size() > largestPicture)
        return malformed("picture");
    return encoded;
}

Result<ScreensRequest> readScreens(const Message &message)
{
    FieldMap fields(message.fields(), {{1}, {2, Occurs::Repeatedly}});
    ScreensRequest request;
    request.way = static_cast<ScreenWay>(fields.number(1, 2));
    if (!fields.good())
        return malformed("screens");
    for (const std::span<const std::byte> value : fields.all(2)) {
        const auto window = unpacked<4>(value, -largestSourceEdge);
        if (!window || static_cast<std::size_t>(request.ownWindows.size()) == mostOwnWindows)
            return malformed("screens");
        request.ownWindows.append(QRect((*window)[0], (*window)[1], (*window)[2], (*window)[3]));
    }
    return request;
}

Result<CameraRequest> readCamera(const Message &message)
{
    FieldMap fields(message.fields(), {{1}, {2}});
    const CameraRequest request{shortText(fields, 1), fields.number(2, largestPreviewWidth)};
    if (!fields.good() || request.id.isEmpty() || request.previewWidth < 1)
        return malformed("camera");
    return request;
}

Result<CameraControl> readControl(const Message &message)
{
    constexpr int wholePicture = 100; // percent
    FieldMap fields(message.fields(), {{1}, {2}});
    CameraControl control;
    if (fields.has(1))
        control.torch = fields.number(1, 1) == 1;
    if (fields.has(2))
        control.zoom = fields.number(2, largestZoom);
    if (!fields.good() || control.zoom.value_or(wholePicture) < wholePicture)
        return malformed("control");
    return control;
}

Result<void> readBare(const Message &message)
{
    if (!message.fields().empty())
        return malformed("message");
    return {};
}

Result<IconRequest> readIcon(const Message &message)
{
    FieldMap fields(message.fields(), {{1}, {2}});
    const std::span<const std::byte> encoded = fields.bytes(1);
    const int edge = fields.number(2, largestIconEdge);
    if (!fields.good() || edge < 1 || encoded.size() > largestIcon)
        return malformed("icon");
    return IconRequest{copied(encoded), edge};
}

Result<FoundCode> readFound(const Message &message)
{
    FieldMap fields(message.fields(), {{1}, {2}, {3}, {4}, {5}, {6}});
    FoundCode code;
    const auto corners = unpacked<8>(fields.bytes(2), 0);
    code.source = fields.number(3, largestSourceEdge);
    code.tooLong = fields.has(6);
    if (code.tooLong && (fields.number(6, 1) != 1 || fields.has(1)))
        return malformed("found");
    if (fields.has(4) || fields.has(5)) {
        code.parts = fields.number(5, mostParts);
        code.part = fields.number(4, mostParts);
        if (code.part < 1 || code.part > code.parts)
            return malformed("found");
    }
    const std::span<const std::byte> text =
        code.tooLong ? std::span<const std::byte>{} : fields.bytes(1);
    if (!fields.good() || !corners || text.size() > longestScannedText)
        return malformed("found");
    for (std::size_t i = 0; i < 4; ++i)
        code.outline[i] = QPoint((*corners)[2 * i], (*corners)[2 * i + 1]);
    Result<SecretBytes> copy = SecretBytes::copyOf(text);
    if (!copy)
        return tl::unexpected(copy.error());
    code.text = std::move(*copy);
    return code;
}

Result<SourcePreview> readFrame(const Message &message)
{
    FieldMap fields(message.fields(), {{1}, {2}, {3}, {4}});
    SourcePreview preview;
    preview.width = fields.number(1, largestPreviewWidth);
    preview.height = fields.number(2, largestMessageFromHelper);
    preview.source = fields.number(4, largestSourceEdge);
    const std::span<const std::byte> rows = fields.bytes(3);
    const std::size_t size = std::size_t{3} * static_cast<std::size_t>(preview.width) *
                             static_cast<std::size_t>(preview.height);
    if (!fields.good() || size == 0 || rows.size() != size)
        return malformed("frame");
    preview.rgb = copied(rows);
    return preview;
}

Result<std::vector<CameraDevice>> readDevices(const Message &message)
{
    const FieldMap fields(message.fields(), {{1, Occurs::Repeatedly}});
    if (!fields.good())
        return malformed("devices");
    std::vector<CameraDevice> devices;
    for (const std::span<const std::byte> value : fields.all(1)) {
        FieldMap inner(value, {{1}, {2}});
        CameraDevice device{shortText(inner, 1), shortText(inner, 2)};
        const bool isKnown =
            std::ranges::find(devices, device.id, &CameraDevice::id) != devices.end();
        if (!inner.good() || device.id.isEmpty() || device.name.isEmpty() || isKnown ||
            devices.size() == mostCameras)
            return malformed("devices");
        devices.push_back(std::move(device));
    }
    return devices;
}

Result<CameraState> readState(const Message &message)
{
    FieldMap fields(message.fields(), {{1}});
    const int state = fields.number(1, static_cast<std::uint64_t>(CameraState::None));
    if (!fields.good() || state < static_cast<int>(CameraState::Starting))
        return malformed("state");
    return static_cast<CameraState>(state);
}

Result<DrawnIcon> readDrawnIcon(const Message &message)
{
    FieldMap fields(message.fields(), {{1}, {2}});
    const int edge = fields.number(1, largestIconEdge);
    const std::span<const std::byte> pixels = fields.bytes(2);
    const std::size_t size =
        std::size_t{4} * static_cast<std::size_t>(edge) * static_cast<std::size_t>(edge);
    if (!fields.good() || size == 0 || pixels.size() != size)
        return malformed("drawn icon");
    return DrawnIcon{edge, copied(pixels)};
}

Result<DoneMessage> readDone(const Message &message)
{
    FieldMap fields(message.fields(), {{1, Occurs::Repeatedly}, {2}});
    DoneMessage done;
    done.took = std::chrono::milliseconds(fields.number(2, longestScan));
    if (!fields.good())
        return malformed("done");
    for (const std::span<const std::byte> value : fields.all(1)) {
        FieldMap inner(value, {{1}, {2}, {3}});
        SearchedSource source;
        source.name = shortText(inner, 1);
        source.width = inner.number(2, largestSourceEdge);
        source.height = inner.number(3, largestSourceEdge);
        if (!inner.good() || done.searched.size() == mostSources)
            return malformed("done");
        done.searched.push_back(std::move(source));
    }
    return done;
}

Result<Error> readError(const Message &message)
{
    constexpr std::array possible{
        Errc::ScreenUnavailable, Errc::HelperFailed,    Errc::HelperVersion,
        Errc::SecretMemoryFull,  Errc::PictureTooLarge, Errc::PictureUnreadable,
        Errc::ScreenRefused,     Errc::CameraMissing,   Errc::CameraRefused,
        Errc::CameraBusy,        Errc::CameraGone};
    constexpr qsizetype longestDetail = 200;

    FieldMap fields(message.fields(), {{1}, {2}});
    const std::optional<Errc> code = errcFromName(fields.text(1));
    QString detail = fields.text(2).left(longestDetail);
    if (!fields.good() || !code || std::ranges::find(possible, *code) == possible.end())
        return malformed("error");
    std::ranges::replace_if(
        detail, [](QChar c) { return c.unicode() < u' ' || c.unicode() > u'~'; }, u'?');
    return Error{*code, detail};
}

} // namespace hufu
