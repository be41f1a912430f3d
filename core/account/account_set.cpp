#include "core/account/account_set.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace hufu {
namespace {

constexpr std::uint64_t orderStep = std::uint64_t{1} << 32; // storage.md 4: sparse

bool comesBefore(const AccountPtr &a, const AccountPtr &b)
{
    return std::tie(a->order, a->created, a->id) < std::tie(b->order, b->created, b->id);
}

QString fullName(const Account &account)
{
    return account.issuer + u':' + account.account;
}

std::vector<AccountPtr> notDeleted(const std::vector<AccountPtr> &accounts)
{
    std::vector<AccountPtr> found;
    std::ranges::copy_if(accounts, std::back_inserter(found),
                         [](const AccountPtr &account) { return !account->deleted; });
    return found;
}

} // namespace

std::vector<AccountPtr> matching(const std::vector<AccountPtr> &accounts, const QString &part)
{
    std::vector<AccountPtr> found;
    std::ranges::copy_if(accounts, std::back_inserter(found), [&](const AccountPtr &account) {
        return fullName(*account).contains(part, Qt::CaseInsensitive);
    });
    return found;
}

Result<AccountPtr> findNamed(const std::vector<AccountPtr> &accounts, const QString &name)
{
    std::vector<AccountPtr> exact;
    for (const AccountPtr &account : accounts) {
        if (idText(account->id) == name)
            return account;
        if (fullName(*account) == name)
            exact.push_back(account);
    }
    const std::vector<AccountPtr> found = exact.empty() ? matching(accounts, name) : exact;
    if (found.empty())
        return failure(Errc::NoSuchAccount);
    if (found.size() > 1)
        return failure(Errc::AmbiguousName);
    return found.front();
}

Result<AccountSet> AccountSet::ofAccounts(std::vector<AccountPtr> accounts)
{
    if (accounts.size() > maximumAccounts)
        return failure(Errc::VaultFull);
    std::ranges::sort(accounts, {}, &Account::id);
    if (std::ranges::adjacent_find(accounts, {}, &Account::id) != accounts.end())
        return failure(Errc::AccountExists);
    std::ranges::sort(accounts, comesBefore);
    AccountSet set;
    set.m_accounts = std::move(accounts);
    return set;
}

AccountPtr AccountSet::find(const AccountId &id) const
{
    const auto found = std::ranges::find(m_accounts, id, &Account::id);
    return found == m_accounts.end() ? nullptr : *found;
}

Result<AccountPtr> AccountSet::findByName(const QString &name) const
{
    return findNamed(notDeleted(m_accounts), name);
}

std::vector<AccountPtr> AccountSet::matching(const QString &part) const
{
    return hufu::matching(notDeleted(m_accounts), part);
}

std::vector<AccountPtr> AccountSet::boundTo(std::string_view api, std::string_view appId) const
{
    std::vector<AccountPtr> found;
    std::ranges::copy_if(m_accounts, std::back_inserter(found), [&](const AccountPtr &account) {
        return !account->deleted && account->binding && account->binding->api == api &&
               account->binding->appId == appId;
    });
    return found;
}

Result<void> AccountSet::add(Account account)
{
    account.order = m_accounts.empty() ? orderStep : m_accounts.back()->order + orderStep;
    return restore(std::move(account));
}

Result<void> AccountSet::restore(Account account)
{
    if (m_accounts.size() >= maximumAccounts)
        return failure(Errc::VaultFull);
    if (find(account.id))
        return failure(Errc::AccountExists);
    auto added = std::make_shared<const Account>(std::move(account));
    m_accounts.insert(std::ranges::upper_bound(m_accounts, added, comesBefore), added);
    return {};
}

Result<void> AccountSet::replace(Account account)
{
    if (const Result<void> removed = remove(account.id); !removed)
        return removed;
    return restore(std::move(account));
}

Result<void> AccountSet::remove(const AccountId &id)
{
    const auto found = std::ranges::find(m_accounts, id, &Account::id);
    if (found == m_accounts.end())
        return failure(Errc::NoSuchAccount);
    m_accounts.erase(found);
    return {};
}

} // namespace hufu
