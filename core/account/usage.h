#pragma once

#include "core/account/server_clocks.h"

namespace hufu {

/// How often and when codes of an account were last taken.
struct AccountUse
{
    std::uint64_t count = 0;
    std::chrono::sys_seconds last;

    friend bool operator==(const AccountUse &, const AccountUse &) = default;
};

/// What is worth keeping of how accounts are used; the vault opens without it (storage.md 9).
struct Usage
{
    std::map<AccountId, AccountUse> uses;
    std::vector<KeptServerClock> clocks;

    friend bool operator==(const Usage &, const Usage &) = default;
};

} // namespace hufu
