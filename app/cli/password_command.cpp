#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/terminal.h"

#include <algorithm>

namespace hufu {
namespace {

constexpr int mostTries = 3;

/// The new password. A person gives it twice, since nothing of it is seen.
Result<SecretBytes> newPassword(PasswordInput &input)
{
    for (int i = 0; i < mostTries; ++i) {
        Result<SecretBytes> first = input.next(QStringLiteral("New app password (empty: none):"));
        if (!first || !input.asksPerson())
            return first;
        const Result<SecretBytes> second = input.next(QStringLiteral("Once more:"));
        if (!second)
            return tl::unexpected(second.error());
        if (equalInConstantTime(first->view(), second->view()))
            return first;
        printNotice(QStringLiteral("These were two different passwords."));
    }
    return failure(Errc::PasswordNeeded);
}

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
        Result<SecretBytes> next = newPassword(session.passwordInput());
        if (!next)
            return session.fail(next.error());
        if (next->empty() && vault.hasPassword()) {
            const Result<bool> agreed = session.asks(
                QStringLiteral("Remove the app password, so that the keychain alone guards the "
                               "accounts?"));
            if (!agreed || !*agreed)
                return session.fail(agreed ? Error{Errc::ConsentNeeded, {}} : agreed.error());
        }
        vault.changePassword(std::move(*current), std::move(*next), &session,
                             [&session, &vault](const Result<void> &changed) {
                                 if (!changed)
                                     return session.fail(changed.error());
                                 report(session, vault.hasPassword());
                             });
    });
}

} // namespace hufu
