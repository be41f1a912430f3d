#pragma once

#include "core/login/provider.h"

#include <QCoreApplication>

namespace hufu {

/// What a person can do at once about a login that failed.
enum class WayOut {
    None,        ///< read why, and close
    ScanAgain,   ///< the code of the login page, which may have to be refreshed
    ScanBinding, ///< the code of the page that binds the account
};

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
    /// Where the sentence of `failure` leads. Nothing that was pushed can be scanned again.
    [[nodiscard]] static WayOut wayOut(Errc failure, LoginChannel channel);
};

} // namespace hufu
