#pragma once

#include "core/account/account_set.h"

#include <unordered_map>

namespace hufu {

/// What adding an account would meet (experience.md, moment 1; protocol.md B1).
struct AddConflict
{
    enum class Kind { None, SameAccount, SameName, SameBinding };

    Kind kind = Kind::None;
    AccountPtr existing;
};

/// SameAccount: same name and secret (and binding), nothing to do. SameBinding: same (api, appid,
/// uid) with another secret. SameName: same issuer and account name with another secret.
[[nodiscard]] AddConflict conflictOf(const KeyUri &uri, const AccountSet &accounts);

/// What to do about a conflict.
enum class AddChoice { KeepBoth, Replace };

/// Adds the account of `uri`. With KeepBoth a taken name gets the next free number ("Northgate 2").
/// With Replace the binding remembers the old account, which stays until the new one has worked
/// once; a plain account replaces at once. Errors: AccountExists when it is there already,
/// VaultFull.
[[nodiscard]] Result<AccountId> addFromUri(AccountSet &accounts, KeyUri &&uri, AddChoice choice,
                                           std::chrono::sys_seconds now);

/// The same for many key URIs and one set: it knows by hash what is there, so that the last of
/// thousands costs as much as the first. Nobody else changes the set meanwhile. One thread.
class AccountAdder
{
public:
    explicit AccountAdder(AccountSet &accounts);

    /// As hufu::conflictOf.
    [[nodiscard]] AddConflict conflictOf(const KeyUri &uri) const;
    /// As hufu::addFromUri.
    [[nodiscard]] Result<AccountId> add(KeyUri &&uri, AddChoice choice,
                                        std::chrono::sys_seconds now);

private:
    using Trait = std::size_t; ///< hash of a key, of a name, or of a binding

    void learn(const AccountPtr &account);
    /// Accounts that may have one of the traits, those with the first one first.
    [[nodiscard]] std::vector<AccountPtr> having(std::initializer_list<Trait> traits) const;

    AccountSet &m_accounts;
    std::unordered_map<Trait, std::vector<AccountId>> m_byTrait;
};

} // namespace hufu
