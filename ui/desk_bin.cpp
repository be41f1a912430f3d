// Deleted accounts: into the bin, back out of it, and out of the world.

#include "core/account/bin.h"
#include "core/base/logging.h"
#include "ui/account_list_view.h"
#include "ui/bin_sheet.h"
#include "ui/desk.h"
#include "ui/main_window.h"

#include <algorithm>

namespace hufu {

void Desk::moveToBin(const AccountId &id)
{
    const AccountPtr account = m_tools.vault.accounts().find(id);
    if (!account)
        return;
    const QString name = account->issuer.isEmpty() ? account->account : account->issuer;
    // Known from now on: the list can show it gone before the vault's answer is here, and whoever
    // undoes at once means this one. Its restoring waits behind its deletion.
    std::erase(m_deleted, id);
    m_deleted.push_back(id);
    m_tools.vault.commit(
        [id, now = m_tools.clock.second()](AccountSet &accounts) {
            return hufu::moveToBin(accounts, id, now);
        },
        this,
        [this, id, name, account](const Result<void> &answer) {
            if (!answer) {
                std::erase(m_deleted, id);
                return showFailure(answer.error());
            }
            note({ActivityEvent::of(ActivityEvent::Kind::AccountBinned, *account)});
            const bool isUndone = std::ranges::find(m_deleted, id) == m_deleted.end();
            if (!isHidden() && !isUndone)
                m_window->toast().offerUndo(tr("%1 deleted").arg(name),
                                            [this, id] { restore(id); });
        });
}

void Desk::restore(const AccountId &id)
{
    std::erase(m_deleted, id);
    const AccountPtr account = m_tools.vault.accounts().find(id);
    m_tools.vault.commit(
        [id, now = m_tools.clock.second()](AccountSet &accounts) {
            return takeOutOfBin(accounts, id, now);
        },
        this,
        [this, id, account](const Result<void> &answer) {
            if (!answer)
                return showFailure(answer.error());
            if (account)
                note({ActivityEvent::of(ActivityEvent::Kind::AccountRestored, *account)});
            if (!isHidden())
                m_window->list().setCurrent(id);
        });
}

/// The toast offers to undo for 10 s; Ctrl+Z does it for as long as Hufu is not locked.
void Desk::undoDeletion()
{
    if (m_deleted.empty())
        return;
    m_window->toast().dismiss();
    restore(m_deleted.back());
}

void Desk::openBin()
{
    auto *sheet = new BinSheet;
    sheet->setAccounts(m_tools.vault.accounts(), m_tools.clock.second());
    connect(sheet, &BinSheet::restoreRequested, this, &Desk::restore);
    connect(sheet, &BinSheet::deleteRequested, this, [this](const AccountId &id) {
        std::erase(m_deleted, id);
        // Only its names: an account that is deleted for ever must not live on in here.
        std::vector<ActivityEvent> events;
        if (const AccountPtr account = m_tools.vault.accounts().find(id))
            events = {ActivityEvent::of(ActivityEvent::Kind::AccountDeleted, *account)};
        m_tools.vault.commit([id](AccountSet &accounts) { return deleteForEver(accounts, id); },
                             this,
                             [this, events](const Result<void> &answer) {
                                 if (!answer)
                                     showFailure(answer.error());
                                 else
                                     note(events);
                             });
    });
    open(sheet);
}

/// What was to go while Hufu was not running goes now. Where that cannot be written it is tried at
/// the next start.
void Desk::purgeOnce()
{
    if (m_tools.vault.state() != Vault::State::Open || std::exchange(m_hasPurged, true))
        return;
    const std::vector<AccountPtr> &all = m_tools.vault.accounts().all();
    const bool isDue =
        std::ranges::any_of(all, [now = m_tools.clock.second()](const AccountPtr &one) {
            return isExpired(*one, now);
        });
    if (!isDue)
        return;
    // Every commit purges, also one that changes nothing itself.
    m_tools.vault.commit([](AccountSet &) { return Result<void>(); }, this,
                         [](const Result<void> &answer) {
                             if (!answer)
                                 qCWarning(logUi)
                                     << "bin not purged:" << errcName(answer.error().code);
                         });
}

} // namespace hufu
