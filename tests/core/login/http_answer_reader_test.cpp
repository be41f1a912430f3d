#include "core/login/http_answer_reader.h"
#include "tests/support/result_printing.h"

#include <QRandomGenerator>
#include <QTest>

using namespace hufu;

/// What may come instead of an answer of HTTP (security.md 4, 11).
class HttpAnswerReaderTest : public QObject
{
    Q_OBJECT

private slots:
    void readsAnAnswerInAnyPortions_data();
    void readsAnAnswerInAnyPortions();
    void refusesWhatHasTwoMeanings_data();
    void refusesWhatHasTwoMeanings();
    void refusesWhatIsTooLarge_data();
    void refusesWhatIsTooLarge();
    void anAnswerThatBreaksOffIsNone_data();
    void anAnswerThatBreaksOffIsNone();
    void aTunnelHasNoBody();
    void keepsItsBoundsWhateverComes();

private:
    static constexpr qsizetype largestBody = 1'000;

    /// Hands over `text` in portions of `size`, then the end of the connection.
    static Result<void> readAll(HttpAnswerReader &reader, const QByteArray &text, qsizetype size)
    {
        for (qsizetype at = 0; at < text.size(); at += size) {
            if (const Result<void> taken = reader.take(text.mid(at, size)); !taken)
                return taken;
        }
        return reader.end();
    }
};

void HttpAnswerReaderTest::readsAnAnswerInAnyPortions_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("mac");
    QTest::addColumn<QByteArray>("body");

    const auto row = [](const char *name, const QByteArray &text, int status, const QByteArray &mac,
                        const QByteArray &body) {
        QTest::newRow(name) << text << status << mac << body;
    };
    row("with a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-PCT-MAC: ab\r\n\r\nhello", 200,
        "ab", "hello");
    row("without words", "HTTP/1.1 502\r\nContent-Length: 0\r\n\r\n", 502, {}, {});
    row("to the end", "HTTP/1.0 200 OK\r\nx-pct-mac:\t ab \r\n\r\nhello", 200, "ab", "hello");
    row("in pieces",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "2\r\nhe\r\n003;name=value\r\nllo\r\n0\r\nTrailer: x\r\n\r\n",
        200, {}, "hello");
    row("after interim answers",
        "HTTP/1.1 100 Continue\r\nX-PCT-MAC: no\r\n\r\nHTTP/1.1 103 Early\r\n\r\n"
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-PCT-MAC: yes\r\n\r\n{}",
        200, "yes", "{}");
    row("none to come", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204, {}, {});
    row("as long as may be",
        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + QByteArray(1'000, 'x'), 200, {},
        QByteArray(1'000, 'x'));
}

void HttpAnswerReaderTest::readsAnAnswerInAnyPortions()
{
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    QFETCH(QByteArray, mac);
    QFETCH(QByteArray, body);
    for (const qsizetype size : {text.size(), qsizetype{1}, qsizetype{7}}) {
        HttpAnswerReader reader(HttpAnswerReader::To::Request, largestBody);
        VERIFY_OK(readAll(reader, text, size));
        QVERIFY(reader.isWhole());
        QCOMPARE(reader.status(), status);
        QCOMPARE(reader.field("x-pct-mac"), mac);
        QCOMPARE(reader.body(), body);
    }
}

void HttpAnswerReaderTest::refusesWhatHasTwoMeanings_data()
{
    QTest::addColumn<QByteArray>("text");

    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    const auto field = [&](const char *name, const QByteArray &lines) {
        row(name, "HTTP/1.1 200 OK\r\n" + lines + "\r\n\r\nhello");
    };
    row("nothing of HTTP", "SSH-2.0-OpenSSH\r\n\r\n");
    row("a page without a header", "<html></html>\r\n");
    row("HTTP of another age", "HTTP/2 200\r\n\r\n");
    row("a status of two digits", "HTTP/1.1 20\r\n\r\n");
    row("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n");
    row("a status below 100", "HTTP/1.1 099 OK\r\n\r\n");
    row("another protocol", "HTTP/1.1 101 Switching\r\n\r\n");
    row("a control character in the status", "HTTP/1.1 200 O\x01K\r\n\r\n");
    row("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello");
    field("a line without a name", ": x");
    field("a line without a colon", "Content-Length 5");
    field("a folded line", "X-PCT-MAC: a\r\n b");
    field("space before the colon", "Content-Length : 5");
    field("a zero byte", QByteArray("X-PCT-MAC: a\0b", 14));
    field("a carriage return inside", "X-PCT-MAC: a\rb");
    field("two lengths", "Content-Length: 5\r\nContent-Length: 4");
    field("the same length twice", "Content-Length: 5\r\ncontent-length: 5");
    field("a length and pieces", "Content-Length: 5\r\nTransfer-Encoding: chunked");
    field("packed pieces", "Transfer-Encoding: gzip, chunked");
    field("a negative length", "Content-Length: -5");
    field("a length with a sign", "Content-Length: +5");
    field("a list as length", "Content-Length: 5, 5");
    field("no length", "Content-Length:");
    field("a length beyond 64 bits", "Content-Length: 18446744073709551621");
    field("more than the length", "Content-Length: 4");
    field("a piece without a size", "Transfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n");
    field("a piece with a negative size", "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n");
    field("a size in no digits", "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n");
    field("a size beyond 64 bits", "Transfer-Encoding: chunked\r\n\r\n10000000000000005\r\nhello");
    field("a piece longer than its size", "Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n");
}

void HttpAnswerReaderTest::refusesWhatHasTwoMeanings()
{
    QFETCH(QByteArray, text);
    for (const qsizetype size : {text.size(), qsizetype{1}}) {
        HttpAnswerReader reader(HttpAnswerReader::To::Request, largestBody);
        VERIFY_FAILS(readAll(reader, text, size), Errc::AnswerMalformed);
    }
}

void HttpAnswerReaderTest::refusesWhatIsTooLarge_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("more");

    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("a status line") << QByteArray("HTTP/1.1 200 ") << QByteArray(100, 'x');
    QTest::newRow("a header line") << ok + "X: " << QByteArray(100, 'x');
    QTest::newRow("header lines") << ok << QByteArray("X: y\r\n");
    QTest::newRow("interim answers") << QByteArray() << QByteArray("HTTP/1.1 100 Continue\r\n\r\n");
    QTest::newRow("a body without a length") << ok + "\r\n" << QByteArray(100, 'x');
    QTest::newRow("a length") << ok + "Content-Length: 1001\r\n\r\n" << QByteArray();
    QTest::newRow("a large length") << ok + "Content-Length: 10000000000\r\n\r\n" << QByteArray();
    QTest::newRow("a piece") << chunked + "3e9\r\n" << QByteArray();
    QTest::newRow("pieces") << chunked << QByteArray("2\r\nab\r\n");
    QTest::newRow("the size of a piece") << chunked << QByteArray("0");
    QTest::newRow("what is said of a piece") << chunked + "2;" << QByteArray("x");
    QTest::newRow("a trailer") << chunked + "0\r\n" << QByteArray("X: y\r\n");
}

void HttpAnswerReaderTest::refusesWhatIsTooLarge()
{
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, more);
    HttpAnswerReader reader(HttpAnswerReader::To::Request, largestBody);
    Result<void> taken = reader.take(begin);
    qsizetype size = begin.size();
    while (taken && size < 100'000) {
        taken = reader.take(more);
        size += std::max<qsizetype>(more.size(), 1);
    }
    VERIFY_FAILS(taken, Errc::AnswerTooLarge);
    QVERIFY(size < HttpAnswerReader::largestHead + 10 * largestBody);
}

