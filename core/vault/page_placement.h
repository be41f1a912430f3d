#pragma once

#include "core/vault/entry_sizes.h"
#include "core/vault/vault_contents.h"

namespace hufu {

/// A page of the next generation: one that stays as it is, or records for a new one.
struct PlannedPage
{
    StoredPagePtr kept;  ///< null for a new page
    PageRecords records; ///< of a new page
};

/// The pages of the next generation, for the change from the accounts on `pages` to `wanted`.
/// Pages that hold nothing changed are kept. A new account goes to the small page, which is the
/// last one; a full one is merged into the last large page that has room; many at once fill large
/// pages. Not part of the format. Errors: as encodeAccount.
[[nodiscard]] Result<std::vector<PlannedPage>> planPages(const std::vector<StoredPagePtr> &pages,
                                                         const AccountSet &wanted,
                                                         const EntrySizes &sizes);

} // namespace hufu
