#include "app/cli/commands.h"
#include "app/cli/json_out.h"
#include "app/cli/terminal.h"

#include <cstdlib>

using namespace std::string_view_literals;

namespace hufu {
namespace {

std::string_view typeName(OtpType type)
{
    switch (type) {
    case OtpType::Totp:
        return "totp";
    case OtpType::Hotp:
        return "hotp";
    case OtpType::Steam:
        return "steam";
    case OtpType::Motp:
        return "motp";
    case OtpType::Yandex:
        return "yandex";
    case OtpType::Ocra:
        return "ocra";
    }
    Q_UNREACHABLE();
}

void printBinding(JsonOut &out, const Binding &binding)
{
    out.beginObject();
    out.name("provider").text(std::string_view(binding.provider));
    out.name("server").text(binding.server());
    out.name("state").text(binding.state == Binding::State::New ? "new"sv : "worked-once"sv);
    out.endObject();
}

void printAccount(JsonOut &out, const Account &account)
{
    out.beginObject();
    out.name("id").text(idText(account.id));
    out.name("issuer").text(account.issuer);
    out.name("account").text(account.account);
    out.name("type").text(typeName(account.parameters.type));
    out.name("digits").number(account.parameters.digits);
    out.name("period").number(account.parameters.period);
    out.name("groups").beginArray();
    for (const auto &group : account.groups)
        out.text(idText(group));
    out.endArray();
    out.name("favourite").boolean(account.favourite);
    out.name("binding");
    if (account.binding)
        printBinding(out, *account.binding);
    else
        out.null();
    out.endObject();
}

void printList(const Session &session, const AccountSet &accounts)
{
    if (!session.wantsJson()) {
        for (const AccountPtr &account : accounts.all()) {
            if (account->deleted)
                continue;
            const QString server = account->binding
                                       ? QStringLiteral("  (%1)").arg(account->binding->server())
                                       : QString();
            printLine(displayName(account->issuer, account->account) + server);
        }
        return;
    }
    JsonOut out(stdout);
    out.beginObject();
    out.name("version").number(1);
    out.name("accounts").beginArray();
    for (const AccountPtr &account : accounts.all()) {
        if (!account->deleted)
            printAccount(out, *account);
    }
    out.endArray();
    out.endObject();
}

/// What stands before the code in the documents of `code` and `next`.
void printCodeHead(JsonOut &out, const Account &account, const OneTimeCode &code)
{
    out.name("version").number(1);
    out.name("id").text(idText(account.id));
    out.name("issuer").text(account.issuer);
    out.name("account").text(account.account);
    out.name("code").text(code.text);
}

/// The account that the first operand names, or a failure that names those it fits.
AccountPtr namedAccount(Session &session, const AccountSet &accounts)
{
    const QString name = session.arguments().operand(0);
    const Result<AccountPtr> account = accounts.findByName(name);
    if (account)
        return *account;
    const bool several = account.error().code == Errc::AmbiguousName;
    session.failName(account.error(),
                     several ? accounts.matching(name) : std::vector<AccountPtr>());
    return nullptr;
}

void printCode(Session &session, const AccountSet &accounts)
{
    const AccountPtr account = namedAccount(session, accounts);
    if (!account)
        return;
    // A moment that is asked for is meant as it is.
    const std::optional<QString> at = session.arguments().value("at");
    const std::chrono::sys_seconds when =
        at ? std::chrono::sys_seconds(std::chrono::seconds(at->toLongLong())) : session.now();
    const std::chrono::seconds offset =
        at ? std::chrono::seconds(0) : session.serverClocks()->codeOffset(*account);
    const Result<OneTimeCode> code = account->codeAt(when + offset);
    if (!code)
        return session.fail(code.error());
    if (session.wantsJson()) {
        JsonOut out(stdout);
        out.beginObject();
        printCodeHead(out, *account, *code);
        out.name("at").number(when.time_since_epoch().count());
        out.name("valid_from").number((code->from - offset).time_since_epoch().count());
        out.name("valid_until").number((code->until - offset).time_since_epoch().count());
        out.name("clock_offset").number(offset.count());
        out.endObject();
    } else {
        printLine(code->text);
        if (offset.count() != 0)
            printNotice(QStringLiteral("hufu-cli: by the clock of %1, %2 s %3 this computer's.")
                            .arg(account->binding->server())
                            .arg(std::abs(offset.count()))
                            .arg(offset.count() < 0 ? QStringLiteral("behind")
                                                    : QStringLiteral("ahead of")));
    }
    session.end(0);
}

/// Takes the code of the counter and moves the counter on.
Result<OneTimeCode> takeNext(AccountSet &accounts, const AccountId &id,
                             std::chrono::sys_seconds now)
{
    const AccountPtr account = accounts.find(id);
    if (!account)
        return failure(Errc::NoSuchAccount);
    if (account->parameters.type != OtpType::Hotp)
        return failure(Errc::UnsupportedAlgorithm, QStringLiteral("its codes follow the clock"));
    Result<OneTimeCode> code = codeForCounter(account->secret, account->parameters);
    if (!code)
        return code;
    Result<Account> moved = account->copy();
    if (!moved)
        return tl::unexpected(moved.error());
    ++moved->parameters.counter;
    moved->changed = now;
    if (const Result<void> replaced = accounts.replace(std::move(*moved)); !replaced)
        return tl::unexpected(replaced.error());
    return code;
}

void printNext(Session &session, const Account &account, const OneTimeCode &code)
{
    if (!session.wantsJson())
        return printLine(code.text);
    JsonOut out(stdout);
    out.beginObject();
    printCodeHead(out, account, code);
    out.name("at").number(session.now().time_since_epoch().count());
    out.endObject();
}

} // namespace

void runList(Session &session)
{
    session.withVault([&session](Vault &vault) {
        printList(session, vault.accounts());
        session.end(0);
    });
}

void runCode(Session &session)
{
    session.withVault([&session](Vault &vault) { printCode(session, vault.accounts()); });
}

void runNext(Session &session)
{
    session.withVault([&session](Vault &vault) {
        const AccountPtr account = namedAccount(session, vault.accounts());
        if (!account)
            return;
        // Nobody sees the code before the moved counter is confirmed (storage.md 4).
        auto code = std::make_shared<OneTimeCode>();
        vault.commit(
            [code, id = account->id, now = session.now()](AccountSet &accounts) -> Result<void> {
                Result<OneTimeCode> taken = takeNext(accounts, id, now);
                if (!taken)
                    return tl::unexpected(taken.error());
                *code = std::move(*taken);
                return {};
            },
            &session,
            [&session, account, code](const Result<void> &committed) {
                if (!committed)
                    return session.fail(committed.error());
                printNext(session, *account, *code);
                session.end(0);
            });
    });
}

} // namespace hufu
