// What the approve sheet shows while a person decides; the rest of it is in approve_sheet.cpp.

#include "ui/approve_button.h"
#include "ui/approve_sheet.h"
#include "ui/login_words.h"
#include "ui/measures.h"
#include "ui/number_cells.h"
#include "ui/sheet_parts.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {

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
    card->addRow(tr("Network"), value(LoginWords::orUnknown(breakable(context.address))), network);
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
    connect(m_deny, &Button::clicked, this, [this] { deny(DenyReason::Cancel); });
    connect(m_report, &Button::clicked, this, [this] { deny(DenyReason::NotMe); });
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
    if (takesKeys())
        m_deny->setFocus();
    else
        setFocus(); // and Deny in a moment
}

} // namespace hufu
