#pragma once

#include "core/account/account_set.h"
#include "ui/sheet.h"

namespace hufu {

class Button;

/// "Deleted accounts": what lies in the bin and for how long, a way back, and a way out for ever
/// that asks for a name (experience.md, "Main window"). It decides nothing.
class BinSheet : public Sheet
{
    Q_OBJECT

public:
    explicit BinSheet(QWidget *parent = nullptr);

    /// Shows the bin of `accounts`.
    void setAccounts(const AccountSet &accounts, std::chrono::sys_seconds now);

signals:
    void restoreRequested(const hufu::AccountId &id);
    /// The name was typed.
    void deleteRequested(const hufu::AccountId &id);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showList();
    void showQuestion(const AccountPtr &account);
    void showNew(QWidget *focus);
    [[nodiscard]] QWidget *makeRow(const AccountPtr &account);
    [[nodiscard]] QString datesOf(const Account &account) const;

    std::vector<AccountPtr> m_accounts;
    std::chrono::sys_seconds m_now{};
    AccountPtr m_asked; ///< whose name is asked for
    Button *m_confirm = nullptr;
};

} // namespace hufu
