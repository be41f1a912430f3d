#pragma once

#include "core/account/adding.h"
#include "core/payload/migration.h"
#include "ui/error_text.h"
#include "ui/sheet.h"

#include <set>

class QHBoxLayout;

namespace hufu {

class Button;
class ImportRow;

/// An export of another authenticator, which may come in several codes: which of them were read,
/// the accounts that they hold with a check mark each, what cannot be imported and why, and what is
/// here already (formats.md 2). It decides nothing. Closed by whoever opened it, or by Cancel.
class ImportSheet : public Sheet
{
    Q_OBJECT

public:
    explicit ImportSheet(QWidget *parent = nullptr);
    ~ImportSheet() override;

    /// Takes the codes that one scan found, at least one, and shows all that was read so far.
    /// What belongs to another export is offered instead, and what is here is kept.
    /// @param accounts  what is there already
    void take(std::vector<MigrationPart> parts, const AccountSet &accounts);
    [[nodiscard]] const MigrationCollection &codes() const { return m_codes; }

    /// Why the last scan brought no code.
    void say(const Explanation &words);
    /// The accounts to add. Errors: SecretMemoryFull.
    [[nodiscard]] Result<std::vector<KeyUri>> chosen() const;
    /// While the accounts are being stored nothing can be pressed.
    void setStoring();
    void showFailure(const Error &error, KeptIn keptIn = KeptIn::Keychain);

signals:
    /// The next code is to be looked for.
    void screenRequested();
    void cameraRequested();
    void pictureRequested();
    void pasteRequested();
    void addRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// An account's place: index of its code, and its number there.
    using Place = std::pair<int, std::size_t>;

    void build();
    void addHeadline(QVBoxLayout *column);
    void addScanButtons(QVBoxLayout *column);
    void addNotice(QVBoxLayout *column);
    void addAccounts(QVBoxLayout *column);
    void addRefused(QVBoxLayout *column);
    void addButtons();
    void useOther();
    void countChosen();

    MigrationCollection m_codes;
    std::vector<MigrationPart> m_other; ///< of another export than m_codes
    AccountSet m_accounts;
    std::set<Place> m_unticked; ///< by the person
    std::vector<std::pair<Place, ImportRow *>> m_rows;
    Explanation m_said;
    bool m_isFailure = false; ///< m_said is about storing
    bool m_isStoring = false;
    Button *m_screen = nullptr; ///< null when all codes were read
    Button *m_add = nullptr;
    Button *m_cancel = nullptr;
};

} // namespace hufu
