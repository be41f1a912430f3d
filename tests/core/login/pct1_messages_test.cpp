#include "core/login/pct1_messages.h"
#include "tests/support/result_printing.h"

#include "core/login/pct1_answers.h"
#include "core/otp/base32.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hufu;

/// Compares every value of tests/data/pct1-vectors.json that the token makes or checks; the
/// document comes from the protocol's own generator, which has been compared with openssl.
class Pct1MessagesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void derivesTheThreeKeys();
    void signsLikeTheVectors_data();
    void signsLikeTheVectors();
    void sendsEveryMember();
    void recognisesTheServersAnswers();
    void refusesAnotherNonceBodyOrMac();
    void keysDependOnEveryByteOfTheBinding();
    void aFieldCannotFakeALine_data();
    void aFieldCannotFakeALine();

private:
    [[nodiscard]] std::string value(const char *section, const char *name) const
    {
        return m_vectors.value(QLatin1String(section))
            .toObject()
            .value(QLatin1String(name))
            .toString()
            .toStdString();
    }
    [[nodiscard]] Pct1Request request(const std::string &action) const;
    [[nodiscard]] SecretBytes key(Pct1Key which) const
    {
        return *derivePct1Key(which, m_secret, m_binding);
    }

    QJsonObject m_vectors;
    SecretBytes m_secret;
    Binding m_binding;
};

