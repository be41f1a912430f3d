#include "strict_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QStringDecoder>
#include <QStringList>

#include <vector>

namespace hufu::authserver {
namespace {

constexpr std::size_t deepest = 8;

/// What a JSON string says. `quoted` is valid JSON with its quotes.
QString unquoted(const QByteArray &quoted)
{
    return QJsonDocument::fromJson('[' + quoted + ']').array().first().toString();
}

qsizetype endOfString(const QByteArray &json, qsizetype quote)
{
    qsizetype at = quote + 1;
    while (json[at] != '"')
        at += json[at] == '\\' ? 2 : 1;
    return at + 1;
}

/// Whether `json`, which is valid, names a member of one object twice or nests too deep.
/// QJsonDocument would quietly take the last of them.
bool isAmbiguous(const QByteArray &json)
{
    std::vector<QSet<QString>> open; // one set for each open object or array
    for (qsizetype at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '{' || c == '[') {
            open.emplace_back();
            if (open.size() > deepest)
                return true;
        } else if (c == '}' || c == ']') {
            open.pop_back();
        } else if (c == '"') {
            const qsizetype end = endOfString(json, at);
            qsizetype next = end;
            while (next < json.size() && QByteArrayView(" \t\r\n").contains(json[next]))
                ++next;
            if (next < json.size() && json[next] == ':') {
                const QString name = unquoted(json.sliced(at, end - at));
                if (open.back().contains(name))
                    return true;
                open.back().insert(name);
            }
            at = end - 1;
        }
    }
    return false;
}

} // namespace

std::optional<QJsonObject> parseStrictObject(const QByteArray &text)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString checked = utf8(text);
    if (utf8.hasError())
        return {};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject() || isAmbiguous(text))
        return {};
    return document.object();
}

QByteArray jsonText(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace hufu::authserver
