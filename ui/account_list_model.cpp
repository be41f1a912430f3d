#include "ui/account_list_model.h"

#include "ui/tabular_digits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr int lastSeconds = 5;

} // namespace

void AccountListModel::setAccounts(const AccountSet &accounts)
{
    m_all.clear();
    m_codes.clear();
    std::ranges::copy_if(accounts.all(), std::back_inserter(m_all),
                         [](const AccountPtr &account) { return !account->deleted; });
    m_replaced.clear();
    for (const AccountPtr &account : m_all) {
        if (account->binding && account->binding->replaces)
            m_replaced.insert(*account->binding->replaces);
    }
    std::stable_partition(m_all.begin(), m_all.end(),
                          [](const AccountPtr &account) { return account->favourite; });
    // What an account no longer in the set has shown is forgotten with it.
    std::erase_if(m_counterCodes,
                  [&accounts](const auto &entry) { return accounts.find(entry.first) == nullptr; });
    rebuild();
}

void AccountListModel::setFilter(const QString &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    rebuild();
}

void AccountListModel::setNow(std::chrono::sys_seconds now)
{
    m_now = now;
}

void AccountListModel::setOffsets(const Offsets &offsets)
{
    if (offsets == m_offsets)
        return;
    m_offsets = offsets;
    if (!m_shown.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

std::chrono::sys_seconds AccountListModel::timeFor(const Account &account) const
{
    const auto offset = m_offsets.find(account.id);
    return offset == m_offsets.end() ? m_now : m_now + offset->second;
}

bool AccountListModel::matches(const Account &account) const
{
    const QString whole = account.issuer + u' ' + account.account;
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(
        words, [&whole](const QString &word) { return whole.contains(word, Qt::CaseInsensitive); });
}

void AccountListModel::rebuild()
{
    beginResetModel();
    m_shown.clear();
    std::ranges::copy_if(m_all, std::back_inserter(m_shown),
                         [this](const AccountPtr &account) { return matches(*account); });
    const auto border = std::ranges::partition_point(
        m_shown, [](const AccountPtr &account) { return account->favourite; });
    const bool isBorder = border != m_shown.begin() && border != m_shown.end();
    m_lastFavourite = isBorder ? static_cast<int>(border - m_shown.begin()) - 1 : -1;
    endResetModel();
}

void AccountListModel::rowChanged(const AccountId &id)
{
    if (const int row = rowOf(id); row >= 0)
        emit dataChanged(index(row), index(row));
}

void AccountListModel::showCounterCode(const AccountId &id, quint64 counter, const QString &code)
{
    m_counterCodes[id] = {counter, code};
    rowChanged(id);
}

void AccountListModel::setCopied(const std::optional<AccountId> &id)
{
    const std::optional<AccountId> before = std::exchange(m_copied, id);
    if (before)
        rowChanged(*before);
    if (id)
        rowChanged(*id);
}

void AccountListModel::setResting(const AccountId &id, bool resting)
{
    m_resting = resting ? std::optional(id) : std::nullopt;
    rowChanged(id);
}

AccountPtr AccountListModel::accountAt(int row) const
{
    return m_shown.at(static_cast<std::size_t>(row));
}

Result<OneTimeCode> AccountListModel::codeOf(const Account &account) const
{
    const std::chrono::sys_seconds now = timeFor(account);
    const auto known = m_codes.find(account.id);
    if (known != m_codes.end() && now >= known->second.from && now < known->second.until)
        return known->second;
    Result<OneTimeCode> code = account.codeAt(now);
    if (code)
        m_codes[account.id] = *code;
    return code;
}

AccountRow AccountListModel::at(int row) const
{
    AccountRow view;
    view.account = accountAt(row);
    const Account &account = *view.account;
    view.title = account.issuer.isEmpty() ? account.account : account.issuer;
    view.name = account.issuer.isEmpty() ? QString() : account.account;
    view.copied = m_copied == account.id;
    view.isReplaced = m_replaced.contains(account.id);
    view.isHotp = account.parameters.type == OtpType::Hotp;
    if (view.isHotp) {
        view.resting = m_resting == account.id;
        if (const auto shown = m_counterCodes.find(account.id); shown != m_counterCodes.end()) {
            view.code = shown->second.code;
            view.counter = shown->second.counter;
        }
        return view;
    }
    const Result<OneTimeCode> code = codeOf(account);
    if (!code) {
        view.isSupported = false;
        return view;
    }
    view.code = code->text;
    view.period = static_cast<int>((code->until - code->from).count());
    view.secondsLeft = static_cast<int>((code->until - timeFor(account)).count());
    if (view.secondsLeft <= lastSeconds) {
        if (const Result<OneTimeCode> next = account.codeAt(code->until))
            view.next = next->text;
    }
    return view;
}

int AccountListModel::rowOf(const AccountId &id) const
{
    const auto found = std::ranges::find_if(
        m_shown, [&id](const AccountPtr &account) { return account->id == id; });
    return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
}

int AccountListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant AccountListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const AccountRow row = at(index.row());
    if (role == Qt::DisplayRole)
        return row.title;
    QStringList parts{row.title};
    if (!row.name.isEmpty())
        parts << row.name;
    if (!row.code.isEmpty())
        parts << groupedCode(row.code);
    if (row.isReplaced)
        parts << tr("old key", "of two of one account");
    return parts.join(u", "_s);
}

} // namespace hufu
