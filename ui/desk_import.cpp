// Exports of other authenticators: what is in their codes goes into the vault in one commit.

#include "core/account/bin.h"
#include "ui/account_list_view.h"
#include "ui/desk.h"
#include "ui/import_sheet.h"
#include "ui/main_window.h"
#include "ui/toast.h"

#include <QClipboard>
#include <QGuiApplication>

namespace hufu {
namespace {

/// What is there already is passed over; a taken name gets a number. The new ones come back.
Result<std::vector<AccountId>> addAll(AccountSet &accounts, const std::vector<KeyUri> &uris,
                                      std::chrono::sys_seconds now)
{
    std::vector<AccountId> added;
    AccountAdder adder(accounts);
    for (const KeyUri &uri : uris) {
        if (adder.conflictOf(uri).kind == AddConflict::Kind::SameAccount)
            continue;
        Result<KeyUri> twin = uri.copy();
        if (!twin)
            return tl::unexpected(twin.error());
        const Result<AccountId> id = adder.add(std::move(*twin), AddChoice::KeepBoth, now);
        if (!id)
            return tl::unexpected(id.error());
        added.push_back(*id);
    }
    return added;
}

std::vector<ActivityEvent> eventsOf(ActivityEvent::Kind kind, const std::vector<AccountId> &ids,
                                    const AccountSet &accounts)
{
    std::vector<ActivityEvent> events;
    for (const AccountId &id : ids) {
        if (const AccountPtr account = accounts.find(id))
            events.push_back(ActivityEvent::of(kind, *account));
    }
    return events;
}

} // namespace

void Desk::import(const ReadingPtr &reading)
{
    if (wantsFirstPassword())
        return askFirstPassword();
    std::vector<MigrationPart> parts = std::move(reading->further);
    parts.insert(parts.begin(), std::move(std::get<MigrationPart>(reading->payload)));
    if (m_import && m_import->isVisible()) {
        m_import->take(std::move(parts), m_tools.vault.accounts());
        m_import->activateWindow();
        return;
    }
    auto *sheet = new ImportSheet;
    connect(sheet, &ImportSheet::screenRequested, this, [this] { scan().scanScreens(); });
    connect(sheet, &ImportSheet::cameraRequested, this, &Desk::openCamera);
    connect(sheet, &ImportSheet::pictureRequested, this, &Desk::openPicture);
    connect(sheet, &ImportSheet::pasteRequested, this,
            [this] { takeIncoming(*QGuiApplication::clipboard()->mimeData(), false); });
    connect(sheet, &ImportSheet::addRequested, this, [this, sheet] { storeAll(sheet); });
    sheet->take(std::move(parts), m_tools.vault.accounts());
    open(sheet);
    m_import = sheet;
}

void Desk::storeAll(ImportSheet *sheet)
{
    Result<std::vector<KeyUri>> uris = sheet->chosen();
    if (!uris)
        return sheet->showFailure(uris.error());
    sheet->setStoring();
    const auto shared = std::make_shared<const std::vector<KeyUri>>(std::move(*uris));
    const auto added = std::make_shared<std::vector<AccountId>>();
    const auto events = std::make_shared<std::vector<ActivityEvent>>();
    m_tools.vault.commit(
        [shared, added, events, clock = &m_tools.clock](AccountSet &accounts) -> Result<void> {
            const auto now = std::chrono::floor<std::chrono::seconds>(clock->now());
            Result<std::vector<AccountId>> ids = addAll(accounts, *shared, now);
            if (!ids)
                return tl::unexpected(ids.error());
            *added = std::move(*ids);
            *events = eventsOf(ActivityEvent::Kind::AccountImported, *added, accounts);
            return {};
        },
        this,
        [this, added, events, guard = QPointer<ImportSheet>(sheet)](const Result<void> &answer) {
            if (!answer) {
                if (guard)
                    guard->showFailure(answer.error(), keptIn());
                else
                    showFailure(answer.error());
                return;
            }
            note(std::move(*events));
            if (guard)
                guard->accept();
            if (isHidden())
                return;
            refresh();
            m_window->activateWindow();
            if (added->empty()) // another program had added them meanwhile
                return;
            m_window->list().setCurrent(added->front());
            m_window->toast().offerUndo(
                tr("%n account(s) added", nullptr, static_cast<int>(added->size())),
                [this, added] { takeBack(*added); });
        });
}

/// Into the bin, not out of the world: their export may be gone by now.
void Desk::takeBack(const std::vector<AccountId> &ids)
{
    const auto now = std::chrono::floor<std::chrono::seconds>(m_tools.clock.now());
    const std::vector<ActivityEvent> events =
        eventsOf(ActivityEvent::Kind::AccountBinned, ids, m_tools.vault.accounts());
    m_tools.vault.commit(
        [ids, now](AccountSet &accounts) -> Result<void> {
            for (const AccountId &id : ids) {
                if (const Result<void> moved = hufu::moveToBin(accounts, id, now); !moved)
                    return moved;
            }
            return {};
        },
        this,
        [this, events](const Result<void> &answer) {
            if (!answer)
                return showFailure(answer.error());
            note(events);
            if (!isHidden())
                refresh();
        });
}

} // namespace hufu
