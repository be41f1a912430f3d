#pragma once

#include <QtGlobal>

#include <cstddef>
#include <mutex>
#include <span>

namespace hufu {

/// The helper's two ends of the conversation. Made once, before anything prints: descriptor 1 then
/// leads to standard error, because libraries write to it, and the answers go to a private copy.
class HelperPipes
{
public:
    HelperPipes();

    /// Waits for bytes. @return how many came; 0 at the end of input, -1 on failure. Any thread.
    [[nodiscard]] qint64 read(std::span<std::byte> room) const;
    /// Writes all of it in one piece, waiting if need be. False if nobody reads any more. Any
    /// thread.
    bool write(std::span<const std::byte> bytes) const;

private:
    int m_out;
    mutable std::mutex m_writing;
};

} // namespace hufu
