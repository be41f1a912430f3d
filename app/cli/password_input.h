#pragma once

#include "core/base/secret_bytes.h"

#include <QString>

#include <cstdio>
#include <memory>
#include <optional>

namespace hufu {

/// Where the app password comes from: lines of a descriptor that the caller opened, or the person
/// at the terminal, who sees nothing of it. Never an argument and never the environment
/// (contracts.md 2).
class PasswordInput
{
public:
    /// @param descriptor  of `--password-fd`; nothing: the terminal
    explicit PasswordInput(std::optional<int> descriptor);
    ~PasswordInput();

    /// Whether a person is asked, so that asking twice makes sense.
    [[nodiscard]] bool asksPerson() const { return !m_descriptor; }
    /// The next password; may be empty.
    /// Errors: PasswordNeeded where there is neither a line nor a terminal, or the person gave up;
    /// FileUnreadable, SecretMemoryFull.
    [[nodiscard]] Result<SecretBytes> next(const QString &question);

private:
    [[nodiscard]] Result<SecretBytes> nextLine();

    std::optional<int> m_descriptor;
    std::unique_ptr<std::FILE, int (*)(std::FILE *)> m_file;
};

/// A new password. A person gives it twice, since nothing of it is seen; from a descriptor it is
/// the next line. Errors: as PasswordInput::next, and PasswordNeeded after three different pairs.
[[nodiscard]] Result<SecretBytes> askNewPassword(PasswordInput &input, const QString &question);

} // namespace hufu
