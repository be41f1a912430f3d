#pragma once

#include "core/account/adding.h"
#include "core/base/clock.h"
#include "core/otp/code_ticker.h"
#include "ui/error_text.h"
#include "ui/sheet.h"

namespace hufu {

class Button;
class Choice;
class CodeBox;

/// "Add account": what a key URI would add, before anything is stored (look.md 4, bind.png).
///
/// It decides nothing: addRequested() asks for the account, showRequested() for the one that is
/// there already. Closed by whoever opened it, or by Cancel.
class BindSheet : public Sheet
{
    Q_OBJECT

public:
    /// @param origin  where it was read, such as "Read from screen 1"
    /// @param accounts  what is there already
    BindSheet(KeyUri uri, const QString &origin, const AccountSet &accounts, const Clock &clock,
              QWidget *parent = nullptr);
    ~BindSheet() override;

    [[nodiscard]] const KeyUri &uri() const { return m_uri; }
    [[nodiscard]] AddChoice choice() const;
    [[nodiscard]] const AddConflict &conflict() const { return m_conflict; }

    /// Shows the code of so much later: the server's clock is used, and it is ahead by that.
    void setCodeOffset(std::chrono::seconds offset);

    /// While the account is being stored nothing can be pressed.
    void setStoring();
    /// Storing failed: says why, and lets the person try again.
    void showFailure(const Error &error, KeptIn keptIn = KeptIn::Keychain);

signals:
    void addRequested();
    void showRequested(const AccountId &id);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build(const QString &origin);
    [[nodiscard]] QWidget *makeDetails() const;
    void addNotes(QVBoxLayout *column);
    void addButtons();
    void press();
    void tick(std::chrono::sys_seconds second);

    KeyUri m_uri;
    AddConflict m_conflict;
    AccountSet m_accounts;
    CodeTicker m_ticker;
    std::chrono::seconds m_codeOffset{};
    Choice *m_replace = nullptr;
    QVBoxLayout *m_column = nullptr;
    QWidget *m_failure = nullptr;
    CodeBox *m_code = nullptr;
    Button *m_add = nullptr;
    Button *m_cancel = nullptr;
};

} // namespace hufu
