#include "core/account/bin.h"

#include <algorithm>

namespace hufu {
namespace {

/// Puts a changed copy of the account in its place.
Result<void> setDeleted(AccountSet &accounts, const AccountPtr &account,
                        std::optional<std::chrono::sys_seconds> deleted,
                        std::chrono::sys_seconds now)
{
    Result<Account> changed = account->copy();
    if (!changed)
        return tl::unexpected(changed.error());
    changed->deleted = deleted;
    changed->changed = now;
    return accounts.replace(std::move(*changed));
}

} // namespace

bool isExpired(const Account &account, std::chrono::sys_seconds now)
{
    return account.deleted && now >= *account.deleted && now - *account.deleted >= binTime;
}

std::vector<AccountPtr> inBin(const AccountSet &accounts)
{
    std::vector<AccountPtr> found;
    std::ranges::copy_if(accounts.all(), std::back_inserter(found),
                         [](const AccountPtr &account) { return account->deleted.has_value(); });
    std::stable_sort(found.begin(), found.end(), [](const AccountPtr &a, const AccountPtr &b) {
        return *a->deleted > *b->deleted;
    });
    return found;
}

Result<void> moveToBin(AccountSet &accounts, const AccountId &id, std::chrono::sys_seconds now)
{
    const AccountPtr account = accounts.find(id);
    if (!account)
        return failure(Errc::NoSuchAccount);
    if (account->deleted)
        return {};
    return setDeleted(accounts, account, now, now);
}

Result<void> takeOutOfBin(AccountSet &accounts, const AccountId &id, std::chrono::sys_seconds now)
{
    const AccountPtr account = accounts.find(id);
    if (!account)
        return failure(Errc::NoSuchAccount);
    if (!account->deleted)
        return {};
    return setDeleted(accounts, account, std::nullopt, now);
}

Result<void> deleteForEver(AccountSet &accounts, const AccountId &id)
{
    const AccountPtr account = accounts.find(id);
    if (!account || !account->deleted)
        return failure(Errc::NoSuchAccount);
    return accounts.remove(id);
}

std::vector<AccountPtr> purgeBin(AccountSet &accounts, std::chrono::sys_seconds now)
{
    std::vector<AccountPtr> expired;
    std::ranges::copy_if(accounts.all(), std::back_inserter(expired),
                         [now](const AccountPtr &account) { return isExpired(*account, now); });
    for (const AccountPtr &account : expired)
        (void)accounts.remove(account->id); // it is there: it was just found
    return expired;
}

QString nameToType(const Account &account)
{
    return (account.issuer.isEmpty() ? account.account : account.issuer).simplified();
}

bool isTyped(const Account &account, const QString &typed)
{
    return typed.simplified().compare(nameToType(account), Qt::CaseInsensitive) == 0;
}

} // namespace hufu
