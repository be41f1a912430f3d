// Deleted accounts: `bin`, `delete` and `restore`.

#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/terminal.h"
#include "core/account/bin.h"

namespace hufu {
namespace {

void printNames(JsonOut &out, const Account &account)
{
    out.name("id").text(idText(account.id));
    out.name("issuer").text(account.issuer);
    out.name("account").text(account.account);
}

void printBin(const Session &session, const std::vector<AccountPtr> &bin)
{
    if (!session.wantsJson()) {
        for (const AccountPtr &account : bin) {
            const auto left =
                std::chrono::ceil<std::chrono::days>(*account->deleted + binTime - session.now());
            printLine(QStringLiteral("%1  (gone in %2 d)")
                          .arg(displayName(account->issuer, account->account))
                          .arg(left.count()));
        }
        return;
    }
    JsonOut out(stdout);
    out.beginObject();
    out.name("version").number(1);
    out.name("accounts").beginArray();
    for (const AccountPtr &account : bin) {
        out.beginObject();
        printNames(out, *account);
        out.name("deleted").number(account->deleted->time_since_epoch().count());
        out.name("gone").number((*account->deleted + binTime).time_since_epoch().count());
        out.endObject();
    }
    out.endArray();
    out.endObject();
}

using Move = Result<void> (*)(AccountSet &, const AccountId &, std::chrono::sys_seconds);

/// Moves the one of `among` that the operand names, and prints it under `member`.
void moveNamed(Session &session, Vault &vault, const std::vector<AccountPtr> &among, Move move,
               const char *member, ActivityEvent::Kind kind)
{
    const QString name = session.arguments().operand(0);
    const Result<AccountPtr> account = findNamed(among, name);
    if (!account) {
        const bool isSeveral = account.error().code == Errc::AmbiguousName;
        return session.failName(account.error(),
                                isSeveral ? matching(among, name) : std::vector<AccountPtr>());
    }
    vault.commit([move, id = (*account)->id,
                  now = session.now()](AccountSet &accounts) { return move(accounts, id, now); },
                 &session,
                 [&session, account = *account, member, kind](const Result<void> &committed) {
                     if (!committed)
                         return session.fail(committed.error());
                     session.activity().add(ActivityEvent::of(kind, *account));
                     if (session.wantsJson()) {
                         JsonOut out(stdout);
                         out.beginObject();
                         out.name("version").number(1);
                         out.name(member).beginObject();
                         printNames(out, *account);
                         out.endObject();
                         out.endObject();
                     }
                     session.end(0);
                 });
}

} // namespace

void runBin(Session &session)
{
    session.withVault([&session](Vault &vault) {
        printBin(session, inBin(vault.accounts()));
        session.end(0);
    });
}

void runDelete(Session &session)
{
    session.withVault([&session](Vault &vault) {
        moveNamed(session, vault, vault.accounts().matching({}), &moveToBin, "deleted",
                  ActivityEvent::Kind::AccountBinned);
    });
}

void runRestore(Session &session)
{
    session.withVault([&session](Vault &vault) {
        moveNamed(session, vault, inBin(vault.accounts()), &takeOutOfBin, "restored",
                  ActivityEvent::Kind::AccountRestored);
    });
}

} // namespace hufu
