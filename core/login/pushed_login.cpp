#include "core/login/provider.h"

#include <algorithm>

namespace hufu {

AccountSet accountFor(const PushedLogin &login, const AccountSet &accounts)
{
    const std::vector<AccountPtr> &all = accounts.all();
    const auto found = std::find_if(all.begin(), all.end(), [&](const AccountPtr &account) {
        return account->binding && !account->deleted && account->binding->deviceId == login.device;
    });
    if (found == all.end())
        return {};
    return AccountSet::ofAccounts({*found}).value_or(AccountSet());
}

} // namespace hufu
