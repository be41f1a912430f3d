// The helper killed, stopped or replaced by one that sends garbage, at random instants of a hundred
// scans: each is answered in time, and the thread that asked is never held up. Runs below
// with_xvfb. HUFU_TEST_SEED repeats a run.

#include "core/scan/messages.h"
#include "core/scan/scanner_client.h"
#include "tests/core/scan/held_up.h"
#include "tests/support/qr_picture.h"
#include "tests/support/result_printing.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QRandomGenerator>
#include <QTimer>

#include <csignal>
#include <optional>
#include <unistd.h>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 100;
constexpr double longestHold = 2000; ///< in milliseconds: a hang. The figure itself is printed
constexpr const char *garbageVariable = "HUFU_TEST_GARBAGE"; ///< to the helper that this program is

QByteArray arrayOf(const Result<SecretBytes> &message)
{
    const std::string_view text = message ? message->text() : std::string_view();
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray randomBytes(QRandomGenerator &random, int most)
{
    QByteArray bytes(random.bounded(1, most), '\0');
    for (char &byte : bytes)
        byte = static_cast<char>(random.bounded(256));
    return bytes;
}

QByteArray found()
{
    FoundCode code;
    code.text = *SecretBytes::copyOf("otpauth");
    return arrayOf(writeFound(code));
}

QByteArray frame()
{
    return *writeFrame({0, 640, 400, QByteArray(640 * 400 * 3, 'f')});
}

// The helper that sends garbage. Each kind is sent piece by piece, so that the instant is random.

enum class Garbage { Bytes, Truncated, OutOfTurn, EndlessFrames, Flipped, Silent };
constexpr int garbageKinds = 6;

QByteArray garbage(Garbage kind, QRandomGenerator &random)
{
    const QByteArray hello = arrayOf(writeHello(MessageKind::HelperHello));
    const QByteArray done = arrayOf(writeDone({{{u"s"_s, 100, 100}}, 5ms}));
    const QByteArray messages[] = {hello,
                                   found(),
                                   done,
                                   frame(),
                                   arrayOf(writeError({Errc::PictureUnreadable, {}})),
                                   *writeDrawnIcon({1, "rgba"}),
                                   arrayOf(writeBare(MessageKind::Stop))};
    const QByteArray whole = hello + found() + frame() + done;
    switch (kind) {
    case Garbage::Bytes:
        return (random.bounded(2) != 0 ? hello : QByteArray()) + randomBytes(random, 200'000);
    case Garbage::Truncated:
        return whole.left(random.bounded(static_cast<int>(whole.size())));
    case Garbage::OutOfTurn: {
        QByteArray bytes;
        for (int i = 0; i < 5; ++i)
            bytes += messages[random.bounded(static_cast<int>(std::size(messages)))];
        return bytes;
    }
    case Garbage::EndlessFrames:
        return hello + frame().repeated(40);
    case Garbage::Flipped: {
        QByteArray bytes = hello + found() + done;
        const auto at = random.bounded(static_cast<int>(bytes.size()));
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.bounded(8)));
        return bytes;
    }
    case Garbage::Silent:
        return random.bounded(2) != 0 ? hello : QByteArray();
    }
    Q_UNREACHABLE();
}

