// The real helper and a portal that tests play, on a bus of its own. Runs below with_keyring.

#include "core/scan/platform_portal.h"
#include "core/scan/platform_portal_picture.h"
#include "core/scan/scanner_client.h"
#include "tests/support/qr_picture.h"
#include "tests/support/result_printing.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <optional>
#include <sys/stat.h>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray keyUri("otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example");

/// A desktop with a code near its right edge.
QImage screens(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(QColor(0x30, 0x50, 0x70));
    const QImage code = QImage::fromData(test::qrPng(keyUri), "png");
    QPainter(&image).drawImage(size.width() - code.width() - 20, 20, code);
    return image;
}

/// The portal, from its construction to its end.
class FakePortal
{
public:
    explicit FakePortal(const QStringList &steps, QSize size = {1280, 720})
    {
        screens(size).save(m_folder.filePath(u"screens.png"_s));
        m_process.start(QStringLiteral(FAKE_PORTAL),
                        QStringList{m_folder.filePath(u"screens.png"_s), m_folder.path()} + steps);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    }
    ~FakePortal()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    bool isReady() { return says("ready"); }

    /// Whether it says this line within a while.
    bool says(const QByteArray &line)
    {
        return QTest::qWaitFor([&] { return lines().contains(line); }, 10'000);
    }

    /// All that it has said.
    QByteArrayList lines()
    {
        m_said += m_process.readAllStandardOutput();
        return m_said.split('\n');
    }

    /// The dialogs of the requests in their order: N for none, D for the desktop's.
    QByteArray dialogs()
    {
        QByteArray dialogs;
        for (const QByteArray &line : lines()) {
            if (line.startsWith("request "))
                dialogs += line == "request interactive=True" ? 'D' : 'N';
        }
        return dialogs;
    }

    /// How many pictures it gave, and whether all of them are gone again.
    int picturesTaken()
    {
        int taken = 0;
        for (const QByteArray &line : lines()) {
            if (!line.startsWith("picture "))
                continue;
            if (QFileInfo::exists(QString::fromUtf8(line.mid(8))))
                return -1;
            ++taken;
        }
        return taken;
    }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_said;
};

Result<ScanReport> scanned(ScanPatience patience = {}, const QList<QRect> &ownWindows = {})
{
    QObject context;
    std::optional<Result<ScanReport>> outcome;
    ScannerClient(ScannerClient::besideThisProgram(), patience)
        .scanScreens(ownWindows, &context,
                     [&outcome](Result<ScanReport> result) { outcome = std::move(result); });
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 30'000))
        return failure(Errc::FileUnreadable, u"no answer"_s);
    return std::move(*outcome);
}

QByteArray childProcesses()
{
    QFile file(u"/proc/%1/task/%1/children"_s.arg(getpid()));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray("?");
}

} // namespace

class PortalScanTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aCodeOnThePortalsPictureIsFound_data();
    void aCodeOnThePortalsPictureIsFound();
    void theSessionsTypeAloneIsEnough();
    void largeScreensAreSearchedAtTheirOwnPixels();
    void anOwnWindowHidesNothingHere();
    void theDesktopsDialogIsTheSecondWay();
    void whatThePortalRefusesHasItsSentence_data();
    void whatThePortalRefusesHasItsSentence();
    void withoutAPortalTheScreenIsUnavailable();
    void withoutABusTheScreenIsUnavailable();
    void thePersonHasLongerThanAHelper();
    void anAnswerThatNeverComesIsTimedOut();
    void aRequestThatNobodyWaitsForIsClosed();
    void whileThePersonIsAskedTheHelperIsShutIn();
    void aPictureThatIsNoneIsLeftAlone_data();
    void aPictureThatIsNoneIsLeftAlone();
    void aDamagedPictureIsDeleted();
    void aHugePictureIsRefusedAndDeleted();
};

void PortalScanTest::init()
{
    qunsetenv("XDG_SESSION_TYPE");
    qputenv("WAYLAND_DISPLAY", "wayland-of-this-test");
}

