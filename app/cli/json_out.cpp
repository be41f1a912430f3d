#include "app/cli/json_out.h"

#include <QUtf8StringView>

namespace hufu {
namespace {

/// Whether one of U+0080 to U+009F stands there, on which terminals act as on those below U+0020.
bool isControlAt(std::string_view utf8, std::size_t at)
{
    if (utf8[at] != '\xc2' || at + 1 == utf8.size())
        return false;
    const auto next = static_cast<unsigned char>(utf8[at + 1]);
    return next >= 0x80 && next <= 0x9f;
}

void writeEscaped(std::FILE *file, char byte)
{
    std::fprintf(file, "\\u%04x", static_cast<unsigned char>(byte));
}

} // namespace

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

void JsonOut::json(const QByteArray &json)
{
    separate();
    const std::string_view utf8(json.constData(), static_cast<std::size_t>(json.size()));
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (isControlAt(utf8, i)) // inside a text, since it is JSON
            writeEscaped(m_file, utf8[++i]);
        else
            std::fputc(utf8[i], m_file);
    }
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
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            std::fprintf(m_file, "\\%c", c);
        else if (byte < 0x20 || byte == 0x7f)
            writeEscaped(m_file, c);
        else if (isUtf8 && isControlAt(utf8, i))
            writeEscaped(m_file, utf8[++i]);
        else if (byte >= 0x80 && !isUtf8)
            std::fputs("\\ufffd", m_file);
        else
            std::fputc(c, m_file);
    }
    std::fputc('"', m_file);
}

} // namespace hufu
