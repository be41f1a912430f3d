#include "core/scan/messages.h"
#include "core/scan/scan_run.h"
#include "core/scan/scanner_client.h"
#include "tests/core/scan/fake_helper.h"
#include "tests/support/result_printing.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>

#include <algorithm>
#include <optional>

using namespace hufu;
using namespace hufu::test;
using namespace std::chrono_literals;

namespace {

QByteArray hello()
{
    return arrayOf(writeHello(MessageKind::HelperHello));
}

QByteArray found(int source = 0, QPoint corner = {10, 10})
{
    FoundCode code;
    code.text = *SecretBytes::copyOf("otpauth");
    code.outline.fill(corner);
    code.source = source;
    return arrayOf(writeFound(code));
}

QByteArray frame(int source = 0)
{
    return *writeFrame({source, 1, 1, QByteArray("rgb")});
}

QByteArray done()
{
    return arrayOf(writeDone({{{QStringLiteral("screen"), 100, 100}}, 5ms}));
}

QByteArray error(Errc code)
{
    return arrayOf(writeError({code, QStringLiteral("why")}));
}

/// What a scan of a picture ends in; a failure FileUnreadable if no answer came within 10 s.
Result<ScanReport> scanWith(const QString &helper, ScanPatience patience = {},
                            const QByteArray &picture = "picture")
{
    QObject context;
    std::optional<Result<ScanReport>> outcome;
    int answers = 0;
    ScannerClient(helper, patience).scanPicture(picture, &context, [&](Result<ScanReport> result) {
        ++answers;
        outcome = std::move(result);
    });
    if (outcome)
        return failure(Errc::FileUnreadable, QStringLiteral("answered from inside the call"));
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 10'000))
        return failure(Errc::FileUnreadable, QStringLiteral("no answer"));
    QTest::qWait(50); // a second answer would come now
    if (answers != 1)
        return failure(Errc::FileUnreadable, QStringLiteral("more than one answer"));
    return std::move(*outcome);
}

} // namespace

class ScannerClientTest : public QObject
{
    Q_OBJECT

private slots:
    void aWholeAnswerBecomesAReport();
    void nothingFoundIsASuccess();
    void badHelpersAreToldApart_data();
    void badHelpersAreToldApart();
    void aMissingHelperIsAFailure();
    void aFolderIsNoHelper();
    void aHelperThatHangsIsTimedOutAndEnded();
    void aHelperThatWillNotEndIsKilled();
    void aHelperThatFloodsItsErrorsDisturbsNobody();
    void aPictureAboveTheLimitStartsNoHelper();
    void aContextThatDiesEndsTheHelper();
    void theProgramMayEndInTheMiddle();
    void aKilledProgramTakesTheHelperAlong();
    void theHelperIsLookedForBesideTheProgram();
};

void ScannerClientTest::aWholeAnswerBecomesAReport()
{
    const FakeHelper helper(hello() + found() + found() + frame() + done());
    const Result<ScanReport> report = scanWith(helper.program());
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{2});
    QCOMPARE(report->codes[0].text.text(), std::string_view("otpauth"));
    QCOMPARE(report->codes[1].outline[3], QPoint(10, 10));
    QCOMPARE(report->searched.size(), std::size_t{1});
    QCOMPARE(report->searched[0].name, QStringLiteral("screen"));
    QCOMPARE(report->previews.size(), std::size_t{1});
    QCOMPARE(report->previews[0].rgb, QByteArray("rgb"));
    QCOMPARE(report->took, 5ms);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 1000);
}

void ScannerClientTest::nothingFoundIsASuccess()
{
    const FakeHelper helper(hello() + done());
    const Result<ScanReport> report = scanWith(helper.program());
    VERIFY_OK(report);
    QVERIFY(report->codes.empty());
}

void ScannerClientTest::badHelpersAreToldApart_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("afterwards");
    QTest::addColumn<Errc>("expected");

    const QByteArray stays = "cat >/dev/null";
    const QByteArray otherProtocol = QByteArray::fromHex("0000000f41"
                                                         "00010000000102"
                                                         "00020000000131");
    QTest::newRow("says nothing and ends")
        << QByteArray() << QByteArray("exit 0") << Errc::HelperFailed;
    QTest::newRow("garbage") << QByteArray("Segmentation fault\n") << stays << Errc::HelperFailed;
    QTest::newRow("noise") << QByteArray::fromHex("8f3a11c07755aa0102030405") << stays
                           << Errc::HelperFailed;
    QTest::newRow("another protocol") << otherProtocol << stays << Errc::HelperVersion;
    QTest::newRow("no hello") << done() << stays << Errc::HelperFailed;
    QTest::newRow("hello twice") << hello() + hello() << stays << Errc::HelperFailed;
    QTest::newRow("half a message")
        << hello() + found().chopped(1) << QByteArray("exit 0") << Errc::HelperFailed;
    QTest::newRow("dies by a signal") << hello() << QByteArray("kill -9 $$") << Errc::HelperFailed;
    QTest::newRow("dies after a code")
        << hello() + found() << QByteArray("kill -SEGV $$") << Errc::HelperFailed;
    QTest::newRow("code of a source that is not there")
        << hello() + found(1) + done() << stays << Errc::HelperFailed;
    QTest::newRow("code outside of its source")
        << hello() + found(0, {101, 5}) + done() << stays << Errc::HelperFailed;
    QTest::newRow("frame of a source that is not there")
        << hello() + frame(7) + done() << stays << Errc::HelperFailed;
    QTest::newRow("message of 4 GiB")
        << hello() + QByteArray::fromHex("ffffffff43") << stays << Errc::HelperFailed;
    QByteArray many = hello();
    for (int i = 0; i < 257; ++i)
        many += found();
    QTest::newRow("codes without end") << many << stays << Errc::HelperFailed;
    QTest::newRow("screen unavailable")
        << hello() + error(Errc::ScreenUnavailable) << stays << Errc::ScreenUnavailable;
    QTest::newRow("picture unreadable")
        << hello() + error(Errc::PictureUnreadable) << stays << Errc::PictureUnreadable;
    QTest::newRow("an error that is none of its business")
        << hello() + error(Errc::VaultCorrupt) << stays << Errc::HelperFailed;
    QTest::newRow("a second answer after the first")
        << hello() + error(Errc::PictureTooLarge) + done() << stays << Errc::PictureTooLarge;
}

