#include "ui/password_sheet.h"

#include "ui/button.h"
#include "ui/error_text.h"
#include "ui/measures.h"
#include "ui/secret_field.h"
#include "ui/text.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace hufu {

namespace {

bool isMove(PasswordSheet::Task task)
{
    return task == PasswordSheet::Task::MoveToFile ||
           task == PasswordSheet::Task::MoveToFileAndSet ||
           task == PasswordSheet::Task::MoveToKeychain;
}

} // namespace

PasswordSheet::PasswordSheet(Task task, QWidget *parent)
    : Sheet(isMove(task) ? tr("Where accounts are kept") : tr("App password"), 420, parent)
{
    build(task);
}

Explanation PasswordSheet::wordsOf(Task task)
{
    switch (task) {
    case Task::Set:
        return {tr("Set an app password"),
                tr("Hufu asks for it when it starts and when it was locked. Without it nobody "
                   "reads your accounts, not even other programs of yours.")};
    case Task::Change:
        return {tr("Change the app password"), tr("From now on only the new one unlocks Hufu.")};
    case Task::Remove:
        return {tr("Remove the app password"),
                tr("Hufu then opens without asking and no longer locks. Other programs of yours "
                   "can read what the system's keychain holds.")};
    case Task::MoveToFile:
    case Task::MoveToFileAndSet: {
        const QString rest = tr("The accounts move into a file in your home folder. Nothing of "
                                "them stays in the keychain.");
        return {tr("Move the accounts into a file"),
                task == Task::MoveToFile
                    ? rest + u' ' + tr("The app password seals the file.")
                    : rest + u' ' +
                          tr("An app password seals the file; Hufu asks for it when it starts "
                             "and when it was locked.")};
    }
    case Task::MoveToKeychain:
        return {tr("Move the accounts into the keychain"),
                tr("The system's keychain holds them from then on, and the file is removed. The "
                   "app password stays set.")};
    }
    Q_UNREACHABLE();
}

void PasswordSheet::build(Task task)
{
    m_task = task;
    m_current = m_next = m_repeated = nullptr;
    const auto [headline, rest] = wordsOf(task);
    const bool asksNext =
        task == Task::Set || task == Task::Change || task == Task::MoveToFileAndSet;
    QVBoxLayout *column = newContent();
    column->addWidget((new Text(headline, Type::Title))->wrapped());
    column->addSpacing(px(8));
    column->addWidget((new Text(rest, Type::Body, Text::Tint::Quiet))->wrapped());
    column->addSpacing(px(16));
    if (task != Task::Set && task != Task::MoveToFileAndSet)
        m_current = addField(column, tr("Password now"));
    if (asksNext) {
        m_next = addField(column, tr("New password"));
        m_repeated = addField(column, tr("New password again"));
    }
    m_words = (new Text({}, Type::Small, Text::Tint::Danger))->wrapped();
    m_words->hide();
    column->addWidget(m_words);
    if (asksNext) {
        column->addSpacing(px(8));
        column->addWidget((new Text(tr("It cannot be recovered. If you forget it, only a backup or "
                                       "binding each account again brings them back."),
                                    Type::Small, Text::Tint::Quiet))
                              ->wrapped());
    }
    column->addSpacing(px(8));
    column->addStretch(1);
    addButtons();
    setAccessibleDescription(headline + u' ' + rest);
}

SecretField *PasswordSheet::addField(QVBoxLayout *column, const QString &name)
{
    auto *label = new Text(name, Type::Small, Text::Tint::Quiet);
    auto *field = new SecretField(name);
    column->addWidget(label);
    column->addSpacing(px(4));
    column->addWidget(field);
    column->addSpacing(px(12));
    connect(field, &SecretField::submitted, this, &PasswordSheet::submit);
    connect(field, &SecretField::changed, this, [this] {
        if (m_words->isVisibleTo(this) && !m_isBusy)
            say({}, nullptr);
    });
    connect(field, &SecretField::capsLockSeen, this, [this](bool isOn) {
        if (isOn && !m_isBusy && !m_words->isVisibleTo(this)) {
            say(tr("Caps Lock is on."), nullptr);
            m_words->setTint(Text::Tint::Quiet);
        }
    });
    return field;
}

