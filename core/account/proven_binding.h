#pragma once

#include "core/account/account_set.h"

namespace hufu {

/// Whether the first login with this account has something to settle: its binding has not worked
/// before.
[[nodiscard]] bool isUnproven(const Account &account);

/// The binding of `id` has worked: a server that holds its secret has answered. It says so from now
/// on, and the account that it was made to replace goes to the bin (protocol.md B1: the old one is
/// kept until the new one has worked once), with what that one was to replace. Nothing changes if
/// it had worked before. Errors: NoSuchAccount, UnboundAccount, SecretMemoryFull.
[[nodiscard]] Result<void> settleBinding(AccountSet &accounts, const AccountId &id,
                                         std::chrono::sys_seconds now);

} // namespace hufu
