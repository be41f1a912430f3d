#include "ui/bind_sheet.h"

#include "ui/button.h"
#include "ui/choice.h"
#include "ui/code_box.h"
#include "ui/error_text.h"
#include "ui/measures.h"
#include "ui/sheet_parts.h"

#include <QKeyEvent>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr std::size_t strongKey = 16; // bytes; shorter keys confirm no logins (protocol.md B1)

QString serverOf(const BindingOffer &binding)
{
    return QString::fromStdString(binding.api);
}

} // namespace

BindSheet::BindSheet(KeyUri uri, const QString &origin, const AccountSet &accounts,
                     const Clock &clock, QWidget *parent)
    : Sheet(tr("Add account"), 420, parent)
    , m_uri(std::move(uri))
    , m_conflict(conflictOf(m_uri, accounts))
    , m_accounts(accounts)
    , m_ticker(clock)
{
    connect(&m_ticker, &CodeTicker::ticked, this, &BindSheet::tick);
    build(origin);
}

BindSheet::~BindSheet() = default;

AddChoice BindSheet::choice() const
{
    return m_replace && m_replace->isChecked() ? AddChoice::Replace : AddChoice::KeepBoth;
}

void BindSheet::build(const QString &origin)
{
    QVBoxLayout *column = newContent();
    m_column = column;
    const QString title = m_uri.issuer.isEmpty() ? m_uri.account : m_uri.issuer;
    column->addLayout(
        makeHead(title, origin, title.isEmpty() ? tr("Account without a name") : title));
    column->addSpacing(px(20));
    // A counter's code is committed before anybody sees it, so there is none to show here.
    if (isTimeBased(m_uri.parameters.type)) {
        m_code = new CodeBox;
        column->addWidget(m_code);
        column->addSpacing(px(12));
    }
    column->addWidget(makeDetails());
    column->addSpacing(px(16));
    addNotes(column);
    column->addStretch(1);
    addButtons();
    tick(m_ticker.now());
}

QWidget *BindSheet::makeDetails() const
{
    auto *details = new DetailCard;
    details->addRow(tr("Account"),
                    (new Text(m_uri.account.isEmpty() ? tr("not known") : breakable(m_uri.account),
                              Type::Value))
                        ->wrapped());
    if (m_uri.binding) {
        details->addRow(tr("Server"),
                        (new Text(breakable(serverOf(*m_uri.binding)), Type::Body))->wrapped());
        const bool isStrong = m_uri.secret.size() >= strongKey;
        details->addRow(tr("Rights"),
                        (new Text(isStrong ? tr("May ask you to confirm logins") : tr("Codes only"),
                                  Type::Body))
                            ->wrapped(),
                        isStrong ? makeRemark(u"shield-check"_s, IconView::Tint::Accent, {}, {})
                                 : nullptr);
    } else {
        details->addRow(tr("Rights"), new Text(tr("Codes only"), Type::Body));
    }
    return details;
}