int sendGarbage(quint32 seed)
{
    std::signal(SIGPIPE, SIG_DFL); // ends with its reader
    QRandomGenerator random(seed);
    const QByteArray bytes = garbage(static_cast<Garbage>(random.bounded(garbageKinds)), random);
    usleep(random.bounded(60'000u));
    for (qsizetype at = 0; at < bytes.size();) {
        const ssize_t sent = write(STDOUT_FILENO, bytes.constData() + at,
                                   static_cast<std::size_t>(bytes.size() - at));
        if (sent <= 0)
            return 1;
        at += sent;
    }
    if (random.bounded(2) != 0)
        return 0;
    char ignored[65'536];
    while (read(STDIN_FILENO, ignored, sizeof ignored) > 0) { // stays until it is let go
    }
    return 0;
}

QByteArray childProcesses()
{
    QFile file(u"/proc/%1/task/%1/children"_s.arg(getpid()));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray("?");
}

} // namespace

class HelperChaosTest : public QObject
{
    Q_OBJECT

private slots:
    void aHundredRandomEndsLeaveTheProgramWell();

private:
    enum class Deed { Kill, Stop, Garbage };

    void playRound(QRandomGenerator &random);

    QByteArray m_noise;
    QByteArray m_code;
    QMap<QString, int> m_outcomes;
    test::HeldUp m_heldUpByStart;
};

void HelperChaosTest::playRound(QRandomGenerator &random)
{
    const auto deed = static_cast<Deed>(random.bounded(3));
    const bool isScreens = random.bounded(3) == 0;
    // What is stopped waits for the end of the patience; what is killed must not need it.
    const std::chrono::milliseconds patience = deed == Deed::Kill ? 10s : 200ms;
    const int instant = random.bounded(deed == Deed::Garbage ? 1 : 80);
    qputenv(garbageVariable, QByteArray::number(random.generate()));
    const QString helper = deed == Deed::Garbage ? QCoreApplication::applicationFilePath()
                                                 : ScannerClient::besideThisProgram();

    QObject context;
    int answers = 0;
    QString outcome;
    QElapsedTimer waited;
    waited.start();
    const auto answer = [&](const Result<ScanReport> &report) {
        ++answers;
        outcome = report ? u"report"_s : errcName(report.error().code);
    };
    const ScannerClient client(helper, {.picture = patience, .screens = patience});
    {
        const test::HeldUp::Work work(m_heldUpByStart);
        if (isScreens)
            client.scanScreens({}, &context, answer);
        else
            client.scanPicture(random.bounded(4) == 0 ? m_code : m_noise, &context, answer);
    }
    QCOMPARE(answers, 0);

    if (deed != Deed::Garbage) {
        QTimer::singleShot(instant, &context, [deed] {
            if (const pid_t pid = childProcesses().toInt(); pid > 0)
                kill(pid, deed == Deed::Kill ? SIGKILL : SIGSTOP);
        });
    }
    const auto limit = static_cast<int>(patience.count()) + 2'000; // for a slow machine
    QVERIFY2(QTest::qWaitFor([&answers] { return answers > 0; }, limit), "no answer in time");
    ++m_outcomes[outcome];
    QVERIFY2(outcome == u"report"_s || outcome == u"HelperFailed"_s ||
                 outcome == u"HelperTimedOut"_s || outcome == u"PictureUnreadable"_s ||
                 outcome == u"HelperVersion"_s,
             qPrintable(outcome));
    QTRY_VERIFY(childProcesses().isEmpty());
    QCOMPARE(answers, 1);
}

void HelperChaosTest::aHundredRandomEndsLeaveTheProgramWell()
{
    bool isGiven = false;
    quint32 seed = qEnvironmentVariable("HUFU_TEST_SEED").toUInt(&isGiven);
    if (!isGiven)
        seed = QRandomGenerator::system()->generate();
    qInfo("HUFU_TEST_SEED=%u", seed);
    QRandomGenerator random(seed);

    // Not before the test begins: the first process makes Qt ignore SIGPIPE, which QTest's own
    // start takes back.
    m_code = test::qrPng("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP");
    QImage noise(2000, 2000, QImage::Format_Grayscale8);
    random.fillRange(reinterpret_cast<quint32 *>(noise.bits()), noise.sizeInBytes() / 4);
    QBuffer buffer(&m_noise);
    QVERIFY(buffer.open(QIODevice::WriteOnly) && noise.save(&buffer, "bmp"));

    for (int round = 0; round < rounds; ++round) {
        playRound(random);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(u"in round %1"_s.arg(round)));
    }
    QString outcomes;
    for (auto it = m_outcomes.cbegin(); it != m_outcomes.cend(); ++it)
        outcomes += u" %1 %2"_s.arg(it.value()).arg(it.key());
    const double byStart = m_heldUpByStart.longestMilliseconds();
    const double byWords = test::MeasuredApplication::instance().heldUp.longestMilliseconds();
    qInfo("%d rounds:%s. The thread that asks was held up for %.2f ms at most by the start of a "
          "helper, for %.2f ms by what came of it.",
          rounds, qPrintable(outcomes), byStart, byWords);
    QVERIFY(byStart <= longestHold && byWords <= longestHold);
}

int main(int argc, char **argv)
{
    if (argc == 2 && std::string_view(argv[1]) == "--serve")
        return sendGarbage(qEnvironmentVariable(garbageVariable).toUInt());
    test::MeasuredApplication application(argc, argv);
    HelperChaosTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "helper_chaos_test.moc"
