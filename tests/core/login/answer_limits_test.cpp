#include "core/login/https_client.h"
#include "core/login/trusted_certificates.h"
#include "tests/core/login/scripted_server.h"
#include "tests/core/login/test_certificates.h"
#include "tests/support/result_printing.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;
using Way = ScriptedAnswer::Way;

namespace {

/// A value of /proc/self/status in KiB.
qint64 memoryOf(const char *name)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf(name);
    return at < 0 ? -1 : text.mid(at).simplified().split(' ').value(1).toLongLong();
}

/// From here on VmHWM is the highest since now.
bool forgetPeak()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    return file.open(QIODevice::WriteOnly) && file.write("5") == 1;
}

} // namespace

/// What a server can take of our time and memory (security.md 4). The time is shortened from 15 s;
/// server and client share this process, and the server's part of the memory counts too.
class AnswerLimitsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void costsLittle_data();
    void costsLittle();

private:
    Result<HttpsAnswer> ask(const ScriptedAnswer &answer);

    TestCertificates m_certificates;
    std::unique_ptr<TrustedCertificates> m_trusted;
};

void AnswerLimitsTest::initTestCase()
{
    QVERIFY(m_certificates.isValid());
    m_trusted = std::make_unique<TrustedCertificates>(QList{m_certificates.authorityPem()});
    for (int i = 0; i < 3; ++i) // what TLS itself takes, the first time
        VERIFY_OK(ask(ScriptedAnswer::http(200, "{}")));
}

Result<HttpsAnswer> AnswerLimitsTest::ask(const ScriptedAnswer &answer)
{
    ScriptedServer server(m_certificates.serverConfiguration(QStringLiteral("good")));
    server.script = [&](const SeenRequest &) { return answer; };
    // Only who never comes to an end is to run out of time, however slow the machine is.
    HttpsClient client(*m_trusted, {}, {.wait = answer.way == Way::DripFeed ? 1500ms : 15s});
    QObject context;
    std::optional<Result<HttpsAnswer>> outcome;
    client.get(QUrl(QString::fromLatin1(server.api() + "/verify/")), &context,
               [&](Result<HttpsAnswer> got) { outcome = std::move(got); });
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 20'000))
        return failure(Errc::HelperTimedOut, QStringLiteral("the client never answered"));
    return *outcome;
}

void AnswerLimitsTest::costsLittle_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<Errc>("expected");

    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    const QByteArray portion(1 << 18, 'x');
    const QByteArray lines = QByteArray("X-Filler: 0123456789abcdef\r\n").repeated(9'000);
    const QByteArray packed = qCompress(QByteArray(60 << 20, '\0'), 9).mid(4);
    QVERIFY(packed.size() < 64 * 1024); // so that the bound on what is read does not stop it

    const auto row = [](const char *name, Way way, const QByteArray &bytes, const QByteArray &more,
                        Errc expected) { QTest::newRow(name) << way << bytes << more << expected; };
    row("10 GB", Way::Endless, ok + "Content-Length: 10000000000\r\n\r\n", portion,
        Errc::AnswerTooLarge);
    row("10 GB without a length", Way::Endless, ok + "\r\n", portion, Errc::AnswerTooLarge);
    row("10 GB in pieces", Way::Endless, chunked, "1000\r\n" + portion.first(0x1000) + "\r\n",
        Errc::AnswerTooLarge);
    row("10 GB in pieces of a byte", Way::Endless, chunked,
        QByteArray("1\r\nx\r\n").repeated(9'000), Errc::AnswerTooLarge);
    row("a header without end", Way::Endless, ok + "X-Filler: ", portion, Errc::AnswerTooLarge);
    row("a status without end", Way::Endless, "HTTP/1.1 200 ", portion, Errc::AnswerTooLarge);
    row("header lines without end", Way::Endless, ok, lines, Errc::AnswerTooLarge);
    row("interim answers without end", Way::Endless, {},
        QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(5'000), Errc::AnswerTooLarge);
    row("a trailer without end", Way::Endless, chunked + "0\r\n", lines, Errc::AnswerTooLarge);
    row("a byte now and then", Way::DripFeed, ok + "Content-Length: 60000\r\n\r\n" + portion, {},
        Errc::ServerTimedOut);
    row("60 MB packed to 60 KB", Way::Whole,
        ok + "Content-Encoding: deflate\r\nContent-Length: " + QByteArray::number(packed.size()) +
            "\r\n\r\n" + packed,
        {}, Errc{});
}

void AnswerLimitsTest::costsLittle()
{
    QFETCH(Way, way);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, more);
    QFETCH(Errc, expected);
    const ScriptedAnswer answer{way, bytes.isEmpty() ? more : bytes, more};
    QVERIFY(forgetPeak());
    const qint64 before = memoryOf("VmRSS:");
    QElapsedTimer timer;
    timer.start();
    const Result<HttpsAnswer> got = ask(answer);
    const qint64 time = timer.elapsed();
    const qint64 growth = memoryOf("VmHWM:") - before;
    qInfo("%lld ms, %lld KiB", static_cast<long long>(time), static_cast<long long>(growth));
    if (got)
        QVERIFY(got->body.size() <= 64 * 1024); // as it came, not unpacked
    else
        QCOMPARE(got.error().code, expected);
    QVERIFY(got.has_value() == (expected == Errc{}));
#if !defined(HUFU_SANITIZED)
    QVERIFY(before > 0);
    QVERIFY2(growth <= 8 * 1024, qPrintable(QString::number(growth)));
#endif
}

QTEST_GUILESS_MAIN(AnswerLimitsTest)
#include "answer_limits_test.moc"
