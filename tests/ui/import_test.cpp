// Another authenticator's export, from its codes to the accounts in the list.

#include "tests/core/payload/export_links.h"
#include "tests/support/qr_picture.h"
#include "tests/ui/lock_fixture.h"
#include "tests/ui/scripted_camera.h"
#include "ui/button.h"
#include "ui/camera_sheet.h"
#include "ui/import_row.h"
#include "ui/import_sheet.h"
#include "ui/notice_sheet.h"
#include "ui/toast.h"

#include <QClipboard>
#include <QSignalSpy>

using namespace hufu;
using namespace Qt::StringLiterals;
using test::LockedDesk;

namespace {

/// The button with these words; null if it is not there.
Button *button(QWidget *in, const QString &words)
{
    for (Button *found : in->findChildren<Button *>()) {
        if (found->isVisibleTo(in) && found->text() == words)
            return found;
    }
    return nullptr;
}

QList<ImportRow *> rows(QWidget *in)
{
    QList<ImportRow *> shown = in->findChildren<ImportRow *>();
    shown.removeIf([in](ImportRow *row) { return !row->isVisibleTo(in); });
    return shown;
}

/// What can be read now, without what a sheet showed before.
QString everythingShown()
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return test::everythingShown();
}

std::vector<MigrationPart> partsOf(std::initializer_list<const char *> links)
{
    std::vector<MigrationPart> parts;
    for (const char *link : links) {
        Result<MigrationPart> part = readMigration(link);
        if (!part)
            qFatal("%s", qPrintable(errcName(part.error().code)));
        parts.push_back(std::move(*part));
    }
    return parts;
}

/// One code with accounts of these names and keys.
std::vector<MigrationPart> partWith(std::initializer_list<std::array<const char *, 3>> entries)
{
    MigrationPart part;
    for (const auto &[issuer, account, secret] : entries) {
        KeyUri uri;
        uri.issuer = QString::fromUtf8(issuer);
        uri.account = QString::fromUtf8(account);
        uri.secret = std::move(*SecretBytes::copyOf(std::string_view(secret)));
        part.accounts.push_back(std::move(uri));
    }
    std::vector<MigrationPart> parts;
    parts.push_back(std::move(part));
    return parts;
}

void paste(LockedDesk &desk, const char *link)
{
    QMimeData text;
    text.setText(QString::fromLatin1(link));
    emit desk.window->dropped(&text);
}

QStringList namesIn(const AccountSet &accounts)
{
    QStringList names;
    for (const AccountPtr &account : accounts.all()) {
        if (!account->deleted)
            names << account->issuer + u':' + account->account;
    }
    return names;
}

} // namespace

class ImportTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsMissingIsNamedUntilAllCodesAreRead();
    void whatIsThereMayBeAddedWithoutTheRest();
    void aCodeTwiceIsSaid();
    void anotherExportIsOfferedAndTheFirstKept();
    void whatCannotBeImportedIsListedWithItsReason();
    void duplicatesAreNamedAndNotTicked();
    void takenNamesAreNumbered();
    void untickedStaysUntickedWhenTheNextCodeComes();
    void nothingCanBePressedWhileStoring();
    void threePastedCodesBecomeAccountsInOneCommit();
    void aPictureOfACodeOpensTheSheet();
    void partsAreReadWithTheCameraInAnyOrder();
    void undoTakesTheImportBack();
    void whatIsNoCodeLeavesTheSheetOpen();
    void aFailedCommitLetsThePersonTryAgain();
    void theSheetIsGoneWhenLocked();
};

void ImportTest::whatIsMissingIsNamedUntilAllCodesAreRead()
{
    ImportSheet sheet;
    QSignalSpy screen(&sheet, &ImportSheet::screenRequested);
    QSignalSpy picture(&sheet, &ImportSheet::pictureRequested);
    sheet.take(partsOf({test::partsOfThree[1]}), {});
    sheet.show();
    QString words = everythingShown();
    QVERIFY(words.contains(u"1 of 3 codes read"_s));
    QVERIFY(words.contains(u"Still missing: 1, 3."_s));
    QCOMPARE(rows(&sheet).size(), 2);
    button(&sheet, u"Screen"_s)->click();
    button(&sheet, u"Picture"_s)->click();
    QCOMPARE(screen.size(), 1);
    QCOMPARE(picture.size(), 1);

    sheet.take(partsOf({test::partsOfThree[2]}), {});
    words = everythingShown();
    QVERIFY(words.contains(u"2 of 3 codes read"_s));
    QVERIFY(words.contains(u"Still missing: 1."_s));

    sheet.take(partsOf({test::partsOfThree[0]}), {});
    words = everythingShown();
    QVERIFY(words.contains(u"All 3 code(s) were read."_s));
    QVERIFY(!words.contains(u"missing"_s));
    QVERIFY(!button(&sheet, u"Screen"_s));
    QVERIFY(button(&sheet, u"Add 6 account(s)"_s));
    const auto chosen = sheet.chosen();
    VERIFY_OK(chosen);
    QCOMPARE(chosen->size(), 6U);
    QCOMPARE(chosen->front().account, u"1"_s);
}

