// What a lock leaves to be read: nothing. And what comes back after the unlock.

#include "tests/support/qr_picture.h"
#include "tests/ui/lock_fixture.h"
#include "ui/account_list_view.h"
#include "ui/approve_sheet.h"
#include "ui/bin_sheet.h"
#include "ui/bind_sheet.h"
#include "ui/button.h"
#include "ui/notice_sheet.h"
#include "ui/password_sheet.h"
#include "ui/search_field.h"
#include "ui/security_sheet.h"
#include "ui/text.h"
#include "ui/unlock_slide.h"

#include <QClipboard>
#include <QProxyStyle>
#include <QSignalSpy>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using test::LockedDesk;
using Event = SessionEvents::Event;

namespace {

void dropLogin(LockedDesk &desk)
{
    QMimeData picture;
    picture.setData(u"image/png"_s, test::qrPng("https://auth.northgate.example/v1/verify/?token="
                                                "0123456789abcdef0123456789abcdef"));
    emit desk.window->dropped(&picture);
}

/// A style for who wants motion, or for who does not.
class StyleWithMotion final : public QProxyStyle
{
public:
    explicit StyleWithMotion(bool isWanted)
        : m_isWanted(isWanted)
    {
    }
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *more) const override
    {
        if (hint == SH_Widget_Animation_Duration)
            return m_isWanted ? 200 : 0;
        return QProxyStyle::styleHint(hint, option, widget, more);
    }

private:
    bool m_isWanted;
};

/// Sees each slide that is shown, however soon it has gone.
class SlideWatch final : public QObject
{
public:
    SlideWatch() { qApp->installEventFilter(this); }
    bool eventFilter(QObject *object, QEvent *event) override
    {
        const auto *slide = qobject_cast<UnlockSlide *>(object);
        if (slide != nullptr && event->type() == QEvent::Show) {
            distanceAtFirst = slide->distance();
            ++shown;
        }
        return false;
    }

    int shown = 0;
    double distanceAtFirst = 0;
};

using Act = std::function<void(LockedDesk &)>;

/// Ways to lock.
const std::vector<std::pair<const char *, Act>> causes{
    {"key", [](LockedDesk &desk) { QTest::keyClick(desk.window, Qt::Key_L, Qt::ControlModifier); }},
    {"idle",
     [](LockedDesk &desk) {
         desk.clock.advance(16min);
         QTest::keyClick(desk.window, Qt::Key_A);
     }},
    {"screen lock", [](LockedDesk &desk) { emit desk.session->happened(Event::ScreenLocked); }},
    {"session lock", [](LockedDesk &desk) { emit desk.session->happened(Event::SessionLocked); }},
    {"user switch", [](LockedDesk &desk) { emit desk.session->happened(Event::UserSwitched); }},
    {"sleep", [](LockedDesk &desk) { emit desk.session->happened(Event::Sleeping); }},
};

/// What is on the screen at that moment.
const std::vector<std::pair<const char *, Act>> scenes{
    {"nothing else", [](LockedDesk &) {}},
    {"a toast",
     [](LockedDesk &desk) {
         emit desk.window->deleteRequested(test::idOf(2));
         QTRY_VERIFY(desk.window->toast().isVisible());
     }},
    {"a copied code",
     [](LockedDesk &desk) { emit desk.window->copyRequested(test::idOf(1), false); }},
    {"a new account",
     [](LockedDesk &desk) {
         QMimeData link;
         link.setText(u"otpauth://totp/Northgate:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"_s);
         emit desk.window->dropped(&link);
         QTRY_VERIFY(desk.sheet<BindSheet>());
     }},
    {"a login",
     [](LockedDesk &desk) {
         dropLogin(desk);
         QTRY_VERIFY_WITH_TIMEOUT(desk.sheet<ApproveSheet>(), 15'000);
     }},
    {"the bin",
     [](LockedDesk &desk) {
         emit desk.window->deleteRequested(test::idOf(2));
         QTRY_VERIFY(desk.window->toast().isVisible());
         emit desk.window->binRequested();
         QTRY_VERIFY(desk.sheet<BinSheet>());
     }},
    {"a search",
     [](LockedDesk &desk) {
         QTest::keyClicks(desk.window->findChild<SearchField *>(), u"kestrel none"_s);
     }},
    {"a counter's code",
     [](LockedDesk &desk) {
         emit desk.window->nextRequested(test::idOf(3));
         QTRY_VERIFY(!desk.window->list()
                          .model()
                          ->index(2, 0)
                          .data(Qt::AccessibleTextRole)
                          .toString()
                          .endsWith(u"build-04"_s));
     }},
    {"the settings of the lock",
     [](LockedDesk &desk) {
         emit desk.window->securityRequested();
         QTRY_VERIFY(desk.sheet<SecuritySheet>());
     }},
};

} // namespace

class LockTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { QGuiApplication::clipboard()->clear(); }
    void aLockLeavesNothingToRead_data();
    void aLockLeavesNothingToRead();
    void theWindowIsPaintedEmptyBeforeTheKeysGo();
    void theSleepWaitsForTheLock();
    void aCommitUnderWayFinishesAndShowsNothing();
    void thePasswordBringsEverythingBack();
    void theTallyClosesOverWorkingAccountsUnlessMotionIsUnwanted_data();
    void theTallyClosesOverWorkingAccountsUnlessMotionIsUnwanted();
    void aWrongPasswordIsSaidAndNothingOpens();
    void manyWrongPasswordsHaveToWait();
    void aLoginComesBackIfThereIsTime_data();
    void aLoginComesBackIfThereIsTime();
    void aCauseToLockDuringTheUnlockCounts();
    void aCodeThatComesWhileLockedIsRefusedInWords();
    void aForgottenPasswordWipesNothing();
    void withoutAPasswordTheKeyOffersOne();
    void aPasswordIsSetInTheSheet();
    void whatIsMissingInTheSheetIsSaid();
    void settingsDecideWhatLocks();
};

void LockTest::aLockLeavesNothingToRead_data()
{
    QTest::addColumn<int>("cause");
    QTest::addColumn<int>("scene");
    for (int cause = 0; cause < int(causes.size()); ++cause)
        QTest::addRow("%s, nothing else", causes[std::size_t(cause)].first) << cause << 0;
    for (int scene = 1; scene < int(scenes.size()); ++scene)
        QTest::addRow("%s, %s", causes[std::size_t(scene) % causes.size()].first,
                      scenes[std::size_t(scene)].first)
            << scene % int(causes.size()) << scene;
}

void LockTest::aLockLeavesNothingToRead()
{
    QFETCH(const int, cause);
    QFETCH(const int, scene);
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    const QStringList words = test::namesAndCodes(desk);
    QVERIFY(words.size() > 9);
    scenes[std::size_t(scene)].second(desk);
    // The method finds what there is.
    QVERIFY(test::everythingShown().contains(scene == 6 ? u"kestrel none"_s : u"Northgate"_s));

    causes[std::size_t(cause)].second(desk);
    QTRY_VERIFY(desk.isLocked());
    QVERIFY(desk.page()->isVisible());
    const auto verifyNothing = [&words] {
        const QString shown = test::everythingShown();
        QVERIFY(shown.contains(u"Hufu"_s));
        for (const QString &word : words)
            QVERIFY2(!shown.contains(word, Qt::CaseInsensitive), qPrintable(word));
        QVERIFY(!shown.contains(u"kestrel"_s, Qt::CaseInsensitive));
    };
    verifyNothing();
    QTest::qWait(50); // nor does anything come back by itself
    verifyNothing();
    QCOMPARE(desk.window->windowTitle(), u"Hufu"_s);
    QCOMPARE(desk.vault->accounts().size(), 0U);
}

void LockTest::theWindowIsPaintedEmptyBeforeTheKeysGo()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    const test::FirstPaint paint(desk);
    emit desk.session->happened(Event::ScreenLocked);
    QCOMPARE(paint.state.value_or(Vault::State::Closed), Vault::State::Open); // already painted
    QCOMPARE(paint.rows, 0);
    QTRY_VERIFY(desk.isLocked());
}

void LockTest::theSleepWaitsForTheLock()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    QVERIFY(desk.session->isHolding);
    const test::FirstPaint paint(desk);
    emit desk.session->happened(Event::Sleeping);
    QVERIFY(paint.state); // the window is empty already, and the sleep still waits for the keys
    QVERIFY(desk.session->isHolding);
    QTRY_VERIFY(desk.isLocked());
    QTRY_VERIFY(!desk.session->isHolding);
    emit desk.session->happened(Event::Woken);
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.showsList());
    QVERIFY(desk.session->isHolding); // for the next time
}

void LockTest::aCommitUnderWayFinishesAndShowsNothing()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    emit desk.window->deleteRequested(test::idOf(2));
    emit desk.session->happened(Event::ScreenLocked);
    QTRY_VERIFY(desk.isLocked());
    QVERIFY(!desk.window->toast().isVisible());
    QVERIFY(!test::everythingShown().contains(u"Kestrel"_s));
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.showsList());
    QVERIFY(desk.vault->accounts().find(test::idOf(2))->deleted);
}

