#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/terminal.h"

namespace hufu {
namespace {

void report(Session &session, bool isSet)
{
    if (session.wantsJson()) {
        JsonOut out(stdout);
        out.beginObject();
        out.name("version").number(1);
        out.name("password").boolean(isSet);
        out.endObject();
    } else {
        printLine(isSet ? QStringLiteral("The app password is set.")
                        : QStringLiteral("There is no app password."));
    }
    session.end(0);
}

} // namespace

void runPassword(Session &session)
{
    session.withVault([&session](Vault &vault) {
        Result<SecretBytes> current = session.takePassword();
        if (!current)
            return session.fail(current.error());
        Result<SecretBytes> next = askNewPassword(
            session.passwordInput(), QStringLiteral("New app password (empty: none):"));
        if (!next)
            return session.fail(next.error());
        if (next->empty() && vault.hasPassword()) {
            const Result<bool> agreed = session.asks(
                QStringLiteral("Remove the app password, so that the keychain alone guards the "
                               "accounts?"));
            if (!agreed || !*agreed)
                return session.fail(agreed ? Error{Errc::ConsentNeeded, {}} : agreed.error());
        }
        const bool hadOne = vault.hasPassword();
        vault.changePassword(std::move(*current), std::move(*next), &session,
                             [&session, &vault, hadOne](const Result<void> &changed) {
                                 if (!changed)
                                     return session.fail(changed.error());
                                 using Kind = ActivityEvent::Kind;
                                 if (hadOne || vault.hasPassword())
                                     session.note(!hadOne               ? Kind::PasswordSet
                                                  : vault.hasPassword() ? Kind::PasswordChanged
                                                                        : Kind::PasswordRemoved);
                                 report(session, vault.hasPassword());
                             });
    });
}

} // namespace hufu
