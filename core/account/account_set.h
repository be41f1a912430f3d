#pragma once

#include "core/account/account.h"

#include <vector>

namespace hufu {

constexpr std::size_t maximumAccounts = 20'000;

/// All accounts of a vault, in the person's own order. A value: copies share everything until one
/// of them changes, and the accounts, which never change, also then. A copy costs a pointer; the
/// first change of a copy costs one for each account. One thread at a time.
class AccountSet
{
public:
    /// All of `accounts`, in any order, as a vault holds them.
    /// Errors: AccountExists for an id that stands twice, VaultFull.
    [[nodiscard]] static Result<AccountSet> ofAccounts(std::vector<AccountPtr> accounts);

    /// What another set has more or less than this one. An account that was put in the place of
    /// another is in both.
    struct Difference
    {
        std::vector<AccountPtr> gone;
        std::vector<AccountPtr> come; ///< in own order
    };
    /// What must be done to this set to have `later`. Quick where few accounts differ.
    [[nodiscard]] Difference differenceTo(const AccountSet &later) const;

    /// In own order: ascending `order`, then age.
    [[nodiscard]] const std::vector<AccountPtr> &all() const;
    [[nodiscard]] std::size_t size() const { return all().size(); }
    /// Null if there is none.
    [[nodiscard]] AccountPtr find(const AccountId &id) const;
    /// The account whose binding has this device id, null if there is none; such as are not in the
    /// bin come first.
    [[nodiscard]] AccountPtr boundAs(const DeviceId &device) const;
    /// The account that `name` names on a command line (findNamed), not in the bin.
    /// Errors: NoSuchAccount, AmbiguousName.
    [[nodiscard]] Result<AccountPtr> findByName(const QString &name) const;
    /// All that are not in the bin and whose `issuer:account` contains `part`, case-blind.
    [[nodiscard]] std::vector<AccountPtr> matching(const QString &part) const;
    /// Accounts bound to this application at this server.
    [[nodiscard]] std::vector<AccountPtr> boundTo(std::string_view api,
                                                  std::string_view appId) const;

    /// Adds at the end of the own order. Errors: AccountExists for a used id, VaultFull.
    [[nodiscard]] Result<void> add(Account account);
    /// Puts an account in at its own `order`, as a page holds it. Errors: AccountExists, VaultFull.
    [[nodiscard]] Result<void> restore(Account account);
    /// Puts `account` in the place of the one with its id. Errors: NoSuchAccount.
    [[nodiscard]] Result<void> replace(Account account);
    /// Errors: NoSuchAccount.
    [[nodiscard]] Result<void> remove(const AccountId &id);

private:
    struct Data;

    /// What may be changed: its own copy, where another set shares it.
    [[nodiscard]] Data &changing();

    std::shared_ptr<Data> m_data; ///< null for none; changed only while nobody shares it
};

/// Those of `accounts` whose `issuer:account` contains `part`, case-blind.
[[nodiscard]] std::vector<AccountPtr> matching(const std::vector<AccountPtr> &accounts,
                                               const QString &part);
/// The one of `accounts` that `name` names on a command line: an id, else `issuer:account`, else a
/// part of that which fits one only (contracts.md 2). Errors: NoSuchAccount, AmbiguousName.
[[nodiscard]] Result<AccountPtr> findNamed(const std::vector<AccountPtr> &accounts,
                                           const QString &name);

} // namespace hufu
