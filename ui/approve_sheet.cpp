#include "ui/approve_sheet.h"

#include "ui/approve_button.h"
#include "ui/choice.h"
#include "ui/error_card.h"
#include "ui/login_words.h"
#include "ui/measures.h"
#include "ui/number_cells.h"
#include "ui/sheet_parts.h"
#include "ui/tally.h"

#include <QAccessible>
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
    card->column()->setContentsMargins(px(12), px(8), px(12), px(8));
    auto *group = new QWidget;
    auto *choices = new QVBoxLayout(group);
    choices->setContentsMargins(0, 0, 0, 0);
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

bool ApproveSheet::hasWarning() const
{
    const LoginContext &context = m_attempt->context();
    return context.network == LoginContext::Network::Different ||
           context.channel == LoginChannel::Picture;
}

void ApproveSheet::buildReview()
{
    using namespace std::chrono;
    const LoginContext &context = m_attempt->context();
    m_whole = qMax(milliseconds(1'000), context.expires - m_clock.now());
    QVBoxLayout *column = newContent();
    QHBoxLayout *head =
        makeHead(context.application, tr("Sign in to"), LoginWords::orUnknown(context.application));
    m_ring = new RingView(40);
    head->addWidget(m_ring);
    column->addLayout(head);
    column->addSpacing(px(20));
    addWarning(column);
    column->addWidget(makeDetails());
    if (context.numberDigits > 0) {
        column->addSpacing(px(16));
        column->addWidget(makeNumberRow());
    }
    column->addSpacing(px(4));
    column->addStretch(1);
    addAnswers();
    m_second.start();
    tick();
    rearm();
}

void ApproveSheet::addWarning(QVBoxLayout *column)
{
    const LoginContext &context = m_attempt->context();
    if (context.network == LoginContext::Network::Different) {
        column->addWidget(makeNotice(Card::Tint::Danger, u"shield-alert"_s,
                                     tr("Asked from a different network"),
                                     tr("The browser that asks is not where this computer is. If "
                                        "you did not open that page yourself, deny."))
                              .card);
        column->addSpacing(px(16));
    }
    if (context.channel == LoginChannel::Picture) {
        column->addWidget(makeNotice(Card::Tint::Danger, u"shield-alert"_s,
                                     tr("Read from a picture"),
                                     tr("Codes sent to you are often bait. If you did not open the "
                                        "login page yourself, deny."))
                              .card);
        column->addSpacing(px(16));
    }
}

QWidget *ApproveSheet::makeDetails()
{
    const LoginContext &context = m_attempt->context();
    const bool isFar = context.network == LoginContext::Network::Different;
    const auto value = [](const QString &words, Type type = Type::Body,
                          Text::Tint tint = Text::Tint::Normal) {
        return (new Text(words, type, tint))->wrapped();
    };
    auto *card = new DetailCard;
    const auto &candidates = m_attempt->candidates();
    const QString account = candidates.empty() ? QString() : candidates.front()->account;
    card->addRow(tr("Account"), value(LoginWords::orUnknown(breakable(account)), Type::Value));
    card->addRow(tr("Server"), value(LoginWords::orUnknown(breakable(context.server))));
    card->addRow(tr("Place"),
                 value(LoginWords::orUnknown(context.place), isFar ? Type::BodyStrong : Type::Body,
                       isFar ? Text::Tint::Danger : Text::Tint::Normal));
    QWidget *network = nullptr;
    switch (context.network) {
    case LoginContext::Network::Same:
        network = makeRemark(u"check"_s, IconView::Tint::Success, tr("Same as here"),
                             Text::Tint::Success);
        break;
    case LoginContext::Network::Different:
        network =
            makeRemark({}, IconView::Tint::Danger, tr("Different from here"), Text::Tint::Danger);
        break;
    case LoginContext::Network::Unknown:
        network = makeRemark({}, IconView::Tint::Quiet, tr("Not compared"), Text::Tint::Quiet);
        break;
    }
    card->addRow(tr("Network"), value(LoginWords::orUnknown(context.address)), network);
    card->addRow(tr("Browser"), value(LoginWords::browser(context)));
    m_asked = value(LoginWords::asked(context, m_clock.now()));
    card->addRow(tr("Asked"), m_asked,
                 makeRemark({}, IconView::Tint::Quiet, LoginWords::channel(context.channel),
                            Text::Tint::Quiet));
    return card;
}

QWidget *ApproveSheet::makeNumberRow()
{
    auto *area = new QWidget;
    auto *row = new QHBoxLayout(area);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(px(12));
    auto *words = new QVBoxLayout;
    words->setSpacing(px(4));
    words->addStretch(1);
    words->addWidget((new Text(tr("Number on the login page"), Type::BodyStrong))->wrapped());
    words->addWidget(
        (new Text(tr("One try. A wrong number denies."), Type::Small, Text::Tint::Quiet))
            ->wrapped());
    words->addStretch(1);
    row->addLayout(words, 1);
    m_number = new NumberCells(m_attempt->context().numberDigits);
    connect(m_number, &NumberCells::changed, this, [this] {
        const bool isComplete =
            m_number->isComplete() && m_clock.now() < m_attempt->context().expires;
        if (isComplete != m_approve->isEnabled()) {
            m_approve->setEnabled(isComplete);
            rearm();
        }
    });
    row->addWidget(m_number);
    return area;
}

void ApproveSheet::addAnswers()
{
    m_deny = new Button(tr("Deny"), Button::Look::Outlined);
    m_deny->setBodyHeight(44);
    m_deny->setStrong(true);
    m_approve = new ApproveButton(
        hasWarning() ? ApproveButton::Armed::Outlined : ApproveButton::Armed::Filled, m_clock);
    m_approve->setEnabled(m_attempt->context().numberDigits == 0);
    m_report = new Button(tr("It wasn’t me: deny and report"),
                          hasWarning() ? Button::Look::DangerLink : Button::Look::QuietLink);
    connect(m_deny, &Button::clicked, this, [this] { m_attempt->deny(DenyReason::Cancel); });
    connect(m_report, &Button::clicked, this, [this] { m_attempt->deny(DenyReason::NotMe); });
    connect(m_approve, &ApproveButton::approved, this, &ApproveSheet::send);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(4));
    row->addWidget(m_deny, 1);
    row->addWidget(m_approve, 1);
    const int width = qMax(m_deny->sizeHint().width(), m_approve->sizeHint().width());
    m_deny->setMinimumWidth(width);
    m_approve->setMinimumWidth(width);
    foot()->addSpacing(px(4));
    foot()->addLayout(row);
    foot()->addSpacing(px(4));
    foot()->addWidget(m_report, 0, Qt::AlignHCenter);
    m_deny->setFocus();
}

void ApproveSheet::send()
{
    m_approve->showSending();
    m_attempt->approve(m_number ? m_number->number() : QString());
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
    QString rest = tr("You are signed in to %1. This window closes by itself.")
                       .arg(m_attempt->context().application);
    if (state == State::Denied) {
        headline = tr("Denied");
        rest = tr("Nobody was signed in. The server was told.");
    }
    QVBoxLayout *column = newContent();
    column->addSpacing(px(16));
    if (state == State::Failed) {
        const Error &failure = m_attempt->failure();
        const bool isQuiet =
            failure.code == Errc::LoginExpired || failure.code == Errc::LoginAnsweredElsewhere;
        const Explanation words = failure.code == Errc::UnboundServer
                                      ? ErrorText::ofUnbound(m_attempt->trace().host)
                                      : ErrorText::of(failure.code);
        headline = words.headline;
        rest = words.rest;
        if (!isQuiet) {
            auto *card = new ErrorCard(words, m_attempt->trace());
            connect(card, &ErrorCard::resized, this, [this] { fit(); });
            column->addWidget(card);
            column->addStretch(1);
            addClose(tr("Close"));
            setAccessibleDescription(words.whole());
            return;
        }
    }
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
    addClose(tr("Close"));
    if (state == State::Approved)
        QTimer::singleShot(approvedStays, this, &QDialog::accept);
}

void ApproveSheet::addClose(const QString &text)
{
    auto *close = new Button(text, Button::Look::Outlined);
    connect(close, &Button::clicked, this, &QDialog::accept);
    foot()->addWidget(close, 0, Qt::AlignHCenter);
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
        m_attempt->deny(DenyReason::Cancel);
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
}

} // namespace hufu
