#pragma once

#include "core/account/account_set.h"
#include "core/otp/code_ticker.h"
#include "ui/sheet.h"

#include <QTimer>

namespace hufu {

class Button;
class CodeBox;
class Text;

/// The last step of a binding: the page wants one code before it turns the account on
/// (protocol.md B1). Shows that code large, offers to copy it, and says when the server is seen to
/// have taken it. Enter copies; closed by Done.
class FirstCodeSheet : public Sheet
{
    Q_OBJECT

public:
    /// @param account  bound just now, with codes by the clock
    FirstCodeSheet(const AccountPtr &account, const Clock &clock, QWidget *parent = nullptr);
    ~FirstCodeSheet() override;

    [[nodiscard]] const AccountId &account() const { return m_account->id; }
    /// Shows the code of so much later: the server's clock is used, and it is ahead by that.
    void setCodeOffset(std::chrono::seconds offset);
    /// The server has answered the new key. `present` is the account as it is now: what was before
    /// must not live on in here with its secret.
    void setWorked(const AccountPtr &present);

signals:
    void copyRequested(const QString &code);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void copy();
    void tick(std::chrono::sys_seconds second);

    AccountPtr m_account;
    CodeTicker m_ticker;
    std::chrono::seconds m_codeOffset{};
    QString m_shown;
    QTimer m_uncopy;
    CodeBox *m_code = nullptr;
    Text *m_task = nullptr;
    Text *m_note = nullptr;
    Button *m_copy = nullptr;
};

} // namespace hufu