void Pct1MessagesTest::initTestCase()
{
    QFile file(QStringLiteral(HUFU_TEST_DATA "/pct1-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_vectors = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(value("inputs", "salt"), "PCT1");
    m_secret = *decodeBase32(value("inputs", "secret_b32"));
    QCOMPARE(toHex(m_secret.view()).toStdString(), value("inputs", "secret_hex"));
    m_binding.api = value("inputs", "api");
    m_binding.appId = value("inputs", "app_id");
    m_binding.uid = value("inputs", "uid");
}

Pct1Request Pct1MessagesTest::request(const std::string &action) const
{
    Pct1Request request{.action = action,
                        .api = m_binding.api,
                        .appId = m_binding.appId,
                        .uid = m_binding.uid,
                        .deviceId = value("inputs", "device_id"),
                        .token = value("inputs", "token"),
                        .time = 1467614600,
                        .nonce = "101112131415161718191a1b1c1d1e1f",
                        .via = "screen"};
    if (action == "confirm" || action == "deny")
        request.context = value("2 scan", "response_sha256");
    if (action == "confirm") {
        request.time = 1467614607;
        request.nonce = "202122232425262728292a2b2c2d2e2f";
        request.answer = "07";
    } else if (action == "deny") {
        request.time = 1467614609;
        request.nonce = "303132333435363738393a3b3c3d3e3f";
        request.answer = "not_me";
    } else if (action == "poll") {
        request.nonce = "404142434445464748494a4b4c4d4e4f";
        request.token = "-";
        request.via = "-";
    }
    return request;
}

void Pct1MessagesTest::derivesTheThreeKeys()
{
    QCOMPARE(toHex(key(Pct1Key::Request).view()).toStdString(), value("1 binding", "key_req"));
    QCOMPARE(toHex(key(Pct1Key::Poll).view()).toStdString(), value("1 binding", "key_poll"));
    QCOMPARE(toHex(key(Pct1Key::Answer).view()).toStdString(), value("1 binding", "key_res"));
}

void Pct1MessagesTest::signsLikeTheVectors_data()
{
    QTest::addColumn<QByteArray>("section");
    QTest::addColumn<QByteArray>("action");

    for (const char *section : {"2 scan", "3 confirm", "4 deny", "5 poll"})
        QTest::newRow(section) << QByteArray(section) << QByteArray(section + 2);
}

void Pct1MessagesTest::signsLikeTheVectors()
{
    QFETCH(QByteArray, section);
    QFETCH(QByteArray, action);
    const Result<std::string> text = canonicalText(request(action.toStdString()));
    VERIFY_OK(text);
    QCOMPARE(*text, value(section, "canonical"));
    const SecretBytes signing = key(action == "poll" ? Pct1Key::Poll : Pct1Key::Request);
    QCOMPARE(macText(signing, *text)->toStdString(), value(section, "mac"));
}

void Pct1MessagesTest::sendsEveryMember()
{
    const Result<QByteArray> body = signedBody(request("confirm"), key(Pct1Key::Request));
    VERIFY_OK(body);
    const QJsonObject sent = QJsonDocument::fromJson(*body).object();
    const QJsonObject expected{
        {QStringLiteral("v"), 1},
        {QStringLiteral("action"), QStringLiteral("confirm")},
        {QStringLiteral("app_id"), QString::fromStdString(m_binding.appId)},
        {QStringLiteral("uid"), QString::fromStdString(m_binding.uid)},
        {QStringLiteral("device_id"), QString::fromStdString(value("inputs", "device_id"))},
        {QStringLiteral("ts"), 1467614607},
        {QStringLiteral("nonce"), QStringLiteral("202122232425262728292a2b2c2d2e2f")},
        {QStringLiteral("via"), QStringLiteral("screen")},
        {QStringLiteral("answer"), QStringLiteral("07")},
        {QStringLiteral("ctx"), QString::fromStdString(value("2 scan", "response_sha256"))},
        {QStringLiteral("mac"), QString::fromStdString(value("3 confirm", "mac"))},
    };
    QCOMPARE(sent, expected);
}

void Pct1MessagesTest::recognisesTheServersAnswers()
{
    const SecretBytes answerKey = key(Pct1Key::Answer);
    const QByteArray scanned = QByteArray::fromStdString(value("2 scan", "response_body"));
    QCOMPARE(toHex(sha256(std::as_bytes(std::span(scanned.begin(), scanned.end())))).toStdString(),
             value("2 scan", "response_sha256"));
    QCOMPARE(answerText(request("scan").nonce, scanned), value("2 scan", "response_canonical"));
    QVERIFY(isAuthenticAnswer(answerKey, request("scan").nonce, scanned,
                              QByteArray::fromStdString(value("2 scan", "response_mac"))));
    QVERIFY(isAuthenticAnswer(answerKey, request("confirm").nonce,
                              QByteArray::fromStdString(value("3 confirm", "response_body")),
                              QByteArray::fromStdString(value("3 confirm", "response_mac"))));

    const Result<Pct1Answer> answer = readAnswer(scanned);
    VERIFY_OK(answer);
    QCOMPARE(answer->status, 201);
    QCOMPARE(answer->serverTime->time_since_epoch().count(), 1467614600123);
    const Result<Pct1ScanAnswer> scan = readScanAnswer(*answer, scanned);
    VERIFY_OK(scan);
    QCOMPARE(scan->expiresIn, std::chrono::seconds(232));
    QCOMPARE(scan->context.application, QStringLiteral("Example 云盘"));
    QCOMPARE(scan->context.place, QStringLiteral("上海"));
    QCOMPARE(scan->context.address, QStringLiteral("203.0.113.7"));
    QCOMPARE(scan->context.network, LoginContext::Network::Same);
    QCOMPARE(scan->context.browser, QStringLiteral("Firefox 128"));
    QCOMPARE(scan->context.system, QStringLiteral("Windows 11"));
    QCOMPARE(scan->context.asked->time_since_epoch().count(), 1467614532);
    QCOMPARE(scan->context.numberDigits, 2);
    QVERIFY(scan->rawContext.startsWith("{\"app_name\":\"Example"));
    QVERIFY(scan->rawContext.endsWith("\"created\":1467614532}"));
}

void Pct1MessagesTest::refusesAnotherNonceBodyOrMac()
{
    const SecretBytes answerKey = key(Pct1Key::Answer);
    const QByteArray body = QByteArray::fromStdString(value("2 scan", "response_body"));
    const QByteArray mac = QByteArray::fromStdString(value("2 scan", "response_mac"));
    const std::string nonce = request("scan").nonce;
    QVERIFY(!isAuthenticAnswer(answerKey, request("confirm").nonce, body, mac));
    QVERIFY(!isAuthenticAnswer(answerKey, nonce, body + ' ', mac));
    QVERIFY(!isAuthenticAnswer(answerKey, nonce, body, mac.chopped(1)));
    QVERIFY(!isAuthenticAnswer(answerKey, nonce, body, {}));
    QVERIFY(!isAuthenticAnswer(answerKey, nonce, body, mac.toUpper()));
    QVERIFY(!isAuthenticAnswer(key(Pct1Key::Request), nonce, body, mac));
}

void Pct1MessagesTest::keysDependOnEveryByteOfTheBinding()
{
    Binding slash;
    slash.api = m_binding.api + '/';
    slash.appId = m_binding.appId;
    slash.uid = m_binding.uid;
    QCOMPARE(toHex(derivePct1Key(Pct1Key::Request, m_secret, slash)->view()).toStdString(),
             value("8 negative", "api with a trailing slash changes the key"));
    Binding encoded;
    encoded.api = m_binding.api;
    encoded.appId = m_binding.appId;
    encoded.uid = "e%2Bf2iJHkScjvo6GHZKVmaA%3D%3D";
    QCOMPARE(toHex(derivePct1Key(Pct1Key::Request, m_secret, encoded)->view()).toStdString(),
             value("8 negative", "uid left percent-encoded changes the key"));
    Pct1Request replayed = request("confirm");
    replayed.action = "deny";
    QCOMPARE(macText(key(Pct1Key::Request), *canonicalText(replayed))->toStdString(),
             value("8 negative", "confirm replayed as deny has another MAC"));
}

void Pct1MessagesTest::aFieldCannotFakeALine_data()
{
    QTest::addColumn<QByteArray>("uid");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("line feed") << QByteArray("a\nb");
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("delete") << QByteArray("a\x7f");
}

void Pct1MessagesTest::aFieldCannotFakeALine()
{
    QFETCH(QByteArray, uid);
    Pct1Request faked = request("scan");
    faked.uid = uid.toStdString();
    QVERIFY(!canonicalText(faked));
    QVERIFY(!signedBody(faked, key(Pct1Key::Request)));
}

QTEST_GUILESS_MAIN(Pct1MessagesTest)
#include "pct1_messages_test.moc"
