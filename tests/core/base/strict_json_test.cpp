#include "core/base/strict_json.h"

#include <QTest>

using namespace hufu;

class StrictJsonTest : public QObject
{
    Q_OBJECT

private slots:
    void aSecretIsNotDecoded();
    void aSecretIsReadByItself_data();
    void aSecretIsReadByItself();
    void readsWhatIsJson();
    void tellsWhereAValueStood();
    void knowsTheLimits();
    void refusesWhatIsNot_data();
    void refusesWhatIsNot();
};

void StrictJsonTest::readsWhatIsJson()
{
    const auto json = readStrictJson(
        " { \"a\" : [ 0, -1, 9223372036854775807, 1.5, 1e3, true, false, null, {} ],\r\n\t"
        "\"b\": \"x\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\xc3\xa9\" } ");
    QVERIFY(json.has_value());
    const JsonValue::Array &list = *json->member(u"a")->array();
    QCOMPARE(list.size(), 9U);
    QCOMPARE(*list[1].integer(), -1);
    QCOMPARE(*list[2].integer(), 9223372036854775807LL);
    QVERIFY(list[3].integer() == nullptr);
    QVERIFY(list[4].integer() == nullptr);
    QVERIFY(*list[5].boolean());
    QVERIFY(list[8].object()->empty());
    QCOMPARE(*json->member(u"b")->text(), QStringLiteral("x\"\\/\b\f\n\r\té😀é"));
    QVERIFY(json->member(u"c") == nullptr);
    QVERIFY(json->member(u"a")->member(u"a") == nullptr);
}

void StrictJsonTest::tellsWhereAValueStood()
{
    const QByteArray text = R"({"é": 1, "context" : {"a":[1, 2]} })";
    const auto json = readStrictJson(text);
    QVERIFY(json.has_value());
    const JsonValue *context = json->member(u"context");
    QCOMPARE(text.mid(context->begin, context->end - context->begin), R"({"a":[1, 2]})");
}

void StrictJsonTest::knowsTheLimits()
{
    QVERIFY(readStrictJson("[[[[[[[[1]]]]]]]]").has_value());
    QVERIFY(!readStrictJson("[[[[[[[[[1]]]]]]]]]").has_value());
    QVERIFY(!readStrictJson(QByteArray(60'000, '[')).has_value());
    QVERIFY(readStrictJson('"' + QByteArray(65'534, 'x') + '"').has_value());
    QVERIFY(!readStrictJson('"' + QByteArray(65'535, 'x') + '"').has_value());

    // As many members as there is room for, and the first of them once more.
    QByteArray many = "{\"0\":0";
    for (int i = 1; i < 5'000; ++i)
        many += ",\"" + QByteArray::number(i) + "\":0";
    QVERIFY(readStrictJson(many + '}'));
    QVERIFY(!readStrictJson(many + ",\"\\u0030\":0}"));
}

void StrictJsonTest::refusesWhatIsNot_data()
{
    QTest::addColumn<QByteArray>("text");

    for (const char *text : {"",
                             " ",
                             "{",
                             "}",
                             "[1,]",
                             "[,1]",
                             "[1 2]",
                             "{\"a\":1,}",
                             "{\"a\" 1}",
                             "{a:1}",
                             "{'a':1}",
                             "{\"a\":1 \"b\":2}",
                             "{\"a\":1,\"a\":1}",
                             "[{\"b\":{\"a\":1,\"\\u0061\":2}}]",
                             "01",
                             "+1",
                             "-",
                             "1.",
                             ".5",
                             "1e",
                             "1e+",
                             "0x1",
                             "1_0",
                             "NaN",
                             "Infinity",
                             "nul",
                             "TRUE",
                             "\"",
                             "\"\\x41\"",
                             "\"\\u12\"",
                             "\"\\u12g4\"",
                             "\"\\u-123\"",
                             "\"\\udc00\"",
                             "\"\\ud800x\"",
                             "\"a\nb\"",
                             "\"a\tb\"",
                             "1 1",
                             "// c\n1",
                             "9223372036854775808",
                             "-9223372036854775809",
                             "\xef\xbb\xbf"
                             "1",
                             "\"\xc0\xaf\"",
                             "\"\xed\xa0\x80\"",
                             "\"\xff\""})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("NUL behind") << QByteArray("1\0", 2);
    QTest::newRow("NUL in a text") << QByteArray("\"a\0b\"", 5);
}

void StrictJsonTest::refusesWhatIsNot()
{
    QFETCH(QByteArray, text);
    const auto json = readStrictJson(text);
    QVERIFY(!json.has_value());
    QVERIFY(!json.error().reason.isEmpty());
}

void StrictJsonTest::aSecretIsNotDecoded()
{
    const QByteArray text = R"( {"a":{"key":"b"}, "key" : "c\"d" ,"e":1} )";
    const auto json = readStrictJson(text, u"key");
    QVERIFY(json.has_value());
    const JsonValue *secret = json->member(u"key");
    QVERIFY(secret != nullptr && secret->text() == nullptr);
    QCOMPARE(text.mid(secret->begin, secret->end - secret->begin), R"("c\"d")");
    QCOMPARE(*json->member(u"a")->member(u"key")->text(), QStringLiteral("b"));
    const auto plain = secretText(text, *secret);
    QVERIFY(plain && plain->text() == "c\"d");
    QVERIFY(!secretText(text, *json->member(u"e")));
    for (const char *damaged : {R"({"key":5})", R"({"key":"a)", R"({"key":"a\)", R"({"key":"a\")",
                                R"({"key":"a","key":"b"})", "{\"key\":\"a\nb\"}"})
        QVERIFY2(!readStrictJson(damaged, u"key"), damaged);
}

void StrictJsonTest::aSecretIsReadByItself_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("read"); // empty: refused

    const auto row = [](const QByteArray &written, const QByteArray &read) {
        QTest::newRow(written.constData()) << written << read;
    };
    row("plain", "plain");
    row(R"(a\/b)", "a/b");
    row(R"(\u0026\u003d)", "&=");
    row(R"(\\)", R"(\)");
    row(R"(\u0000)", "");
    row(R"(\u0126)", "");
    row(R"(\u00e9)", "");
    row(R"(\n)", "");
    row(R"(\u12)", "");
    row(R"(\x41)", "");
    row("\xc3\xa9", "");
}

void StrictJsonTest::aSecretIsReadByItself()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, read);
    const QByteArray text = "{\"key\":\"" + written + "\"}";
    const auto json = readStrictJson(text, u"key");
    QVERIFY(json.has_value());
    const Result<SecretBytes> plain = secretText(text, *json->member(u"key"));
    QCOMPARE(plain.has_value(), !read.isEmpty());
    if (plain)
        QVERIFY(plain->text() == read.toStdString());
}

QTEST_GUILESS_MAIN(StrictJsonTest)
#include "strict_json_test.moc"