void LockTest::thePasswordBringsEverythingBack()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    QTest::keyClick(desk.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(desk.isLocked());
    QCOMPARE(desk.window->focusWidget(), desk.field());
    QTest::keyClick(desk.window, Qt::Key_S, Qt::ControlModifier); // there is nothing to scan for
    QVERIFY(!desk.showsList());
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.showsList());
    QCOMPARE(desk.window->list().model()->rowCount(), 3);
    QVERIFY(desk.field()->isEmpty());
}

void LockTest::theTallyClosesOverWorkingAccountsUnlessMotionIsUnwanted_data()
{
    QTest::addColumn<bool>("wantsMotion");
    QTest::newRow("motion") << true;
    QTest::newRow("reduced motion") << false;
}

void LockTest::theTallyClosesOverWorkingAccountsUnlessMotionIsUnwanted()
{
    QFETCH(const bool, wantsMotion);
    StyleWithMotion style(wantsMotion); // it outlives the window
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    desk.window->setStyle(&style);
    QTest::keyClick(desk.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(desk.isLocked());
    SlideWatch watch;
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.showsList());
    QCOMPARE(watch.shown, wantsMotion ? 1 : 0);
    QCOMPARE(watch.distanceAtFirst, wantsMotion ? 1.0 : 0.0);
    QTest::keyClick(desk.window, Qt::Key_Down); // what is below works at once
    QCOMPARE(desk.window->list().currentIndex().row(), 1);
    QTRY_VERIFY(!desk.window->findChild<UnlockSlide *>()); // it goes by itself

    QTest::keyClick(desk.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(desk.isLocked());
    QVERIFY(!desk.window->findChild<UnlockSlide *>());
    QCOMPARE(watch.shown, wantsMotion ? 1 : 0); // locking does not move
}

void LockTest::aWrongPasswordIsSaidAndNothingOpens()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    QTest::keyClick(desk.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(desk.isLocked());
    desk.type("wrong");
    QTRY_VERIFY(test::everythingShown().contains(u"That is not the app password."_s));
    QVERIFY(desk.isLocked());
    QVERIFY(!desk.showsList());
    QVERIFY(desk.field()->isEmpty());
    QVERIFY(desk.field()->isEnabled());
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.showsList());
}

void LockTest::manyWrongPasswordsHaveToWait()
{
    test::ManualClock clock;
    LockPage page(clock);
    page.show();
    auto *button = page.findChildren<Button *>().constFirst();
    QSignalSpy asked(&page, &LockPage::unlockRequested);
    page.refuse({Errc::PasswordWrong, {}}, 4s);
    QCOMPARE(button->text(), u"Unlock in 4 s"_s);
    auto *field = page.findChild<SecretField *>();
    QTest::keyClicks(field, u"next"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(asked.count(), 0);
    clock.advance(1500ms);
    QTRY_COMPARE(button->text(), u"Unlock in 3 s"_s);
    clock.advance(2500ms);
    QTRY_COMPARE(button->text(), u"Unlock"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(page.takePassword().text(), "next");
}

void LockTest::aLoginComesBackIfThereIsTime_data()
{
    QTest::addColumn<int>("secondsAway"); // of 107 that the login has
    QTest::addColumn<bool>("comesBack");
    QTest::newRow("11 s are left") << 96 << true;
    QTest::newRow("9 s are left") << 98 << false;
}

void LockTest::aLoginComesBackIfThereIsTime()
{
    QFETCH(const int, secondsAway);
    QFETCH(const bool, comesBack);
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    dropLogin(desk);
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet<ApproveSheet>(), 15'000);
    QCOMPARE(desk.begun, 1);
    emit desk.session->happened(Event::ScreenLocked);
    QVERIFY(!desk.sheet<ApproveSheet>()); // and nobody was told no: the attempt is gone
    QTRY_VERIFY(desk.isLocked());
    desk.clock.advance(std::chrono::seconds(secondsAway));
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.showsList());
    QTest::qWait(30);
    QCOMPARE(desk.sheet<ApproveSheet>() != nullptr, comesBack);
    QCOMPARE(desk.begun, comesBack ? 2 : 1);
}

void LockTest::aCauseToLockDuringTheUnlockCounts()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    emit desk.session->happened(Event::ScreenLocked);
    QTRY_VERIFY(desk.isLocked());
    QSignalSpy states(desk.vault.get(), &Vault::stateChanged);
    desk.type(LockedDesk::password);
    emit desk.session->happened(Event::ScreenLocked);
    QTRY_VERIFY(states.count() >= 2); // open, and locked again
    QTRY_VERIFY(desk.isLocked());
    QVERIFY(!desk.showsList());
    QVERIFY(!test::everythingShown().contains(u"Northgate"_s));
    desk.type(LockedDesk::password);
    QTRY_VERIFY(desk.showsList());
}

