#include "core/account/account_set.h"

#include "core/account/id_table.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace hufu {
namespace {

constexpr std::uint64_t orderStep = std::uint64_t{1} << 32; // storage.md 4: sparse

bool comesBefore(const Account &a, const Account &b)
{
    return std::tie(a.order, a.created, a.id) < std::tie(b.order, b.created, b.id);
}

const Account &pointee(const AccountPtr &account)
{
    return *account;
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

struct AccountSet::Data
{
    std::vector<AccountPtr> accounts; ///< in own order
    IdTable byId;

    /// Where `account` stands, or would stand.
    [[nodiscard]] std::vector<AccountPtr>::iterator placeOf(const Account &account)
    {
        return std::ranges::lower_bound(accounts, account, comesBefore, pointee);
    }
};

Result<AccountSet> AccountSet::ofAccounts(std::vector<AccountPtr> accounts)
{
    if (accounts.size() > maximumAccounts)
        return failure(Errc::VaultFull);
    AccountSet set;
    Data &data = set.changing();
    data.byId.reserve(accounts.size());
    for (const AccountPtr &account : accounts) {
        if (data.byId.find(account->id) != nullptr)
            return failure(Errc::AccountExists);
        data.byId.insert(*account);
    }
    if (!std::ranges::is_sorted(accounts, comesBefore, pointee)) // as a vault mostly holds them
        std::ranges::sort(accounts, comesBefore, pointee);
    data.accounts = std::move(accounts);
    return set;
}

const std::vector<AccountPtr> &AccountSet::all() const
{
    static const std::vector<AccountPtr> none;
    return m_data ? m_data->accounts : none;
}

// A walk through both orders side by side: what is in both is mostly the same pointer.
AccountSet::Difference AccountSet::differenceTo(const AccountSet &later) const
{
    Difference difference;
    if (m_data == later.m_data)
        return difference;
    auto mine = all().begin();
    auto its = later.all().begin();
    while (mine != all().end() || its != later.all().end()) {
        if (mine != all().end() && its != later.all().end() && *mine == *its) {
            ++mine;
            ++its;
        } else if (its == later.all().end() ||
                   (mine != all().end() && !comesBefore(**its, **mine))) {
            difference.gone.push_back(*mine++);
        } else {
            difference.come.push_back(*its++);
        }
    }
    return difference;
}

AccountSet::Data &AccountSet::changing()
{
    if (!m_data)
        m_data = std::make_shared<Data>();
    else if (m_data.use_count() > 1)
        m_data = std::make_shared<Data>(*m_data);
    return *m_data;
}

AccountPtr AccountSet::find(const AccountId &id) const
{
    const Account *account = m_data ? m_data->byId.find(id) : nullptr;
    return account == nullptr ? nullptr : *m_data->placeOf(*account);
}

Result<AccountPtr> AccountSet::findByName(const QString &name) const
{
    return findNamed(notDeleted(all()), name);
}

std::vector<AccountPtr> AccountSet::matching(const QString &part) const
{
    return hufu::matching(notDeleted(all()), part);
}

std::vector<AccountPtr> AccountSet::boundTo(std::string_view api, std::string_view appId) const
{
    std::vector<AccountPtr> found;
    std::ranges::copy_if(all(), std::back_inserter(found), [&](const AccountPtr &account) {
        return !account->deleted && account->binding && account->binding->api == api &&
               account->binding->appId == appId;
    });
    return found;
}

AccountPtr AccountSet::boundAs(const DeviceId &device) const
{
    AccountPtr found;
    for (const AccountPtr &account : all()) {
        if (!account->binding || account->binding->deviceId != device)
            continue;
        if (!account->deleted)
            return account;
        if (!found)
            found = account;
    }
    return found;
}

Result<void> AccountSet::add(Account account)
{
    account.order = size() == 0 ? orderStep : all().back()->order + orderStep;
    return restore(std::move(account));
}

Result<void> AccountSet::restore(Account account)
{
    if (size() >= maximumAccounts)
        return failure(Errc::VaultFull);
    if (m_data && m_data->byId.find(account.id) != nullptr)
        return failure(Errc::AccountExists);
    const auto added = std::make_shared<const Account>(std::move(account));
    Data &data = changing();
    data.accounts.insert(data.placeOf(*added), added);
    data.byId.insert(*added);
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
    if (!m_data || m_data->byId.find(id) == nullptr)
        return failure(Errc::NoSuchAccount);
    Data &data = changing();
    const auto place = data.placeOf(*data.byId.find(id));
    data.byId.erase(id);
    data.accounts.erase(place);
    return {};
}

} // namespace hufu
