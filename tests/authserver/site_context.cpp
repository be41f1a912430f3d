#include "site_context.h"

#include "seed_signature.h"
#include "strict_json.h"

#include <QByteArrayList>
#include <QStringList>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestMember = 128;
constexpr qsizetype longestContext = 2048;

} // namespace

std::optional<QJsonObject> parseSiteContext(const QByteArray &json)
{
    static const QStringList names{u"ip"_s, u"location"_s, u"browser"_s, u"os"_s, u"scene"_s};
    if (json.size() > longestContext)
        return {};
    const auto object = parseStrictObject(json);
    if (!object)
        return {};
    for (auto member = object->begin(); member != object->end(); ++member) {
        const QString text = member.value().toString();
        if (!names.contains(member.key()) || !member.value().isString() ||
            text.size() > longestMember || !isPlain(text.toUtf8()))
            return {};
    }
    return object;
}

QByteArray siteContextText(const QByteArray &appId, const QByteArray &uid, const QByteArray &json)
{
    return QByteArrayList{"context", appId, uid, json}.join('\n');
}

} // namespace hufu::authserver
