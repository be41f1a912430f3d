// From a binding to an account that has worked: a code that holds the key or the address of one,
// the offer, the first code that the page asks for, and the server's first answer (protocol.md B1).

#include "core/account/adding.h"
#include "core/account/proven_binding.h"
#include "core/base/logging.h"
#include "core/login/provider.h"
#include "ui/account_list_view.h"
#include "ui/bind_sheet.h"
#include "ui/binding_fetch_sheet.h"
#include "ui/desk.h"
#include "ui/error_text.h"
#include "ui/first_code_sheet.h"
#include "ui/main_window.h"

namespace hufu {

/// The server gives the key once: so it is asked only when the key can be stored.
void Desk::fetch(const ReadingPtr &reading)
{
    if (m_tools.vault.state() == Vault::State::OlderState)
        return say(ErrorText::of(Errc::VaultOlderState));
    if (wantsFirstPassword())
        return askFirstPassword();
    const auto &address = std::get<BindingAddress>(reading->payload);
    auto *sheet = new BindingFetchSheet(provider().fetch(address), reading->origin, address.host);
    connect(sheet, &BindingFetchSheet::fetched, this,
            [this, sheet, channel = reading->channel, host = address.host] {
                auto offer = std::make_shared<Reading>();
                offer->payload = sheet->fetch().takeUri();
                offer->origin = tr("Sent by %1").arg(host);
                offer->channel = channel;
                review(offer); // takes the sheet's place
            });
    connect(sheet, &BindingFetchSheet::scanRequested, this,
            [this, channel = reading->channel] { scanAgain(channel); });
    open(sheet);
}

void Desk::review(const ReadingPtr &reading)
{
    if (wantsFirstPassword())
        return askFirstPassword();
    auto *sheet = new BindSheet(std::move(std::get<KeyUri>(reading->payload)), reading->origin,
                                m_tools.vault.accounts(), m_tools.clock);
    if (sheet->uri().binding)
        sheet->setCodeOffset(m_tools.serverClocks->codeOffset(sheet->uri().binding->api));
    connect(sheet, &BindSheet::addRequested, this, [this, sheet] { store(sheet); });
    connect(sheet, &BindSheet::showRequested, this, [this, sheet](const AccountId &id) {
        sheet->accept();
        m_window->list().setCurrent(id);
        m_window->activateWindow();
    });
    open(sheet);
}

void Desk::store(BindSheet *sheet)
{
    sheet->setStoring();
    Result<KeyUri> uri = sheet->uri().copy();
    if (!uri)
        return sheet->showFailure(uri.error());
    const auto shared = std::make_shared<const KeyUri>(std::move(*uri));
    const auto added = std::make_shared<AccountPtr>();
    m_tools.vault.commit(
        [shared, added, choice = sheet->choice(),
         clock = &m_tools.clock](AccountSet &accounts) -> Result<void> {
            Result<KeyUri> again = shared->copy();
            if (!again)
                return tl::unexpected(again.error());
            const auto now = clock->second();
            const Result<AccountId> id = addFromUri(accounts, std::move(*again), choice, now);
            if (!id)
                return tl::unexpected(id.error());
            *added = accounts.find(*id);
            return {};
        },
        this,
        [this, added, guard = QPointer<BindSheet>(sheet)](Result<void> answer) {
            if (!answer) {
                if (guard)
                    guard->showFailure(answer.error(), keptIn());
                else
                    showFailure(answer.error());
                return;
            }
            const AccountPtr account = std::exchange(*added, nullptr);
            note({ActivityEvent::ofNew(*account)});
            if (guard)
                guard->accept();
            if (isHidden())
                return;
            refresh();
            m_window->list().setCurrent(account->id);
            if (account->binding && isTimeBased(account->parameters.type))
                showFirstCode(account);
            else
                m_window->activateWindow();
        });
}

/// The page wants one code before it turns the binding on (protocol.md B1).
void Desk::showFirstCode(const AccountPtr &account)
{
    auto *sheet = new FirstCodeSheet(account, m_tools.clock);
    sheet->setCodeOffset(m_tools.serverClocks->codeOffset(*account));
    connect(sheet, &FirstCodeSheet::copyRequested, this,
            [this, id = account->id](const QString &code) {
                m_clipboard.copy(code);
                markCopied(id);
            });
    open(sheet);
}

/// The first answer of a server proves a new binding. Nothing else waits for it, so a vault that
/// cannot be written now only leaves the proof to the next answer.
void Desk::settleBinding(const AccountPtr &account)
{
    const auto now = m_tools.clock.second();
    const std::optional<AccountId> replaced = account->binding->replaces;
    const AccountPtr old = replaced ? m_tools.vault.accounts().find(*replaced) : nullptr;
    const auto isFirst = std::make_shared<bool>(false);
    m_tools.vault.commit(
        [id = account->id, now, isFirst](AccountSet &accounts) {
            const AccountPtr present = accounts.find(id);
            *isFirst = present && isUnproven(*present);
            return hufu::settleBinding(accounts, id, now);
        },
        this,
        [this, old, isFirst, id = account->id](const Result<void> &settled) {
            if (!settled) {
                qCWarning(logUi) << "binding:" << errcName(settled.error().code);
                return;
            }
            if (*isFirst && old && !old->deleted)
                note({ActivityEvent::of(ActivityEvent::Kind::AccountBinned, *old)});
            auto *sheet = qobject_cast<FirstCodeSheet *>(m_sheet.data());
            const AccountPtr present = m_tools.vault.accounts().find(id);
            if (present && sheet && sheet->account() == id)
                sheet->setWorked(present);
        });
}

/// Its server has answered a new key for the first time. One that comes while nothing can be stored
/// comes again.
void Desk::followFirstAnswer(const DeviceId &device)
{
    if (isHidden() || m_tools.vault.state() != Vault::State::Open)
        return;
    const AccountPtr account = m_tools.vault.accounts().boundAs(device);
    if (account && !account->deleted && isUnproven(*account))
        settleBinding(account);
}

} // namespace hufu