void LockTest::aCodeThatComesWhileLockedIsRefusedInWords()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    QTest::keyClick(desk.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(desk.isLocked());
    QMimeData link;
    link.setText(u"otpauth://totp/Northgate:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"_s);
    emit desk.window->dropped(&link);
    QTRY_VERIFY(desk.sheet<NoticeSheet>());
    QVERIFY(!desk.sheet<BindSheet>());
    QVERIFY(!test::everythingShown().contains(u"Northgate"_s));
}

void LockTest::aForgottenPasswordWipesNothing()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    QTest::keyClick(desk.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(desk.isLocked());
    const test::MemoryKeychain before = *desk.keychain;
    emit desk.page()->forgotRequested();
    QTRY_VERIFY(desk.sheet<NoticeSheet>());
    desk.sheet<NoticeSheet>()->findChild<Button *>()->click();
    QVERIFY(before == *desk.keychain);
    QVERIFY(desk.isLocked());
}

void LockTest::withoutAPasswordTheKeyOffersOne()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    QVERIFY(!desk.session); // nothing to lock, nobody to listen to
    QTest::keyClick(desk.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(desk.sheet<PasswordSheet>());
    QCOMPARE(desk.sheet<PasswordSheet>()->task(), PasswordSheet::Task::Set);
    QVERIFY(desk.showsList());
}

void LockTest::aPasswordIsSetInTheSheet()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    emit desk.window->passwordRequested();
    QTRY_VERIFY(desk.sheet<PasswordSheet>());
    const auto fields = desk.sheet<PasswordSheet>()->findChildren<SecretField *>();
    QCOMPARE(fields.size(), 2);
    for (SecretField *field : fields) {
        QTest::keyClicks(field, u"new one"_s);
        QTest::keyClick(field, Qt::Key_Return);
    }
    QTRY_VERIFY(desk.vault->hasPassword());
    QTRY_VERIFY(!desk.sheet<PasswordSheet>());
    QTRY_VERIFY(desk.session && desk.session->isHolding);
    QTest::keyClick(desk.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(desk.isLocked());
    desk.type("new one");
    QTRY_VERIFY(desk.showsList());
}

void LockTest::whatIsMissingInTheSheetIsSaid()
{
    PasswordSheet sheet(PasswordSheet::Task::Change);
    sheet.show();
    QSignalSpy submitted(&sheet, &PasswordSheet::submitted);
    const auto fields = sheet.findChildren<SecretField *>();
    QCOMPARE(fields.size(), 3);
    const auto said = [&sheet] {
        QStringList words;
        for (const Text *text : sheet.findChildren<Text *>()) {
            if (text->isVisible())
                words << text->text();
        }
        return words.join(u'\n');
    };
    Button *primary = nullptr;
    for (Button *button : sheet.findChildren<Button *>()) {
        if (button->text() == u"Change"_s)
            primary = button;
    }
    QVERIFY(primary);
    primary->click();
    QVERIFY(said().contains(u"Type the password that is set now."_s));
    QTest::keyClicks(fields[0], u"old"_s);
    primary->click();
    QVERIFY(said().contains(u"Type a new password."_s));
    QTest::keyClicks(fields[1], u"new"_s);
    primary->click();
    QVERIFY(said().contains(u"once more"_s));
    QTest::keyClicks(fields[2], u"newer"_s);
    primary->click();
    QVERIFY(said().contains(u"differ"_s));
    QCOMPARE(submitted.count(), 0);
    QTest::keyClicks(fields[2], u"new"_s);
    primary->click();
    QCOMPARE(submitted.count(), 1);
    QCOMPARE(sheet.takeCurrent().text(), "old");
    QCOMPARE(sheet.takeNext().text(), "new");
    QVERIFY(fields[1]->isEmpty() && fields[2]->isEmpty());
}

void LockTest::settingsDecideWhatLocks()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    emit desk.window->securityRequested();
    auto *sheet = desk.sheet<SecuritySheet>();
    QVERIFY(sheet);
    emit sheet->changed({.idle = 0min, .withScreen = false, .onSleep = false});
    sheet->accept();
    QVERIFY(!desk.session->isHolding);
    emit desk.session->happened(Event::ScreenLocked);
    emit desk.session->happened(Event::UserSwitched);
    emit desk.session->happened(Event::Sleeping);
    desk.clock.advance(24h);
    QTest::keyClick(desk.window, Qt::Key_A);
    QTest::qWait(50);
    QVERIFY(desk.showsList());
    const QString file = desk.profile.place.configPath + u"/settings.ini"_s;
    QCOMPARE(LockSettings::read(file),
             (LockSettings{.idle = 0min, .withScreen = false, .onSleep = false}));
}

QTEST_MAIN(LockTest)
#include "lock_test.moc"
