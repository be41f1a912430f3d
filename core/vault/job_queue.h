#pragma once

#include "core/base/answer.h"

#include <deque>

namespace hufu {

/// One job at a time, in order; each ends with conclude(). GUI thread.
class JobQueue : public QObject
{
    Q_OBJECT

public:
    struct Job
    {
        std::function<void()> run;
        Answer<void> answer; ///< may be none
    };

    void add(Job job);
    /// Ends the present job: answers it and begins the next one.
    void conclude(Result<void> result);
    /// Answers the present job, which was given up and will not conclude, and begins the next one
    /// later. Nothing happens between two jobs.
    void interrupt(const Error &error);
    /// Whether a job is under way or waits.
    [[nodiscard]] bool isBusy() const { return m_busy; }

private:
    void next();

    std::deque<Job> m_jobs;
    Answer<void> m_answer; ///< of the present job
    bool m_runs = false;   ///< there is a present job
    bool m_busy = false;   ///< and here also one that waits
};

} // namespace hufu
