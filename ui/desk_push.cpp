// Logins that servers ask for by themselves. When and how they are shown is PushCourse's.

#include "core/base/logging.h"
#include "ui/approve_sheet.h"
#include "ui/desk.h"
#include "ui/main_window.h"
#include "ui/push_course.h"

#include <QApplication>
#include <QDialog>
#include <QWindow>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

bool hasBinding(const AccountSet &accounts)
{
    const std::vector<AccountPtr> &all = accounts.all();
    return std::any_of(all.begin(), all.end(), [](const AccountPtr &account) {
        return account->binding && !account->deleted;
    });
}

} // namespace

/// Whom the watch listens for follows what the vault holds. It is made for the first bound account,
/// once the codes are painted, since it brings the network along.
void Desk::followPush()
{
    const AccountSet &accounts = m_tools.vault.accounts();
    if (!m_isSettled || (!m_push && (isHidden() || !hasBinding(accounts))))
        return;
    if (!m_push && !makePush())
        return;
    if (!isHidden())
        m_push->setAccounts(accounts); // those of a closed vault are none
    else if (!m_lockSettings.noticesWhileLocked)
        m_push->setAccounts({});
    m_push->review();
}

bool Desk::makePush()
{
    std::unique_ptr<LoginWatch> watch = provider().watch();
    if (!watch)
        return false;
    m_push = std::make_unique<PushCourse>(
        std::move(watch), m_tools.clock,
        PushCourse::Seams{
            .isLocked = [this] { return isHidden(); },
            .hasLogin = [this] { return isDeciding(); },
            .isBusy = [this] { return isBusy(); },
            .nameOf = [this](const PushedLogin &login) { return nameOf(login); },
            .open = [this](const PushedLogin &login,
                           PushCourse::Wish wish) { openPushed(login, wish); },
            .raise =
                [this] {
                    m_window->showNormal();
                    m_window->raise();
                    m_window->activateWindow();
                },
            .alert = [this] { QApplication::alert(m_window.get()); },
            .hint = [this](const QString &sentence) { setPushHint(sentence); },
            .makeNotices = m_tools.makeNotices,
            .works = [this](const DeviceId &device) { followFirstAnswer(device); },
            .arrived = [this](const PushedLogin &login,
                              WaitingLogins::Verdict verdict) { notePushed(login, verdict); }});
    // Whoever uses a window of ours sees the screen, whatever the desktop forgot to say.
    connect(qApp, &QGuiApplication::focusWindowChanged, m_push.get(), [this](const QWindow *now) {
        if (now) {
            m_isAsleep = m_isScreenLocked = m_isElsewhere = false;
            followPauses();
        }
    });
    followLock(); // which listens to the system's session now, too
    followPauses();
    return true;
}

/// The one place that hears of every pushed login, also of those that nobody gets to see.
void Desk::notePushed(const PushedLogin &login, WaitingLogins::Verdict verdict)
{
    // A server that asks without end must not fill the list of what happened.
    if (verdict == WaitingLogins::Verdict::Known || verdict == WaitingLogins::Verdict::Flood)
        return;
    const bool isDropped = verdict != WaitingLogins::Verdict::Waits;
    if (isDropped)
        qCInfo(logLogin) << "a pushed login of" << login.code.host << "was dropped";
    const auto kind =
        isDropped ? ActivityEvent::Kind::PushDropped : ActivityEvent::Kind::PushArrived;
    const AccountSet asked = accountFor(login, m_tools.vault.accounts());
    ActivityEvent event;
    event.kind = kind;
    if (asked.size() > 0)
        event = ActivityEvent::of(kind, *asked.all().front());
    else
        event.device = login.device; // while locked nobody knows whose it is
    event.server = login.code.host;
    event.channel = LoginChannel::Push;
    note({std::move(event)});
}

/// A login is open that nobody has answered yet.
bool Desk::isDeciding() const
{
    if (!m_login)
        return false;
    const LoginAttempt::State state = m_login->attempt().state();
    return state != LoginAttempt::State::Approved && state != LoginAttempt::State::Denied &&
           state != LoginAttempt::State::Failed;
}

bool Desk::isBusy() const
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    return m_isUnlocking || (m_scan && m_scan->state() != ScanFlow::State::Idle) ||
           std::any_of(windows.begin(), windows.end(), [](const QWidget *window) {
               return window->isVisible() && qobject_cast<const QDialog *>(window);
           });
}

QString Desk::nameOf(const PushedLogin &login) const
{
    const AccountSet accounts = accountFor(login, m_tools.vault.accounts());
    const bool hasIssuer = accounts.size() > 0 && !accounts.all().front()->issuer.isEmpty();
    return hasIssuer ? accounts.all().front()->issuer : login.code.host;
}

void Desk::openPushed(const PushedLogin &pushed, PushCourse::Wish wish)
{
    auto reading = std::make_shared<Reading>();
    reading->payload = pushed.code;
    reading->channel = LoginChannel::Push;
    reading->pushed = pushed;
    login(reading, wish == PushCourse::Wish::Clicked ? Failures::Said : Failures::Kept);
}

void Desk::followPushed(const LoginAttempt &attempt, const PushedLogin &pushed)
{
    if (attempt.state() == LoginAttempt::State::Failed &&
        attempt.failure().code == Errc::LoginExpired && m_push)
        m_push->miss(pushed);
}

void Desk::setPushHint(const QString &sentence)
{
    if (m_pushHint == sentence)
        return;
    m_pushHint = sentence;
    if (!sentence.isEmpty())
        sayPushHint();
    else if (isHidden())
        m_window->statusLine().clear();
    else
        refresh(); // says what else there is to say
}

void Desk::sayPushHint()
{
    if (!m_pushHint.isEmpty())
        m_window->statusLine().say({.icon = u"shield-check"_s, .sentence = m_pushHint, .link = {}});
}

/// Nobody is asked while the machine sleeps or its screen cannot be seen.
void Desk::followPauses()
{
    if (m_push)
        m_push->setPaused(m_isAsleep || m_isScreenLocked || m_isElsewhere);
}

} // namespace hufu
