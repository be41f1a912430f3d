#include "core/vault/page_placement.h"

#include <algorithm>
#include <map>

namespace hufu {
namespace {

/// What is to happen to accounts that lie on pages.
struct Changes
{
    std::vector<const Account *> gone;    ///< in the order of the pointers
    std::map<AccountId, AccountPtr> come; ///< what has not found its page yet

    [[nodiscard]] bool takesOff(const PlacedAccount &placed) const
    {
        return std::ranges::binary_search(gone, placed.account.get(), std::less<>());
    }
};

class Planner
{
public:
    explicit Planner(const EntrySizes &sizes)
        : m_sizes(sizes)
    {
    }

    /// Keeps `page`, or plans it anew without what left it and with what came in its place.
    Result<void> carryOver(const StoredPagePtr &page, Changes &changes);
    void place(PageRecords added);

    std::vector<PlannedPage> take() { return std::move(m_pages); }

private:
    [[nodiscard]] static const PageRecords &recordsOf(const PlannedPage &page)
    {
        return page.kept ? page.kept->records : page.records;
    }
    [[nodiscard]] static bool fits(std::size_t recordBytes, std::size_t limit)
    {
        return pageTextSize(recordBytes) <= limit;
    }
    static void add(PlannedPage &page, const PageRecords &records);
    void mergeSmallPage();
    void placeInBulk(PageRecords added);

    EntrySizes m_sizes;
    std::vector<PlannedPage> m_pages;
    std::vector<std::size_t> m_bytes; ///< of the records of each page
};

Result<void> Planner::carryOver(const StoredPagePtr &page, Changes &changes)
{
    const std::vector<PlacedAccount> &accounts = page->records.accounts;
    if (!page->records.mustSettle() &&
        std::ranges::none_of(accounts, [&](const auto &old) { return changes.takesOff(old); })) {
        m_bytes.push_back(page->records.size());
        m_pages.push_back({page, {}});
        return {};
    }
    PageRecords records;
    records.accounts.reserve(accounts.size());
    for (const PlacedAccount &old : accounts) {
        if (!changes.takesOff(old)) {
            records.accounts.push_back(old);
        } else if (const auto next = changes.come.extract(old.account->id)) {
            Result<PlacedAccount> replaced = placed(next.mapped());
            if (!replaced)
                return tl::unexpected(replaced.error());
            records.accounts.push_back(std::move(*replaced));
        }
    }
    records.others = page->records.others;
    if (const Result<void> settled = records.settle(); !settled)
        return settled;
    if (records.empty())
        return {};
    m_bytes.push_back(records.size());
    m_pages.push_back({nullptr, std::move(records)});
    return {};
}

void Planner::place(PageRecords added)
{
    if (added.empty())
        return;
    const std::size_t bytes = added.size();
    const bool hasSmall = !m_pages.empty() && fits(m_bytes.back(), m_sizes.smallPage);
    if (hasSmall && fits(m_bytes.back() + bytes, m_sizes.smallPage)) {
        add(m_pages.back(), added);
        m_bytes.back() += bytes;
    } else if (fits(bytes, m_sizes.smallPage)) {
        if (hasSmall)
            mergeSmallPage();
        m_bytes.push_back(bytes);
        m_pages.push_back({nullptr, std::move(added)});
    } else {
        placeInBulk(std::move(added));
    }
}

void Planner::add(PlannedPage &page, const PageRecords &records)
{
    if (page.kept)
        page.records = std::exchange(page.kept, nullptr)->records;
    page.records.append(records);
}

/// Puts the small page into the last page that has room for all of it. Where none has, it stays:
/// it is then the first of the large pages to fill.
void Planner::mergeSmallPage()
{
    const std::size_t small = m_pages.size() - 1;
    for (std::size_t i = small; i-- > 0;) {
        if (!fits(m_bytes[i] + m_bytes[small], m_sizes.largePage))
            continue;
        add(m_pages[i], recordsOf(m_pages[small]));
        m_bytes[i] += m_bytes[small];
        m_pages.pop_back();
        m_bytes.pop_back();
        return;
    }
}

void Planner::placeInBulk(PageRecords added)
{
    PageRecords current;
    current.others = std::move(added.others);
    std::size_t bytes = current.size();
    if (!m_pages.empty() && fits(m_bytes.back() + bytes, m_sizes.largePage)) {
        current.append(recordsOf(m_pages.back()));
        bytes += m_bytes.back();
        m_pages.pop_back();
        m_bytes.pop_back();
    }
    const auto finishPage = [&] {
        m_bytes.push_back(std::exchange(bytes, 0));
        m_pages.push_back({nullptr, std::exchange(current, {})});
    };
    for (PlacedAccount &account : added.accounts) {
        if (!current.empty() && !fits(bytes + account.size, m_sizes.largePage))
            finishPage();
        bytes += account.size;
        current.accounts.push_back(std::move(account));
    }
    finishPage();
}

} // namespace

Result<std::vector<PlannedPage>> planPages(const VaultContents &before, const AccountSet &wanted,
                                           const EntrySizes &sizes)
{
    const AccountSet::Difference difference = before.accounts.differenceTo(wanted);
    Changes changes;
    for (const AccountPtr &account : difference.gone)
        changes.gone.push_back(account.get());
    std::ranges::sort(changes.gone, std::less<>());
    for (const AccountPtr &account : difference.come)
        changes.come.emplace(account->id, account);

    Planner planner(sizes);
    for (const StoredPagePtr &page : before.pages) {
        if (const Result<void> carried = planner.carryOver(page, changes); !carried)
            return tl::unexpected(carried.error());
    }
    PageRecords added;
    for (const AccountPtr &account : difference.come) {
        if (!changes.come.contains(account->id))
            continue;
        Result<PlacedAccount> fresh = placed(account);
        if (!fresh)
            return tl::unexpected(fresh.error());
        added.accounts.push_back(std::move(*fresh));
    }
    if (before.pages.empty()) {
        Result<OtherRecordPtr> settings = makeVaultSettingsRecord();
        if (!settings)
            return tl::unexpected(settings.error());
        added.others.push_back(std::move(*settings));
    }
    planner.place(std::move(added));
    return planner.take();
}

} // namespace hufu
