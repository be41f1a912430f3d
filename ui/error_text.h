#pragma once

#include "core/base/error.h"
#include "core/payload/payload.h"

#include <QCoreApplication>

namespace hufu {

/// What a person reads: a headline that says what happened, and the rest, which says what was kept
/// and what to do next. Plain text.
struct Explanation
{
    QString headline;
    QString rest;

    /// Both as one line.
    [[nodiscard]] QString whole() const;
};

/// Where the accounts are that an error is about.
enum class KeptIn { Keychain, File };

/// The one place where codes become sentences. core is silent; `error.detail` goes to the log.
class ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    [[nodiscard]] static Explanation of(Errc code);
    /// The same where the accounts may be kept in a file, which does not "answer".
    [[nodiscard]] static Explanation of(Errc code, KeptIn place);
    /// A code that is not for us: what it is, and what to do instead.
    [[nodiscard]] static Explanation of(const NotOurs &notOurs);
    /// A login code of a server that no account is bound to.
    [[nodiscard]] static Explanation ofUnbound(const QString &host);
    /// A server that points elsewhere during a login; the host that it points to, if it names one.
    [[nodiscard]] static Explanation ofRedirect(const QString &host);
    /// Why no binding came from its one-time address: what else is about a login is about that
    /// here.
    [[nodiscard]] static Explanation ofBinding(Errc code);
    /// Why an entry of another authenticator's export cannot be an account, as one short sentence.
    [[nodiscard]] static QString ofEntry(Errc reason);

private:
    [[nodiscard]] static QString sentence(Errc code);
    [[nodiscard]] static QString sentence(const NotOurs &notOurs);
};

} // namespace hufu
