#include "ui/approve_sheet.h"

#include "ui/approve_button.h"
#include "ui/choice.h"
#include "ui/error_card.h"
#include "ui/login_words.h"
#include "ui/measures.h"
#include "ui/number_cells.h"
#include "ui/sheet_parts.h"
#include "ui/tally.h"

#include <QKeyEvent>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {

using State = LoginAttempt::State;

ApproveSheet::ApproveSheet(std::unique_ptr<LoginAttempt> attempt, const Clock &clock,
                           QWidget *parent)
    : Sheet(tr("Confirm a login"), 420, parent)
    , m_clock(clock)
    , m_attempt(std::move(attempt))
{
    setWindowFlag(Qt::WindowStaysOnTopHint);
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &ApproveSheet::tick);
    connect(m_attempt.get(), &LoginAttempt::stateChanged, this, &ApproveSheet::follow);
    follow();
}

ApproveSheet::~ApproveSheet()
{
    m_attempt->disconnect(this);
}

void ApproveSheet::follow()
{
    switch (m_attempt->state()) {
    case State::Contacting:
        return;
    case State::ChoosingAccount:
        buildChoice();
        break;
    case State::Reviewing:
        buildReview();
        break;
    case State::Sending:
        if (m_approve)
            m_approve->clearFocus();
        for (QWidget *answer : {static_cast<QWidget *>(m_deny), static_cast<QWidget *>(m_report)}) {
            if (answer)
                answer->setEnabled(false);
        }
        return;
    case State::Approved:
    case State::Denied:
    case State::Failed:
        buildResult();
        break;
    }
    if (isVisible())
        fit();
    if (!std::exchange(m_isReady, true))
        QMetaObject::invokeMethod(this, &ApproveSheet::readyToShow, Qt::QueuedConnection);
}

