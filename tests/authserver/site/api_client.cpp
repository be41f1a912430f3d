#include "site/api_client.h"

#include "pct1_keys.h"
#include "seed_signature.h"
#include "strict_json.h"

#include <QByteArrayList>
#include <QMessageAuthenticationCode>

namespace hufu::authserver {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype uidBytes = 16;

QJsonObject objectOf(const HttpAnswer &answer)
{
    return parseStrictObject(answer.body).value_or(QJsonObject());
}

} // namespace

HttpAnswer ApiClient::call(const QByteArray &path, Parameters query)
{
    return m_api.handle({.method = "GET",
                         .path = path,
                         .query = std::move(query),
                         .headers = {},
                         .body = {},
                         .peer = {}});
}

QByteArray ApiClient::uidOf(const QString &user) const
{
    return QMessageAuthenticationCode::hash("uid\n" + user.toUtf8(), m_application.authId,
                                            QCryptographicHash::Sha256)
        .first(uidBytes)
        .toBase64();
}

std::optional<LoginCode> ApiClient::newLogin()
{
    const QByteArray type = "2";
    Parameters query;
    query.add("app_id", m_application.appId);
    query.add("auth_type", type);
    query.add("signature", seedSignature({m_application.appId, type}, m_application.appKey));
    const QJsonObject answer = objectOf(call("/v1/qrcode_for_auth", std::move(query)));
    if (answer.value("status"_L1).toInt() != 200)
        return {};
    return LoginCode{answer.value("event_id"_L1).toString().toLatin1(),
                     answer.value("qrcode_url"_L1).toString()};
}

LoginStanding ApiClient::standing(const QByteArray &eventId)
{
    Parameters query;
    query.add("app_id", m_application.appId);
    query.add("event_id", eventId);
    query.add("signature", seedSignature({m_application.appId, eventId}, m_application.appKey));
    const QJsonObject answer = objectOf(call("/v1/event_result", std::move(query)));
    const int status = answer.value("status"_L1).toInt();
    const QByteArray uid = answer.value("uid"_L1).toString().toUtf8();
    if (status == 200) {
        const QByteArray expected = seedSignature(
            {m_application.appId, eventId, QByteArray::number(status), uid}, m_application.appKey);
        if (!equalSecretly(expected, answer.value("signature"_L1).toString().toLatin1()))
            return {};
    }
    return {status, uid, answer.value("number"_L1).toString()};
}

int ApiClient::checkCode(const QByteArray &uid, const QByteArray &code)
{
    Parameters query;
    query.add("appid", m_application.appId);
    query.add("uid", uid);
    query.add("dynamic_code", code);
    query.add("signature", seedSignature({m_application.appId, code, uid}, m_application.appKey));
    return objectOf(call("/v1/traditional", std::move(query))).value("codetype"_L1).toInt();
}

BindingPicture ApiClient::binding(const QByteArray &uid, const QString &account,
                                  const QByteArray &code)
{
    const QByteArray label = account.toUtf8();
    Parameters query;
    query.add("appid", m_application.appId);
    query.add("uid", uid);
    if (!code.isEmpty())
        query.add("dynamic_code", code);
    query.add("signature", seedSignature({m_application.appId, code, uid}, m_application.appKey));
    query.add("account", label);
    query.add("account_mac",
              pct1Mac(m_application.appKey,
                      QByteArrayList{"account", m_application.appId, uid, label}.join('\n')));
    const HttpAnswer answer = call("/v1/qrcode", std::move(query));
    if (answer.contentType == "image/png")
        return {200, answer.body};
    return {objectOf(answer).value("codetype"_L1).toInt(), {}};
}

} // namespace hufu::authserver
