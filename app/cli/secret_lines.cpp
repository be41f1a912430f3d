#include "app/cli/secret_lines.h"

namespace hufu {

SecretLines::SecretLines(std::FILE *file)
    : m_file(file)
{
    std::setvbuf(file, nullptr, _IONBF, 0); // the buffer would keep what passed through it
}

Result<std::optional<std::string_view>> SecretLines::next()
{
    if (m_line.empty()) {
        Result<SecretBytes> room = SecretBytes::ofSize(longestLine + 1);
        if (!room)
            return tl::unexpected(room.error());
        m_line = std::move(*room);
    }
    std::size_t size = 0;
    int c = std::fgetc(m_file);
    if (c == EOF && std::ferror(m_file) != 0)
        return failure(Errc::FileUnreadable);
    if (c == EOF)
        return std::optional<std::string_view>();
    for (; c != EOF && c != '\n'; c = std::fgetc(m_file)) {
        if (size <= longestLine)
            m_line.mutableView()[size++] = static_cast<std::byte>(c);
    }
    if (size > 0 && m_line.text()[size - 1] == '\r')
        --size;
    return std::optional(m_line.text().substr(0, size));
}

} // namespace hufu