void PortalScanTest::aCodeOnThePortalsPictureIsFound_data()
{
    QTest::addColumn<QString>("step");
    QTest::newRow("after a moment") << u"picture"_s;
    QTest::newRow("before the call returns") << u"early"_s;
    QTest::newRow("from a path that the portal chose") << u"other-path"_s;
    QTest::newRow("whatever a stranger says first") << u"stranger"_s;
}

void PortalScanTest::aCodeOnThePortalsPictureIsFound()
{
    QFETCH(QString, step);
    FakePortal portal({step});
    QVERIFY(portal.isReady());
    const Result<ScanReport> report = scanned();
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
    QVERIFY(report->codes[0].text.text() == keyUri.toStdString());
    QCOMPARE(report->searched.size(), std::size_t{1});
    QCOMPARE(report->searched[0].name, QString());
    QCOMPARE(QSize(report->searched[0].width, report->searched[0].height), QSize(1280, 720));
    QCOMPARE(portal.dialogs(), QByteArray("N"));
    QCOMPARE(portal.picturesTaken(), 1);
}

void PortalScanTest::theSessionsTypeAloneIsEnough()
{
    qunsetenv("WAYLAND_DISPLAY");
    qputenv("XDG_SESSION_TYPE", "wayland");
    FakePortal portal({u"picture"_s});
    QVERIFY(portal.isReady());
    VERIFY_OK(scanned());
    QCOMPARE(portal.picturesTaken(), 1);
}

void PortalScanTest::largeScreensAreSearchedAtTheirOwnPixels()
{
    FakePortal portal({u"picture"_s}, {7680, 2160});
    QVERIFY(portal.isReady());
    const Result<ScanReport> report = scanned();
    VERIFY_OK(report);
    QCOMPARE(report->searched[0].width, 7680);
    QCOMPARE(report->codes.size(), std::size_t{1});
    QVERIFY(report->codes[0].outline[0].x() > 7000);
}

void PortalScanTest::anOwnWindowHidesNothingHere()
{
    FakePortal portal({u"picture"_s});
    QVERIFY(portal.isReady());
    const Result<ScanReport> report = scanned({}, {QRect(0, 0, 1280, 720)});
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
}

void PortalScanTest::theDesktopsDialogIsTheSecondWay()
{
    FakePortal portal({u"otherwise"_s, u"picture"_s});
    QVERIFY(portal.isReady());
    const Result<ScanReport> report = scanned();
    VERIFY_OK(report);
    QCOMPARE(report->codes.size(), std::size_t{1});
    QCOMPARE(portal.dialogs(), QByteArray("ND"));
}

void PortalScanTest::whatThePortalRefusesHasItsSentence_data()
{
    QTest::addColumn<QStringList>("steps");
    QTest::addColumn<Errc>("expected");
    QTest::addColumn<QByteArray>("dialogs");
    const Errc unavailable = Errc::ScreenUnavailable;
    const auto row = [](const char *name) -> QTestData & { return QTest::newRow(name); };
    row("the person refuses") << QStringList{u"refused"_s} << Errc::ScreenRefused
                              << QByteArray("N");
    row("the person refuses in the dialog")
        << QStringList{u"otherwise"_s, u"refused"_s} << Errc::ScreenRefused << QByteArray("ND");
    row("it ends otherwise") << QStringList{u"otherwise"_s} << unavailable << QByteArray("ND");
    row("a response of no meaning") << QStringList{u"odd"_s} << unavailable << QByteArray("ND");
    row("the call is denied") << QStringList{u"denied"_s} << unavailable << QByteArray("N");
    row("success without a picture") << QStringList{u"nothing"_s} << unavailable << QByteArray("N");
    for (const char *uri :
         {"uri:https://example.org/a.png", "uri:file://elsewhere.example/a.png", "uri:/tmp/a.png",
          "uri:file:///nowhere/a.png", "uri:file:///tmp/a%00.png", "uri:file:///", "uri:"})
        row(uri) << QStringList{QLatin1String(uri)} << unavailable << QByteArray("N");
}

void PortalScanTest::whatThePortalRefusesHasItsSentence()
{
    QFETCH(QStringList, steps);
    QFETCH(Errc, expected);
    QFETCH(QByteArray, dialogs);
    FakePortal portal(steps);
    QVERIFY(portal.isReady());
    VERIFY_FAILS(scanned(), expected);
    QCOMPARE(portal.dialogs(), dialogs);
}

