#include "core/vault/job_queue.h"

#include <utility>

namespace hufu {

void JobQueue::add(Job job)
{
    m_jobs.push_back(std::move(job));
    if (!m_busy)
        QMetaObject::invokeMethod(this, &JobQueue::next, Qt::QueuedConnection);
    m_busy = true;
}

void JobQueue::conclude(Result<void> result)
{
    m_runs = false;
    if (const Answer<void> answer = std::exchange(m_answer, nullptr))
        answer(std::move(result));
    next();
}

void JobQueue::interrupt(const Error &error)
{
    if (!std::exchange(m_runs, false))
        return;
    if (const Answer<void> answer = std::exchange(m_answer, nullptr))
        answer(tl::unexpected(error));
    QMetaObject::invokeMethod(this, &JobQueue::next, Qt::QueuedConnection);
}

void JobQueue::next()
{
    m_busy = !m_jobs.empty();
    if (!m_busy)
        return;
    const Job job = std::move(m_jobs.front());
    m_jobs.pop_front();
    m_answer = job.answer;
    m_runs = true;
    job.run();
}

} // namespace hufu
