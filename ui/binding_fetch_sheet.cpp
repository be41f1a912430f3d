#include "ui/binding_fetch_sheet.h"

#include "ui/button.h"
#include "ui/error_card.h"
#include "ui/error_text.h"
#include "ui/measures.h"
#include "ui/sheet_parts.h"

#include <QKeyEvent>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

/// Whether to ask once more can help: what the server has decided stays decided.
bool maySucceedLater(Errc code)
{
    return code != Errc::AnswerMalformed && code != Errc::ServerRefused;
}

} // namespace

BindingFetchSheet::BindingFetchSheet(std::unique_ptr<BindingFetch> fetch, const QString &origin,
                                     const QString &host, QWidget *parent)
    : Sheet(tr("Bind an account"), 420, parent)
    , m_fetch(std::move(fetch))
{
    connect(m_fetch.get(), &BindingFetch::stateChanged, this, &BindingFetchSheet::follow);
    build(origin, host);
}

BindingFetchSheet::~BindingFetchSheet() = default;

void BindingFetchSheet::build(const QString &origin, const QString &host)
{
    m_column = newContent();
    m_column->addLayout(makeHead(host, origin, tr("Ask this server for a key?")));
    m_column->addSpacing(px(20));
    auto *details = new DetailCard;
    details->addRow(tr("Server"), (new Text(breakable(host), Type::Value))->wrapped());
    details->addRow(tr("Is told"),
                    (new Text(tr("The name of this computer"), Type::Body))->wrapped());
    m_column->addWidget(details);
    m_column->addSpacing(px(16));
    m_column->addWidget((new Text(tr("The code holds no key, only the address of one. Nothing was "
                                     "sent yet. Go on only if you know this server and opened the "
                                     "page with the code yourself."),
                                  Type::Small, Text::Tint::Quiet))
                            ->wrapped());
    m_column->addStretch(1);

    m_cancel = new Button(tr("Cancel"), Button::Look::Outlined);
    m_ask = new Button(tr("Ask the server"), Button::Look::Primary);
    connect(m_cancel, &Button::clicked, this, &QDialog::reject);
    connect(m_ask, &Button::clicked, this, &BindingFetchSheet::goOn);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_ask);
    foot()->addLayout(row);
    QWidget::setTabOrder(m_cancel, m_ask);
    m_cancel->setFocus();
}

void BindingFetchSheet::goOn()
{
    if (!isOver())
        return m_fetch->start();
    reject();
    emit scanRequested();
}

bool BindingFetchSheet::isOver() const
{
    return m_fetch->state() == BindingFetch::State::Failed &&
           m_fetch->failure().code == Errc::BindingExpired;
}

void BindingFetchSheet::follow()
{
    switch (m_fetch->state()) {
    case BindingFetch::State::Waiting:
        break;
    case BindingFetch::State::Fetching:
        m_ask->setEnabled(false);
        m_ask->setText(tr("Asking…"));
        delete std::exchange(m_failure, nullptr);
        break;
    case BindingFetch::State::Fetched:
        emit fetched();
        break;
    case BindingFetch::State::Failed:
        showFailure();
        break;
    }
}

void BindingFetchSheet::showFailure()
{
    const Errc code = m_fetch->failure().code;
    const Explanation words = ErrorText::ofBinding(code);
    delete m_failure;
    m_failure = new QWidget;
    auto *room = new QVBoxLayout(m_failure);
    room->setContentsMargins(0, px(12), 0, 0);
    auto *card = new ErrorCard(words, m_fetch->trace());
    connect(card, &ErrorCard::resized, this, [this] { fit(); });
    room->addWidget(card);
    m_column->insertWidget(m_column->count() - 1, m_failure);
    m_ask->setText(isOver() ? tr("Scan again") : tr("Try again"));
    m_ask->setEnabled(true);
    m_ask->setVisible(maySucceedLater(code));
    m_cancel->setText(tr("Close"));
    fitAndShow(*m_failure);
}

void BindingFetchSheet::keyPressEvent(QKeyEvent *event)
{
    // Nothing is sent by an Enter that was meant for another window.
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter)
        Sheet::keyPressEvent(event);
}

} // namespace hufu
