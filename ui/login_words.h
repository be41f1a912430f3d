#pragma once

#include "core/login/provider.h"

#include <QCoreApplication>

namespace hufu {

/// How the approve sheet words what the server says. Plain text.
class LoginWords
{
    Q_DECLARE_TR_FUNCTIONS(LoginWords)

public:
    /// `text`, or "not known".
    [[nodiscard]] static QString orUnknown(const QString &text);
    /// "Firefox 145 on Windows".
    [[nodiscard]] static QString browser(const LoginContext &context);
    /// "8 seconds ago", at `now`.
    [[nodiscard]] static QString asked(const LoginContext &context, UtcTime now);
    [[nodiscard]] static QString channel(LoginChannel channel);
    /// "1:47".
    [[nodiscard]] static QString remaining(std::chrono::seconds left);
};

} // namespace hufu
