// What is dropped on the window, pasted into it or opened: each becomes a code or a sentence, read
// by the real helper.

#include "tests/support/qr_picture.h"
#include "tests/ui/lock_fixture.h"
#include "ui/approve_sheet.h"
#include "ui/bind_sheet.h"
#include "ui/header_button.h"
#include "ui/incoming.h"
#include "ui/notice_sheet.h"
#include "ui/scan_result_sheet.h"
#include "ui/search_field.h"

#include <QBuffer>
#include <QClipboard>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QTemporaryDir>
#include <QUrl>

#include <algorithm>

#include <sys/stat.h>

using namespace hufu;
using namespace Qt::StringLiterals;
using test::LockedDesk;

namespace {

constexpr auto keyUri = "otpauth://totp/North%20Gate:bob%2Bwork?secret="
                        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=North%20Gate";
constexpr auto loginCode =
    "https://auth.northgate.example/v1/verify/?token=0123456789abcdef0123456789abcdef";

void drop(const LockedDesk &desk, const QMimeData &data)
{
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(desk.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent dropped({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(desk.window, &dropped);
}

void paste(const LockedDesk &desk, QMimeData *data)
{
    QApplication::clipboard()->setMimeData(data);
    QTest::keyClick(desk.window, Qt::Key_V, Qt::ControlModifier);
}

/// What the sheet that is open says; empty while there is none.
QString said()
{
    const auto *sheet = LockedDesk::sheet<NoticeSheet>();
    return sheet ? sheet->accessibleDescription() : QString();
}

/// A desk that shows its list, and a folder for files.
struct Ready
{
    Ready()
        : desk({}, false)
    {
        QTRY_VERIFY(desk.showsList());
    }

    [[nodiscard]] QString write(const QString &name, const QByteArray &content) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("The folder cannot be written.");
        return file.fileName();
    }

    static std::unique_ptr<QMimeData> filesAt(const QStringList &paths)
    {
        auto data = std::make_unique<QMimeData>();
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls << QUrl::fromLocalFile(path);
        data->setUrls(urls);
        return data;
    }

    QTemporaryDir folder;
    LockedDesk desk;
};

} // namespace

class SourcesTest : public QObject
{
    Q_OBJECT

private slots:
    void whatCannotBeReadHasItsSentence_data();
    void whatCannotBeReadHasItsSentence();
    void aDroppedPictureIsRead();
    void ofTwoCodesInAPictureThePersonPicksWithoutSeeingSecrets();
    void aDroppedLoginCodeComesFromAPicture();
    void aLoginThatIsNotAnsweredYetGivesWayToTheNext();
    void anotherSheetDeniesNoLogin();
    void encodedBytesAreReadAsTheyAre();
    void aDroppedLinkKeepsEveryByte();
    void aDroppedOrPastedLoginAddressIsExplained();
    void aPastedKeyIsReviewed();
    void aPastedPictureIsRead();
    void otherPastedTextIsSearchedFor();
    void theScanMenuNamesFourWays();
};

void SourcesTest::whatCannotBeReadHasItsSentence_data()
{
    QTest::addColumn<std::function<QStringList(const Ready &)>>("files");
    QTest::addColumn<QString>("headline");
    using Files = std::function<QStringList(const Ready &)>;
    const auto headline = [](Errc code) { return ErrorText::of(code).headline; };
    QTest::newRow("a folder") << Files([](const Ready &ready) {
        return QStringList{ready.folder.path()};
    }) << u"This is a folder."_s;
    QTest::newRow("two files") << Files([](const Ready &ready) {
        return QStringList{ready.write(u"a.png"_s, "a"), ready.write(u"b.png"_s, "b")};
    }) << u"These are several files."_s;
    QTest::newRow("nothing in it")
        << Files([](const Ready &ready) { return QStringList{ready.write(u"a.png"_s, {})}; })
        << headline(Errc::PictureUnreadable);
    QTest::newRow("more than 16 MB") << Files([](const Ready &ready) {
        return QStringList{ready.write(u"a.png"_s, QByteArray(largestPicture + 1, 'x'))};
    }) << headline(Errc::PictureTooLarge);
    QTest::newRow("an SVG named .png") << Files([](const Ready &ready) {
        return QStringList{ready.write(
            u"a.png"_s,
            R"(<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"></svg>)")};
    }) << headline(Errc::PictureUnreadable);
    QTest::newRow("not there") << Files([](const Ready &ready) {
        return QStringList{ready.folder.filePath(u"a.png"_s)};
    }) << headline(Errc::FileUnreadable);
    QTest::newRow("a pipe that nobody writes to") << Files([](const Ready &ready) {
        const QString path = ready.folder.filePath(u"a.png"_s);
        if (mkfifo(qPrintable(path), 0600) != 0)
            qFatal("No pipe could be made.");
        return QStringList{path};
    }) << headline(Errc::FileUnreadable);
    QTest::newRow("a picture without a code") << Files([](const Ready &ready) {
        const QString path = ready.folder.filePath(u"a.png"_s);
        QImage blank(64, 64, QImage::Format_RGB888);
        blank.fill(Qt::white);
        if (!blank.save(path))
            qFatal("The folder cannot be written.");
        return QStringList{path};
    }) << headline(Errc::NoCodeFound);
}

void SourcesTest::whatCannotBeReadHasItsSentence()
{
    using Files = std::function<QStringList(const Ready &)>;
    QFETCH(const Files, files);
    QFETCH(const QString, headline);
    const Ready ready;
    drop(ready.desk, *Ready::filesAt(files(ready)));
    QTRY_VERIFY2(said().startsWith(headline), qPrintable(said()));
    QVERIFY(said().size() > headline.size()); // and what to do
}

void SourcesTest::aDroppedPictureIsRead()
{
    const Ready ready;
    drop(ready.desk, *Ready::filesAt({ready.write(u"a.png"_s, test::qrPng(keyUri))}));
    QTRY_VERIFY(LockedDesk::sheet<BindSheet>() != nullptr);
    QCOMPARE(LockedDesk::sheet<BindSheet>()->uri().issuer, u"North Gate"_s);
}

void SourcesTest::ofTwoCodesInAPictureThePersonPicksWithoutSeeingSecrets()
{
    const QImage left = QImage::fromData(test::qrPng(keyUri));
    const QImage right = QImage::fromData(test::qrPng(loginCode));
    QImage both(left.width() + right.width(), qMax(left.height(), right.height()),
                QImage::Format_RGB888);
    both.fill(Qt::white);
    QPainter painter(&both);
    painter.drawImage(0, 0, left);
    painter.drawImage(left.width(), 0, right);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QVERIFY(both.save(&buffer, "PNG"));

    const Ready ready;
    drop(ready.desk, *Ready::filesAt({ready.write(u"a.png"_s, bytes)}));
    QTRY_VERIFY(LockedDesk::sheet<ScanResultSheet>() != nullptr);
    const QString shown = test::everythingShown();
    QVERIFY(shown.contains(u"North Gate"_s));
    QVERIFY(shown.contains(u"auth.northgate.example"_s));
    QVERIFY(!shown.contains(u"GEZDGNBV"_s, Qt::CaseInsensitive));
    QVERIFY(!shown.contains(u"0123456789abcdef"_s));
    QVERIFY(LockedDesk::sheet<BindSheet>() == nullptr);
    QCOMPARE(ready.desk.begun, 0);
}

void SourcesTest::aDroppedLoginCodeComesFromAPicture()
{
    const Ready ready;
    drop(ready.desk, *Ready::filesAt({ready.write(u"a.png"_s, test::qrPng(loginCode))}));
    QTRY_COMPARE(ready.desk.begun, 1);
    QCOMPARE(ready.desk.channel, LoginChannel::Picture);
}

// Somebody scans twice because the network is slow: the first must not come up in front of the
// second, whose sheet would go, and going is a denial.
void SourcesTest::aLoginThatIsNotAnsweredYetGivesWayToTheNext()
{
    auto &held = test::FakeAttempt::held.emplace();
    const auto all = qScopeGuard([] { test::FakeAttempt::held.reset(); });
    const Ready ready;
    for (const int logins : {1, 2}) {
        drop(ready.desk, *Ready::filesAt({ready.write(u"a.png"_s, test::qrPng(loginCode))}));
        QTRY_COMPARE(held.size(), logins);
    }
    QVERIFY(held.first().isNull());
    held.last()->go(LoginAttempt::State::Reviewing);
    QTRY_VERIFY(LockedDesk::sheet<ApproveSheet>() != nullptr);
    QVERIFY(held.last()->denials.isEmpty());
}

void SourcesTest::anotherSheetDeniesNoLogin()
{
    const Ready ready;
    const auto login = Ready::filesAt({ready.write(u"a.png"_s, test::qrPng(loginCode))});
    drop(ready.desk, *login);
    QTRY_VERIFY(LockedDesk::sheet<ApproveSheet>() != nullptr);
    drop(ready.desk, *Ready::filesAt({ready.write(u"b.png"_s, "no picture")}));
    QTRY_VERIFY(LockedDesk::sheet<NoticeSheet>() != nullptr);
    const QPointer<ApproveSheet> first = LockedDesk::sheet<ApproveSheet>();
    QVERIFY(first && first->attempt().state() == LoginAttempt::State::Reviewing);
    drop(ready.desk, *login);
    QTRY_VERIFY(!first && LockedDesk::sheet<ApproveSheet>() != nullptr);
    QCOMPARE(ready.desk.begun, 2);
    const auto events = ready.desk.activity->newestFirst();
    QVERIFY(events && events->empty()); // nobody said no
}

void SourcesTest::encodedBytesAreReadAsTheyAre()
{
    const Ready ready;
    QMimeData data;
    data.setData(u"image/png"_s, test::qrPng(keyUri));
    data.setText(u"https://www.example.com/picture.png"_s); // as browsers add it
    drop(ready.desk, data);
    QTRY_VERIFY(LockedDesk::sheet<BindSheet>() != nullptr);
}

void SourcesTest::aDroppedLinkKeepsEveryByte()
{
    const Ready ready;
    QMimeData data;
    data.setData(u"text/uri-list"_s, QByteArray("# a comment\r\n") + keyUri + "\r\n");
    drop(ready.desk, data);
    QTRY_VERIFY(LockedDesk::sheet<BindSheet>() != nullptr);
    QCOMPARE(LockedDesk::sheet<BindSheet>()->uri().account, u"bob+work"_s);
}

void SourcesTest::aDroppedOrPastedLoginAddressIsExplained()
{
    const Ready ready;
    QMimeData data;
    data.setUrls({QUrl(QString::fromLatin1(loginCode))});
    drop(ready.desk, data);
    QTRY_COMPARE(said(), ErrorText::of(Errc::LoginNeedsPicture).whole());
    QCOMPARE(ready.desk.begun, 0);

    LockedDesk::sheet<NoticeSheet>()->close();
    QTRY_COMPARE(said(), QString());
    auto *text = new QMimeData;
    text->setText(QString::fromLatin1(loginCode));
    paste(ready.desk, text);
    QTRY_COMPARE(said(), ErrorText::of(Errc::LoginNeedsPicture).whole());
    QCOMPARE(ready.desk.begun, 0);
}

void SourcesTest::aPastedKeyIsReviewed()
{
    const Ready ready;
    auto *data = new QMimeData;
    data->setText(QString::fromLatin1(keyUri));
    paste(ready.desk, data);
    QTRY_VERIFY(LockedDesk::sheet<BindSheet>() != nullptr);
    QVERIFY(ready.desk.window->findChild<SearchField *>()->text().isEmpty());
}

void SourcesTest::aPastedPictureIsRead()
{
    const Ready ready;
    auto *data = new QMimeData;
    data->setData(u"image/png"_s, test::qrPng(keyUri));
    paste(ready.desk, data);
    QTRY_VERIFY(LockedDesk::sheet<BindSheet>() != nullptr);
}

void SourcesTest::otherPastedTextIsSearchedFor()
{
    const Ready ready;
    auto *data = new QMimeData;
    data->setText(u"kestrel"_s);
    paste(ready.desk, data);
    QTRY_COMPARE(ready.desk.window->findChild<SearchField *>()->text(), u"kestrel"_s);
    QVERIFY(LockedDesk::sheet<NoticeSheet>() == nullptr);
}

void SourcesTest::theScanMenuNamesFourWays()
{
    const Ready ready;
    const auto buttons = ready.desk.window->findChildren<HeaderButton *>();
    const auto arrow = std::ranges::find(buttons, u"Other ways to scan"_s, &HeaderButton::text);
    QVERIFY(arrow != buttons.end());
    QCOMPARE((*arrow)->focusPolicy(), Qt::TabFocus);
    QTest::keyClick(*arrow, Qt::Key_Return);
    const auto *menu = ready.desk.window->findChild<QMenu *>();
    QVERIFY(menu != nullptr);
    QStringList ways;
    for (const QAction *action : menu->actions())
        ways << action->text() + u' ' + action->shortcut().toString();
    QCOMPARE(ways, QStringList({u"Scan the screen Ctrl+S"_s, u"Use the camera Ctrl+Shift+S"_s,
                                u"Open a picture… Ctrl+O"_s, u"Paste a picture or link Ctrl+V"_s}));
}

QTEST_MAIN(SourcesTest)
#include "sources_test.moc"