void ImportTest::whatIsThereMayBeAddedWithoutTheRest()
{
    ImportSheet sheet;
    QSignalSpy add(&sheet, &ImportSheet::addRequested);
    sheet.take(partsOf({test::partsOfThree[2], test::partsOfThree[0]}), {});
    sheet.show();
    QTest::keyClick(&sheet, Qt::Key_Return); // meant for the next code, not for this
    QCOMPARE(add.size(), 0);
    button(&sheet, u"Add 4 without the rest"_s)->click();
    QCOMPARE(add.size(), 1);
}

void ImportTest::aCodeTwiceIsSaid()
{
    ImportSheet sheet;
    sheet.take(partsOf({test::partsOfThree[0]}), {});
    sheet.take(partsOf({test::partsOfThree[0]}), {});
    QVERIFY(everythingShown().contains(u"This code was read already"_s));
    sheet.take(partsOf({test::partsOfThree[0], test::partsOfThree[1]}), {});
    QVERIFY(!everythingShown().contains(u"This code was read already"_s));
    QCOMPARE(sheet.codes().read(), 2);
}

void ImportTest::anotherExportIsOfferedAndTheFirstKept()
{
    ImportSheet sheet;
    sheet.take(partsOf({test::partsOfThree[0]}), {});
    sheet.take(partsOf({test::publicExample}), {});
    QVERIFY(everythingShown().contains(ErrorText::of(Errc::AnotherExport).headline));
    QCOMPARE(sheet.codes().size(), 3);
    QCOMPARE(rows(&sheet).size(), 2);
    button(&sheet, u"Start again with the new export"_s)->click();
    QTRY_COMPARE(sheet.codes().size(), 1);
    QCOMPARE(rows(&sheet).size(), 1);
    QCOMPARE(rows(&sheet).first()->text(), u"Example"_s);
    QVERIFY(!button(&sheet, u"Start again with the new export"_s));
}

void ImportTest::whatCannotBeImportedIsListedWithItsReason()
{
    ImportSheet sheet;
    sheet.take(partsOf({test::withRefusedEntries}), {});
    const QString words = everythingShown();
    QVERIFY(words.contains(u"Cannot be imported"_s));
    QVERIFY(words.contains(u"MD5"_s));
    QVERIFY(words.contains(ErrorText::ofEntry(Errc::EmptySecret)));
    QVERIFY(button(&sheet, u"Add 1 account(s)"_s));
}

void ImportTest::duplicatesAreNamedAndNotTicked()
{
    const AccountSet accounts = test::setOf({{1, u"My Northgate"_s, u"alice"_s}});
    const std::string known(accounts.all().front()->secret.text());
    ImportSheet sheet;
    sheet.take(partWith({{"Northgate", "alice", known.c_str()},
                         {"Acorn", "bob", "a key of its own"},
                         {"Acorn", "bob", "a key of its own"}}),
               accounts);
    const QList<ImportRow *> all = rows(&sheet);
    QCOMPARE(all.size(), 3);
    QVERIFY(!all[0]->isChecked() && !all[0]->isEnabled());
    QCOMPARE(all[0]->accessibleDescription(), u"Here already as “My Northgate”"_s);
    QVERIFY(all[1]->isChecked() && all[1]->isEnabled());
    QVERIFY(!all[2]->isChecked() && !all[2]->isEnabled());
    QCOMPARE(all[2]->accessibleDescription(), u"Stands twice in the export"_s);
    QCOMPARE(sheet.chosen()->size(), 1U);
}

