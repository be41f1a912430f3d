#include "app/cli/json_out.h"

#include <QUtf8StringView>

namespace hufu {

JsonOut &JsonOut::name(std::string_view name)
{
    separate();
    writeText(name);
    std::fputc(':', m_file);
    m_afterName = true;
    return *this;
}

void JsonOut::text(std::string_view utf8)
{
    separate();
    writeText(utf8);
}

void JsonOut::number(std::int64_t number)
{
    plain(std::to_string(number));
}

void JsonOut::open(char bracket)
{
    separate();
    std::fputc(bracket, m_file);
    m_hasMember.push_back(false);
}

void JsonOut::close(char bracket)
{
    std::fputc(bracket, m_file);
    m_hasMember.pop_back();
    if (m_hasMember.empty())
        std::fputc('\n', m_file);
}

void JsonOut::plain(std::string_view text)
{
    separate();
    std::fwrite(text.data(), 1, text.size(), m_file);
}

void JsonOut::separate()
{
    if (m_afterName) {
        m_afterName = false;
        return;
    }
    if (m_hasMember.empty())
        return;
    if (m_hasMember.back())
        std::fputc(',', m_file);
    m_hasMember.back() = true;
}

void JsonOut::writeText(std::string_view utf8)
{
    const bool isUtf8 =
        QUtf8StringView(utf8.data(), static_cast<qsizetype>(utf8.size())).isValidUtf8();
    std::fputc('"', m_file);
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            std::fprintf(m_file, "\\%c", c);
        else if (byte < 0x20 || byte == 0x7f)
            std::fprintf(m_file, "\\u%04x", byte);
        else if (byte >= 0x80 && !isUtf8)
            std::fputs("\\ufffd", m_file);
        else
            std::fputc(c, m_file);
    }
    std::fputc('"', m_file);
}

} // namespace hufu