void HttpAnswerReaderTest::anAnswerThatBreaksOffIsNone_data()
{
    QTest::addColumn<QByteArray>("text");

    const QByteArray length = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    const QByteArray chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    for (const QByteArray &whole : {length, chunked}) {
        for (qsizetype size = 0; size < whole.size(); ++size)
            QTest::addRow("%d of %d", int(size), int(whole.size())) << whole.first(size);
    }
}

void HttpAnswerReaderTest::anAnswerThatBreaksOffIsNone()
{
    QFETCH(QByteArray, text);
    HttpAnswerReader reader(HttpAnswerReader::To::Request, largestBody);
    VERIFY_OK(reader.take(text));
    VERIFY_FAILS(reader.end(), Errc::ServerUnreachable);
}

void HttpAnswerReaderTest::aTunnelHasNoBody()
{
    HttpAnswerReader tunnel(HttpAnswerReader::To::Connect, largestBody);
    VERIFY_OK(tunnel.take("HTTP/1.1 200 Connection established\r\nContent-Length: 5\r\n\r\n"));
    QVERIFY(tunnel.isWhole());
    VERIFY_FAILS(tunnel.take("h"), Errc::AnswerMalformed);

    HttpAnswerReader refusal(HttpAnswerReader::To::Connect, largestBody);
    VERIFY_OK(refusal.take("HTTP/1.1 407 Login\r\nContent-Length: 5\r\n\r\n"));
    QVERIFY(refusal.hasHead());
    QVERIFY(!refusal.isWhole());
}

// 50,000 answers with parts exchanged, repeated and cut off, in random portions.
void HttpAnswerReaderTest::keepsItsBoundsWhateverComes()
{
    const QByteArrayList parts{
        "HTTP/1.1 ",
        "200",
        " OK",
        "\r\n",
        "\r\n",
        "\r\n\r\n",
        "\n",
        "Content-Length: ",
        "Transfer-Encoding: chunked\r\n",
        "5",
        "0",
        "ffffffffffffffff",
        "hello",
        "X-PCT-MAC: ab\r\n",
        ":",
        ";",
        QByteArray(1, '\0'),
        "\xff",
        QByteArray(700, 'x'),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "0\r\n\r\n"};
    QRandomGenerator random(20'261'122);
    int whole = 0;
    for (int i = 0; i < 50'000; ++i) {
        QByteArray text;
        const int count = random.bounded(1, 12);
        for (int j = 0; j < count; ++j)
            text += parts.at(random.bounded(static_cast<int>(parts.size())));
        HttpAnswerReader reader(HttpAnswerReader::To::Request, largestBody);
        const Result<void> read = readAll(reader, text, random.bounded(1, 64));
        QVERIFY(reader.body().size() <= largestBody);
        QCOMPARE(reader.isWhole() && read.has_value(), read.has_value());
        if (read) {
            ++whole;
            QVERIFY2(text.contains("HTTP/1."), text.constData());
            QVERIFY(reader.status() >= 200);
        }
    }
    QVERIFY(whole > 100); // so both outcomes were met
    QVERIFY(whole < 40'000);
}

QTEST_GUILESS_MAIN(HttpAnswerReaderTest)
#include "http_answer_reader_test.moc"