void ApproveSheet::buildChoice()
{
    QVBoxLayout *column = newContent();
    column->addWidget((new Text(tr("Which account signs in?"), Type::Title))->wrapped());
    column->addSpacing(px(8));
    column->addWidget((new Text(tr("Several of your accounts belong to this login page. Nothing "
                                   "was approved yet."),
                                Type::Body, Text::Tint::Quiet))
                          ->wrapped());
    column->addSpacing(px(16));
    auto *card = new Card(Card::Tint::Plain);
    card->column()->setContentsMargins(px(9), px(5), px(9), px(5));
    auto *group = new QWidget;
    auto *choices = new QVBoxLayout(group);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(0);
    QList<Choice *> buttons;
    for (const AccountPtr &account : m_attempt->candidates()) {
        auto *choice = new Choice(account->issuer, account->account);
        choices->addWidget(choice);
        buttons << choice;
    }
    card->column()->addWidget(group);
    column->addWidget(card);
    column->addStretch(1);

    auto *cancel = new Button(tr("Cancel"), Button::Look::Outlined);
    auto *go = new Button(tr("Continue"), Button::Look::Primary);
    connect(cancel, &Button::clicked, this, &ApproveSheet::reject);
    connect(go, &Button::clicked, this, [this, buttons] {
        for (qsizetype i = 0; i < buttons.size(); ++i) {
            if (buttons.at(i)->isChecked()) {
                const AccountId id = m_attempt->candidates().at(static_cast<std::size_t>(i))->id;
                m_attempt->choose(id);
                return;
            }
        }
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(go);
    foot()->addLayout(row);
    if (!buttons.isEmpty()) {
        buttons.first()->setChecked(true);
        buttons.first()->setFocus();
    }
}

void ApproveSheet::send()
{
    m_approve->showSending();
    m_attempt->approve(m_number ? m_number->number() : QString());
}

void ApproveSheet::deny(DenyReason reason)
{
    m_reason = reason;
    m_attempt->deny(reason);
}

void ApproveSheet::buildResult()
{
    m_second.stop();
    m_ring = nullptr;
    m_asked = nullptr;
    m_number = nullptr;
    m_approve = nullptr;
    m_deny = m_report = nullptr;
    const State state = m_attempt->state();
    QString headline = tr("Approved");
    const LoginContext &context = m_attempt->context();
    QString rest = tr("You are signed in to %1. This window closes by itself.")
                       .arg(context.application.isEmpty() ? context.server : context.application);
    if (state == State::Denied) {
        const bool isReported = m_reason == DenyReason::NotMe;
        headline = isReported ? tr("Denied and reported") : tr("Denied");
        rest =
            isReported
                ? tr("Nobody was signed in, and the server was told that it was not you. Somebody "
                     "may know your password there: change it now, and tell your administrator.")
                : tr("Nobody was signed in. The server was told.");
    }
    QVBoxLayout *column = newContent();
    if (state == State::Failed) {
        const Error &failure = m_attempt->failure();
        const bool isQuiet =
            failure.code == Errc::LoginExpired || failure.code == Errc::LoginAnsweredElsewhere;
        const Explanation words =
            failure.code == Errc::UnboundServer     ? ErrorText::ofUnbound(m_attempt->trace().host)
            : failure.code == Errc::RedirectRefused ? ErrorText::ofRedirect(failure.detail)
                                                    : ErrorText::of(failure.code);
        headline = words.headline;
        rest = words.rest;
        if (!isQuiet) {
            auto *card = new ErrorCard(words, m_attempt->trace());
            connect(card, &ErrorCard::resized, this, [this] { fit(); });
            column->addWidget(card);
            column->addStretch(1);
            addClose();
            setAccessibleDescription(words.whole());
            return;
        }
    }
    column->addSpacing(px(16));
    column->addWidget(
        new Tally(state == State::Approved ? Tally::Kind::Joined : Tally::Kind::Locked), 0,
        Qt::AlignHCenter);
    column->addSpacing(px(24));
    column->addWidget((new Text(headline, Type::Title))->wrapped()->aligned(Qt::AlignHCenter));
    column->addSpacing(px(8));
    column->addWidget(
        (new Text(rest, Type::Body, Text::Tint::Quiet))->wrapped()->aligned(Qt::AlignHCenter));
    column->addSpacing(px(16));
    column->addStretch(1);
    setAccessibleDescription(headline + u' ' + rest);
    addClose();
    if (state == State::Approved)
        QTimer::singleShot(approvedStays, this, &QDialog::accept);
}

/// Close, and what else the sentence leads to.
void ApproveSheet::addClose()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addStretch(1);
    auto *close = new Button(tr("Close"), Button::Look::Outlined);
    connect(close, &Button::clicked, this, &QDialog::accept);
    row->addWidget(close);
    const WayOut way =
        m_attempt->state() == State::Failed
            ? LoginWords::wayOut(m_attempt->failure().code, m_attempt->context().channel)
            : WayOut::None;
    if (way != WayOut::None) {
        auto *scan =
            new Button(way == WayOut::ScanBinding ? tr("Scan a binding code") : tr("Scan again"),
                       Button::Look::Primary);
        connect(scan, &Button::clicked, this, [this] {
            accept();
            emit scanRequested();
        });
        row->addWidget(scan);
    }
    row->addStretch(1);
    foot()->addLayout(row);
    close->setFocus();
}

void ApproveSheet::tick()
{
    using namespace std::chrono;
    if (!m_ring || m_attempt->state() != State::Reviewing)
        return;
    const milliseconds left = m_attempt->context().expires - m_clock.now();
    m_ring->setLeft(static_cast<double>(left.count()) / static_cast<double>(m_whole.count()),
                    LoginWords::remaining(floor<seconds>(left)), left <= seconds(15));
    m_asked->setText(LoginWords::asked(m_attempt->context(), m_clock.now()));
    if (left <= milliseconds(0) && m_approve)
        m_approve->setEnabled(false);
}

void ApproveSheet::rearm()
{
    if (!m_approve)
        return;
    if (isActiveWindow())
        m_approve->startArming();
    else
        m_approve->disarm();
}

void ApproveSheet::reject()
{
    switch (m_attempt->state()) {
    case State::Reviewing:
        deny(DenyReason::Cancel);
        return; // the result is shown
    case State::Sending:
        return; // the answer is under way; what becomes of it is shown
    default:
        Sheet::reject();
    }
}

void ApproveSheet::keyPressEvent(QKeyEvent *event)
{
    if (m_number && m_attempt->state() == State::Reviewing &&
        m_number->takeKey(event->key(), event->text()))
        return;
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return; // only a focused button takes Enter
    if (event->key() == Qt::Key_Escape && !takesKeys())
        return;
    Sheet::keyPressEvent(event);
}

void ApproveSheet::moveEvent(QMoveEvent *event)
{
    Sheet::moveEvent(event);
    if (event->pos() != event->oldPos())
        rearm();
}

void ApproveSheet::changeEvent(QEvent *event)
{
    Sheet::changeEvent(event);
    if (event->type() == QEvent::ActivationChange)
        rearm();
}

void ApproveSheet::showEvent(QShowEvent *event)
{
    Sheet::showEvent(event);
    rearm();
    QTimer::singleShot(settles, this, [this] {
        if (!std::exchange(m_isSettled, true) && m_deny && (!focusWidget() || hasFocus()))
            m_deny->setFocus();
    });
}

bool ApproveSheet::takesKeys() const
{
    return m_isSettled || m_attempt->context().channel != LoginChannel::Push;
}

} // namespace hufu
