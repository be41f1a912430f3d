#include "core/account/id_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace hufu {
namespace {

constexpr std::size_t fewestPlaces = 16;

} // namespace

const Account *IdTable::find(const AccountId &id) const
{
    return m_places.empty() ? nullptr : m_places[placeOf(id)];
}

void IdTable::insert(const Account &account)
{
    reserve(m_size + 1);
    m_places[placeOf(account.id)] = &account;
    ++m_size;
}

// What stands behind the gap moves up, unless that would be in front of its home.
void IdTable::erase(const AccountId &id)
{
    std::size_t gap = placeOf(id);
    for (std::size_t next = after(gap); m_places[next] != nullptr; next = after(next)) {
        const std::size_t mask = m_places.size() - 1;
        const std::size_t fromHome = (next - homeOf(m_places[next]->id)) & mask;
        if (fromHome >= ((next - gap) & mask))
            m_places[std::exchange(gap, next)] = m_places[next];
    }
    m_places[gap] = nullptr;
    --m_size;
}

void IdTable::reserve(std::size_t accounts)
{
    const std::size_t wanted = std::max(fewestPlaces, std::bit_ceil(accounts + accounts / 2));
    if (wanted <= m_places.size())
        return;
    const std::vector<const Account *> before =
        std::exchange(m_places, std::vector<const Account *>(wanted));
    for (const Account *account : before) {
        if (account != nullptr)
            m_places[placeOf(account->id)] = account;
    }
}

std::size_t IdTable::placeOf(const AccountId &id) const
{
    std::size_t place = homeOf(id);
    while (m_places[place] != nullptr && m_places[place]->id != id)
        place = after(place);
    return place;
}

std::size_t IdTable::homeOf(const AccountId &id) const
{
    std::size_t hash = 0; // ids are random, so their first bytes do
    std::memcpy(&hash, id.data(), sizeof hash);
    return hash & (m_places.size() - 1);
}

std::size_t IdTable::after(std::size_t place) const
{
    return (place + 1) & (m_places.size() - 1);
}

} // namespace hufu
