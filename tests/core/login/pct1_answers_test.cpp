#include "core/login/pct1_answers.h"
#include "core/login/pct1_messages.h"
#include "tests/support/result_printing.h"

#include <QRandomGenerator>
#include <QTest>

using namespace hufu;

namespace {

const QByteArrayList honestAnswers{
    R"({"status":200,"state":"new","app_id":"app","app_name":"Northgate","expires_in":231})",
    R"({"status":201,"state":"scanned","expires_in":232,"server_time":1700000000000,)"
    R"("context":{"app_name":"Northgate","ip":"203.0.113.7","ip_match":"different",)"
    R"("browser":"Firefox 128","os":"Windows 11","location":"Berlin","created":1699999990},)"
    R"("number":{"mode":"enter","digits":2}})",
    R"({"status":200,"state":"confirmed","description":"success","server_time":1700000000000})",
    R"({"status":408,"state":"scanned","server_time":1700000900000})",
};

/// Answers that a server might make up: members exchanged, repeated, moved and dropped, values of
/// other kinds, and now and then a byte that is not what it was.
class AnswerMutator
{
public:
    explicit AnswerMutator(quint32 seed)
        : m_random(seed)
    {
    }

    QByteArray next()
    {
        QByteArray body = pick(honestAnswers);
        const int changes = m_random.bounded(1, 5);
        for (int i = 0; i < changes; ++i)
            change(body);
        return body;
    }

private:
    const QByteArray &pick(const QByteArrayList &list)
    {
        return list.at(m_random.bounded(static_cast<int>(list.size())));
    }

    qsizetype placeIn(const QByteArray &body)
    {
        return body.isEmpty() ? 0 : m_random.bounded(static_cast<int>(body.size()));
    }

    void change(QByteArray &body)
    {
        static const QByteArrayList values{"200",
                                           "201",
                                           "408",
                                           "-1",
                                           "0",
                                           "2",
                                           "6",
                                           "99",
                                           "1e2",
                                           "200.0",
                                           "true",
                                           "null",
                                           "[]",
                                           "{}",
                                           "\"\"",
                                           "\"200\"",
                                           "\"confirmed\"",
                                           "\"enter\"",
                                           "\"none\"",
                                           "9223372036854775807",
                                           "18446744073709551816",
                                           "\"\\u202e\\u0000\"",
                                           "\"\\ud800\"",
                                           "[[[[[[[[[1]]]]]]]]]",
                                           '"' + QByteArray(129, 'x') + '"'};
        static const QByteArrayList members{"\"status\":200",
                                            "\"status\":201",
                                            "\"\\u0073tatus\":200",
                                            "\"state\":\"confirmed\"",
                                            "\"app_id\":\"app\"",
                                            "\"expires_in\":300",
                                            "\"context\":{}",
                                            "\"server_time\":1",
                                            "\"number\":{\"mode\":\"enter\",\"digits\":7}",
                                            "\"x\":{\"status\":200}"};
        switch (m_random.bounded(6)) {
        case 0: { // another value
            const qsizetype colon = body.indexOf(':', placeIn(body));
            const qsizetype end = colon < 0 ? -1 : body.indexOf(',', colon);
            if (end > 0)
                body.replace(colon + 1, end - colon - 1, pick(values));
            return;
        }
        case 1: // one member more
            if (const qsizetype brace = body.indexOf('{', placeIn(body)); brace >= 0)
                body.insert(brace + 1, pick(members) + ',');
            return;
        case 2: { // one less
            const qsizetype comma = body.indexOf(',', placeIn(body));
            const qsizetype end = comma < 0 ? -1 : body.indexOf(',', comma + 1);
            if (end > 0)
                body.remove(comma, end - comma);
            return;
        }
        case 3: // a byte
            if (!body.isEmpty())
                body[placeIn(body)] = static_cast<char>(m_random.bounded(256));
            return;
        case 4: // a part of another answer in the middle
            body.insert(placeIn(body), pick(honestAnswers).mid(placeIn(body), 40));
            return;
        case 5:
            body.truncate(placeIn(body));
            return;
        }
    }

    QRandomGenerator m_random;
};

bool isFitToBeShown(const QString &text)
{
    return text.size() <= 128 && std::none_of(text.begin(), text.end(), [](QChar c) {
               return c.category() == QChar::Other_Control || c.unicode() == 0x202e;
           });
}

} // namespace

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
    void inventedAnswersStayWithinBoundsAndAreNotBelieved();
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

// security.md 11, seeded, some of its 10^7 cases.
void Pct1AnswersTest::inventedAnswersStayWithinBoundsAndAreNotBelieved()
{
#if defined(HUFU_SANITIZED)
    constexpr int cases = 20'000;
#else
    constexpr int cases = 120'000;
#endif
    const SecretBytes key = *SecretBytes::copyOf(std::string_view("12345678901234567890"));
    const std::string nonce(32, '7');
    QByteArrayList signatures;
    for (const QByteArray &honest : honestAnswers)
        signatures.append(*macText(key, answerText(nonce, honest)));
    AnswerMutator mutator(20'261'122);
    int read = 0;
    int scans = 0;
    for (int i = 0; i < cases; ++i) {
        const QByteArray body = mutator.next();
        // No signature that was ever made fits an answer that was made up.
        const qsizetype honest = honestAnswers.indexOf(body);
        const QByteArray &signature = signatures.at(honest < 0 ? i % signatures.size() : honest);
        QCOMPARE(isAuthenticAnswer(key, nonce, body, signature), honest >= 0);
        const Result<Pct1Answer> answer = readAnswer(body);
        if (!answer)
            continue;
        ++read;
        QVERIFY(answer->status >= 100 && answer->status <= 999);
        QVERIFY(isFitToBeShown(answer->state));
        if (const Result<Pct1Inquiry> inquiry = readInquiry(*answer))
            QVERIFY(!inquiry->appId.empty() && inquiry->appId.size() <= 256);
        const Result<Pct1ScanAnswer> scan = readScanAnswer(*answer, body);
        if (!scan)
            continue;
        ++scans;
        const LoginContext &context = scan->context;
        QVERIFY(scan->expiresIn.count() >= 0 && scan->expiresIn <= longestLogin);
        QVERIFY(context.numberDigits == 0 ||
                (context.numberDigits >= 2 && context.numberDigits <= 6));
        for (const QString &text :
             {context.application, context.place, context.address, context.browser, context.system})
            QVERIFY(isFitToBeShown(text));
        QVERIFY(scan->rawContext == "{}" || body.contains(scan->rawContext));
    }
    QVERIFY2(read > cases / 20 && scans > cases / 40, qPrintable(QString::number(read)));
}

QTEST_GUILESS_MAIN(Pct1AnswersTest)
#include "pct1_answers_test.moc"
