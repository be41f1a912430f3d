#include "duoyinsu.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QUrl>

namespace duoyinsu {
namespace {

constexpr qsizetype longestAnswer = 65536;
constexpr QByteArrayView scheme = "https://";

QByteArray hmac(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256).toHex();
}

/// Takes as long wherever the difference is.
bool equalSecretly(const QByteArray &one, const QByteArray &other)
{
    unsigned difference = one.size() == other.size() ? 0 : 1;
    for (qsizetype i = 0; i < qMin(one.size(), other.size()); ++i)
        difference |= static_cast<unsigned char>(one[i] ^ other[i]);
    return difference == 0;
}

/// The body of an answer in HTTP/1.0, in which the end of the connection ends it.
QByteArray bodyOf(const QByteArray &answer)
{
    const qsizetype end = answer.indexOf("\r\n\r\n");
    const QByteArrayList head = answer.first(qMax<qsizetype>(end, 0)).split('\n');
    const QByteArrayList words = head.first().trimmed().split(' ');
    if (end < 0 || !words.first().startsWith("HTTP/1.") || words.size() < 2)
        throw Failure("the answer is not HTTP");
    if (words[1] != "200")
        throw Failure("the server answered with HTTP status " + words[1].left(3).toStdString());
    QByteArray body = answer.sliced(end + 4);
    for (const QByteArray &line : head) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(qMax<qsizetype>(colon, 0)).trimmed().toLower();
        if (name == "transfer-encoding")
            throw Failure("the answer is in a form that was not asked for");
        if (name == "content-length" &&
            line.sliced(colon + 1).trimmed().toLongLong() != body.size())
            throw Failure("the answer broke off");
    }
    return body;
}

/// One GET on a connection of its own. It blocks without an event loop, so that nothing else of
/// the caller's happens meanwhile.
QByteArray httpsGet(const QByteArray &address, const QSslConfiguration &tls,
                    std::chrono::milliseconds timeout)
{
    const QDeadlineTimer deadline(timeout);
    const auto left = [&] { return static_cast<int>(deadline.remainingTime()); };
    const QUrl url = QUrl::fromEncoded(address);
    QSslSocket socket;
    socket.setSslConfiguration(tls);
    socket.connectToHostEncrypted(url.host(), static_cast<quint16>(url.port(443)));
    if (!socket.waitForEncrypted(left()))
        throw Failure("the server cannot be reached: " + socket.errorString().toStdString());
    socket.write("GET " + address.sliced(address.indexOf('/', scheme.size())) +
                 " HTTP/1.0\r\nHost: " + url.authority(QUrl::FullyEncoded).toLatin1() +
                 "\r\nAccept: application/json, image/png\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (left() > 0 && answer.size() <= 2 * longestAnswer && socket.waitForReadyRead(left()))
        answer += socket.readAll();
    answer += socket.readAll();
    if (deadline.hasExpired() || answer.size() > longestAnswer)
        throw Failure("the answer is too long or too slow");
    return bodyOf(answer);
}

QSslConfiguration verifying(const QString &caFile)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!caFile.isEmpty()) {
        const QList<QSslCertificate> added = QSslCertificate::fromPath(caFile);
        if (added.isEmpty())
            throw Failure("the file of authorities cannot be read");
        tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + added);
    }
    return tls;
}

QString orEnvironment(const QString &value, const char *name)
{
    return value.isEmpty() ? qEnvironmentVariable(name) : value;
}

QString textOf(const QJsonObject &answer, const char *name)
{
    return answer.value(QLatin1String(name)).toString();
}

/// The status of an answer, a number or the same as text.
int statusOf(const QJsonObject &answer, const char *name)
{
    const QJsonValue value = answer.value(QLatin1String(name));
    bool isNumber = value.isDouble();
    const int status = isNumber ? value.toInt() : value.toString().toInt(&isNumber);
    if (!isNumber || status <= 0)
        throw Failure("the answer is not one of this API");
    return status;
}

QJsonObject objectOf(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object();
}

} // namespace

