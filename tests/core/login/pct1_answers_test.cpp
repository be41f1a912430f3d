#include "core/login/pct1_answers.h"
#include "tests/support/result_printing.h"

#include <QTest>

using namespace hufu;

/// What a hostile server may write (security.md 11, protocol.md B7).
class Pct1AnswersTest : public QObject
{
    Q_OBJECT

private slots:
    void refusesDamagedAnswers_data();
    void refusesDamagedAnswers();
    void refusesDamagedScans_data();
    void refusesDamagedScans();
    void everyMemberOfTheContextMayBeMissing();
    void textsComeOutPlain();
    void aCodeLivesFiveMinutesAtMost();
    void theInquiryNamesAnApplication();
};

void Pct1AnswersTest::refusesDamagedAnswers_data()
{
    QTest::addColumn<QByteArray>("body");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a page") << QByteArray("<html><body>200</body></html>");
    QTest::newRow("a list") << QByteArray("[200]");
    QTest::newRow("no status") << QByteArray(R"({"state":"new"})");
    QTest::newRow("status as text") << QByteArray(R"({"status":"200"})");
    QTest::newRow("status as fraction") << QByteArray(R"({"status":200.0})");
    QTest::newRow("status with exponent") << QByteArray(R"({"status":2e2})");
    QTest::newRow("status below zero") << QByteArray(R"({"status":-200})");
    QTest::newRow("status beyond 64 bits") << QByteArray(R"({"status":18446744073709551816})");
    QTest::newRow("status wraps round") << QByteArray(R"({"status":4294967496})");
    QTest::newRow("status twice") << QByteArray(R"({"status":403,"status":200})");
    QTest::newRow("status twice, once escaped")
        << QByteArray("{\"status\":403,\"\\u0073tatus\":200}");
    QTest::newRow("state as number") << QByteArray(R"({"status":200,"state":1})");
    QTest::newRow("server time as text") << QByteArray(R"({"status":408,"server_time":"1"})");
    QTest::newRow("server time below zero") << QByteArray(R"({"status":408,"server_time":-1})");
    QTest::newRow("server time out of this age")
        << QByteArray(R"({"status":408,"server_time":9223372036854775807})");
    QTest::newRow("nested nine deep") << QByteArray(R"({"status":200,"a":[[[[[[[[1]]]]]]]]})");
    QTest::newRow("not UTF-8") << QByteArray("{\"status\":200,\"state\":\"\xff\"}");
    QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf{\"status\":200}");
    QTest::newRow("half a pair") << QByteArray("{\"status\":200,\"state\":\"\\ud800\"}");
    QTest::newRow("something behind") << QByteArray(R"({"status":200} {})");
    QTest::newRow("cut off") << QByteArray(R"({"status":200,"state":"ne)");
}

void Pct1AnswersTest::refusesDamagedAnswers()
{
    QFETCH(QByteArray, body);
    VERIFY_FAILS(readAnswer(body), Errc::AnswerMalformed);
}

void Pct1AnswersTest::refusesDamagedScans_data()
{
    QTest::addColumn<QByteArray>("members");

    QTest::newRow("99 digits") << QByteArray(R"("number":{"mode":"enter","digits":99})");
    QTest::newRow("1 digit") << QByteArray(R"("number":{"mode":"enter","digits":1})");
    QTest::newRow("7 digits") << QByteArray(R"("number":{"mode":"enter","digits":7})");
    QTest::newRow("no digits") << QByteArray(R"("number":{"mode":"enter"})");
    QTest::newRow("digits as text") << QByteArray(R"("number":{"mode":"enter","digits":"2"})");
    QTest::newRow("an unknown mode") << QByteArray(R"("number":{"mode":"pick","digits":2})");
    QTest::newRow("no mode") << QByteArray(R"("number":{})");
    QTest::newRow("number as number") << QByteArray(R"("number":2)");
    QTest::newRow("number is null") << QByteArray(R"("number":null)");
    QTest::newRow("context as text") << QByteArray(R"("context":"x")");
    QTest::newRow("a list as browser") << QByteArray(R"("context":{"browser":["x"]})");
    QTest::newRow("a long place") << QByteArray(R"("context":{"location":")" +
                                                QByteArray(129, 'x') + R"("})");
    QTest::newRow("created as text") << QByteArray(R"("context":{"created":"1"})");
    QTest::newRow("expires below zero") << QByteArray(R"("expires_in":-1)");
    QTest::newRow("expires as text") << QByteArray(R"("expires_in":"60")");
}

void Pct1AnswersTest::refusesDamagedScans()
{
    QFETCH(QByteArray, members);
    const QByteArray body = R"({"status":201,"state":"scanned",)" + members + '}';
    const Result<Pct1Answer> answer = readAnswer(body);
    VERIFY_OK(answer);
    VERIFY_FAILS(readScanAnswer(*answer, body), Errc::AnswerMalformed);
}

void Pct1AnswersTest::everyMemberOfTheContextMayBeMissing()
{
    const QByteArray body = R"({"status":201})";
    const Result<Pct1ScanAnswer> scan = readScanAnswer(*readAnswer(body), body);
    VERIFY_OK(scan);
    QCOMPARE(scan->context.application, QString());
    QCOMPARE(scan->context.network, LoginContext::Network::Unknown);
    QVERIFY(!scan->context.asked);
    QCOMPARE(scan->context.numberDigits, 0);
    QCOMPARE(scan->rawContext, "{}");
}

void Pct1AnswersTest::textsComeOutPlain()
{
    const QByteArray body =
        "{\"status\":201,\"context\":{\"browser\":\"a\\u202eb\\u0000c\\u200bd\\ne"
        "<b>f</b>\",\"ip_match\":\"sideways\",\"new_member\":1.5}}";
    const Result<Pct1ScanAnswer> scan = readScanAnswer(*readAnswer(body), body);
    VERIFY_OK(scan);
    QCOMPARE(scan->context.browser, QStringLiteral("abcde<b>f</b>"));
    QCOMPARE(scan->context.network, LoginContext::Network::Unknown);
}

void Pct1AnswersTest::aCodeLivesFiveMinutesAtMost()
{
    const QByteArray body = R"({"status":201,"expires_in":86400})";
    QCOMPARE(readScanAnswer(*readAnswer(body), body)->expiresIn, longestLogin);
}

void Pct1AnswersTest::theInquiryNamesAnApplication()
{
    const Result<Pct1Inquiry> inquiry =
        readInquiry(*readAnswer(R"({"status":200,"app_id":"app","expires_in":231})"));
    VERIFY_OK(inquiry);
    QCOMPARE(inquiry->appId, "app");
    QCOMPARE(inquiry->expiresIn, std::chrono::seconds(231));
    VERIFY_FAILS(readInquiry(*readAnswer(R"({"status":200})")), Errc::AnswerMalformed);
    VERIFY_FAILS(readInquiry(*readAnswer(R"({"status":200,"app_id":7})")), Errc::AnswerMalformed);
}

QTEST_GUILESS_MAIN(Pct1AnswersTest)
#include "pct1_answers_test.moc"
