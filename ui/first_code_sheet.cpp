#include "ui/first_code_sheet.h"

#include "ui/button.h"
#include "ui/code_box.h"
#include "ui/measures.h"
#include "ui/sheet_parts.h"

#include <QKeyEvent>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hufu {

FirstCodeSheet::FirstCodeSheet(const AccountPtr &account, const Clock &clock, QWidget *parent)
    : Sheet(tr("Account added"), 420, parent)
    , m_account(account)
    , m_ticker(clock)
{
    connect(&m_ticker, &CodeTicker::ticked, this, &FirstCodeSheet::tick);
    m_uncopy.setSingleShot(true);
    m_uncopy.setInterval(1500ms);
    build();
    m_uncopy.callOnTimeout(this, [this] { m_copy->setText(tr("Copy the code")); });
    tick(m_ticker.now());
}

FirstCodeSheet::~FirstCodeSheet() = default;

void FirstCodeSheet::build()
{
    const Account &account = *m_account;
    const bool isReplacing = account.binding && account.binding->replaces;
    const QString title = account.issuer.isEmpty() ? account.account : account.issuer;
    QVBoxLayout *column = newContent();
    column->addLayout(makeHead(title, tr("One last step"), title));
    column->addSpacing(px(20));
    m_code = new CodeBox;
    column->addWidget(m_code);
    column->addSpacing(px(16));
    m_task =
        (new Text(tr("Type this code on the page that showed you the binding code."), Type::Value))
            ->wrapped();
    column->addWidget(m_task);
    column->addSpacing(px(8));
    m_note = (new Text(isReplacing
                           ? tr("The page turns the new key on with it. Until that has worked once "
                                "the old key is kept, marked “old key” in the list.")
                           : tr("The page turns the account on with it. You find the code in the "
                                "list, too."),
                       Type::Small, Text::Tint::Quiet))
                 ->wrapped();
    column->addWidget(m_note);
    column->addStretch(1);

    auto *done = new Button(tr("Done"), Button::Look::Outlined);
    connect(done, &Button::clicked, this, &QDialog::accept);
    m_copy = new Button(tr("Copy the code"), Button::Look::Primary);
    connect(m_copy, &Button::clicked, this, &FirstCodeSheet::copy);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addStretch(1);
    row->addWidget(done);
    row->addWidget(m_copy);
    foot()->addLayout(row);
    QWidget::setTabOrder(m_copy, done);
    m_copy->setFocus();
}

void FirstCodeSheet::copy()
{
    emit copyRequested(m_shown);
    m_copy->setText(tr("Copied"));
    m_uncopy.start();
}

void FirstCodeSheet::setWorked(const AccountPtr &present)
{
    m_account = present;
    m_task->setText(tr("The server has taken the new key."));
    m_task->setTint(Text::Tint::Success);
    m_note->setText(tr("The account works. There is nothing more to do here."));
    setAccessibleDescription(m_task->text() + u' ' + m_note->text());
    fit();
}

void FirstCodeSheet::setCodeOffset(std::chrono::seconds offset)
{
    m_codeOffset = offset;
    tick(m_ticker.now());
}

void FirstCodeSheet::tick(std::chrono::sys_seconds second)
{
    const std::chrono::sys_seconds now = second + m_codeOffset;
    const Result<OneTimeCode> current = m_account->codeAt(now);
    if (!current)
        return;
    const Result<OneTimeCode> following = m_account->codeAt(current->until);
    m_shown = current->text;
    m_code->setCode(*current, now, following ? following->text : QString());
}

void FirstCodeSheet::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !event->isAutoRepeat())
        copy();
    else
        Sheet::keyPressEvent(event);
}

void FirstCodeSheet::showEvent(QShowEvent *event)
{
    m_ticker.setRunning(true);
    Sheet::showEvent(event);
}

void FirstCodeSheet::hideEvent(QHideEvent *event)
{
    m_ticker.setRunning(false);
    Sheet::hideEvent(event);
}

} // namespace hufu
