#include "ui/bin_sheet.h"

#include "core/account/bin.h"
#include "ui/button.h"
#include "ui/measures.h"
#include "ui/name_field.h"
#include "ui/sheet_parts.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

QString titleOf(const Account &account)
{
    return account.issuer.isEmpty() ? account.account : account.issuer;
}

} // namespace

BinSheet::BinSheet(QWidget *parent)
    : Sheet(tr("Deleted accounts"), 420, parent)
{
}

void BinSheet::setAccounts(const AccountSet &accounts, std::chrono::sys_seconds now)
{
    m_accounts = inBin(accounts);
    m_now = now;
    const bool isStillThere =
        m_asked && std::ranges::any_of(m_accounts, [this](const AccountPtr &account) {
            return account->id == m_asked->id;
        });
    if (!isStillThere)
        showList();
}

QString BinSheet::datesOf(const Account &account) const
{
    using std::chrono::days;
    const auto ago = std::chrono::floor<days>(m_now - *account.deleted).count();
    const auto left = std::chrono::ceil<days>(*account.deleted + binTime - m_now).count();
    const QString deleted = ago <= 0 ? tr("Deleted today")
                                     : tr("Deleted %n day(s) ago", nullptr, static_cast<int>(ago));
    const QString gone = tr("gone in %n day(s)", nullptr,
                            static_cast<int>(std::clamp<long>(static_cast<long>(left), 0, 30)));
    //: When it was deleted, and when it will be gone.
    return tr("%1, %2").arg(deleted, gone);
}

QWidget *BinSheet::makeRow(const AccountPtr &account)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, px(11), 0, px(7));
    line->setSpacing(0);
    line->addWidget(new AvatarView(titleOf(*account), 36, 10, Type::Value), 0, Qt::AlignTop);
    line->addSpacing(px(4));
    auto *words = new QVBoxLayout;
    words->setSpacing(px(1));
    const auto add = [words](Text *text) {
        text->setContentsMargins(Button::margin() + px(4), 0, 0, 0); // in line with the links
        words->addWidget(text->wrapped());
    };
    add(new Text(titleOf(*account), Type::BodyStrong));
    if (!account->issuer.isEmpty() && !account->account.isEmpty())
        add(new Text(breakable(account->account), Type::Account, Text::Tint::Quiet));
    add(new Text(datesOf(*account), Type::Small, Text::Tint::Quiet));
    auto *links = new QHBoxLayout;
    links->setSpacing(0);
    auto *restore = new Button(tr("Restore"), Button::Look::Link);
    restore->setAccessibleName(tr("Restore %1").arg(titleOf(*account)));
    auto *remove = new Button(tr("Delete for ever…"), Button::Look::QuietLink);
    for (Button *link : {restore, remove})
        link->setBodyHeight(28);
    remove->setAccessibleName(tr("Delete %1 for ever").arg(titleOf(*account)));
    connect(restore, &Button::clicked, this,
            [this, id = account->id] { emit restoreRequested(id); });
    connect(remove, &Button::clicked, this, [this, account] { showQuestion(account); });
    links->addWidget(restore);
    links->addWidget(remove);
    links->addStretch(1);
    words->addLayout(links);
    line->addLayout(words, 1);
    return row;
}

void BinSheet::showList()
{
    m_asked.reset();
    m_confirm = nullptr;
    QVBoxLayout *column = newContent();
    column->addWidget((new Text(tr("Deleted accounts"), Type::Title))->wrapped());
    column->addSpacing(px(8));
    const QString words = m_accounts.empty()
                              ? tr("The bin is empty. What you delete stays here for 30 days.")
                              : tr("They give no codes and confirm no logins. After 30 days they "
                                   "are gone for ever.");
    column->addWidget((new Text(words, Type::Body, Text::Tint::Quiet))->wrapped());
    column->addSpacing(px(16));
    if (!m_accounts.empty()) {
        auto *card = new Card(Card::Tint::Plain);
        for (const AccountPtr &account : m_accounts) {
            if (account != m_accounts.front())
                card->column()->addWidget(makeHairline());
            card->column()->addWidget(makeRow(account));
        }
        column->addWidget(card);
        column->addSpacing(px(8));
    }
    column->addStretch(1);
    auto *close = new Button(tr("Close"), Button::Look::Outlined);
    connect(close, &Button::clicked, this, &QDialog::accept);
    foot()->addWidget(close, 0, Qt::AlignRight);
    showNew(close);
}

/// Only what is shown already can take the focus.
void BinSheet::showNew(QWidget *focus)
{
    if (isVisible())
        fit();
    focus->setFocus();
}

void BinSheet::showQuestion(const AccountPtr &account)
{
    m_asked = account;
    const QString name = nameToType(*account);
    QVBoxLayout *column = newContent();
    column->addWidget(
        (new Text(tr("Delete %1 for ever?").arg(titleOf(*account)), Type::Title))->wrapped());
    column->addSpacing(px(8));
    const QString bound =
        account->binding ? tr(" Its server is not told: unbind it there, too.") : QString();
    column->addWidget(
        (new Text(tr("Its key is destroyed. Nothing brings it back but a backup or binding it "
                     "again.") +
                      bound,
                  Type::Body, Text::Tint::Quiet))
            ->wrapped());
    column->addSpacing(px(16));
    column->addWidget((new Text(tr("Type “%1” to go on:").arg(name), Type::Small))->wrapped());
    column->addSpacing(px(4));
    auto *field = new NameField(tr("Name of the account to delete"));
    column->addWidget(field);
    column->addSpacing(px(8));
    column->addStretch(1);

    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addStretch(1);
    auto *cancel = new Button(tr("Cancel"), Button::Look::Outlined);
    m_confirm = new Button(tr("Delete for ever"), Button::Look::Primary);
    m_confirm->setEnabled(false);
    connect(cancel, &Button::clicked, this, &BinSheet::showList);
    connect(m_confirm, &Button::clicked, this, [this, id = account->id] {
        m_confirm->setEnabled(false);
        emit deleteRequested(id);
    });
    connect(field, &QLineEdit::textChanged, this, [this, account](const QString &typed) {
        m_confirm->setEnabled(isTyped(*account, typed));
    });
    row->addWidget(cancel);
    row->addWidget(m_confirm);
    foot()->addLayout(row);
    showNew(field);
}

void BinSheet::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_confirm && m_confirm->isEnabled() && !event->isAutoRepeat())
        m_confirm->click();
    else if (event->key() == Qt::Key_Escape && m_asked)
        showList();
    else if (!isEnter)
        Sheet::keyPressEvent(event);
}

} // namespace hufu
