#pragma once

#include "ui/activity_list_model.h"

#include <QStyledItemDelegate>

namespace hufu {

/// Paints a row of the activity list: a drawing, what happened, when, and what it was about; or a
/// day's heading.
class ActivityDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    ActivityDelegate(const ActivityListModel &model, QObject *parent);

    /// The drawing of icons/ for an event.
    [[nodiscard]] static QString iconOf(ActivityEvent::Kind kind);
    /// Whether the event is one to look at twice.
    [[nodiscard]] static bool isAlarming(const ActivityEvent &event);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    const ActivityListModel &m_model;
};

} // namespace hufu
