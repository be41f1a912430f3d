#include "ui/activity_sheet.h"

#include "ui/activity_delegate.h"
#include "ui/activity_words.h"
#include "ui/button.h"
#include "ui/measures.h"
#include "ui/search_field.h"
#include "ui/sheet_parts.h"
#include "ui/slim_scroll_bar.h"

#include <QKeyEvent>
#include <QListView>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

constexpr double listHeight = 400;
constexpr double leastListHeight = 170; // a heading and two events
constexpr double roomAroundList = 330;

} // namespace

ActivitySheet::ActivitySheet(QWidget *parent)
    : Sheet(tr("Activity"), 520, parent)
{
    showList();
}

void ActivitySheet::setEvents(std::vector<ActivityEvent> events, std::chrono::sys_seconds now)
{
    const bool hadEvents = !m_model.events().empty();
    m_model.setEvents(std::move(events), now);
    if (m_list && hadEvents)
        followFilter();
    else if (m_list)
        showList();
}

void ActivitySheet::showNew(QWidget *focus)
{
    if (isVisible())
        fit();
    focus->setFocus();
}

void ActivitySheet::showList()
{
    QVBoxLayout *column = newContent();
    column->addWidget((new Text(tr("Activity"), Type::Title))->wrapped());
    column->addSpacing(px(8));
    const bool isEmpty = m_model.events().empty();
    const QString words = isEmpty ? tr("Nothing has happened yet. Logins that you approve or deny "
                                       "and changes of your accounts will stand here.")
                                  : tr("What happened in this profile. Only you can read it: the "
                                       "list is stored sealed.");
    column->addWidget((new Text(words, Type::Body, Text::Tint::Quiet))->wrapped());
    column->addSpacing(px(16));

    auto *search = new SearchField;
    search->setText(m_filter);
    search->installEventFilter(this);
    connect(search, &QLineEdit::textChanged, this, &ActivitySheet::setFilter);
    m_search = search;
    m_noMatch = (new Text(tr("No event fits. Search for an account, a server, a place, or for what "
                             "happened."),
                          Type::Body, Text::Tint::Quiet))
                    ->wrapped()
                    ->aligned(Qt::AlignHCenter);
    m_list = new QListView;
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new ActivityDelegate(m_model, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->installEventFilter(this);
    m_list->setAccessibleName(tr("Events"));
    m_list->viewport()->setAutoFillBackground(false); // it lies on the card's own colour
    new SlimScrollBar(m_list);
    const auto open = [this](const QModelIndex &index) {
        if (const ActivityEvent *event = m_model.eventAt(index.row()))
            showDetails(ActivityEvent(*event));
    };
    connect(m_list, &QListView::clicked, this, open);
    auto *card = new Card(Card::Tint::Plain);
    card->column()->setContentsMargins(px(4), px(4), px(4), px(4));
    card->column()->addWidget(m_list);
    card->column()->addWidget(m_noMatch);
    for (QWidget *part : {static_cast<QWidget *>(search), static_cast<QWidget *>(card)})
        part->setVisible(!isEmpty);
    takeMeasures();
    column->addWidget(search);
    column->addSpacing(px(12));
    column->addWidget(card);
    column->addStretch(1);

    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    auto *save = new Button(tr("Export…"), Button::Look::Outlined);
    save->setIconName(u"export"_s);
    save->setVisible(!isEmpty);
    save->setToolTip(tr("Save the list as a table (CSV)"));
    connect(save, &Button::clicked, this, &ActivitySheet::exportRequested);
    auto *close = new Button(tr("Close"), Button::Look::Outlined);
    connect(close, &Button::clicked, this, &QDialog::accept);
    row->addWidget(save);
    row->addStretch(1);
    row->addWidget(close);
    foot()->addLayout(row);
    followFilter();
    showNew(isEmpty ? static_cast<QWidget *>(close) : search);
}

/// As high as a page of events, where the screen has room for that and what stands around it.
void ActivitySheet::takeMeasures()
{
    const int room = screen()->availableGeometry().height() - px(roomAroundList);
    const int height = qBound(px(leastListHeight), room, px(listHeight));
    m_list->setFixedHeight(height);
    m_noMatch->setFixedHeight(height);
    m_list->doItemsLayout(); // rows are as high as their text
}

bool ActivitySheet::event(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange && m_list)
        takeMeasures();
    return Sheet::event(event);
}

