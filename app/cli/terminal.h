#pragma once

#include "core/base/secret_bytes.h"

#include <QString>

#include <optional>

namespace hufu {

/// Foreign text as it may be printed: without controls, which a terminal would obey.
[[nodiscard]] QString printable(const QString &text);

/// Writes a line to standard output, or to standard error.
void printLine(const QString &line);
void printNotice(const QString &line);

/// Whether there is a person to ask: a terminal of our own, or standard input if it is one.
[[nodiscard]] bool canAsk();
/// What the person answers to `question`, without the line's end; nothing if nobody can be asked.
[[nodiscard]] std::optional<QString> ask(const QString &question);
/// The same for a secret: nothing of it is shown, and it is nowhere but in what comes back.
/// Errors: PasswordNeeded where nobody can be asked or the person gave up with Ctrl+C or Ctrl+D,
/// SecretMemoryFull.
[[nodiscard]] Result<SecretBytes> askSecret(const QString &question);
/// Whether the answer to "question [y/N]" is yes.
[[nodiscard]] bool agrees(const QString &question);

} // namespace hufu