void ImportTest::takenNamesAreNumbered()
{
    const AccountSet accounts = test::setOf({{1, u"Northgate"_s, u"alice"_s}});
    ImportSheet sheet;
    sheet.take(partWith({{"Northgate", "alice", "another key"}, {"Northgate", "alice", "a third"}}),
               accounts);
    const QList<ImportRow *> all = rows(&sheet);
    QVERIFY(all[0]->isChecked() && all[1]->isChecked());
    QVERIFY(all[0]->accessibleDescription().contains(u"“Northgate 2”"_s));
    QVERIFY(all[1]->accessibleDescription().contains(u"“Northgate 3”"_s));
}

void ImportTest::untickedStaysUntickedWhenTheNextCodeComes()
{
    ImportSheet sheet;
    sheet.take(partsOf({test::partsOfThree[1]}), {});
    sheet.show();
    rows(&sheet).at(1)->click();
    QVERIFY(button(&sheet, u"Add 1 without the rest"_s));
    sheet.take(partsOf({test::partsOfThree[0], test::partsOfThree[2]}), {});
    QVERIFY(button(&sheet, u"Add 5 account(s)"_s));
    QVERIFY(!rows(&sheet).at(3)->isChecked());
    const QList<ImportRow *> all = rows(&sheet);
    for (ImportRow *row : all)
        row->setChecked(false);
    QVERIFY(!button(&sheet, u"Add 0 account(s)"_s)->isEnabled());
}

void ImportTest::nothingCanBePressedWhileStoring()
{
    ImportSheet sheet;
    sheet.take(partsOf({test::publicExample}), {});
    sheet.show();
    sheet.setStoring();
    const QList<Button *> buttons = sheet.findChildren<Button *>();
    for (Button *one : buttons)
        QVERIFY2(!one->isVisible() || !one->isEnabled(), qPrintable(one->text()));
    QTest::keyClick(&sheet, Qt::Key_Escape);
    QVERIFY(sheet.isVisible());
    sheet.showFailure({Errc::VaultBusy, {}});
    QVERIFY(everythingShown().contains(ErrorText::of(Errc::VaultBusy).headline));
    sheet.showFailure({Errc::KeychainStalled, {}}, KeptIn::File);
    QVERIFY(
        everythingShown().contains(ErrorText::of(Errc::KeychainStalled, KeptIn::File).headline));
    QVERIFY(button(&sheet, u"Add 1 account(s)"_s)->isEnabled());
}

void ImportTest::threePastedCodesBecomeAccountsInOneCommit()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    const int before = desk.store->writes();
    for (const char *link : {test::partsOfThree[2], test::partsOfThree[0]}) {
        paste(desk, link);
        QTRY_VERIFY(desk.sheet<ImportSheet>());
    }
    auto *sheet = desk.sheet<ImportSheet>();
    QApplication::clipboard()->setText(QString::fromLatin1(test::partsOfThree[1]));
    QTest::keySequence(sheet, QKeySequence::Paste);
    QCOMPARE(sheet->codes().read(), 3);
    QCOMPARE(desk.vault->accounts().size(), 3U); // nothing before the button
    QTest::keyClick(sheet, Qt::Key_Return);
    QTRY_COMPARE(desk.vault->accounts().size(), 9U);
    QTRY_VERIFY(!desk.sheet<ImportSheet>());
    QCOMPARE(desk.store->writes() - before, 2); // page and head: one commit
    QCOMPARE(namesIn(desk.vault->accounts()).mid(3),
             QStringList({u"Acorn:1"_s, u"Acorn:2"_s, u"Acorn:3"_s, u"Acorn:4"_s, u"Acorn:5"_s,
                          u"Acorn:6"_s}));
    QVERIFY(desk.window->toast().isVisible());
}

void ImportTest::aPictureOfACodeOpensTheSheet()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    QMimeData picture;
    picture.setData(u"image/png"_s, test::qrPng(test::partsOfThree[0]));
    emit desk.window->dropped(&picture);
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet<ImportSheet>(), 15'000);
    QCOMPARE(desk.sheet<ImportSheet>()->codes().read(), 1);
}

