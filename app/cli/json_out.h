#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <cstdio>
#include <string_view>
#include <vector>

namespace hufu {

/// Writes one JSON document as it goes, members in the order of the calls, so that "version" comes
/// first and no copy of a scanned text is left behind.
class JsonOut
{
public:
    explicit JsonOut(std::FILE *file)
        : m_file(file)
    {
    }

    void beginObject() { open('{'); }
    void endObject() { close('}'); }
    void beginArray() { open('['); }
    void endArray() { close(']'); }

    /// The name of the next value in an object.
    JsonOut &name(std::string_view name);
    /// Bytes beyond ASCII of a text that is not UTF-8 come out as replacement characters.
    void text(std::string_view utf8);
    void text(const QString &text) { this->text(text.toStdString()); }
    void number(std::int64_t number);
    void boolean(bool value) { plain(value ? "true" : "false"); }
    void null() { plain("null"); }
    /// JSON as it came from elsewhere, already checked.
    void json(const QByteArray &json);

private:
    void open(char bracket);
    void close(char bracket);
    void plain(std::string_view text);
    /// The comma before a value, where one is due.
    void separate();
    void writeText(std::string_view utf8);

    std::FILE *m_file;
    std::vector<bool> m_hasMember; ///< for each open object or array
    bool m_afterName = false;
};

} // namespace hufu
