#include "core/account/proven_binding.h"

namespace hufu {

bool isUnproven(const Account &account)
{
    return account.binding && account.binding->state == Binding::State::New;
}

Result<void> settleBinding(AccountSet &accounts, const AccountId &id, std::chrono::sys_seconds now)
{
    const AccountPtr account = accounts.find(id);
    if (!account)
        return failure(Errc::NoSuchAccount);
    if (!account->binding)
        return failure(Errc::UnboundAccount);
    if (!isUnproven(*account))
        return {};
    Result<Account> proven = account->copy();
    if (!proven)
        return tl::unexpected(proven.error());
    proven->changed = now;
    proven->binding->state = Binding::State::WorkedOnce;
    proven->binding->replaces.reset();
    if (const Result<void> replaced = accounts.replace(std::move(*proven)); !replaced)
        return replaced;

    // The one that it replaces may itself have waited to replace another.
    std::optional<AccountId> old = account->binding->replaces;
    while (old) {
        const AccountPtr former = accounts.find(*old);
        if (!former || former->deleted)
            return {};
        Result<Account> binned = former->copy();
        if (!binned)
            return tl::unexpected(binned.error());
        binned->deleted = binned->changed = now;
        if (const Result<void> replaced = accounts.replace(std::move(*binned)); !replaced)
            return replaced;
        old = former->binding ? former->binding->replaces : std::nullopt;
    }
    return {};
}

} // namespace hufu
