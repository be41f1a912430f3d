#pragma once

#include "core/account/account_set.h"

namespace hufu {

/// How long a deleted account can be brought back (experience.md, "Main window").
constexpr std::chrono::days binTime{30};

/// Whether `account` is in the bin and its time there is over. A wall clock that went back makes
/// nothing expire. Pure; any thread.
[[nodiscard]] bool isExpired(const Account &account, std::chrono::sys_seconds now);

/// The accounts in the bin, the last deleted first. Pure; any thread.
[[nodiscard]] std::vector<AccountPtr> inBin(const AccountSet &accounts);

/// Puts the account into the bin; one that is there already keeps its date.
/// Errors: NoSuchAccount, SecretMemoryFull.
[[nodiscard]] Result<void> moveToBin(AccountSet &accounts, const AccountId &id,
                                     std::chrono::sys_seconds now);
/// Brings the account back to its old place. Errors: NoSuchAccount, SecretMemoryFull.
[[nodiscard]] Result<void> takeOutOfBin(AccountSet &accounts, const AccountId &id,
                                        std::chrono::sys_seconds now);
/// Deletes for ever what lies in the bin; an account that was brought back meanwhile stays.
/// Errors: NoSuchAccount, also for an account that is not in the bin.
[[nodiscard]] Result<void> deleteForEver(AccountSet &accounts, const AccountId &id);

/// Deletes all expired accounts for ever; they come back, for the last time.
std::vector<AccountPtr> purgeBin(AccountSet &accounts, std::chrono::sys_seconds now);

/// What a person types to delete `account` for ever: its issuer, or its name where it has no
/// issuer; surrounding blanks and the case of letters do not matter.
[[nodiscard]] QString nameToType(const Account &account);
[[nodiscard]] bool isTyped(const Account &account, const QString &typed);

} // namespace hufu
