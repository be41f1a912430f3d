#pragma once

#include "core/activity/activity_event.h"

#include <QCoreApplication>

namespace hufu {

/// How events of the activity list are worded. Plain text.
class ActivityWords
{
    Q_DECLARE_TR_FUNCTIONS(ActivityWords)

public:
    /// "Login approved".
    [[nodiscard]] static QString headline(ActivityEvent::Kind kind);
    /// What follows from it, or why it came to this; empty where the headline says all.
    [[nodiscard]] static QString explanation(const ActivityEvent &event);
    /// "Issuer · account", or the one that there is; empty if the event is about no account.
    [[nodiscard]] static QString account(const ActivityEvent &event);
    /// What it was about, in one line: account, application, server, network.
    [[nodiscard]] static QString summary(const ActivityEvent &event);
    /// Its details, by their labels; those that are known.
    [[nodiscard]] static QList<std::pair<QString, QString>> details(const ActivityEvent &event);

    /// "Today", "Yesterday", or the date, as of `now`; in local time.
    [[nodiscard]] static QString day(std::chrono::sys_seconds time, std::chrono::sys_seconds now);
    /// The time of day, in local time.
    [[nodiscard]] static QString timeOfDay(std::chrono::sys_seconds time);

    /// All events as a CSV file, the headings first (csv.h). It begins with a byte order mark, by
    /// which spreadsheets know UTF-8. No secret is in an event.
    [[nodiscard]] static QByteArray csv(const std::vector<ActivityEvent> &events);
};

} // namespace hufu
