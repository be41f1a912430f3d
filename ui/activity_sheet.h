#pragma once

#include "ui/activity_list_model.h"
#include "ui/sheet.h"

class QListView;
class QLineEdit;

namespace hufu {

class Text;

/// "Activity": what happened, the newest first, with a search and the details of each event. It
/// owns the names that it shows, so nothing of them is left when it is gone.
class ActivitySheet : public Sheet
{
    Q_OBJECT

public:
    explicit ActivitySheet(QWidget *parent = nullptr);

    /// @param events  the newest first
    void setEvents(std::vector<ActivityEvent> events, std::chrono::sys_seconds now);
    [[nodiscard]] const ActivityListModel &model() const { return m_model; }

signals:
    void exportRequested();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showList();
    void showDetails(const ActivityEvent &event);
    void setFilter(const QString &filter);
    void followFilter();
    void takeMeasures();
    /// @param direction  1: down, -1: up
    void moveByPage(int direction);
    void showNew(QWidget *focus);

    ActivityListModel m_model;
    QString m_filter;
    QListView *m_list = nullptr; ///< null while details are shown
    QLineEdit *m_search = nullptr;
    Text *m_noMatch = nullptr;
};

} // namespace hufu
