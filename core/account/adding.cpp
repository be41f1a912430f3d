#include "core/account/adding.h"

#include <algorithm>

namespace hufu {
namespace {

bool sameSecret(const KeyUri &uri, const Account &account)
{
    return uri.parameters.type == account.parameters.type &&
           equalInConstantTime(uri.secret.view(), account.secret.view());
}

bool sameName(const KeyUri &uri, const Account &account)
{
    return uri.issuer == account.issuer && uri.account == account.account;
}

bool sameBinding(const KeyUri &uri, const Account &account)
{
    return uri.binding && account.binding && uri.binding->api == account.binding->api &&
           uri.binding->appId == account.binding->appId && uri.binding->uid == account.binding->uid;
}

/// Nothing new comes with `uri`: the key is known, and so is the binding if there is one.
bool isKnown(const KeyUri &uri, const Account &account)
{
    return sameSecret(uri, account) && (!uri.binding || sameBinding(uri, account));
}

/// The issuer with the first number that makes the name free.
QString freeIssuer(const KeyUri &uri, const AccountSet &accounts)
{
    const auto taken = [&](const QString &issuer) {
        return std::ranges::any_of(accounts.all(), [&](const AccountPtr &account) {
            return !account->deleted && account->issuer == issuer &&
                   account->account == uri.account;
        });
    };
    QString issuer = uri.issuer;
    for (int number = 2; taken(issuer); ++number)
        issuer = QStringLiteral("%1 %2").arg(uri.issuer).arg(number);
    return issuer;
}

Result<void> toBin(AccountSet &accounts, const Account &account, std::chrono::sys_seconds now)
{
    Result<Account> binned = account.copy();
    if (!binned)
        return tl::unexpected(binned.error());
    binned->deleted = binned->changed = now;
    return accounts.replace(std::move(*binned));
}

} // namespace

AddConflict conflictOf(const KeyUri &uri, const AccountSet &accounts)
{
    AddConflict conflict;
    for (const AccountPtr &account : accounts.all()) {
        if (account->deleted)
            continue;
        if (isKnown(uri, *account))
            return {AddConflict::Kind::SameAccount, account};
        if (sameBinding(uri, *account))
            conflict = {AddConflict::Kind::SameBinding, account};
        else if (conflict.kind == AddConflict::Kind::None && sameName(uri, *account))
            conflict = {AddConflict::Kind::SameName, account};
    }
    return conflict;
}

Result<AccountId> addFromUri(AccountSet &accounts, KeyUri &&uri, AddChoice choice,
                             std::chrono::sys_seconds now)
{
    const AddConflict conflict = conflictOf(uri, accounts);
    if (conflict.kind == AddConflict::Kind::SameAccount)
        return failure(Errc::AccountExists);
    const bool replaces = choice == AddChoice::Replace && conflict.existing;
    if (!replaces)
        uri.issuer = freeIssuer(uri, accounts);
    Account account = makeAccount(std::move(uri), now);
    const AccountId id = account.id;
    if (replaces && account.binding) {
        account.binding->replaces = conflict.existing->id;
    } else if (replaces) {
        if (const Result<void> binned = toBin(accounts, *conflict.existing, now); !binned)
            return tl::unexpected(binned.error());
    }
    if (const Result<void> added = accounts.add(std::move(account)); !added)
        return tl::unexpected(added.error());
    return id;
}

} // namespace hufu
