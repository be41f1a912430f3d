#include "core/scan/conversation.h"

namespace hufu {

std::optional<Message> nextMessage(MessageReader &reader, const HelperPipes &pipes)
{
    Result<std::optional<Message>> message =
        reader.next([&pipes](std::span<std::byte> room) { return pipes.read(room); });
    return message ? std::move(*message) : std::nullopt;
}

bool send(const HelperPipes &pipes, const Result<SecretBytes> &message)
{
    return message && pipes.write(message->view());
}

bool send(const HelperPipes &pipes, const Result<QByteArray> &message)
{
    return message && pipes.write(std::as_bytes(std::span(
                          message->constData(), static_cast<std::size_t>(message->size()))));
}

} // namespace hufu