void PortalScanTest::withoutAPortalTheScreenIsUnavailable()
{
    VERIFY_FAILS(scanned(), Errc::ScreenUnavailable);
}

void PortalScanTest::withoutABusTheScreenIsUnavailable()
{
    const QByteArray address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    const Result<ScanReport> report = scanned();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    VERIFY_FAILS(report, Errc::ScreenUnavailable);
}

void PortalScanTest::thePersonHasLongerThanAHelper()
{
    FakePortal portal({u"picture"_s});
    QVERIFY(portal.isReady());
    VERIFY_OK(scanned({.screens = 1ms, .portal = 30s}));
}

void PortalScanTest::anAnswerThatNeverComesIsTimedOut()
{
    FakePortal portal({u"silent"_s});
    QVERIFY(portal.isReady());
    const QByteArray before = childProcesses();
    VERIFY_FAILS(scanned({.portal = 500ms}), Errc::HelperTimedOut);
    QTRY_COMPARE(childProcesses(), before);
}

void PortalScanTest::aRequestThatNobodyWaitsForIsClosed()
{
    FakePortal portal({u"silent"_s});
    QVERIFY(portal.isReady());
    const Result<ScreenshotPortal> here = ScreenshotPortal::connect();
    VERIFY_OK(here);
    VERIFY_FAILS(here->ask(1s), Errc::ScreenUnavailable);
    QCOMPARE(portal.dialogs(), QByteArray("N"));
    QVERIFY(portal.says("closed"));
}

void PortalScanTest::whileThePersonIsAskedTheHelperIsShutIn()
{
    FakePortal portal({u"silent"_s});
    QVERIFY(portal.isReady());
    const QByteArrayList before = childProcesses().split(' ');
    auto context = std::make_unique<QObject>();
    ScannerClient(ScannerClient::besideThisProgram())
        .scanScreens({}, context.get(), [](Result<ScanReport>) {});
    QVERIFY(portal.says("request interactive=False"));
    QByteArray helper;
    for (const QByteArray &child : childProcesses().split(' ')) {
        if (!before.contains(child))
            helper = child;
    }
    QFile status(u"/proc/%1/status"_s.arg(QLatin1String(helper)));
    QVERIFY(status.open(QIODevice::ReadOnly));
    QVERIFY(status.readAll().contains("Seccomp:\t2\n"));
    context.reset();
    QTRY_COMPARE(childProcesses().split(' '), before);
}

void PortalScanTest::aPictureThatIsNoneIsLeftAlone_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"text", "link to a picture", "folder", "pipe"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void PortalScanTest::aPictureThatIsNoneIsLeftAlone()
{
    QFETCH(QString, kind);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"it"_s);
    const QString picture = folder.filePath(u"picture.png"_s);
    QVERIFY(screens({400, 400}).save(picture));
    QFile file(path);
    if (kind == u"text"_s)
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    else if (kind == u"folder"_s)
        QVERIFY(QDir().mkdir(path));
    else if (kind == u"pipe"_s)
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    else
        QVERIFY(QFile::link(picture, path));
    file.close();

    VERIFY_FAILS(takePortalPicture(path), Errc::ScreenUnavailable);
    QVERIFY(QFileInfo(path).exists());
    QVERIFY(QFileInfo::exists(picture));
}

void PortalScanTest::aDamagedPictureIsDeleted()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"damaged.png"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x89PNG\r\n\x1a\n and no more");
    file.close();
    FakePortal portal({u"uri:"_s + QUrl::fromLocalFile(path).toString(QUrl::FullyEncoded)});
    QVERIFY(portal.isReady());
    VERIFY_FAILS(scanned(), Errc::PictureUnreadable);
    QVERIFY(!QFileInfo::exists(path));
}

void PortalScanTest::aHugePictureIsRefusedAndDeleted()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"huge.png"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x89PNG\r\n\x1a\n");
    QVERIFY(file.resize(largestPortalPicture + 1));
    file.close();
    VERIFY_FAILS(takePortalPicture(path), Errc::PictureTooLarge);
    QVERIFY(!QFileInfo::exists(path));
}

QTEST_GUILESS_MAIN(PortalScanTest)
#include "portal_scan_test.moc"
