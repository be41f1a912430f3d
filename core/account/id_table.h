#pragma once

#include "core/account/account.h"

#include <vector>

namespace hufu {

/// Accounts by id, borrowed: an open-addressed table of pointers. 10,000 nodes of a map would take
/// more memory than the accounts' names, and a set that changes copies its table. One thread at a
/// time.
class IdTable
{
public:
    /// Null if there is none.
    [[nodiscard]] const Account *find(const AccountId &id) const;
    /// `account` lives as long as it is in here; its id is not in here yet.
    void insert(const Account &account);
    /// `id` is in here.
    void erase(const AccountId &id);
    /// Makes room for so many accounts at once.
    void reserve(std::size_t accounts);

private:
    /// Where `id` stands, or the free place where it would.
    [[nodiscard]] std::size_t placeOf(const AccountId &id) const;
    [[nodiscard]] std::size_t homeOf(const AccountId &id) const;
    [[nodiscard]] std::size_t after(std::size_t place) const;

    std::vector<const Account *> m_places; ///< a power of two of them, at most two thirds taken
    std::size_t m_size = 0;
};

} // namespace hufu
