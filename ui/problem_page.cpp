#include "ui/problem_page.h"

#include "ui/button.h"
#include "ui/error_text.h"
#include "ui/measures.h"
#include "ui/tally.h"
#include "ui/text.h"

#include <QVBoxLayout>

namespace hufu {
namespace {

/// A sentence as a title.
QString withoutStop(const QString &sentence)
{
    const bool hasStop = sentence.endsWith(u'.') || sentence.endsWith(u'。');
    return sentence.chopped(hasStop ? 1 : 0);
}

} // namespace

ProblemPage::ProblemPage(QWidget *parent)
    : QWidget(parent)
    , m_whole(new QVBoxLayout(this))
{
    m_whole->setContentsMargins(0, 0, 0, 0);
}

void ProblemPage::show(const Error &problem, bool mayUsePassword, KeptIn keptIn)
{
    delete m_content;
    m_content = new QWidget;
    const Explanation words = ErrorText::of(problem.code, keptIn);
    const bool isLocked = problem.code == Errc::KeychainLocked;
    auto *primary =
        new Button(isLocked ? tr("Unlock the keychain") : tr("Try again"), Button::Look::Primary);
    primary->setBodyHeight(40);
    m_primary = primary;
    auto *doctor = new Button(tr("What is wrong?"), Button::Look::Link);
    connect(doctor, &Button::clicked, this, &ProblemPage::doctorRequested);
    auto *quit = new Button(tr("Quit"), Button::Look::QuietLink);
    connect(primary, &Button::clicked, this,
            isLocked ? &ProblemPage::unlockRequested : &ProblemPage::retryRequested);
    connect(quit, &Button::clicked, this, &ProblemPage::quitRequested);

    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(px(24), px(24), px(24), px(24));
    column->setSpacing(0);
    column->addStretch(1);
    column->addWidget(new Tally(Tally::Kind::Locked), 0, Qt::AlignHCenter);
    column->addSpacing(px(28));
    column->addWidget(
        (new Text(withoutStop(words.headline), Type::Title))->wrapped()->aligned(Qt::AlignHCenter));
    column->addSpacing(px(8));
    column->addWidget((new Text(words.rest, Type::Body, Text::Tint::Quiet))
                          ->wrapped()
                          ->aligned(Qt::AlignHCenter));
    column->addSpacing(px(20));
    primary->setMinimumWidth(px(284));
    column->addWidget(primary, 0, Qt::AlignHCenter);
    column->addSpacing(px(4));
    if (mayUsePassword) {
        auto *instead = new Button(tr("Use a password instead"), Button::Look::Link);
        connect(instead, &Button::clicked, this, &ProblemPage::passwordInsteadRequested);
        column->addWidget(instead, 0, Qt::AlignHCenter);
    }
    column->addWidget(doctor, 0, Qt::AlignHCenter);
    column->addWidget(quit, 0, Qt::AlignHCenter);
    column->addStretch(2);
    m_whole->addWidget(m_content);
    setAccessibleName(words.headline);
    setAccessibleDescription(words.rest);
    setFocusProxy(primary);
    primary->setFocus();
}

void ProblemPage::setBusy(bool busy)
{
    if (m_primary)
        m_primary->setEnabled(!busy);
}

} // namespace hufu
