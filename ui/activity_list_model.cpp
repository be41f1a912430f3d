#include "ui/activity_list_model.h"

#include "ui/activity_words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hufu {
namespace {

using Quarters = std::chrono::duration<std::int64_t, std::ratio<900>>;

} // namespace

void ActivityListModel::setEvents(std::vector<ActivityEvent> events, std::chrono::sys_seconds now)
{
    m_events = std::move(events);
    m_now = now;
    m_searched.clear();
    arrange();
}

void ActivityListModel::setFilter(const QString &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    arrange();
}

bool ActivityListModel::fits(std::size_t event, const QStringList &words)
{
    return std::ranges::all_of(words, [this, event](const QString &word) {
        return m_searched.at(event).contains(word, Qt::CaseInsensitive);
    });
}

void ActivityListModel::arrange()
{
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    if (!words.isEmpty() && m_searched.size() != m_events.size()) {
        m_searched.clear();
        m_searched.reserve(m_events.size());
        for (const ActivityEvent &event : m_events) {
            QString all = ActivityWords::headline(event.kind);
            for (const auto &[label, value] : ActivityWords::details(event))
                all += u'\n' + value;
            m_searched.push_back(all);
        }
    }
    beginResetModel();
    m_rows.clear();
    QString lastHeading;
    std::chrono::sys_time<Quarters> lastQuarter{};
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        if (!words.isEmpty() && !fits(i, words))
            continue;
        const auto time = m_events[i].time;
        // The day's words take long, and in no time zone does a day end within a quarter of an
        // hour.
        const auto quarter = std::chrono::floor<Quarters>(time);
        if (m_rows.empty() || quarter != lastQuarter) {
            lastQuarter = quarter;
            const QString heading = ActivityWords::day(time, m_now);
            if (m_rows.empty() || heading != lastHeading)
                m_rows.push_back({-1, heading});
            lastHeading = heading;
        }
        m_rows.push_back({int(i), {}});
    }
    endResetModel();
}

const ActivityEvent *ActivityListModel::eventAt(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[std::size_t(row)].event < 0)
        return nullptr;
    return &m_events[std::size_t(m_rows[std::size_t(row)].event)];
}

const QString &ActivityListModel::headingAt(int row) const
{
    return m_rows.at(std::size_t(row)).heading;
}

int ActivityListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ActivityListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const ActivityEvent *event = eventAt(index.row());
    if (!event)
        return headingAt(index.row());
    QStringList words{ActivityWords::headline(event->kind), ActivityWords::summary(*event),
                      ActivityWords::timeOfDay(event->time)};
    words.removeAll(QString());
    return words.join(u", "_s);
}

Qt::ItemFlags ActivityListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    // A heading is passed over by the keys.
    return eventAt(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemFlags();
}

} // namespace hufu
