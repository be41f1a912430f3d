#include "core/payload/shown_text.h"

#include <QList>
#include <QUtf8StringView>

namespace hufu {
namespace {

bool isControl(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

/// What turns the direction of a text, and what takes no room: two names that differ only in it
/// look the same. Source: Default_Ignorable_Code_Point of the Unicode character database.
bool isInvisible(char32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           (c >= 0x200b && c <= 0x200f) || c == 0x2028 || c == 0x2029 || c == 0xfeff ||
           c == 0x00ad || c == 0x061c || (c >= 0x180b && c <= 0x180f) ||
           (c >= 0xfff0 && c <= 0xfffb) || c == 0x034f || c == 0x115f || c == 0x1160 ||
           c == 0x17b4 || c == 0x17b5 || c == 0x3164 || c == 0xffa0 ||
           (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1d173 && c <= 0x1d17a) ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

QUtf8StringView utf8(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

std::optional<QString> shownText(std::string_view text)
{
    if (!utf8(text).isValidUtf8())
        return std::nullopt;
    QString shown;
    for (const char32_t c : utf8(text).toString().toUcs4()) {
        if (!isControl(c) && !isInvisible(c))
            shown += QChar::fromUcs4(c);
    }
    return shown.trimmed();
}

bool isCleanText(std::string_view text)
{
    if (!utf8(text).isValidUtf8())
        return false;
    const QString decoded = utf8(text).toString();
    return std::none_of(decoded.begin(), decoded.end(),
                        [](QChar c) { return isControl(c.unicode()); });
}

} // namespace hufu
