#include "core/vault/page_placement.h"

#include <cstring>
#include <unordered_map>

namespace hufu {
namespace {

struct IdHash
{
    std::size_t operator()(const AccountId &id) const
    {
        std::size_t hash = 0; // ids are random, so their first bytes do
        std::memcpy(&hash, id.data(), sizeof hash);
        return hash;
    }
};
using Wanted = std::unordered_map<AccountId, AccountPtr, IdHash>;

class Planner
{
public:
    explicit Planner(const EntrySizes &sizes)
        : m_sizes(sizes)
    {
    }

    /// Keeps `page` or plans it anew without what left it; takes out of `wanted` what it holds.
    Result<void> carryOver(const StoredPagePtr &page, Wanted &wanted);
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

Result<void> Planner::carryOver(const StoredPagePtr &page, Wanted &wanted)
{
    PageRecords records;
    bool changed = page->records.mustSettle();
    records.accounts.reserve(page->records.accounts.size());
    for (const PlacedAccount &old : page->records.accounts) {
        const auto found = wanted.find(old.account->id);
        if (found == wanted.end()) {
            changed = true;
            continue;
        }
        if (found->second == old.account) {
            records.accounts.push_back(old);
        } else {
            changed = true;
            Result<PlacedAccount> replaced = placed(found->second);
            if (!replaced)
                return tl::unexpected(replaced.error());
            records.accounts.push_back(std::move(*replaced));
        }
        wanted.erase(found);
    }
    records.others = page->records.others;
    if (const Result<void> settled = records.settle(); !settled)
        return settled;
    if (changed && records.empty())
        return {};
    m_bytes.push_back(records.size());
    m_pages.push_back(changed ? PlannedPage{nullptr, std::move(records)} : PlannedPage{page, {}});
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

Result<std::vector<PlannedPage>> planPages(const std::vector<StoredPagePtr> &pages,
                                           const AccountSet &wanted, const EntrySizes &sizes)
{
    Wanted open;
    open.reserve(wanted.size());
    for (const AccountPtr &account : wanted.all())
        open.emplace(account->id, account);

    Planner planner(sizes);
    for (const StoredPagePtr &page : pages) {
        if (const Result<void> carried = planner.carryOver(page, open); !carried)
            return tl::unexpected(carried.error());
    }
    PageRecords added;
    for (const AccountPtr &account : wanted.all()) {
        if (!open.contains(account->id))
            continue;
        Result<PlacedAccount> fresh = placed(account);
        if (!fresh)
            return tl::unexpected(fresh.error());
        added.accounts.push_back(std::move(*fresh));
    }
    if (pages.empty()) {
        Result<OtherRecordPtr> settings = makeVaultSettingsRecord();
        if (!settings)
            return tl::unexpected(settings.error());
        added.others.push_back(std::move(*settings));
    }
    planner.place(std::move(added));
    return planner.take();
}

} // namespace hufu
