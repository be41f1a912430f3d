#pragma once

#include "core/scan/messages.h"
#include "core/scan/platform_pipes.h"

namespace hufu {

// The helper's side of the conversation (contracts.md 1).

/// The next message of the client; nothing at the end of the input or if it breaks the rules.
[[nodiscard]] std::optional<Message> nextMessage(MessageReader &reader, const HelperPipes &pipes);

/// False if there is no message or nobody reads any more. Any thread.
bool send(const HelperPipes &pipes, const Result<SecretBytes> &message);
bool send(const HelperPipes &pipes, const Result<QByteArray> &message);

} // namespace hufu
