#include "core/scan/framing.h"

#include "core/base/fields.h"

#include <algorithm>

namespace hufu {
namespace {

bool mayCome(MessageReader::From from, MessageKind kind)
{
    switch (kind) {
    case MessageKind::Hello:
    case MessageKind::Picture:
    case MessageKind::Screens:
    case MessageKind::Cameras:
    case MessageKind::Camera:
    case MessageKind::Next:
    case MessageKind::Control:
    case MessageKind::Icon:
    case MessageKind::Stop:
        return from == MessageReader::From::Client;
    case MessageKind::HelperHello:
    case MessageKind::Found:
    case MessageKind::Done:
    case MessageKind::Devices:
    case MessageKind::Frame:
    case MessageKind::State:
    case MessageKind::Alive:
    case MessageKind::DrawnIcon:
    case MessageKind::Error:
        return from == MessageReader::From::Helper;
    }
    return false; // a number that no enumerator has
}

std::size_t largest(MessageReader::From from, MessageKind kind)
{
    if (kind == MessageKind::Found)
        return largestFoundMessage;
    return from == MessageReader::From::Client ? largestMessageToHelper : largestMessageFromHelper;
}

std::array<std::byte, messageHeaderSize> header(MessageKind kind, std::size_t fields)
{
    std::array<std::byte, messageHeaderSize> bytes{};
    std::ranges::copy(bigEndian<4>(fields + 1), bytes.begin());
    bytes.back() = static_cast<std::byte>(kind);
    return bytes;
}

void append(QByteArray &array, std::span<const std::byte> bytes)
{
    array.append(reinterpret_cast<const char *>(bytes.data()),
                 static_cast<qsizetype>(bytes.size()));
}

} // namespace

std::span<const std::byte> Message::fields() const
{
    if (kind == MessageKind::Found)
        return m_secret.view();
    return std::as_bytes(std::span(m_plain.constData(), static_cast<std::size_t>(m_plain.size())));
}

Result<std::optional<Message>> MessageReader::next(const Source &source)
{
    while (m_read < messageHeaderSize || m_read < messageHeaderSize + m_size) {
        const qint64 came = source(room());
        if (came <= 0)
            return std::nullopt;
        m_read += static_cast<std::size_t>(came);
        if (m_read == messageHeaderSize) {
            if (const Result<void> begun = begin(); !begun)
                return tl::unexpected(begun.error());
        }
    }
    m_read = m_size = 0;
    return std::exchange(m_message, {});
}

Result<void> MessageReader::begin()
{
    const std::uint64_t length = fromBigEndian(std::span(m_header).first(4));
    const auto kind = static_cast<MessageKind>(m_header.back());
    if (!mayCome(m_from, kind))
        return failure(Errc::HelperFailed, QStringLiteral("a message of an unknown kind"));
    if (length < 1 || length > largest(m_from, kind))
        return failure(Errc::HelperFailed, QStringLiteral("a message of an impossible length"));

    m_message.kind = kind;
    m_size = static_cast<std::size_t>(length) - 1;
    if (kind != MessageKind::Found) {
        m_message.m_plain.resize(static_cast<qsizetype>(m_size));
        return {};
    }
    Result<SecretBytes> secret = SecretBytes::ofSize(m_size);
    if (!secret)
        return tl::unexpected(secret.error());
    m_message.m_secret = std::move(*secret);
    return {};
}

std::span<std::byte> MessageReader::room()
{
    if (m_read < messageHeaderSize)
        return std::span(m_header).subspan(m_read);
    const std::size_t done = m_read - messageHeaderSize;
    if (m_message.kind == MessageKind::Found)
        return m_message.m_secret.mutableView().subspan(done);
    return std::as_writable_bytes(std::span(m_message.m_plain.data(), m_size)).subspan(done);
}

Result<SecretBytes> frameMessage(MessageKind kind, std::span<const std::byte> fields)
{
    Result<SecretBytes> message = SecretBytes::ofSize(messageHeaderSize + fields.size());
    if (!message)
        return message;
    const std::span<std::byte> bytes = message->mutableView();
    std::ranges::copy(header(kind, fields.size()), bytes.begin());
    std::ranges::copy(fields, bytes.subspan(messageHeaderSize).begin());
    return message;
}

QByteArray frameBulkMessage(MessageKind kind, std::span<const std::byte> before, std::uint16_t tag,
                            std::span<const std::byte> bulk, std::span<const std::byte> after)
{
    constexpr std::size_t fieldHeaderSize = 6;
    const std::size_t fields = before.size() + fieldHeaderSize + bulk.size() + after.size();
    QByteArray message;
    const std::size_t whole = messageHeaderSize + fields;
    message.reserve(static_cast<qsizetype>(whole));
    append(message, header(kind, fields));
    append(message, before);
    append(message, bigEndian<2>(tag));
    append(message, bigEndian<4>(bulk.size()));
    append(message, bulk);
    append(message, after);
    return message;
}

} // namespace hufu
