#include "ui/desk.h"

#include "core/login/provider.h"
#include "core/vault/vault_usage.h"
#include "ui/account_list_view.h"
#include "ui/approve_sheet.h"
#include "ui/bin_sheet.h"
#include "ui/error_text.h"
#include "ui/import_sheet.h"
#include "ui/main_window.h"
#include "ui/measures.h"
#include "ui/notice_sheet.h"

#include <QApplication>
#include <QDateTime>
#include <QLocale>
#include <QSettings>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hufu {

Desk::Desk(Tools tools, QObject *parent)
    : QObject(parent)
    , m_tools(std::move(tools))
    , m_clipboard(m_tools.clock)
    , m_lock({.closeSheets = [this] { closeSheets(); },
              .clearClipboard = [this] { m_clipboard.clearOurs(); },
              .emptyWindows = [this] { emptyWindows(); },
              .dropKeys =
                  [this](QObject *context, Answer<void> answer) {
                      if (m_tools.usage)
                          m_tools.usage->flush();
                      m_tools.vault.lock(context, std::move(answer));
                  }})
    , m_idle(m_tools.clock)
    , m_lockSettings(LockSettings::read(m_tools.settingsFile))
{
    if (!m_tools.serverClocks)
        m_tools.serverClocks = std::make_shared<ServerClocks>(m_tools.clock);
    openVault();
    m_model.setNow(m_tools.clock.second());
    m_window = std::make_unique<MainWindow>(m_model, m_tools.clock);
    m_window->showOpening();
    m_uncopy.setSingleShot(true);
    m_uncopy.setInterval(1500ms);
    connect(&m_uncopy, &QTimer::timeout, this, [this] { m_model.setCopied(std::nullopt); });
    m_unrest.setSingleShot(true);
    m_unrest.setInterval(2s);
    connectWindow();
    connectClocks();
    connectLock();
    if (m_tools.activity)
        connect(m_tools.activity, &Activity::added, this, &Desk::showEvents);
    if (m_tools.usage)
        connect(m_tools.usage, &VaultUsage::setAside, this,
                [this] { note(ActivityEvent::Kind::UsageBegunAnew); });
    restoreSize();
}

Desk::~Desk()
{
    // Windows of their own, which the main window does not own.
    delete m_import;
    delete m_sheet;
    delete m_login;
}

