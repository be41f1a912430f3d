#include "api_context.h"

#include "strict_json.h"

#include <QByteArrayList>

namespace hufu::authserver {

HttpAnswer jsonAnswer(const QJsonObject &object)
{
    return {.contentType = "application/json",
            .body = jsonText(object),
            .headers = {{"Cache-Control", "no-store"}}};
}

HttpAnswer pngAnswer(const QByteArray &png)
{
    return {.contentType = "image/png", .body = png, .headers = {{"Cache-Control", "no-store"}}};
}

QByteArray limitName(const QByteArrayList &parts)
{
    return parts.join('\0');
}

} // namespace hufu::authserver
