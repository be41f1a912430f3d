#include "core/scan/frame_search.h"

#include <utility>

namespace hufu {

FrameSearch::FrameSearch(Found found)
    : m_found(std::move(found))
    , m_thread([this] { run(); })
{
}

FrameSearch::~FrameSearch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void FrameSearch::offer(QImage gray)
{
    {
        const std::lock_guard lock(m_mutex);
        m_newest = std::move(gray);
    }
    m_changed.notify_one();
}

void FrameSearch::restart()
{
    const std::lock_guard lock(m_mutex);
    m_newest = {};
    m_isNewCamera = true;
}

std::chrono::milliseconds FrameSearch::searchingFor() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_began)
        return {};
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - *m_began);
}

void FrameSearch::run()
{
    LiveSearch search;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_began.reset();
        m_changed.wait(lock, [this] { return m_isEnding || !m_newest.isNull(); });
        if (m_isEnding)
            return;
        const QImage frame = std::exchange(m_newest, {});
        if (std::exchange(m_isNewCamera, false))
            search = {};
        const Clock::time_point began = Clock::now();
        m_began = began;
        lock.unlock();
        Result<std::vector<FoundCode>> codes = search.search(frame);
        // A frame whose search failed is one without a code: the next one follows.
        if (codes && !codes->empty()) {
            m_found(std::move(*codes), frame.size(),
                    std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began));
        }
        lock.lock();
    }
}

} // namespace hufu