void Desk::connectWindow()
{
    MainWindow *window = m_window.get();
    connect(&window->list(), &AccountListView::codesPainted, this, &Desk::settled,
            Qt::QueuedConnection);
    connect(
        this, &Desk::settled, this,
        [this] {
            m_isSettled = true;
            followPush();
        },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    connect(&m_tools.vault, &Vault::accountsChanged, this, &Desk::refresh);
    connect(&m_tools.vault, &Vault::stateChanged, this, &Desk::followState);
    connect(window, &MainWindow::scanScreenRequested, this, [this] { scan().scanScreens(); });
    connect(window, &MainWindow::cameraRequested, this, &Desk::openCamera);
    connect(window, &MainWindow::openPictureRequested, this, &Desk::openPicture);
    connect(window, &MainWindow::pasteRequested, this, &Desk::paste);
    connect(window, &MainWindow::dropped, this,
            [this](const QMimeData *data) { takeIncoming(*data, false); });
    connect(window, &MainWindow::copyRequested, this, &Desk::copy);
    connect(window, &MainWindow::copyNextRequested, this, &Desk::copyNext);
    connect(window, &MainWindow::nextRequested, this, &Desk::next);
    connect(window, &MainWindow::favouriteRequested, this, &Desk::toggleFavourite);
    connect(window, &MainWindow::deleteRequested, this, &Desk::moveToBin);
    connect(window, &MainWindow::undoRequested, this, &Desk::undoDeletion);
    connect(window, &MainWindow::binRequested, this, &Desk::openBin);
    connect(window, &MainWindow::activityRequested, this, &Desk::openActivity);
    connect(window, &MainWindow::unlockRequested, this, &Desk::unlockKeychain);
    connect(window, &MainWindow::retryRequested, this, &Desk::openVault);
    connect(window, &MainWindow::doctorRequested, this, &Desk::askDoctor);
    connect(window, &MainWindow::serversRequested, this, &Desk::openServersSheet);
    connect(window, &MainWindow::aboutRequested, this, &Desk::about);
    connect(window, &MainWindow::quitRequested, this, &Desk::quit);
    connect(&window->ticker(), &CodeTicker::ticked, &m_clipboard, &CodeClipboard::clearIfDue);
}

void Desk::showWindow()
{
    m_window->show();
}

void Desk::openVault()
{
    if (m_window)
        m_window->setProblemBusy(true);
    m_tools.vault.open(this, [this](Result<void> answer) { followVault(answer); });
}

void Desk::unlockKeychain()
{
    m_window->setProblemBusy(true);
    m_tools.vault.unlockKeychain(this, [this](Result<void> answer) {
        if (answer)
            openVault();
        else
            followVault(answer);
    });
}

void Desk::followVault(const Result<void> &answer)
{
    if (answer) {
        refresh();
        if (m_model.rowCount() == 0)
            emit settled();
        if (wantsFirstPassword())
            askFirstPassword();
        return;
    }
    m_model.setAccounts({});
    followClocks();
    m_window->statusLine().clear();
    const Errc code = answer.error().code;
    const bool isAboutTheKeychain = code == Errc::KeychainMissing || code == Errc::KeychainDenied ||
                                    code == Errc::KeychainLocked;
    const QSettings settings(m_tools.settingsFile, QSettings::IniFormat);
    m_window->showProblem(answer.error(), isAboutTheKeychain && !settings.contains("vault/id"),
                          keptIn());
    emit settled();
}

/// The vault can close or lock while it is shown: what another program did to it is read at once.
void Desk::followState()
{
    followLock();
    if (m_tools.vault.state() == Vault::State::Locked && !m_lock.isUnderWay())
        m_lock.hide();
    const std::optional<Error> problem = m_tools.vault.problem();
    if (m_tools.vault.state() == Vault::State::Closed && problem)
        followVault(tl::unexpected(*problem));
}

void Desk::refresh()
{
    // The set of a closed vault is empty, which must not look like a person without accounts.
    if (m_tools.vault.state() == Vault::State::Locked)
        m_window->showLocked();
    if (m_tools.vault.state() == Vault::State::Closed || isHidden())
        return followPush();
    followLock(); // another program may have set a password, or removed it
    m_model.setAccounts(m_tools.vault.accounts());
    m_window->showAccounts();
    followClocks();
    if (auto *bin = qobject_cast<BinSheet *>(m_sheet.data()))
        bin->setAccounts(m_tools.vault.accounts(), m_tools.clock.second());
    if (m_tools.vault.state() != Vault::State::OlderState) {
        m_window->statusLine().clear();
        followPush();
        sayPushHint();
        return purgeOnce();
    }
    const auto written = m_tools.vault.writtenAt().time_since_epoch().count();
    m_window->statusLine().say(
        {.tone = StatusLine::Tone::Warning,
         .icon = u"warning"_s,
         .sentence = tr("This is an older state, of %1. Nothing is stored until you go on with it.")
                         .arg(QLocale().toString(QDateTime::fromSecsSinceEpoch(written),
                                                 QLocale::ShortFormat)),
         .link = tr("Go on with it"),
         .action = [this] { acceptOlderState(); }});
}

void Desk::acceptOlderState()
{
    m_tools.vault.acceptOlderState(this, [this](const Result<void> &answer) {
        if (!answer)
            return showFailure(answer.error());
        note(ActivityEvent::Kind::OlderStateAccepted);
        refresh();
    });
}

void Desk::copy(const AccountId &id, bool andHide)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return;
    m_model.setNow(m_tools.clock.second());
    const AccountRow view = m_model.at(row);
    if (view.code.isEmpty()) {
        if (view.isHotp)
            next(id);
        return;
    }
    m_clipboard.copy(view.code);
    markCopied(id);
    if (andHide)
        m_window->showMinimized();
}

