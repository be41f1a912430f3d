#include "ui/lock_page.h"

#include "ui/button.h"
#include "ui/error_text.h"
#include "ui/measures.h"
#include "ui/secret_field.h"
#include "ui/tally.h"
#include "ui/text.h"

#include <QVBoxLayout>

using namespace std::chrono_literals;

namespace hufu {
namespace {

constexpr double fieldWidth = 284;

/// `part` in the middle, as wide as the field where there is room.
QHBoxLayout *centred(QWidget &part, int width)
{
    part.setMaximumWidth(width);
    part.setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addStretch(0);
    row->addWidget(&part, 1);
    row->addStretch(0);
    return row;
}

/// Half of the page: what it holds grows and shrinks without moving the other half.
QVBoxLayout *addHalf(QVBoxLayout &page)
{
    auto *half = new QWidget;
    half->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    auto *column = new QVBoxLayout(half);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    page.addWidget(half, 1);
    return column;
}

} // namespace

LockPage::LockPage(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_tally(new Tally(Tally::Kind::Locked))
    , m_field(new SecretField(tr("App password")))
    , m_words((new Text({}, Type::Small))->wrapped()->aligned(Qt::AlignHCenter))
    , m_unlock(new Button(tr("Unlock"), Button::Look::Primary))
{
    m_field->setPlaceholder(tr("App password"));
    m_field->setBodyHeight(40);
    m_unlock->setBodyHeight(40);
    auto *forgot = new Button(tr("Forgot the password?"), Button::Look::QuietLink);

    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(px(20), px(16), px(20), px(16));
    page->setSpacing(0);
    QVBoxLayout *upper = addHalf(*page);
    upper->addStretch(1);
    upper->addWidget(m_tally, 0, Qt::AlignHCenter);
    upper->addSpacing(px(28));
    upper->addWidget((new Text(tr("Hufu is locked"), Type::Title))->aligned(Qt::AlignHCenter));
    upper->addSpacing(px(24));
    page->addLayout(centred(*m_field, px(fieldWidth)));
    QVBoxLayout *lower = addHalf(*page);
    lower->addSpacing(px(8));
    lower->addWidget(m_words);
    lower->addLayout(centred(*m_unlock, px(fieldWidth) + 2 * Button::margin()));
    lower->addStretch(1);
    lower->addWidget(forgot, 0, Qt::AlignHCenter);

    setFocusProxy(m_field);
    m_second.setInterval(250ms);
    connect(&m_second, &QTimer::timeout, this, &LockPage::tick);
    connect(m_field, &SecretField::submitted, this, &LockPage::submit);
    connect(m_field, &SecretField::changed, this, &LockPage::follow);
    connect(m_field, &SecretField::capsLockSeen, this, [this](bool isOn) {
        m_isCapsLock = isOn;
        follow();
    });
    connect(m_unlock, &Button::clicked, this, &LockPage::submit);
    connect(forgot, &Button::clicked, this, &LockPage::forgotRequested);
    reset();
}

void LockPage::reset()
{
    m_isCapsLock = false;
    m_isRefused = false;
    m_field->clear();
    m_second.stop();
    m_waitUntil = {};
    setBusy(false);
}

void LockPage::setBusy(bool busy)
{
    m_isBusy = busy;
    m_field->setEnabled(!busy);
    follow();
}

SecretBytes LockPage::takePassword()
{
    return m_field->take();
}

QRect LockPage::tallyIn(const QWidget &window) const
{
    return {m_tally->mapTo(&window, QPoint()), m_tally->size()};
}

void LockPage::submit()
{
    if (m_unlock->isEnabled() && !m_field->isEmpty())
        emit unlockRequested();
}

void LockPage::refuse(const Error &error, std::chrono::milliseconds wait)
{
    m_field->clear();
    m_isRefused = true;
    const Explanation words = ErrorText::of(error.code);
    m_words->setText(error.code == Errc::PasswordWrong ? tr("That is not the app password.")
                                                       : words.whole());
    m_waitUntil = m_clock.sinceBoot() + wait;
    setBusy(false);
    m_field->setWrong(true);
    m_field->setFocus();
    if (wait > 0ms)
        m_second.start();
    tick();
}

void LockPage::tick()
{
    if (m_clock.sinceBoot() >= m_waitUntil)
        m_second.stop();
    follow();
}

/// Words and button for what is going on.
void LockPage::follow()
{
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_waitUntil - m_clock.sinceBoot());
    const bool mustWait = left > 0s;
    if (!m_field->isEmpty())
        m_isRefused = false;
    m_unlock->setEnabled(!m_isBusy && !mustWait);
    m_unlock->setText(m_isBusy   ? tr("Unlocking…")
                      : mustWait ? tr("Unlock in %1 s").arg(left.count())
                                 : tr("Unlock"));
    if (!m_isRefused)
        m_words->setText(m_isCapsLock ? tr("Caps Lock is on.") : QString());
    m_words->setVisible(!m_words->text().isEmpty());
    m_words->setContentsMargins(0, 0, 0, m_words->text().isEmpty() ? 0 : px(8));
    m_words->setTint(m_isRefused ? Text::Tint::Danger : Text::Tint::Quiet);
    m_field->setAccessibleDescription(m_words->text());
}

void LockPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_field->setFocus();
}

} // namespace hufu
