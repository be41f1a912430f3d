#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/terminal.h"

namespace hufu {
namespace {

using Storage = Vault::Storage;

Result<SecretBytes> passwordOfFile(Session &session)
{
    return askNewPassword(session.passwordInput(),
                          QStringLiteral("New app password, which a file needs:"));
}

void report(Session &session, const Result<void> &moved)
{
    if (!moved)
        return session.fail(moved.error());
    const bool isFile = session.vault().storage() == Storage::File;
    if (session.wantsJson()) {
        JsonOut out(stdout);
        out.beginObject();
        out.name("version").number(1);
        out.name("store").text(isFile ? QStringLiteral("file") : QStringLiteral("keychain"));
        out.endObject();
    } else {
        printLine(isFile ? QStringLiteral("The accounts are in a file, under the app password.")
                         : QStringLiteral("The accounts are in the keychain."));
    }
    session.end(0);
}

/// There is no vault yet, and perhaps no keychain: the first one is made in a file.
void create(Session &session)
{
    Result<SecretBytes> present = session.takePassword(); // with a descriptor: the line for none
    if (!present)
        return session.fail(present.error());
    Result<SecretBytes> password = passwordOfFile(session);
    if (!password)
        return session.fail(password.error());
    session.vault().createInFile(std::move(*password), &session,
                                 [&session](const Result<void> &created) {
                                     if (created)
                                         session.note(ActivityEvent::Kind::PasswordSet);
                                     report(session, created);
                                 });
}

/// The password stays; a file needs one.
void move(Session &session, Storage to)
{
    Result<SecretBytes> current = session.takePassword();
    if (!current)
        return session.fail(current.error());
    Vault &vault = session.vault();
    const bool needsOne =
        !vault.hasPassword() && to == Storage::File && vault.storage() != Storage::File;
    Result<SecretBytes> next =
        needsOne ? passwordOfFile(session) : SecretBytes::copyOf(current->view());
    if (!next)
        return session.fail(next.error());
    const bool isThere = vault.storage() == to;
    vault.move(to, std::move(*current), std::move(*next), &session,
               [&session, to, needsOne, isThere](const Result<void> &moved) {
                   if (moved && !isThere)
                       session.note(to == Storage::File ? ActivityEvent::Kind::MovedToFile
                                                        : ActivityEvent::Kind::MovedToKeychain);
                   if (moved && needsOne)
                       session.note(ActivityEvent::Kind::PasswordSet);
                   report(session, moved);
               });
}

} // namespace

void runMove(Session &session)
{
    const Storage to = session.arguments().value("to") == QStringLiteral("file")
                           ? Storage::File
                           : Storage::Keychain;
    Vault &vault = session.vault();
    vault.open(&session, [&session, &vault, to](const Result<void> &opened) {
        const bool mayCreate = !opened || vault.state() == Vault::State::Empty;
        if (to == Storage::File && mayCreate)
            return create(session);
        session.withVault([&session, to](Vault &) { move(session, to); });
    });
}

} // namespace hufu
