#include "ui/push_course.h"

#include <QApplication>
#include <QEvent>
#include <QWindow>

namespace hufu {

PushCourse::PushCourse(std::unique_ptr<LoginWatch> watch, const Clock &clock, Seams seams)
    : m_seams(std::move(seams))
    , m_waiting(clock)
    , m_watch(std::move(watch))
{
    m_hands.setSingleShot(true);
    m_hands.setInterval(handsRest);
    connect(&m_hands, &QTimer::timeout, this, [this] {
        if (QApplication::activePopupWidget())
            return m_hands.start(); // a menu is being read
        leaveHands();
        openFirst(Wish::None);
    });
    connect(m_watch.get(), &LoginWatch::asked, this, &PushCourse::take);
    connect(m_watch.get(), &LoginWatch::isOver, this, [this](const PushedLogin &login) {
        m_waiting.withdraw(login);
        review();
    });
    if (m_seams.works)
        connect(m_watch.get(), &LoginWatch::works, this, m_seams.works);
    connect(&m_waiting, &WaitingLogins::expired, this, &PushCourse::review);
    // Windows of ours come to the front, and sheets close. Not from inside: who closes is not done.
    connect(qApp, &QGuiApplication::focusWindowChanged, this, &PushCourse::review,
            Qt::QueuedConnection);
}

PushCourse::~PushCourse() = default;

void PushCourse::setAccounts(const AccountSet &accounts)
{
    if (accounts.size() == 0)
        m_waiting.clear();
    m_watch->setAccounts(accounts);
    review();
}

void PushCourse::setPaused(bool isPaused)
{
    if (m_isPaused == isPaused)
        return;
    m_isPaused = isPaused;
    m_watch->setPaused(isPaused);
    m_waiting.check();
    review();
}

void PushCourse::take(const PushedLogin &login)
{
    const WaitingLogins::Verdict verdict = m_waiting.take(login);
    if (m_seams.arrived)
        m_seams.arrived(login, verdict);
    if (verdict == WaitingLogins::Verdict::Waits)
        review();
}

void PushCourse::review()
{
    const PushedLogin *first = m_waiting.first();
    if (!first || m_isPaused || m_seams.hasLogin()) {
        leaveHands();
        return silence();
    }
    const bool isLocked = m_seams.isLocked();
    if (!isLocked && !m_seams.isBusy() && QApplication::activeWindow()) {
        silence();
        return waitForHands();
    }
    leaveHands();
    announce(*first, isLocked);
}

void PushCourse::openFirst(Wish wish)
{
    if (m_isPaused || m_seams.isLocked() || m_seams.hasLogin())
        return;
    const std::optional<PushedLogin> login = m_waiting.takeFirst();
    silence();
    if (login)
        m_seams.open(*login, wish);
}

void PushCourse::waitForHands()
{
    if (m_hands.isActive())
        return;
    qApp->installEventFilter(this);
    m_hands.start();
}

void PushCourse::leaveHands()
{
    qApp->removeEventFilter(this);
    m_hands.stop();
}

bool PushCourse::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::InputMethod ||
        event->type() == QEvent::MouseButtonPress)
        m_hands.start();
    return false;
}

void PushCourse::announce(const PushedLogin &login, bool isLocked)
{
    const std::pair<PushedLogin, bool> what(login, isLocked);
    if (m_announced == what)
        return;
    m_announced = what;
    if (!m_notices && m_seams.makeNotices) {
        m_notices = m_seams.makeNotices();
        connect(m_notices.get(), &DesktopNotices::clicked, this, &PushCourse::followClick);
        connect(m_notices.get(), &DesktopNotices::notShown, this, &PushCourse::sayInWindow);
    }
    m_seams.alert();
    if (!m_notices)
        return sayInWindow();
    // The second text may be read as markup by some services: words of ours only.
    if (isLocked)
        m_notices->show(tr("A login waits"), tr("Unlock Hufu to see it."));
    else
        m_notices->show(tr("Are you signing in to %1?").arg(m_seams.nameOf(login)),
                        tr("Click to see who asks. Nothing is approved by that."));
}

void PushCourse::silence()
{
    if (!std::exchange(m_announced, std::nullopt))
        return;
    if (m_notices)
        m_notices->withdraw();
    m_seams.hint({});
}

void PushCourse::followClick()
{
    if (m_seams.isLocked())
        m_seams.raise();
    else
        openFirst(Wish::Clicked);
}

void PushCourse::sayInWindow()
{
    if (m_announced)
        m_seams.hint(m_announced->second ? tr("A login waits. Unlock Hufu to see it.")
                                         : tr("A login waits for your answer."));
}

} // namespace hufu
