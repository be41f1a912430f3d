#include "core/login/provider.h"

namespace hufu {

AccountSet accountFor(const PushedLogin &login, const AccountSet &accounts)
{
    const AccountPtr account = accounts.boundAs(login.device);
    if (!account || account->deleted)
        return {};
    return AccountSet::ofAccounts({account}).value_or(AccountSet());
}

} // namespace hufu
