#pragma once

#include "core/base/secret_bytes.h"

#include <cstdio>
#include <optional>

namespace hufu {

/// Reads lines that may hold secrets, without a copy on the ordinary heap. A line is at most
/// longestLine bytes; of a longer one the rest is skipped and it comes as longestLine + 1 bytes.
class SecretLines
{
public:
    static constexpr std::size_t longestLine = 16 * 1024;

    /// @param file  open, not at work elsewhere, outlives this object
    explicit SecretLines(std::FILE *file);

    /// The next line without its end, borrowed until the next call; nothing at the end of the
    /// input. Errors: SecretMemoryFull, FileUnreadable.
    [[nodiscard]] Result<std::optional<std::string_view>> next();

private:
    std::FILE *m_file;
    SecretBytes m_line;
};

} // namespace hufu
