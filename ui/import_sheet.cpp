#include "ui/import_sheet.h"

#include "ui/button.h"
#include "ui/import_row.h"
#include "ui/measures.h"
#include "ui/sheet_parts.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

QString titleOf(const QString &issuer, const QString &account)
{
    return issuer.isEmpty() ? account : issuer;
}

Text *makeCaption(const QString &words)
{
    auto *caption = new Text(words, Type::BodyStrong, Text::Tint::Quiet);
    caption->setContentsMargins(px(4), px(16), 0, px(8));
    return caption;
}

} // namespace

ImportSheet::ImportSheet(QWidget *parent)
    : Sheet(tr("Import accounts"), 460, parent)
{
}

ImportSheet::~ImportSheet() = default;

void ImportSheet::take(std::vector<MigrationPart> parts, const AccountSet &accounts)
{
    m_accounts = accounts;
    m_other.clear();
    m_isFailure = false;
    bool isNew = false;
    for (MigrationPart &part : parts) {
        if (!m_codes.mayTake(part))
            m_other.push_back(std::move(part));
        else if (const auto taken = m_codes.take(std::move(part)))
            isNew = isNew || *taken == MigrationCollection::Taken::New;
    }
    m_said = {};
    if (!m_other.empty())
        m_said = ErrorText::of(Errc::AnotherExport);
    else if (!isNew)
        m_said = {tr("This code was read already"), m_codes.isComplete()
                                                        ? QString()
                                                        : tr("Show the next code in the other "
                                                             "authenticator, then read that.")};
    build();
}

void ImportSheet::useOther()
{
    m_codes = {};
    m_unticked.clear();
    take(std::exchange(m_other, {}), AccountSet(m_accounts));
}

void ImportSheet::say(const Explanation &words)
{
    m_said = words;
    m_isFailure = false;
    m_other.clear();
    build();
}

void ImportSheet::showFailure(const Error &error, KeptIn keptIn)
{
    m_said = ErrorText::of(error.code, keptIn);
    m_isFailure = true;
    m_isStoring = false;
    build();
}

void ImportSheet::setStoring()
{
    m_isStoring = true;
    build();
}

void ImportSheet::build()
{
    m_rows.clear();
    m_screen = m_add = m_cancel = nullptr;
    QVBoxLayout *column = newContent();
    addHeadline(column);
    if (!m_codes.isComplete())
        addScanButtons(column);
    if (!m_said.headline.isEmpty())
        addNotice(column);
    addAccounts(column);
    addRefused(column);
    column->addSpacing(px(8));
    column->addStretch(1);
    addButtons();
    countChosen();
    if (isVisible())
        fit();
    Button *first = m_screen ? m_screen : m_add->isEnabled() ? m_add : m_cancel;
    first->setFocus();
}

void ImportSheet::addHeadline(QVBoxLayout *column)
{
    QString headline = tr("Accounts of another authenticator");
    QString rest = tr("Choose what to add. Nothing is stored before that.");
    if (!m_codes.isComplete()) {
        //: Parts of an export that was spread over several QR codes.
        headline = tr("%1 of %2 codes read").arg(m_codes.read()).arg(m_codes.size());
        QStringList numbers;
        for (const int number : m_codes.missing())
            numbers << QString::number(number);
        rest = tr("Still missing: %1. Show the next code in the other authenticator, then read it "
                  "here. The order does not matter.")
                   //: Stands between the numbers of missing codes.
                   .arg(numbers.join(tr(", ")));
    } else if (m_codes.size() > 1) {
        rest = tr("All %n code(s) were read.", nullptr, m_codes.size()) + u' ' + rest;
    }
    column->addWidget((new Text(headline, Type::Title))->wrapped());
    column->addSpacing(px(4));
    column->addWidget((new Text(rest, Type::Body, Text::Tint::Quiet))->wrapped());
    setAccessibleDescription(headline + u". "_s + rest);
}

void ImportSheet::addScanButtons(QVBoxLayout *column)
{
    column->addSpacing(px(8));
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    // Short words, so that three buttons stand side by side; the long ones are for who listens.
    const auto add = [this, row](const QString &icon, const QString &words, const QString &name,
                                 Button::Look look, void (ImportSheet::*way)()) {
        auto *button = new Button(words, look);
        button->setIconName(icon);
        button->setAccessibleName(name);
        button->setToolTip(name);
        button->setEnabled(!m_isStoring);
        connect(button, &Button::clicked, this, way);
        row->addWidget(button);
        return button;
    };
    m_screen = add(u"scan-screen"_s, tr("Screen"), tr("Scan the screen"), Button::Look::Primary,
                   &ImportSheet::screenRequested);
    add(u"camera"_s, tr("Camera"), tr("Use the camera"), Button::Look::Outlined,
        &ImportSheet::cameraRequested);
    add(u"image"_s, tr("Picture"), tr("Open a picture"), Button::Look::Outlined,
        &ImportSheet::pictureRequested);
    row->addStretch(1);
    column->addLayout(row);
}

void ImportSheet::addNotice(QVBoxLayout *column)
{
    column->addSpacing(px(12));
    const NoticeCard notice = makeNotice(m_isFailure ? Card::Tint::Danger : Card::Tint::Warning,
                                         u"warning"_s, m_said.headline, m_said.rest);
    if (!m_other.empty()) {
        auto *other = new Button(tr("Start again with the new export"), Button::Look::Link);
        connect(other, &Button::clicked, this, &ImportSheet::useOther);
        notice.column->addWidget(other, 0, Qt::AlignLeft);
    }
    column->addWidget(notice.card);
}

