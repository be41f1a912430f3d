#include "ui/scan_result_sheet.h"

#include "ui/button.h"
#include "ui/finding_views.h"
#include "ui/measures.h"
#include "ui/sheet_parts.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr double sheetWidth = 600;
constexpr double roomForPreviews = sheetWidth - 2 * 24;
constexpr double previewHeight = 172;
constexpr double gap = 16;

FindingRow::Words wordsOf(const Reading &reading, const AccountSet &accounts)
{
    const Payload &payload = reading.payload;
    FindingRow::Words words;
    if (const auto *part = std::get_if<MigrationPart>(&payload)) {
        words.kind = ScanResultSheet::tr("Import");
        words.title = ScanResultSheet::tr("Export of another authenticator");
        words.line =
            ScanResultSheet::tr("%1 of %2 codes").arg(reading.further.size() + 1).arg(part->size);
        words.icon = u"import"_s;
        return words;
    }
    if (const auto *uri = std::get_if<KeyUri>(&payload)) {
        words.kind = ScanResultSheet::tr("New account");
        words.title = uri->issuer.isEmpty() ? uri->account : uri->issuer;
        words.line = uri->account;
        words.icon = u"key-add"_s;
        return words;
    }
    if (const auto *address = std::get_if<BindingAddress>(&payload)) {
        words.kind = ScanResultSheet::tr("New account");
        words.title = words.line = address->host;
        words.icon = u"key-add"_s;
        return words;
    }
    const auto &login = std::get<LoginCode>(payload);
    words.kind = ScanResultSheet::tr("Confirm a login");
    words.icon = u"shield-check"_s;
    words.title = words.line = login.host;
    for (const AccountPtr &account : accounts.all()) {
        if (account->binding && account->binding->server() == login.host && !account->deleted) {
            words.title = account->issuer;
            break;
        }
    }
    return words;
}

/// Screens at one height, side by side, as large as the sheet has room for.
QWidget *makePreviews(const ScanReport &report, const std::vector<ReadingPtr> &readings,
                      const std::function<QString(int)> &nameOf)
{
    double ratios = 0; // widths of all for a height of 1
    for (const SearchedSource &source : report.searched)
        ratios += source.height > 0 ? static_cast<double>(source.width) / source.height : 1;
    const double gaps = gap * static_cast<double>(report.searched.size() - 1);
    const double height = qMin(previewHeight, (roomForPreviews - gaps) / qMax(0.1, ratios));
    auto *inside = new QWidget;
    auto *row = new QHBoxLayout(inside);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(px(gap));
    for (const SourcePreview &preview : report.previews) {
        if (preview.source < 0 || preview.source >= static_cast<int>(report.searched.size()))
            continue;
        QList<SourceView::Mark> marks;
        int number = 1;
        for (const ReadingPtr &reading : readings) {
            if (reading->source == preview.source) {
                QPolygonF outline;
                for (const QPoint &corner : reading->outline)
                    outline << corner;
                marks.append({outline, number});
            }
            ++number;
        }
        auto *column = new QVBoxLayout;
        column->setSpacing(px(4));
        column->addWidget(new SourceView(
            report.searched.at(static_cast<std::size_t>(preview.source)), preview, marks, height));
        column->addWidget(new Text(nameOf(preview.source), Type::Small, Text::Tint::Quiet));
        row->addLayout(column);
    }
    row->addStretch(1);
    return inside;
}

} // namespace

ScanResultSheet::ScanResultSheet(const std::vector<ReadingPtr> &readings,
                                 const std::shared_ptr<const ScanReport> &report,
                                 const AccountSet &accounts, QWidget *parent)
    : Sheet(tr("Scan a code"), sheetWidth, parent)
    , m_readings(readings)
{
    QVBoxLayout *column = newContent();
    column->addWidget(
        new Text(tr("%n code(s) found", nullptr, static_cast<int>(readings.size())), Type::Title));
    column->addSpacing(px(4));
    column->addWidget((new Text(tr("Choose the one to use. Nothing is stored or sent yet."),
                                Type::Body, Text::Tint::Quiet))
                          ->wrapped());
    column->addSpacing(px(16));
    const LoginChannel channel = readings.front()->channel;
    if (!report->previews.empty()) {
        column->addWidget(makePreviews(*report, readings, [channel](int source) {
            return channel == LoginChannel::Screen   ? tr("Screen %1").arg(source + 1)
                   : channel == LoginChannel::Camera ? tr("Camera")
                                                     : tr("Picture");
        }));
        column->addSpacing(px(12));
    }
    auto *card = new Card(Card::Tint::Plain);
    card->column()->setContentsMargins(px(5), px(5), px(5), px(5));
    card->column()->setSpacing(px(2));
    for (std::size_t i = 0; i < readings.size(); ++i) {
        auto *row = new FindingRow(static_cast<int>(i) + 1, wordsOf(*readings[i], accounts));
        connect(row, &FindingRow::toggled, this, [this, i](bool isOn) {
            if (isOn)
                m_current = static_cast<int>(i);
        });
        connect(row, &FindingRow::doubleClicked, this, [this, i] { choose(static_cast<int>(i)); });
        card->column()->addWidget(row);
        m_rows.push_back(row);
    }
    column->addWidget(card);
    column->addStretch(1);

    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    if (channel == LoginChannel::Screen || channel == LoginChannel::Camera) {
        auto *again = new Button(tr("Search again"), Button::Look::Link);
        again->setIconName(u"refresh"_s);
        connect(again, &Button::clicked, this, [this] {
            reject();
            emit searchAgainRequested();
        });
        row->addWidget(again);
    }
    row->addStretch(1);
    auto *cancel = new Button(tr("Cancel"), Button::Look::Outlined);
    auto *go = new Button(tr("Continue"), Button::Look::Primary);
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    connect(go, &Button::clicked, this, [this] { choose(m_current); });
    row->addWidget(cancel);
    row->addWidget(go);
    foot()->addLayout(row);
    setCurrent(0);
}

void ScanResultSheet::setCurrent(int index)
{
    FindingRow *row = m_rows.at(static_cast<std::size_t>(index));
    row->setChecked(true);
    row->setFocus();
}

void ScanResultSheet::choose(int index)
{
    const ReadingPtr reading = m_readings.at(static_cast<std::size_t>(index));
    accept();
    emit chosen(reading);
}

void ScanResultSheet::keyPressEvent(QKeyEvent *event)
{
    const int count = static_cast<int>(m_readings.size());
    const int digit = event->key() - Qt::Key_1;
    if (digit >= 0 && digit < qMin(9, count) && !event->isAutoRepeat())
        choose(digit);
    else if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)
        setCurrent(qBound(0, m_current + (event->key() == Qt::Key_Down ? 1 : -1), count - 1));
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
             !event->isAutoRepeat())
        choose(m_current);
    else
        Sheet::keyPressEvent(event);
}

} // namespace hufu