void ScannerClientTest::badHelpersAreToldApart()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, afterwards);
    QFETCH(Errc, expected);
    const FakeHelper helper(answer, afterwards);
    VERIFY_FAILS(scanWith(helper.program()), expected);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 1000);
}

void ScannerClientTest::aMissingHelperIsAFailure()
{
    VERIFY_FAILS(scanWith(QStringLiteral("/nowhere/hufu-scanner")), Errc::HelperFailed);
}

void ScannerClientTest::aFolderIsNoHelper()
{
    VERIFY_FAILS(scanWith(QDir::tempPath()), Errc::HelperFailed);
}

void ScannerClientTest::aHelperThatHangsIsTimedOutAndEnded()
{
    const FakeHelper helper(hello(), "exec sleep 60");
    VERIFY_FAILS(scanWith(helper.program(), {.picture = 500ms}), Errc::HelperTimedOut);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 1000);
}

void ScannerClientTest::aHelperThatWillNotEndIsKilled()
{
    const FakeHelper helper(hello() + done(), "exec sleep 60");
    QObject context; // lives on: its death would end the helper, too
    bool answered = false;
    ScannerClient(helper.program())
        .scanPicture("picture", &context,
                     [&](Result<ScanReport> report) { answered = report.has_value(); });
    QTRY_VERIFY(answered);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 1000);
}

void ScannerClientTest::aHelperThatFloodsItsErrorsDisturbsNobody()
{
    const FakeHelper helper(hello(), "head -c 20000000 /dev/zero >&2; exit 0");
    VERIFY_FAILS(scanWith(helper.program()), Errc::HelperFailed);
}

void ScannerClientTest::aPictureAboveTheLimitStartsNoHelper()
{
    const FakeHelper helper(hello() + done());
    const QByteArray picture(static_cast<qsizetype>(largestPicture) + 1, 'p');
    VERIFY_FAILS(scanWith(helper.program(), {}, picture), Errc::PictureTooLarge);
    QCOMPARE(helper.pid(), 0);
}

void ScannerClientTest::aContextThatDiesEndsTheHelper()
{
    const FakeHelper helper(hello(), "exec sleep 60");
    int answers = 0;
    auto context = std::make_unique<QObject>();
    ScannerClient(helper.program()).scanScreens({}, context.get(), [&answers](Result<ScanReport>) {
        ++answers;
    });
    QTRY_VERIFY(helper.pid() != 0);
    QVERIFY(!isGone(helper.pid()));
    context.reset();
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 1000);
    QCOMPARE(answers, 0);
}

// The last test that scans: the run that is left over must go with the application, and the
// helper with it.
void ScannerClientTest::theProgramMayEndInTheMiddle()
{
    const auto run = [] {
        const QObjectList children = qApp->children();
        const auto found = std::ranges::find_if(
            children, [](QObject *child) { return dynamic_cast<ScanRun *>(child) != nullptr; });
        return found == children.end() ? nullptr : *found;
    };
    QTRY_VERIFY(!run()); // those of the tests before, whose helpers had to be killed
    static const FakeHelper helper(hello(), "exec sleep 60");
    ScannerClient(helper.program()).scanScreens({}, qApp, [](Result<ScanReport>) {});
    QTRY_VERIFY(helper.pid() != 0);
    QVERIFY(run());
    delete run();
    QVERIFY(isGone(helper.pid()));
}

// The fake helper does not look at its input, so only the system can end it.
void ScannerClientTest::aKilledProgramTakesTheHelperAlong()
{
    const FakeHelper helper(hello(), "exec sleep 60");
    QProcess client;
    client.start(QCoreApplication::applicationFilePath(),
                 {QStringLiteral("--scan-with"), helper.program()});
    QTRY_VERIFY(helper.pid() != 0);
    QVERIFY(!isGone(helper.pid()));
    client.kill();
    QVERIFY(client.waitForFinished());
    QTRY_VERIFY_WITH_TIMEOUT(isGone(helper.pid()), 1000);
}

void ScannerClientTest::theHelperIsLookedForBesideTheProgram()
{
    const QString here = QCoreApplication::applicationDirPath();
    const QString path = ScannerClient::besideThisProgram();
    QCOMPARE(path, here + QStringLiteral("/hufu-scanner"));
    QVERIFY(QFileInfo(path).isExecutable());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--scan-with")) { // a client that will be killed
        ScannerClient(arguments.value(2)).scanScreens({}, qApp, [](Result<ScanReport>) {});
        return QCoreApplication::exec();
    }
    ScannerClientTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "scanner_client_test.moc"