Client::Client(QByteArray appId, QByteArray appKey, QByteArray authId, const Options &options)
    : m_appId(std::move(appId))
    , m_appKey(std::move(appKey))
    , m_authId(std::move(authId))
    , m_api(orEnvironment(options.api, "DUOYINSU_API").toUtf8())
    , m_fetch(options.fetch)
{
    if (m_api.isEmpty())
        m_api = "https://api.duoyinsu.com/v1";
    while (m_api.endsWith('/'))
        m_api.chop(1);
    const QUrl url = QUrl::fromEncoded(m_api, QUrl::StrictMode);
    if (!m_api.startsWith(scheme) || url.host().isEmpty() || url.path().isEmpty())
        throw Failure("the address of the API must be https://HOST/v1");
    if (!m_fetch) {
        m_fetch = [tls = verifying(orEnvironment(options.caFile, "DUOYINSU_CA_FILE")),
                   timeout = options.timeout](const QByteArray &address) {
            return httpsGet(address, tls, timeout);
        };
    }
}

QByteArray Client::getUid(const QString &seed) const
{
    return hmac(m_authId, seed.toUtf8());
}

QByteArray Client::getQrcode(const QByteArray &uid, const QByteArray &code,
                             const QString &account) const
{
    Query query{{"appid", m_appId}, {"uid", uid}};
    if (!code.isEmpty())
        query.emplace_back("dynamic_code", code);
    query.emplace_back("signature", sign({m_appId, code, uid}));
    if (!account.isEmpty()) {
        const QByteArray label = account.toUtf8();
        query.emplace_back("account", label);
        query.emplace_back(
            "account_mac",
            hmac(m_appKey, QByteArrayList{"account", m_appId, uid, label}.join('\n')));
    }
    return address("/qrcode", query);
}

Picture Client::qrcode(const QByteArray &uid, const QByteArray &code, const QString &account) const
{
    const QByteArray body = m_fetch(getQrcode(uid, code, account));
    if (body.startsWith("\x89PNG\r\n\x1a\n"))
        return {200, body};
    return {statusOf(objectOf(body), "codetype"), {}};
}

CodeAnswer Client::traditional(const QByteArray &uid, const QByteArray &code) const
{
    const QJsonObject answer =
        objectOf(m_fetch(address("/traditional", {{"appid", m_appId},
                                                  {"uid", uid},
                                                  {"dynamic_code", code},
                                                  {"signature", sign({m_appId, code, uid})}})));
    return {statusOf(answer, "codetype"), textOf(answer, "msg")};
}

Login Client::qrcodeForAuth() const
{
    return begin("/qrcode_for_auth",
                 {{"app_id", m_appId}, {"auth_type", "2"}, {"signature", sign({m_appId, "2"})}});
}

Login Client::pushForAuth(const QByteArray &uid) const
{
    return begin("/push_for_auth", {{"app_id", m_appId},
                                    {"uid", uid},
                                    {"auth_type", "3"},
                                    {"signature", sign({m_appId, "3", uid})}});
}

Login Client::begin(const QByteArray &path, const Query &query) const
{
    const QJsonObject answer = objectOf(m_fetch(address(path, query)));
    return {.status = statusOf(answer, "status"),
            .eventId = textOf(answer, "event_id").toUtf8(),
            .qrcodeUrl = textOf(answer, "qrcode_url"),
            .qrcodeData = textOf(answer, "qrcode_data")};
}

EventResult Client::eventResult(const QByteArray &eventId) const
{
    const QJsonObject answer = objectOf(m_fetch(address(
        "/event_result",
        {{"app_id", m_appId}, {"event_id", eventId}, {"signature", sign({m_appId, eventId})}})));
    EventResult result{
        .status = statusOf(answer, "status"), .uid = {}, .number = textOf(answer, "number")};
    if (result.status == 200) {
        result.uid = textOf(answer, "uid").toUtf8();
        const QByteArray expected = sign({m_appId, eventId, "200", result.uid});
        if (result.uid.isEmpty() ||
            !equalSecretly(expected, textOf(answer, "signature").toLatin1()))
            throw Failure("the answer is not signed by the server");
    }
    return result;
}

QByteArray Client::sign(const QByteArrayList &parts) const
{
    return QCryptographicHash::hash(parts.join() + m_appKey, QCryptographicHash::Md5).toHex();
}

QByteArray Client::address(const QByteArray &path, const Query &query) const
{
    QByteArrayList parameters;
    for (const auto &[name, value] : query)
        parameters.append(name + '=' + value.toPercentEncoding());
    return m_api + path + '?' + parameters.join('&');
}

} // namespace duoyinsu
