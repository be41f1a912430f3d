#pragma once

#include "core/account/account_set.h"

#include <QAbstractListModel>

#include <map>
#include <optional>
#include <set>

namespace hufu {

/// What a row shows at one second. Texts are plain.
struct AccountRow
{
    AccountPtr account;
    QString title; ///< issuer, or the account's name where there is no issuer
    QString name;  ///< account; empty if that is the title
    QString code;  ///< empty if there is none (yet)
    QString next;  ///< the code after this one; only in the last 5 s
    int secondsLeft = 0;
    int period = 0;                 ///< 0 for HOTP and for types without codes
    std::optional<quint64> counter; ///< HOTP: of the code that is shown
    bool isHotp = false;
    bool isSupported = true; ///< false for types that this version only keeps
    bool isReplaced = false; ///< by another key that has not worked yet
    bool copied = false;
    bool resting = false; ///< HOTP: "next" was pressed less than 2 s ago
};

/// The accounts of a vault that are not in the bin, favourites first, then in their own order, and
/// filtered by what is typed into the search field. GUI thread.
class AccountListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// Codes are made for the moment of setNow(), which comes first.
    void setAccounts(const AccountSet &accounts);
    /// Case-blind; a part of "issuer account". Words may stand in any order.
    void setFilter(const QString &filter);
    [[nodiscard]] const QString &filter() const { return m_filter; }
    void setNow(std::chrono::sys_seconds now);
    /// Whole seconds by which the codes of some accounts are ahead of setNow(); the others have
    /// none.
    using Offsets = std::map<AccountId, std::chrono::seconds>;
    void setOffsets(const Offsets &offsets);
    /// The time that the codes of `account` are made for.
    [[nodiscard]] std::chrono::sys_seconds timeFor(const Account &account) const;
    [[nodiscard]] bool hasAccounts() const { return !m_all.empty(); }

    /// Shows a counter's code, which is committed, until another replaces it.
    void showCounterCode(const AccountId &id, quint64 counter, const QString &code);
    /// Marks the row of `id`; nothing to mark none.
    void setCopied(const std::optional<AccountId> &id);
    void setResting(const AccountId &id, bool resting);

    /// `row` is 0 to rowCount() - 1.
    [[nodiscard]] AccountRow at(int row) const;
    [[nodiscard]] AccountPtr accountAt(int row) const;
    /// -1 if it is not shown.
    [[nodiscard]] int rowOf(const AccountId &id) const;
    /// The last favourite with others below it; -1 if there is no such border.
    [[nodiscard]] int lastFavourite() const { return m_lastFavourite; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct CounterCode
    {
        quint64 counter = 0;
        QString code;
    };

    void rebuild();
    [[nodiscard]] Result<OneTimeCode> codeOf(const Account &account) const;
    void rowChanged(const AccountId &id);
    [[nodiscard]] bool matches(const Account &account) const;

    std::vector<AccountPtr> m_all;   ///< not in the bin, in the order of the list
    std::vector<AccountPtr> m_shown; ///< those of m_all that the filter lets through
    QString m_filter;
    std::chrono::sys_seconds m_now;
    Offsets m_offsets;
    /// The last code of each shown account, since a row is asked for several times a second.
    mutable std::map<AccountId, OneTimeCode> m_codes;
    std::map<AccountId, CounterCode> m_counterCodes;
    std::set<AccountId> m_replaced; ///< by others that have not worked yet
    std::optional<AccountId> m_copied;
    std::optional<AccountId> m_resting;
    int m_lastFavourite = -1;
};

} // namespace hufu