void ImportSheet::addAccounts(QVBoxLayout *column)
{
    auto *card = new Card(Card::Tint::Plain);
    card->column()->setContentsMargins(px(5), px(5), px(5), px(5));
    card->column()->setSpacing(px(2));
    AccountSet there = m_accounts; // grows, so that the names come out as they will be stored
    AccountAdder adder(there);
    for (const auto &[index, part] : m_codes.parts()) {
        for (std::size_t number = 0; number < part.accounts.size(); ++number) {
            const KeyUri &uri = part.accounts[number];
            const Place place{index, number};
            const QString title = titleOf(uri.issuer, uri.account);
            ImportRow::Words words{title.isEmpty() ? tr("Account without a name") : title,
                                   uri.issuer.isEmpty() ? QString() : uri.account,
                                   {}};
            const AddConflict conflict = adder.conflictOf(uri);
            const bool isKnown = conflict.kind == AddConflict::Kind::SameAccount;
            if (isKnown && !m_accounts.find(conflict.existing->id)) {
                words.remark = tr("Stands twice in the export");
            } else if (isKnown) {
                const QString name = titleOf(conflict.existing->issuer, conflict.existing->account);
                words.remark = tr("Here already as “%1”").arg(name);
            } else if (Result<KeyUri> twin = uri.copy()) {
                const auto added = adder.add(std::move(*twin), AddChoice::KeepBoth, {});
                const AccountPtr account = added ? there.find(*added) : nullptr;
                if (account && account->issuer != uri.issuer)
                    words.remark = tr("Name taken: added as “%1”").arg(account->issuer.trimmed());
            }
            auto *row = new ImportRow(std::move(words));
            row->setChecked(!isKnown && !m_unticked.contains(place));
            row->setEnabled(!isKnown && !m_isStoring);
            connect(row, &ImportRow::toggled, this, [this, place](bool isOn) {
                if (isOn)
                    m_unticked.erase(place);
                else
                    m_unticked.insert(place);
                countChosen();
            });
            card->column()->addWidget(row);
            m_rows.emplace_back(place, row);
        }
    }
    if (m_rows.empty())
        return delete card;
    column->addWidget(makeCaption(tr("Accounts")));
    column->addWidget(card);
}

void ImportSheet::addRefused(QVBoxLayout *column)
{
    auto *card = new Card(Card::Tint::Plain);
    bool isFirst = true;
    for (const auto &[index, part] : m_codes.parts()) {
        for (const MigrationPart::Refused &entry : part.refused) {
            if (!std::exchange(isFirst, false))
                card->column()->addWidget(makeHairline());
            const QString title = titleOf(entry.issuer, entry.account);
            auto *words = new QVBoxLayout;
            words->setContentsMargins(0, px(8), 0, px(8));
            words->setSpacing(px(1));
            words->addWidget(
                (new Text(title.isEmpty() ? tr("Account without a name") : title, Type::BodyStrong))
                    ->elidedInMiddle());
            if (!entry.issuer.isEmpty() && !entry.account.isEmpty())
                words->addWidget(
                    (new Text(entry.account, Type::Account, Text::Tint::Quiet))->elidedInMiddle());
            words->addWidget(
                (new Text(ErrorText::ofEntry(entry.reason), Type::Small, Text::Tint::Quiet))
                    ->wrapped());
            card->column()->addLayout(words);
        }
    }
    if (isFirst)
        return delete card;
    column->addWidget(makeCaption(tr("Cannot be imported")));
    column->addWidget(card);
}

void ImportSheet::addButtons()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addStretch(1);
    m_cancel = new Button(tr("Cancel"), Button::Look::Outlined);
    m_add = new Button({}, m_codes.isComplete() ? Button::Look::Primary : Button::Look::Outlined);
    connect(m_cancel, &Button::clicked, this, &QDialog::reject);
    connect(m_add, &Button::clicked, this, &ImportSheet::addRequested);
    m_cancel->setEnabled(!m_isStoring);
    row->addWidget(m_cancel);
    row->addWidget(m_add);
    foot()->addLayout(row);
}

void ImportSheet::countChosen()
{
    const auto count = static_cast<int>(
        std::ranges::count_if(m_rows, [](const auto &row) { return row.second->isChecked(); }));
    m_add->setEnabled(count > 0 && !m_isStoring);
    if (m_isStoring)
        m_add->setText(tr("Adding…"));
    else if (m_codes.isComplete())
        m_add->setText(tr("Add %n account(s)", nullptr, count));
    else
        m_add->setText(tr("Add %n without the rest", nullptr, count));
}

Result<std::vector<KeyUri>> ImportSheet::chosen() const
{
    std::vector<KeyUri> uris;
    for (const auto &[place, row] : m_rows) {
        if (!row->isChecked())
            continue;
        Result<KeyUri> uri = m_codes.parts().at(place.first).accounts.at(place.second).copy();
        if (!uri)
            return tl::unexpected(uri.error());
        uris.push_back(std::move(*uri));
    }
    return uris;
}

void ImportSheet::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_isStoring)
        return; // what is under way is seen through
    if (isEnter && !event->isAutoRepeat() && m_codes.isComplete() && m_add->isEnabled())
        emit addRequested();
    else if (event->matches(QKeySequence::Paste))
        emit pasteRequested();
    else
        Sheet::keyPressEvent(event);
}

} // namespace hufu
