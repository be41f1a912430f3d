// What locks, and what unlocks. The order in which it happens is LockCourse's.

#include "ui/approve_sheet.h"
#include "ui/desk.h"
#include "ui/error_text.h"
#include "ui/lock_page.h"
#include "ui/main_window.h"
#include "ui/notice_sheet.h"
#include "ui/password_sheet.h"
#include "ui/security_sheet.h"

#include <QApplication>
#include <QDialog>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hufu {
namespace {

constexpr auto leastTimeLeft = 10s;        // for a login to come back after the unlock
constexpr auto longestUnknownLogin = 120s; // of whose time the server has not spoken yet

} // namespace

void Desk::connectLock()
{
    MainWindow *window = m_window.get();
    connect(window, &MainWindow::lockRequested, this, &Desk::lockOrOfferPassword);
    connect(window, &MainWindow::passwordRequested, this, &Desk::openPasswordSheet);
    connect(window, &MainWindow::passwordInsteadRequested, this, &Desk::askFirstPassword);
    connect(window, &MainWindow::securityRequested, this, &Desk::openSecuritySheet);
    connect(window, &MainWindow::passwordTyped, this, &Desk::unlock);
    connect(window, &MainWindow::passwordForgotten, this, &Desk::sayPasswordForgotten);
    connect(&m_lock, &LockCourse::finished, this, [this] {
        if (m_session)
            m_session->releaseSleep();
    });
    connect(&m_lock, &LockCourse::failed, this, &Desk::followLockFailure);
    connect(&m_idle, &IdleWatch::isIdle, this, &Desk::lock);
    connect(&window->ticker(), &CodeTicker::ticked, &m_idle, &IdleWatch::check);
}

bool Desk::isHidden() const
{
    return m_lock.isUnderWay() || m_lockAgain || m_tools.vault.state() == Vault::State::Locked;
}

void Desk::lock()
{
    const Vault::State state = m_tools.vault.state();
    if (m_isUnlocking)
        m_lockAgain = true;
    else if (m_tools.vault.hasPassword() &&
             (state == Vault::State::Open || state == Vault::State::OlderState))
        m_lock.begin();
}

void Desk::lockOrOfferPassword()
{
    if (m_tools.vault.hasPassword())
        lock();
    else
        openPasswordSheet();
}

/// At once, not when the event loop comes round: what they show has to be gone.
void Desk::closeSheets()
{
    if (m_scan)
        m_scan->cancel();
    keepLogin();
    // All of them, also one that was closed just now, and the choice of a picture.
    QList<QPointer<QWidget>> dialogs;
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (qobject_cast<QDialog *>(window))
            dialogs << window;
    }
    for (const QPointer<QWidget> &dialog : dialogs)
        delete dialog;
}

void Desk::emptyWindows()
{
    m_deleted.clear();
    m_uncopy.stop();
    m_model.setCopied(std::nullopt);
    m_window->showLocked(); // empties the search field, which sets the model's filter
    m_model.setAccounts({});
    m_model.setFilter({});
    followPush(); // what is announced loses its name
}

/// Who listens to what depends on whether there is something to lock.
void Desk::followLock()
{
    const Vault::State state = m_tools.vault.state();
    const bool mayLock = m_tools.vault.hasPassword() &&
                         (state == Vault::State::Open || state == Vault::State::OlderState);
    if ((mayLock || m_push) && !m_session && m_tools.makeSessionEvents) {
        m_session = m_tools.makeSessionEvents();
        connect(m_session.get(), &SessionEvents::happened, this, &Desk::followSession);
    }
    if (m_session)
        m_session->holdSleep(mayLock && m_lockSettings.onSleep);
    m_idle.setLimit(mayLock ? m_lockSettings.idle : 0min);
}

void Desk::followSession(SessionEvents::Event event)
{
    using Event = SessionEvents::Event;
    if (event == Event::Sleeping || event == Event::Woken)
        m_isAsleep = event == Event::Sleeping;
    if (event == Event::ScreenLocked || event == Event::ScreenUnlocked)
        m_isScreenLocked = event == Event::ScreenLocked;
    if (event == Event::UserSwitched || event == Event::UserReturned)
        m_isElsewhere = event == Event::UserSwitched;
    followPauses();
    switch (event) {
    case SessionEvents::Event::ScreenLocked:
    case SessionEvents::Event::SessionLocked:
    case SessionEvents::Event::UserSwitched:
        if (m_lockSettings.withScreen)
            lock();
        break;
    case SessionEvents::Event::Sleeping:
        if (m_lockSettings.onSleep)
            lock();
        if (!m_lock.isUnderWay())
            m_session->releaseSleep();
        break;
    case SessionEvents::Event::Woken:
        m_window->ticker().catchUp();
        m_idle.check();
        break;
    case SessionEvents::Event::ScreenUnlocked:
    case SessionEvents::Event::UserReturned:
        break;
    }
}

void Desk::followLockFailure(const Error &error)
{
    if (m_session)
        m_session->releaseSleep();
    refresh(); // it is not locked, so it must not look as if it were
    showFailure(error);
}

void Desk::unlock()
{
    LockPage &page = m_window->showLocked();
    SecretBytes password = page.takePassword();
    page.setBusy(true);
    m_isUnlocking = true;
    m_tools.vault.unlock(std::move(password), this, [this](const Result<void> &answer) {
        m_isUnlocking = false;
        const bool mustLock = std::exchange(m_lockAgain, false);
        if (!answer) {
            if (m_tools.vault.state() == Vault::State::Locked)
                m_window->showLocked().refuse(answer.error(), m_tools.vault.untilNextTry());
            return;
        }
        if (mustLock) {
            m_window->showLocked().reset();
            return lock();
        }
        refresh();
        bringLoginBack();
    });
}