void Desk::copyNext(const AccountId &id)
{
    const AccountPtr account = m_tools.vault.accounts().find(id);
    if (!account)
        return;
    m_model.setNow(m_tools.clock.second());
    const Result<OneTimeCode> current = account->codeAt(m_model.timeFor(*account));
    if (!current)
        return showFailure(current.error());
    const Result<OneTimeCode> following = account->codeAt(current->until);
    if (!following)
        return showFailure(following.error());
    m_clipboard.copy(following->text);
    markCopied(id);
}

void Desk::markCopied(const AccountId &id)
{
    if (m_tools.usage)
        m_tools.usage->count(id);
    m_model.setCopied(id);
    m_uncopy.start();
}

void Desk::next(const AccountId &id)
{
    if (m_unrest.isActive())
        return;
    m_unrest.disconnect();
    connect(&m_unrest, &QTimer::timeout, this, [this, id] { m_model.setResting(id, false); });
    m_unrest.start();
    m_model.setResting(id, true);
    // The code belongs to the counter that the commit found, since another program may have used
    // one meanwhile; it is shown once the next counter is safe.
    auto code = std::make_shared<OneTimeCode>();
    auto used = std::make_shared<quint64>(0);
    m_tools.vault.commit(
        [id, code, used, clock = &m_tools.clock](AccountSet &accounts) -> Result<void> {
            const AccountPtr account = accounts.find(id);
            if (!account)
                return failure(Errc::NoSuchAccount);
            Result<OneTimeCode> made = codeForCounter(account->secret, account->parameters);
            if (!made)
                return tl::unexpected(made.error());
            Result<Account> changed = account->copy();
            if (!changed)
                return tl::unexpected(changed.error());
            *code = std::move(*made);
            *used = account->parameters.counter;
            ++changed->parameters.counter;
            changed->changed = clock->second();
            return accounts.replace(std::move(*changed));
        },
        this,
        [this, id, code, used](Result<void> answer) {
            if (!answer)
                return showFailure(answer.error());
            if (!isHidden())
                m_model.showCounterCode(id, *used, code->text);
        });
}

void Desk::change(const AccountId &id, std::function<void(Account &)> how,
                  std::function<void()> afterwards)
{
    m_tools.vault.commit(
        [id, how = std::move(how), clock = &m_tools.clock](AccountSet &accounts) -> Result<void> {
            const AccountPtr account = accounts.find(id);
            if (!account)
                return failure(Errc::NoSuchAccount);
            Result<Account> changed = account->copy();
            if (!changed)
                return tl::unexpected(changed.error());
            how(*changed);
            changed->changed = clock->second();
            return accounts.replace(std::move(*changed));
        },
        this,
        [this, afterwards = std::move(afterwards)](Result<void> answer) {
            if (!answer)
                showFailure(answer.error());
            else if (afterwards && !isHidden())
                afterwards();
        });
}

void Desk::toggleFavourite(const AccountId &id)
{
    const AccountPtr account = m_tools.vault.accounts().find(id);
    if (!account)
        return;
    const bool isFavourite = !account->favourite;
    change(
        id, [isFavourite](Account &changed) { changed.favourite = isFavourite; },
        [this, id] { m_window->list().setCurrent(id); });
}

KeptIn Desk::keptIn() const
{
    return m_tools.vault.storage() == Vault::Storage::File ? KeptIn::File : KeptIn::Keychain;
}

void Desk::showFailure(const Error &error)
{
    auto *sheet = new NoticeSheet(tr("Hufu"), ErrorText::of(error.code, keptIn()), std::nullopt);
    sheet->addAction(tr("Close"));
    open(sheet);
}

void Desk::quit()
{
    saveSize();
    m_clipboard.clearOurs();
    QApplication::quit();
}

void Desk::restoreSize()
{
    const QSettings settings(m_tools.settingsFile, QSettings::IniFormat);
    const QSize saved = settings.value("window/size").toSize();
    m_window->resize(saved.isValid() ? saved : QSize(px(380), px(640)));
}

void Desk::saveSize() const
{
    if (m_window->isMaximized() || m_window->isFullScreen())
        return;
    QSettings settings(m_tools.settingsFile, QSettings::IniFormat);
    settings.setValue("window/size", m_window->size());
}

} // namespace hufu