void BindSheet::addNotes(QVBoxLayout *column)
{
    const auto note = [column](const QString &words) {
        column->addWidget((new Text(words, Type::Small, Text::Tint::Quiet))->wrapped());
    };
    if (m_conflict.kind == AddConflict::Kind::SameAccount) {
        note(tr("This account is already bound on this computer. There is nothing to add."));
        return;
    }
    if (m_uri.bindingRefused) {
        const NoticeCard card = makeNotice(
            Card::Tint::Warning, u"warning"_s, tr("Without confirming logins"),
            tr("The code names a server in a way that Hufu does not trust. The account gives codes "
               "only."));
        column->addWidget(card.card);
        column->addSpacing(px(12));
    } else if (m_uri.binding && m_uri.secret.size() < strongKey) {
        const Explanation words = ErrorText::of(Errc::WeakBinding);
        column->addWidget(
            makeNotice(Card::Tint::Warning, u"warning"_s, words.headline, words.rest).card);
        column->addSpacing(px(12));
    }
    if (m_conflict.kind == AddConflict::Kind::None) {
        note(tr("Nothing is stored until you add it. The page may ask for this code once."));
        return;
    }
    const NoticeCard card = makeNotice(Card::Tint::Warning, u"warning"_s,
                                       m_conflict.kind == AddConflict::Kind::SameBinding
                                           ? tr("This account is bound with another key")
                                           : tr("This name exists with another key"),
                                       {});
    QString newName = m_uri.issuer.isEmpty() ? m_uri.account : m_uri.issuer;
    for (int number = 2; m_conflict.existing->issuer == m_uri.issuer && number > 0; ++number) {
        const QString tried = (m_uri.issuer + u' ' + QString::number(number)).trimmed();
        const auto &all = m_accounts.all();
        const bool isTaken = std::any_of(all.begin(), all.end(), [&](const AccountPtr &account) {
            return !account->deleted && account->issuer == tried &&
                   account->account == m_uri.account;
        });
        if (!isTaken) {
            newName = tried;
            break;
        }
    }
    auto *keep = new Choice(tr("Keep both"), tr("The new one is called “%1”").arg(newName));
    m_replace = new Choice(tr("Replace"),
                           m_uri.binding ? tr("The old key is kept until the new one has worked "
                                              "once")
                                         : tr("The old one goes to the bin"));
    // A server keeps one key for a person: the old one would soon be good for nothing.
    const bool isSameBinding = m_conflict.kind == AddConflict::Kind::SameBinding;
    (isSameBinding ? m_replace : keep)->setChecked(true);
    card.column->addWidget(keep);
    card.column->addWidget(m_replace);
    column->addWidget(card.card);
    if (!isSameBinding)
        return;
    column->addSpacing(px(12));
    note(tr("Nothing is stored until you add it. The page may ask for this code once."));
}

void BindSheet::addButtons()
{
    m_cancel = new Button(tr("Cancel"), Button::Look::Outlined);
    const bool isKnown = m_conflict.kind == AddConflict::Kind::SameAccount;
    m_add = new Button(isKnown ? tr("Show it") : tr("Add account"), Button::Look::Primary);
    connect(m_cancel, &Button::clicked, this, &QDialog::reject);
    connect(m_add, &Button::clicked, this, &BindSheet::press);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_add);
    foot()->addLayout(row);
    QWidget::setTabOrder(m_add, m_cancel);
    m_add->setFocus();
}

void BindSheet::press()
{
    if (m_conflict.kind == AddConflict::Kind::SameAccount)
        emit showRequested(m_conflict.existing->id);
    else
        emit addRequested();
}

void BindSheet::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !event->isAutoRepeat() && m_add->isEnabled())
        press();
    else
        Sheet::keyPressEvent(event);
}

void BindSheet::setCodeOffset(std::chrono::seconds offset)
{
    m_codeOffset = offset;
    tick(m_ticker.now());
}

void BindSheet::setStoring()
{
    m_add->setEnabled(false);
    m_cancel->setEnabled(false);
    m_add->setText(tr("Adding…"));
}

void BindSheet::showFailure(const Error &error, KeptIn keptIn)
{
    m_add->setEnabled(true);
    m_cancel->setEnabled(true);
    m_add->setText(tr("Add account"));
    delete m_failure;
    const Explanation words = ErrorText::of(error.code, keptIn);
    m_failure = new QWidget;
    auto *room = new QVBoxLayout(m_failure);
    room->setContentsMargins(0, px(12), 0, 0);
    room->addWidget(makeNotice(Card::Tint::Danger, u"warning"_s, words.headline, words.rest).card);
    m_column->insertWidget(m_column->count() - 1, m_failure);
    fitAndShow(*m_failure);
}

void BindSheet::showEvent(QShowEvent *event)
{
    m_ticker.setRunning(true);
    Sheet::showEvent(event);
}

void BindSheet::hideEvent(QHideEvent *event)
{
    m_ticker.setRunning(false);
    Sheet::hideEvent(event);
}

void BindSheet::tick(std::chrono::sys_seconds second)
{
    if (!m_code)
        return;
    const std::chrono::sys_seconds now = second + m_codeOffset;
    if (const Result<OneTimeCode> current = codeAt(m_uri.secret, m_uri.parameters, now))
        m_code->setCode(*current, now);
}

} // namespace hufu
