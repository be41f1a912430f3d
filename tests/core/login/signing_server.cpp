#include "tests/core/login/signing_server.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace hufu::test {

ScriptedAnswer signedAnswer(const SecretBytes &key, const SeenRequest &request,
                            const QByteArray &body)
{
    const std::string nonce = SigningServer::member(request, "nonce").toStdString();
    return ScriptedAnswer::http(200, body,
                                "X-PCT-MAC: " + *macText(key, answerText(nonce, body)) + "\r\n");
}

SigningServer::SigningServer(const QSslConfiguration &tls)
    : ScriptedServer(tls)
{
    script = [this](const SeenRequest &request) { return answerTo(request); };
}

void SigningServer::knows(const Account &account)
{
    key = *derivePct1Key(Pct1Key::Answer, account.secret, *account.binding);
}

ScriptedAnswer SigningServer::sign(const SeenRequest &request, const QByteArray &body) const
{
    return signedAnswer(key, request, body);
}

QString SigningServer::member(const SeenRequest &request, const char *name)
{
    return QJsonDocument::fromJson(request.body).object().value(QLatin1String(name)).toString();
}

QList<SeenRequest> SigningServer::posts() const
{
    QList<SeenRequest> found;
    std::copy_if(requests.begin(), requests.end(), std::back_inserter(found),
                 [](const SeenRequest &request) { return request.method == "POST"; });
    return found;
}

ScriptedAnswer SigningServer::answerTo(const SeenRequest &request) const
{
    if (request.method == "GET")
        return ScriptedAnswer::http(200, inquiry);
    const QString action = member(request, "action");
    if (action == QLatin1String("poll"))
        return pending ? pending(request)
                       : ScriptedAnswer{.way = ScriptedAnswer::Way::Silence, .bytes = {}};
    if (post)
        return post(request, action);
    if (action == QLatin1String("scan"))
        return sign(request, scanned);
    return sign(request, action == QLatin1String("confirm")
                             ? R"({"status":200,"state":"confirmed"})"
                             : R"({"status":200,"state":"denied"})");
}

} // namespace hufu::test
