// Deleting, undoing, restoring and deleting for ever, as a person does it in the window.

#include "core/account/bin.h"
#include "tests/ui/lock_fixture.h"
#include "ui/account_list_view.h"
#include "ui/bin_sheet.h"
#include "ui/button.h"
#include "ui/name_field.h"

#include <QSignalSpy>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using test::LockedDesk;

namespace {

/// The button with these words; null if it is not there.
Button *button(QWidget *in, const QString &words)
{
    for (Button *found : in->findChildren<Button *>()) {
        if (found->isVisible() && found->text() == words)
            return found;
    }
    return nullptr;
}

void remove(LockedDesk &desk, int number)
{
    emit desk.window->deleteRequested(test::idOf(number));
    QTRY_VERIFY(desk.vault->accounts().find(test::idOf(number))->deleted);
}

} // namespace

class BinInTheWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void theKeyUndoesTheLastDeletionsOneByOne();
    void theKeyUndoesWhatIsNotYetWritten();
    void theKeyUndoesAlsoWhenTheToastHasGone();
    void anAccountIsRestoredInTheSheet();
    void forEverNeedsTheName();
    void whatExpiredIsPurgedAtTheStart();
    void anExpiredAccountGoesWithTheNextChange();
};

void BinInTheWindowTest::theKeyUndoesTheLastDeletionsOneByOne()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    remove(desk, 1);
    remove(desk, 2);
    QCOMPARE(desk.window->list().model()->rowCount(), 1);
    QTest::keyClick(desk.window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(!desk.vault->accounts().find(test::idOf(2))->deleted);
    QVERIFY(!desk.window->toast().isVisible());
    QVERIFY(desk.vault->accounts().find(test::idOf(1))->deleted);
    QTest::keyClick(desk.window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(!desk.vault->accounts().find(test::idOf(1))->deleted);
    QTest::keyClick(desk.window, Qt::Key_Z, Qt::ControlModifier); // nothing more
    QTRY_COMPARE(desk.window->list().model()->rowCount(), 3);
}

void BinInTheWindowTest::theKeyUndoesWhatIsNotYetWritten()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    remove(desk, 1);
    QTRY_VERIFY(desk.window->toast().isVisible());
    QSignalSpy changes(desk.vault.get(), &Vault::accountsChanged);
    emit desk.window->deleteRequested(test::idOf(2));
    QCOMPARE(changes.count(), 0);
    QTest::keyClick(desk.window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(changes.count(), 2); // gone, and back
    QVERIFY(!desk.vault->accounts().find(test::idOf(2))->deleted);
    QVERIFY(desk.vault->accounts().find(test::idOf(1))->deleted);
    QVERIFY(!desk.window->toast().isVisible());
}

void BinInTheWindowTest::theKeyUndoesAlsoWhenTheToastHasGone()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    remove(desk, 1);
    desk.clock.advance(11s);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window->toast().isVisible(), 3'000);
    QTest::keyClick(desk.window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(!desk.vault->accounts().find(test::idOf(1))->deleted);
}

void BinInTheWindowTest::anAccountIsRestoredInTheSheet()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    remove(desk, 1);
    desk.clock.advance(3 * 24h);
    emit desk.window->binRequested();
    auto *sheet = desk.sheet<BinSheet>();
    QVERIFY(sheet);
    QVERIFY(test::everythingShown().contains(u"Deleted 3 day(s) ago, gone in 27 day(s)"_s));
    button(sheet, u"Restore"_s)->click();
    QTRY_COMPARE(desk.window->list().model()->rowCount(), 3);
    QTRY_VERIFY(!button(sheet, u"Restore"_s)); // the sheet follows
    QVERIFY(test::everythingShown().contains(u"The bin is empty."_s));
}

void BinInTheWindowTest::forEverNeedsTheName()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    remove(desk, 2);
    emit desk.window->binRequested();
    auto *sheet = desk.sheet<BinSheet>();
    QVERIFY(sheet);
    button(sheet, u"Delete for ever…"_s)->click();
    QTRY_VERIFY(button(sheet, u"Delete for ever"_s));
    Button *confirm = button(sheet, u"Delete for ever"_s);
    QVERIFY(!confirm->isEnabled());
    auto *field = sheet->findChild<NameField *>();
    QTest::keyClicks(field, u"Kestrel"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!confirm->isEnabled());
    QVERIFY(desk.vault->accounts().find(test::idOf(2)));
    QTest::keyClicks(field, u" git"_s);
    QVERIFY(confirm->isEnabled());
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(!desk.vault->accounts().find(test::idOf(2)));
    QCOMPARE(desk.vault->accounts().size(), 2U);
    QTest::keyClick(desk.window, Qt::Key_Z, Qt::ControlModifier); // too late
    QTest::qWait(30);
    QCOMPARE(desk.vault->accounts().size(), 2U);
}

void BinInTheWindowTest::whatExpiredIsPurgedAtTheStart()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    remove(desk, 1);
    desk.clock.advance(10 * 24h);
    remove(desk, 2);
    desk.clock.advance(20 * 24h);
    QCOMPARE(desk.vault->accounts().size(), 3U);
    desk.desk = std::make_unique<Desk>(
        Desk::Tools{.vault = *desk.vault,
                    .scanner = desk.scanner,
                    .makeLoginProvider = [] { return std::unique_ptr<LoginProvider>(); },
                    .policy = {},
                    .clock = desk.clock,
                    .settingsFile = desk.profile.place.configPath + u"/settings.ini"_s});
    QTRY_COMPARE(desk.vault->accounts().size(), 2U);
    QVERIFY(!desk.vault->accounts().find(test::idOf(1)));
    QVERIFY(desk.vault->accounts().find(test::idOf(2))->deleted);
}

void BinInTheWindowTest::anExpiredAccountGoesWithTheNextChange()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    remove(desk, 1);
    desk.clock.advance(30 * 24h);
    emit desk.window->favouriteRequested(test::idOf(2));
    QTRY_VERIFY(desk.vault->accounts().find(test::idOf(2))->favourite);
    QVERIFY(!desk.vault->accounts().find(test::idOf(1)));
}

QTEST_MAIN(BinInTheWindowTest)
#include "bin_in_the_window_test.moc"
