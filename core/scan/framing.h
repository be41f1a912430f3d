#pragma once

#include "core/base/secret_bytes.h"

#include <QByteArray>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>

namespace hufu {

/// What a message says. Below 64 to the helper, above from it (contracts.md 1).
enum class MessageKind : std::uint8_t {
    Hello = 1,
    Picture = 2,
    Screens = 3,
    Cameras = 4,
    Camera = 5,
    Next = 6,
    Control = 7,
    Icon = 8,
    Stop = 10,
    HelperHello = 65,
    Found = 66,
    Done = 67,
    Devices = 68,
    Frame = 69,
    State = 70,
    Alive = 73,
    DrawnIcon = 71,
    Error = 127,
};

constexpr std::size_t messageHeaderSize = 5;                           // length 4, kind 1
constexpr std::size_t largestMessageToHelper = std::size_t{17} << 20;  // length of the rest
constexpr std::size_t largestMessageFromHelper = std::size_t{4} << 20; // the same
constexpr std::size_t largestFoundMessage = std::size_t{8} << 10;      // a text is at most 4,096

/// One message as it came: its kind and its fields, not yet read.
class Message
{
public:
    MessageKind kind{};

    /// The fields; borrowed while the message lives.
    [[nodiscard]] std::span<const std::byte> fields() const;

private:
    friend class MessageReader;
    SecretBytes m_secret; // of `found`: a text may hold a secret
    QByteArray m_plain;   // of all other kinds, which may be larger than the secret memory
};

/// Takes messages out of a stream that comes in pieces. One object a stream, one thread.
class MessageReader
{
public:
    enum class From { Client, Helper };

    /// Fills the front of the room it is given; returns how many bytes came, 0 or less for none.
    using Source = std::function<qint64(std::span<std::byte>)>;

    explicit MessageReader(From from)
        : m_from(from)
    {
    }

    /// The next whole message, or nothing if `source` has not all of it; then call again later.
    /// The bytes of `found` go from `source` into SecretBytes and nowhere else.
    /// Errors: HelperFailed for an unknown kind or a length out of range, after which the stream is
    /// lost; SecretMemoryFull.
    [[nodiscard]] Result<std::optional<Message>> next(const Source &source);

private:
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] std::span<std::byte> room();

    From m_from;
    std::array<std::byte, messageHeaderSize> m_header{};
    Message m_message;
    std::size_t m_size = 0; // of the fields
    std::size_t m_read = 0; // of header and fields together
};

/// A whole message of a few fields. Errors: SecretMemoryFull.
[[nodiscard]] Result<SecretBytes> frameMessage(MessageKind kind, std::span<const std::byte> fields);

/// A whole message with one large field between others, in ordinary memory; nothing in it is
/// secret. Any thread.
[[nodiscard]] QByteArray frameBulkMessage(MessageKind kind, std::span<const std::byte> before,
                                          std::uint16_t tag, std::span<const std::byte> bulk,
                                          std::span<const std::byte> after);

} // namespace hufu
