#include "ui/account_list_view.h"

#include "core/base/logging.h"
#include "ui/measures.h"
#include "ui/slim_scroll_bar.h"
#include "ui/tokens.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace hufu {

AccountListView::AccountListView(AccountListModel &model, QWidget *parent)
    : QListView(parent)
    , m_model(model)
    , m_delegate(new RowDelegate(model, this))
{
    setModel(&model);
    setItemDelegate(m_delegate);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setAccessibleName(tr("Accounts"));
    viewport()->setBackgroundRole(QPalette::Base);
    new SlimScrollBar(this);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { m_pressed = {}; });
}

AccountPtr AccountListView::current() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() ? m_model.accountAt(index.row()) : nullptr;
}

void AccountListView::setCurrent(const AccountId &id)
{
    const int row = m_model.rowOf(id);
    if (row >= 0)
        setCurrentIndex(m_model.index(row));
}

void AccountListView::moveCurrent(int rows)
{
    const int last = m_model.rowCount() - 1;
    if (last < 0)
        return;
    const int from = currentIndex().isValid() ? currentIndex().row() : -1;
    setCurrentIndex(m_model.index(qBound(0, from + rows, last)));
}

void AccountListView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    // A click beside the rows keeps the current row: there is always one to copy.
    if (indexAt(rect.center()).isValid() || rect.isEmpty())
        QListView::setSelection(rect, command);
}

void AccountListView::tick(std::chrono::sys_seconds now)
{
    const auto passed = now - std::exchange(m_lastTick, now);
    if (passed != std::chrono::seconds(1)) { // first, after a sleep, or the clock was set
        viewport()->update();
        return;
    }
    const QRect area = viewport()->rect();
    QModelIndex index = indexAt(QPoint(area.width() / 2, 0));
    if (!index.isValid())
        index = m_model.index(0);
    QRegion damage;
    for (int row = qMax(0, index.row()); row < m_model.rowCount(); ++row) {
        const QRect item = visualRect(m_model.index(row));
        if (item.top() > area.bottom())
            break;
        const AccountRow view = m_model.at(row);
        if (view.period == 0)
            continue;
        const RowLayout layout = m_delegate->layoutOf(item, row, false);
        damage += layout.ring;
        // A new code, or the moment from which the next one is offered.
        if (view.secondsLeft == view.period || view.secondsLeft == 5) {
            damage += layout.code;
            damage += layout.footnote;
        }
    }
    viewport()->update(damage);
}

void AccountListView::paintEvent(QPaintEvent *event)
{
    emit aboutToPaint();
    m_delegate->setDamage(event->region());
    QListView::paintEvent(event);
    m_delegate->setDamage({});
    if (!m_hasPaintedCodes && m_model.rowCount() > 0) {
        m_hasPaintedCodes = true;
        qCInfo(logUi, "first codes painted");
        emit codesPainted();
    }
}

AccountListView::Hit AccountListView::hitAt(QPoint point) const
{
    const QModelIndex index = indexAt(point);
    if (!index.isValid())
        return {};
    const RowLayout layout = m_delegate->layoutOf(visualRect(index), index.row(), true);
    if (!layout.body.contains(point))
        return {};
    const AccountRow row = m_model.at(index.row());
    if (layout.more.contains(point))
        return {row.account, Part::More};
    if (row.isHotp && layout.next.contains(point))
        return {row.account, Part::Next};
    if (!row.code.isEmpty() && layout.copiesAt(point))
        return {row.account, Part::Copy};
    return {row.account, Part::None};
}

void AccountListView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_pressed = hitAt(event->position().toPoint());
    if (m_pressed.account)
        setCurrent(m_pressed.account->id);
    event->accept();
}

void AccountListView::mouseReleaseEvent(QMouseEvent *event)
{
    const Hit pressed = std::exchange(m_pressed, {});
    const Hit hit = hitAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !hit.account || hit.account != pressed.account ||
        hit.part != pressed.part)
        return;
    switch (hit.part) {
    case Part::None:
        break;
    case Part::Copy:
        emit copyRequested(hit.account->id);
        break;
    case Part::Next:
        emit nextRequested(hit.account->id);
        break;
    case Part::More:
        emit menuRequested(hit.account->id, event->globalPosition().toPoint());
        break;
    }
}

void AccountListView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Hit hit = hitAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && hit.account && hit.part == Part::None)
        emit copyRequested(hit.account->id);
}

void AccountListView::mouseMoveEvent(QMouseEvent *event)
{
    const Hit hit = hitAt(event->position().toPoint());
    viewport()->setCursor(hit.part == Part::None ? Qt::ArrowCursor : Qt::PointingHandCursor);
    QListView::mouseMoveEvent(event);
}

void AccountListView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        if (const AccountPtr account = current())
            emit menuRequested(account->id,
                               viewport()->mapToGlobal(visualRect(currentIndex()).center()));
        return;
    }
    if (const Hit hit = hitAt(event->pos()); hit.account) {
        setCurrent(hit.account->id);
        emit menuRequested(hit.account->id, event->globalPos());
    }
}

void AccountListView::resizeEvent(QResizeEvent *event)
{
    // Rows change their height where they turn narrow.
    scheduleDelayedItemsLayout();
    QListView::resizeEvent(event);
}

bool AccountListView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        QString words;
        switch (hitAt(help->pos()).part) {
        case Part::None:
            break;
        case Part::Copy:
            words = tr("Copy the code (Enter)");
            break;
        case Part::Next:
            words = tr("Next code");
            break;
        case Part::More:
            words = tr("More actions");
            break;
        }
        QToolTip::showText(help->globalPos(), words, this);
        return true;
    }
    return QListView::viewportEvent(event);
}

} // namespace hufu