void PasswordSheet::addButtons()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    m_buttons.clear();
    if (m_task == Task::Change) {
        auto *remove = new Button(tr("Remove it…"), Button::Look::DangerLink);
        connect(remove, &Button::clicked, this, [this] {
            build(Task::Remove);
            fit();
            m_current->setFocus();
        });
        row->addWidget(remove);
        m_buttons << remove;
    }
    row->addStretch(1);
    auto *cancel = new Button(tr("Cancel"), Button::Look::Outlined);
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    m_primary = new Button(isMove(m_task)           ? tr("Move")
                           : m_task == Task::Set    ? tr("Set the password")
                           : m_task == Task::Change ? tr("Change")
                                                    : tr("Remove"),
                           Button::Look::Primary);
    connect(m_primary, &Button::clicked, this, &PasswordSheet::submit);
    row->addWidget(cancel);
    row->addWidget(m_primary);
    m_buttons << cancel << m_primary;
    foot()->addLayout(row);
}

SecretBytes PasswordSheet::takeCurrent()
{
    return m_current ? m_current->take() : SecretBytes();
}

SecretBytes PasswordSheet::takeNext()
{
    if (m_repeated)
        m_repeated->clear();
    return m_next ? m_next->take() : SecretBytes();
}

/// What is missing is said in words; how good the password is, is the person's business.
void PasswordSheet::submit()
{
    if (m_isBusy)
        return;
    for (SecretField *field : {m_current, m_next, m_repeated}) {
        if (!field || !field->isEmpty())
            continue;
        // Enter leads from field to field.
        const bool isNext = field != m_current && (field == m_next || !m_next->isEmpty());
        field->setFocus();
        if (isNext && !m_primary->hasFocus() && sender() != m_primary)
            return say({}, nullptr);
        return say(field == m_current ? tr("Type the password that is set now.")
                   : field == m_next  ? tr("Type a new password.")
                                      : tr("Type the new password once more."),
                   field);
    }
    if (m_next && !m_next->holdsTheSameAs(*m_repeated)) {
        m_repeated->clear();
        m_repeated->setFocus();
        return say(tr("The two new passwords differ. Type the second one again."), m_repeated);
    }
    emit submitted();
}

void PasswordSheet::say(const QString &words, SecretField *wrong)
{
    m_words->setText(words);
    m_words->setTint(Text::Tint::Danger);
    m_words->setVisible(!words.isEmpty());
    if (wrong) {
        wrong->setWrong(true);
        wrong->setAccessibleDescription(words);
    }
    fit();
}

void PasswordSheet::setBusy(bool busy)
{
    m_isBusy = busy;
    for (QWidget *part : m_buttons)
        part->setEnabled(!busy);
    for (SecretField *field : {m_current, m_next, m_repeated}) {
        if (field)
            field->setEnabled(!busy);
    }
    if (busy) {
        say(tr("This takes a moment…"), nullptr);
        m_words->setTint(Text::Tint::Quiet);
    }
}

void PasswordSheet::showFailure(const Error &error, KeptIn keptIn)
{
    setBusy(false);
    SecretField *first = m_current ? m_current : m_next;
    first->setFocus();
    say(ErrorText::of(error.code, keptIn).whole(),
        error.code == Errc::PasswordWrong ? m_current : nullptr);
}

void PasswordSheet::showEvent(QShowEvent *event)
{
    Sheet::showEvent(event);
    (m_current ? m_current : m_next)->setFocus();
}

void PasswordSheet::keyPressEvent(QKeyEvent *event)
{
    if (m_isBusy)
        return; // what is under way is seen through
    Sheet::keyPressEvent(event);
}

} // namespace hufu
