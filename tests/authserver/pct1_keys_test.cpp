#include "pct1_keys.h"
#include "seed_signature.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hufu::authserver;
using namespace Qt::StringLiterals;

/// Against tests/data/pct1-vectors.json, which a third implementation wrote.
class Pct1KeysTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QFile file(QStringLiteral(HUFU_TEST_DATA "/pct1-vectors.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_vectors = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(m_vectors.size(), 9);
        m_secret = QByteArray::fromHex(text(u"inputs"_s, u"secret_hex"_s));
        m_identity = {text(u"inputs"_s, u"api"_s), text(u"inputs"_s, u"app_id"_s),
                      text(u"inputs"_s, u"uid"_s)};
    }

    void derivesTheKeyOfEachPower_data()
    {
        QTest::addColumn<QByteArray>("label");
        for (const char *const label : {"req", "poll", "res"})
            QTest::newRow(label) << QByteArray(label);
    }

    void derivesTheKeyOfEachPower()
    {
        QFETCH(const QByteArray, label);
        QCOMPARE(pct1Key(m_secret, label, m_identity).toHex(),
                 text(u"1 binding"_s, u"key_"_s + QString::fromLatin1(label)));
    }

    void anotherSpellingGivesAnotherKey()
    {
        Pct1Identity slash = m_identity;
        slash.api += '/';
        QCOMPARE(pct1Key(m_secret, "req", slash).toHex(),
                 text(u"8 negative"_s, u"api with a trailing slash changes the key"_s));
        Pct1Identity encoded = m_identity;
        encoded.uid = m_identity.uid.toPercentEncoding();
        QCOMPARE(pct1Key(m_secret, "req", encoded).toHex(),
                 text(u"8 negative"_s, u"uid left percent-encoded changes the key"_s));
    }

    void signsRequests_data()
    {
        QTest::addColumn<QString>("section");
        QTest::addColumn<QByteArray>("action");
        QTest::addColumn<int>("later");
        QTest::addColumn<QByteArray>("nonce");
        QTest::addColumn<QByteArray>("answer");
        const QByteArray scan = "101112131415161718191a1b1c1d1e1f";
        const QByteArray confirm = "202122232425262728292a2b2c2d2e2f";
        const QByteArray deny = "303132333435363738393a3b3c3d3e3f";
        QTest::newRow("scan") << u"2 scan"_s << QByteArray("scan") << 0 << scan << QByteArray("-");
        QTest::newRow("confirm") << u"3 confirm"_s << QByteArray("confirm") << 7 << confirm
                                 << QByteArray("07");
        QTest::newRow("deny") << u"4 deny"_s << QByteArray("deny") << 9 << deny
                              << QByteArray("not_me");
    }

    void signsRequests()
    {
        QFETCH(const QString, section);
        QFETCH(const QByteArray, action);
        QFETCH(const int, later);
        QFETCH(const QByteArray, nonce);
        QFETCH(const QByteArray, answer);
        const qint64 ts = m_vectors.value(u"inputs"_s).toObject().value(u"ts"_s).toInteger();
        const Pct1Request request{
            .action = action,
            .deviceId = text(u"inputs"_s, u"device_id"_s),
            .token = text(u"inputs"_s, u"token"_s),
            .ts = QByteArray::number(ts + later),
            .nonce = nonce,
            .via = "screen",
            .answer = answer,
            .ctx = action == "scan" ? QByteArray("-") : text(u"2 scan"_s, u"response_sha256"_s)};
        const QByteArray canonical = pct1Canonical(request, m_identity);
        QCOMPARE(canonical, text(section, u"canonical"_s));
        QCOMPARE(pct1Mac(pct1Key(m_secret, "req", m_identity), canonical), text(section, u"mac"_s));
    }

    void signsAnswers()
    {
        const QByteArray body = text(u"2 scan"_s, u"response_body"_s);
        const QByteArray canonical = pct1AnswerCanonical("101112131415161718191a1b1c1d1e1f", body);
        QCOMPARE(canonical, text(u"2 scan"_s, u"response_canonical"_s));
        QCOMPARE(pct1Mac(pct1Key(m_secret, "res", m_identity), canonical),
                 text(u"2 scan"_s, u"response_mac"_s));
    }

    void signsTheSeedsCalls_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<QByteArrayList>("parts");
        QTest::newRow("new login")
            << u"qrcode_for_auth"_s << QByteArrayList{"ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW", "2"};
        QTest::newRow("code with a leading zero")
            << u"traditional"_s
            << QByteArrayList{"ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW", "012345",
                              "e+f2iJHkScjvo6GHZKVmaA=="};
        QTest::newRow("first binding, without a code")
            << u"qrcode"_s
            << QByteArrayList{"ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW", "", "e+f2iJHkScjvo6GHZKVmaA=="};
        QTest::newRow("answer with a uid")
            << u"event_result_reply"_s
            << QByteArrayList{"ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW", "1467614532.77wsYFZ9Z", "200",
                              "e+f2iJHkScjvo6GHZKVmaA=="};
    }

    void signsTheSeedsCalls()
    {
        QFETCH(const QString, call);
        QFETCH(const QByteArrayList, parts);
        const QString section = u"6 seed signatures (MD5, the website's side)"_s;
        QCOMPARE(seedSignature(parts, text(section, u"appkey"_s)), text(section, call));
    }

private:
    QByteArray text(const QString &section, const QString &name) const
    {
        const QJsonValue value = m_vectors.value(section).toObject().value(name);
        Q_ASSERT(value.isString());
        return value.toString().toUtf8();
    }

    QJsonObject m_vectors;
    QByteArray m_secret;
    Pct1Identity m_identity;
};

QTEST_GUILESS_MAIN(Pct1KeysTest)
#include "pct1_keys_test.moc"
