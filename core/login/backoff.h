#pragma once

#include <chrono>
#include <functional>

namespace hufu {

/// How long to wait before a server is asked again: 1, 2, 4 … 60 s, each longer or shorter by up to
/// a fifth, so that the clients of a server that comes back do not come all at once. Source:
/// protocol.md B4. A value; one thread at a time.
class Backoff
{
public:
    /// A number from 0 (inclusive) to 1 (exclusive), another each time.
    using Random = std::function<double()>;

    explicit Backoff(Random random)
        : m_random(std::move(random))
    {
    }

    /// The next delay, longer than the one before.
    [[nodiscard]] std::chrono::milliseconds next();
    void reset() { m_step = 0; }
    /// `delay`, made longer or shorter.
    [[nodiscard]] std::chrono::milliseconds spread(std::chrono::milliseconds delay) const;

private:
    Random m_random;
    int m_step = 0;
};

} // namespace hufu