void Desk::keepLogin()
{
    m_keptLogin.reset();
    if (!m_login)
        return;
    switch (m_login->attempt().state()) {
    case LoginAttempt::State::Contacting:
    case LoginAttempt::State::ChoosingAccount:
        m_keptLogin = KeptLogin{m_loginReading, {}, m_tools.clock.sinceBoot()};
        break;
    case LoginAttempt::State::Reviewing:
        m_keptLogin = KeptLogin{m_loginReading, m_login->attempt().context().expires,
                                m_tools.clock.sinceBoot()};
        break;
    case LoginAttempt::State::Sending:
        // What became of it is not seen any more, but it must not be missing from the list.
        if (std::optional<ActivityEvent> event = ActivityEvent::of(m_login->attempt()))
            note({std::move(*event)});
        break;
    default:
        break; // it is answered
    }
    m_loginReading.reset();
}

void Desk::bringLoginBack()
{
    const std::optional<KeptLogin> kept = std::exchange(m_keptLogin, std::nullopt);
    if (!kept)
        return;
    const bool isInTime = kept->expires
                              ? *kept->expires - m_tools.clock.now() >= leastTimeLeft
                              : m_tools.clock.sinceBoot() - kept->keptAt < longestUnknownLogin;
    if (isInTime)
        login(kept->reading);
}

void Desk::openPasswordSheet()
{
    auto *sheet = new PasswordSheet(m_tools.vault.hasPassword() ? PasswordSheet::Task::Change
                                                                : PasswordSheet::Task::Set);
    connect(sheet, &PasswordSheet::submitted, this, [this, sheet] { changePassword(sheet); });
    open(sheet);
}

void Desk::changePassword(PasswordSheet *sheet)
{
    SecretBytes current = sheet->takeCurrent();
    SecretBytes next = sheet->takeNext();
    sheet->setBusy(true);
    const bool isRemoval = sheet->task() == PasswordSheet::Task::Remove;
    const auto kind = isRemoval ? ActivityEvent::Kind::PasswordRemoved
                      : sheet->task() == PasswordSheet::Task::Set
                          ? ActivityEvent::Kind::PasswordSet
                          : ActivityEvent::Kind::PasswordChanged;
    m_tools.vault.changePassword(
        std::move(current), std::move(next), this,
        [this, isRemoval, kind,
         guard = QPointer<PasswordSheet>(sheet)](const Result<void> &answer) {
            followLock();
            if (!answer) {
                if (guard)
                    guard->showFailure(answer.error(), keptIn());
                else if (!isHidden())
                    showFailure(answer.error());
                return;
            }
            note(kind);
            if (guard)
                guard->accept();
            if (isHidden())
                return;
            const Explanation words =
                isRemoval ? Explanation{tr("The app password is removed"),
                                        tr("Hufu opens without asking from now on.")}
                          : Explanation{tr("The app password is set"),
                                        tr("Ctrl+L locks Hufu at once. “Security…” in the menu "
                                           "says when it locks by itself.")};
            auto *notice = new NoticeSheet(tr("App password"),
                                           {.kind = NoticeSheet::Picture::Kind::Icon,
                                            .icon = isRemoval ? u"unlock"_s : u"lock"_s},
                                           words);
            notice->addAction(tr("Close"));
            open(notice);
        });
}

/// A file has no other guard than a password, so the first account waits for one.
bool Desk::wantsFirstPassword() const
{
    return m_tools.vault.state() == Vault::State::Empty &&
           m_tools.vault.storage() == Vault::Storage::File;
}

void Desk::askFirstPassword()
{
    auto *sheet = new PasswordSheet(PasswordSheet::Task::Set);
    connect(sheet, &PasswordSheet::submitted, this, [this, sheet] { createInFile(sheet); });
    open(sheet);
}

void Desk::createInFile(PasswordSheet *sheet)
{
    sheet->setBusy(true);
    m_tools.vault.createInFile(
        sheet->takeNext(), this,
        [this, guard = QPointer<PasswordSheet>(sheet)](const Result<void> &answer) {
            if (!answer) {
                if (guard)
                    guard->showFailure(answer.error(), keptIn());
                else
                    showFailure(answer.error());
                return;
            }
            note(ActivityEvent::Kind::PasswordSet);
            if (guard)
                guard->accept();
            followLock();
            followVault(answer);
        });
}

void Desk::openSecuritySheet()
{
    auto *sheet =
        new SecuritySheet(m_lockSettings, m_tools.vault.hasPassword(),
                          {.in = m_tools.vault.storage(), .canMove = m_tools.vault.canMove()});
    connect(sheet, &SecuritySheet::changed, this, [this](const LockSettings &settings) {
        m_lockSettings = settings;
        m_lockSettings.write(m_tools.settingsFile);
        followLock();
    });
    connect(sheet, &SecuritySheet::passwordRequested, this, &Desk::openPasswordSheet);
    connect(sheet, &SecuritySheet::moveRequested, this, &Desk::openMoveSheet);
    open(sheet);
}

void Desk::sayPasswordForgotten()
{
    const Explanation words{
        tr("Without the app password nothing opens your accounts"),
        tr("They stay where they are, locked, in case it comes back to you: trying is "
           "never punished. Else there are two ways. A backup opens with its own password. Or ask "
           "the sites and your organisation to bind you again, in a profile of its own: start "
           "“hufu --profile NAME”.")};
    auto *sheet =
        new NoticeSheet(tr("Forgot the password?"),
                        {.kind = NoticeSheet::Picture::Kind::Icon, .icon = u"lock"_s}, words);
    sheet->addAction(tr("Close"));
    open(sheet);
}

} // namespace hufu