void ActivitySheet::setFilter(const QString &filter)
{
    m_filter = filter;
    m_model.setFilter(filter);
    followFilter();
}

void ActivitySheet::followFilter()
{
    const bool hasRows = m_model.rowCount() > 0;
    const bool isEmpty = m_model.events().empty();
    m_list->setVisible(hasRows);
    m_noMatch->setVisible(!hasRows && !isEmpty);
    if (hasRows && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model.index(m_model.firstEvent()));
}

void ActivitySheet::showDetails(const ActivityEvent &event)
{
    m_list = nullptr;
    m_search = nullptr;
    m_noMatch = nullptr;
    const bool isAlarming = ActivityDelegate::isAlarming(event);
    QVBoxLayout *column = newContent();
    auto *head = new QHBoxLayout;
    head->setSpacing(px(12));
    head->addWidget(new IconView(ActivityDelegate::iconOf(event.kind), 24,
                                 isAlarming ? IconView::Tint::Danger : IconView::Tint::Quiet),
                    0, Qt::AlignTop);
    head->addWidget((new Text(ActivityWords::headline(event.kind), Type::Title))->wrapped(), 1);
    column->addLayout(head);
    const QString explanation = ActivityWords::explanation(event);
    if (!explanation.isEmpty()) {
        column->addSpacing(px(8));
        column->addWidget((new Text(explanation, Type::Body, Text::Tint::Quiet))->wrapped());
    }
    column->addSpacing(px(16));
    auto *card = new DetailCard;
    for (const auto &[label, value] : ActivityWords::details(event)) {
        const bool isLoud = event.network == LoginContext::Network::Different &&
                            (value == event.place || value == event.address);
        card->addRow(label, (new Text(breakable(value), Type::Body,
                                      isLoud ? Text::Tint::Danger : Text::Tint::Normal))
                                ->wrapped());
    }
    column->addWidget(card);
    column->addStretch(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    auto *back = new Button(tr("Back"), Button::Look::Outlined);
    connect(back, &Button::clicked, this, &ActivitySheet::showList);
    row->addStretch(1);
    row->addWidget(back);
    foot()->addLayout(row);
    showNew(back);
}

/// Qt's own list stands still where a page would end on a heading.
void ActivitySheet::moveByPage(int direction)
{
    const int last = m_model.rowCount() - 1;
    const int page = qMax(1, m_list->viewport()->height() / px(56) - 1);
    int row = qBound(m_model.firstEvent(), m_list->currentIndex().row() + direction * page, last);
    if (!m_model.eventAt(row)) // the last row is an event, and so is the one under each heading
        ++row;
    m_list->setCurrentIndex(m_model.index(row));
}

bool ActivitySheet::eventFilter(QObject *watched, QEvent *event)
{
    const bool isForList = m_list && m_list->isVisible() && event->type() == QEvent::KeyPress &&
                           (watched == m_search || watched == m_list);
    if (!isForList)
        return Sheet::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_PageUp:
        moveByPage(-1);
        return true;
    case Qt::Key_PageDown:
        moveByPage(1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (watched == m_list)
            return false;
        QCoreApplication::sendEvent(m_list, event);
        return true;
    default:
        return Sheet::eventFilter(watched, event);
    }
}

void ActivitySheet::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter) {
        const ActivityEvent *chosen = m_list && !event->isAutoRepeat()
                                          ? m_model.eventAt(m_list->currentIndex().row())
                                          : nullptr;
        if (chosen)
            showDetails(ActivityEvent(*chosen));
    } else if (event->key() == Qt::Key_Escape && !m_list) {
        showList();
    } else if (event->key() == Qt::Key_Escape && !m_filter.isEmpty()) {
        m_search->clear();
    } else if (event->matches(QKeySequence::Find) && m_search) {
        m_search->setFocus();
    } else {
        Sheet::keyPressEvent(event);
    }
}

} // namespace hufu