void ImportTest::partsAreReadWithTheCameraInAnyOrder()
{
    const auto log = std::make_shared<test::CameraLog>();
    LockedDesk desk({}, false);
    desk.openCameras = [log] { return std::make_unique<test::ScriptedCamera>(log); };
    QTRY_VERIFY(desk.showsList());
    // What the camera sees until the sheet with what was read is in front again.
    const auto see = [&desk, &log](std::initializer_list<const char *> links) {
        log->newest->goLive();
        ScanReport frame;
        frame.searched = {{QString(), 640, 360}};
        for (const char *link : links) {
            const int left = 20 + 200 * static_cast<int>(frame.codes.size());
            frame.codes.push_back(test::codeAt(link, QRect(left, 60, 120, 120)));
        }
        emit log->newest->found(std::make_shared<const ScanReport>(std::move(frame)));
        QTRY_VERIFY(!desk.sheet<CameraSheet>());
        QTRY_VERIFY(desk.sheet<ImportSheet>());
        QCOMPARE(log->alive, 0);
    };
    QTest::keyClick(desk.window, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    see({test::partsOfThree[1]});
    auto *sheet = desk.sheet<ImportSheet>();
    QVERIFY(everythingShown().contains(u"1 of 3 codes read"_s));

    button(sheet, u"Camera"_s)->click();
    QCOMPARE(log->made, 2);
    QVERIFY(sheet->isVisible());
    see({test::partsOfThree[1]}); // still on the other screen
    QVERIFY(everythingShown().contains(u"This code was read already"_s));
    QCOMPARE(desk.sheet<ImportSheet>(), sheet);

    button(sheet, u"Camera"_s)->click();
    desk.sheet<CameraSheet>()->reject(); // thought better of it
    QCOMPARE(log->alive, 0);
    QVERIFY(sheet->isVisible());

    button(sheet, u"Camera"_s)->click();
    see({test::partsOfThree[2], test::partsOfThree[0]}); // two on one frame
    QVERIFY(sheet->codes().isComplete());
    QVERIFY(button(sheet, u"Camera"_s) == nullptr);
    button(sheet, u"Add 6 account(s)"_s)->click();
    QTRY_COMPARE(desk.vault->accounts().size(), 9U);
}

void ImportTest::undoTakesTheImportBack()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    const QStringList before = namesIn(desk.vault->accounts());
    paste(desk, test::publicExample);
    QTRY_VERIFY(desk.sheet<ImportSheet>());
    button(desk.sheet<ImportSheet>(), u"Add 1 account(s)"_s)->click();
    QTRY_VERIFY(desk.window->toast().isVisible());
    QCOMPARE(namesIn(desk.vault->accounts()).size(), 4);
    Toast &toast = desk.window->toast();
    const int middle = toast.height() / 2;
    QTest::mouseClick(&toast, Qt::LeftButton, {}, QPoint(toast.width() - 30, middle));
    QTRY_COMPARE(namesIn(desk.vault->accounts()), before);
    QCOMPARE(desk.vault->accounts().size(), 4U); // it lies in the bin
}

void ImportTest::whatIsNoCodeLeavesTheSheetOpen()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    paste(desk, test::partsOfThree[0]);
    QTRY_VERIFY(desk.sheet<ImportSheet>());
    paste(desk, "https://www.example.com/");
    QTRY_VERIFY(everythingShown().contains(u"www.example.com"_s));
    paste(desk, "otpauth-migration://offline?data=CgR");
    QTRY_VERIFY(everythingShown().contains(ErrorText::of(Errc::MalformedExport).headline));
    QVERIFY(!desk.sheet<NoticeSheet>());
    QCOMPARE(desk.sheet<ImportSheet>()->codes().read(), 1);
}

void ImportTest::aFailedCommitLetsThePersonTryAgain()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    paste(desk, test::publicExample);
    QTRY_VERIFY(desk.sheet<ImportSheet>());
    auto *sheet = desk.sheet<ImportSheet>();
    desk.store->unavailable = Errc::KeychainDenied;
    button(sheet, u"Add 1 account(s)"_s)->click();
    QTRY_VERIFY(everythingShown().contains(ErrorText::of(Errc::KeychainDenied).headline));
    desk.store->unavailable.reset();
    QTRY_VERIFY(button(sheet, u"Add 1 account(s)"_s));
    button(sheet, u"Add 1 account(s)"_s)->click();
    QTRY_COMPARE(desk.vault->accounts().size(), 4U);
}

void ImportTest::theSheetIsGoneWhenLocked()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    paste(desk, test::publicExample);
    QTRY_VERIFY(desk.sheet<ImportSheet>());
    emit desk.window->lockRequested();
    QTRY_VERIFY(desk.isLocked());
    QVERIFY(!desk.sheet<ImportSheet>());
    QVERIFY(!everythingShown().contains(u"alice@google.com"_s));
}

QTEST_MAIN(ImportTest)
#include "import_test.moc"
