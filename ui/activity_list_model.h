#pragma once

#include "core/activity/activity_event.h"

#include <QAbstractListModel>

namespace hufu {

/// The activity list as rows: events, the newest first, under headings of their days.
class ActivityListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// @param events  the newest first
    void setEvents(std::vector<ActivityEvent> events, std::chrono::sys_seconds now);
    [[nodiscard]] const std::vector<ActivityEvent> &events() const { return m_events; }
    /// Shows the events only whose words contain every word of `filter`, case-blind.
    void setFilter(const QString &filter);

    /// The event of a row; null for a heading.
    [[nodiscard]] const ActivityEvent *eventAt(int row) const;
    [[nodiscard]] const QString &headingAt(int row) const;
    /// The first row with an event; -1 if there is none.
    [[nodiscard]] int firstEvent() const { return m_rows.empty() ? -1 : 1; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        int event = -1;
        QString heading; ///< where there is no event
    };

    void arrange();
    [[nodiscard]] bool fits(std::size_t event, const QStringList &words);

    std::vector<ActivityEvent> m_events;
    std::vector<QString> m_searched; ///< what a filter looks through, made when first needed
    std::vector<Row> m_rows;
    std::chrono::sys_seconds m_now{};
    QString m_filter;
};

} // namespace hufu
