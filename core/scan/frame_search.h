#pragma once

#include "core/scan/live_search.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace hufu {

/// Searches the frames of one camera on a thread of its own: always the newest, so that a frame
/// that comes during a search takes the place of one that waits.
class FrameSearch
{
public:
    /// Called on the search's thread with at least one code, outlines in the frame's pixels.
    using Found = std::function<void(std::vector<FoundCode> codes, QSize frame,
                                     std::chrono::milliseconds took)>;

    explicit FrameSearch(Found found);
    /// Waits for the search that is under way.
    ~FrameSearch();
    Q_DISABLE_COPY_MOVE(FrameSearch)

    /// Takes a frame (Format_Grayscale8) and returns at once. Any thread.
    void offer(QImage gray);

    /// Forgets the frame that waits and what was learned: another camera follows. What is under
    /// way may still be found. Any thread.
    void restart();

    /// How long the search that is under way has taken so far; 0 if none is. Any thread.
    [[nodiscard]] std::chrono::milliseconds searchingFor() const;

private:
    using Clock = std::chrono::steady_clock;

    void run();

    Found m_found;
    mutable std::mutex m_mutex; // guards all below but the thread
    std::condition_variable m_changed;
    QImage m_newest;
    bool m_isNewCamera = false;
    bool m_isEnding = false;
    std::optional<Clock::time_point> m_began;
    std::thread m_thread; // the last, as it uses the others
};

} // namespace hufu
