#include "core/login/proxy_challenge.h"

#include <algorithm>

namespace hufu {
namespace {

/// The members of a list that commas part, but for commas in quoted strings.
QByteArrayList membersOf(const QByteArray &list)
{
    QByteArrayList members(1);
    bool isQuoted = false;
    bool isEscaped = false;
    for (const char c : list) {
        if (c == ',' && !isQuoted) {
            members.append(QByteArray());
            continue;
        }
        if (c == '"' && !isEscaped)
            isQuoted = !isQuoted;
        isEscaped = isQuoted && c == '\\' && !isEscaped;
        members.last().append(c);
    }
    return members;
}

bool isNameCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
}

} // namespace

QByteArrayList proxyLoginKinds(const QByteArrayList &fields)
{
    QByteArrayList kinds;
    for (const QByteArray &field : fields) {
        for (const QByteArray &member : membersOf(field)) {
            const QByteArray text = member.trimmed();
            const auto end = std::find_if_not(text.begin(), text.end(), isNameCharacter);
            const QByteArray name = text.first(end - text.begin());
            // A further parameter of the challenge before it looks like `realm = "here"`.
            const bool isParameter = text.sliced(name.size()).trimmed().startsWith('=');
            if (!name.isEmpty() && !isParameter)
                kinds.append(name.toLower());
        }
    }
    return kinds;
}

} // namespace hufu
