// Keychain to file and back, as a person does it in the window.

#include "tests/ui/lock_fixture.h"
#include "ui/button.h"
#include "ui/error_text.h"
#include "ui/notice_sheet.h"
#include "ui/password_sheet.h"
#include "ui/security_sheet.h"

#include <QDir>
#include <QFile>

using namespace hufu;
using namespace Qt::StringLiterals;
using test::LockedDesk;
using Storage = Vault::Storage;

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

/// Opens the sheet that asks for the password of a move.
PasswordSheet *beginMove(LockedDesk &desk, const QString &words)
{
    emit desk.window->securityRequested();
    auto *security = desk.sheet<SecuritySheet>();
    if (!security || !button(security, words))
        return nullptr;
    button(security, words)->click();
    return desk.sheet<PasswordSheet>();
}

void typeAndMove(PasswordSheet *sheet, const QString &password)
{
    for (SecretField *field : sheet->findChildren<SecretField *>())
        QTest::keyClicks(field, password);
    button(sheet, u"Move"_s)->click();
}

QStringList namesIn(const AccountSet &accounts)
{
    QStringList names;
    for (const AccountPtr &account : accounts.all())
        names << account->issuer;
    return names;
}

} // namespace

class MoveInTheWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void withoutAPasswordTheFileGetsOne();
    void theAccountsGoToTheFileAndBack();
    void aWrongPasswordMovesNothing();
    void whatLiesInTheWayIsSaid();
    void theWindowLivesWhileTheKeychainThinks();
    void aPortableVaultOffersNoMove();
};

void MoveInTheWindowTest::withoutAPasswordTheFileGetsOne()
{
    LockedDesk desk({}, false);
    QTRY_VERIFY(desk.showsList());
    const QStringList before = namesIn(desk.vault->accounts());
    PasswordSheet *sheet = beginMove(desk, u"Move to a file…"_s);
    QVERIFY(sheet);
    QCOMPARE(sheet->task(), PasswordSheet::Task::MoveToFileAndSet);
    QCOMPARE(sheet->findChildren<SecretField *>().size(), 2);
    typeAndMove(sheet, u"a new one"_s);
    QTRY_VERIFY(test::everythingShown().contains(u"The accounts are in a file now"_s));
    QCOMPARE(desk.vault->storage(), Storage::File);
    QVERIFY(desk.vault->hasPassword());
    QVERIFY(desk.keychain->empty());
    QCOMPARE(namesIn(desk.vault->accounts()), before);
    QTRY_VERIFY(!desk.sheet<PasswordSheet>());
    emit desk.window->lockRequested();
    QTRY_VERIFY(desk.isLocked());
    desk.type("a new one");
    QTRY_VERIFY(desk.showsList());
}

void MoveInTheWindowTest::theAccountsGoToTheFileAndBack()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    const QStringList before = namesIn(desk.vault->accounts());
    PasswordSheet *sheet = beginMove(desk, u"Move to a file…"_s);
    QVERIFY(sheet);
    QCOMPARE(sheet->task(), PasswordSheet::Task::MoveToFile);
    QCOMPARE(sheet->findChildren<SecretField *>().size(), 1);
    typeAndMove(sheet, QLatin1String(LockedDesk::password));
    QTRY_COMPARE(desk.vault->storage(), Storage::File);
    QTRY_VERIFY(!desk.sheet<PasswordSheet>());
    QVERIFY(desk.keychain->empty());
    QVERIFY(QFile::exists(desk.profile.place.vaultFile()));

    sheet = beginMove(desk, u"Move to the keychain…"_s);
    QVERIFY(sheet);
    typeAndMove(sheet, QLatin1String(LockedDesk::password));
    QTRY_VERIFY(test::everythingShown().contains(u"The accounts are in the keychain now"_s));
    QCOMPARE(desk.vault->storage(), Storage::Keychain);
    QVERIFY(!QFile::exists(desk.profile.place.vaultFile()));
    QVERIFY(desk.vault->hasPassword());
    QCOMPARE(namesIn(desk.vault->accounts()), before);
}

void MoveInTheWindowTest::aWrongPasswordMovesNothing()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    PasswordSheet *sheet = beginMove(desk, u"Move to a file…"_s);
    QVERIFY(sheet);
    typeAndMove(sheet, u"wrong horse"_s);
    QTRY_VERIFY(test::everythingShown().contains(ErrorText::of(Errc::PasswordWrong).headline));
    QVERIFY(sheet->isVisible());
    QCOMPARE(desk.vault->storage(), Storage::Keychain);
    QVERIFY(!QFile::exists(desk.profile.place.vaultFile()));
    typeAndMove(sheet, QLatin1String(LockedDesk::password)); // the same sheet, once more
    QTRY_COMPARE(desk.vault->storage(), Storage::File);
}

void MoveInTheWindowTest::whatLiesInTheWayIsSaid()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    QFile file(desk.profile.place.vaultFile());
    QVERIFY(QDir().mkpath(desk.profile.place.dataPath) && file.open(QIODevice::WriteOnly));
    file.write("somebody's");
    file.close();
    PasswordSheet *sheet = beginMove(desk, u"Move to a file…"_s);
    QVERIFY(sheet);
    typeAndMove(sheet, QLatin1String(LockedDesk::password));
    QTRY_VERIFY(test::everythingShown().contains(ErrorText::of(Errc::PlaceTaken).headline));
    QCOMPARE(desk.vault->storage(), Storage::Keychain);
    QVERIFY(desk.vault->state() == Vault::State::Open);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("somebody's"));
}

void MoveInTheWindowTest::theWindowLivesWhileTheKeychainThinks()
{
    LockedDesk desk;
    QTRY_VERIFY(desk.showsList());
    PasswordSheet *sheet = beginMove(desk, u"Move to a file…"_s);
    QVERIFY(sheet);
    desk.store->holdsAnswers = true;
    typeAndMove(sheet, QLatin1String(LockedDesk::password));
    QVERIFY(!button(sheet, u"Move"_s)->isEnabled());
    QTest::keyClick(sheet, Qt::Key_Escape); // what is under way is seen through
    QVERIFY(sheet->isVisible());
    int turns = 0;
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&turns] { ++turns; });
    beat.start(1);
    QTRY_VERIFY(turns >= 20);
    QCOMPARE(desk.vault->storage(), Storage::Keychain);
    desk.store->holdsAnswers = false;
    desk.store->answerHeld();
    QTRY_COMPARE(desk.vault->storage(), Storage::File);
    QTRY_VERIFY(!desk.sheet<PasswordSheet>());
}

void MoveInTheWindowTest::aPortableVaultOffersNoMove()
{
    SecuritySheet sheet({}, true, {.in = Storage::File, .canMove = false});
    QVERIFY(!button(&sheet, u"Move to the keychain…"_s));
    QVERIFY(!button(&sheet, u"Move to a file…"_s));
    QVERIFY(test::everythingShown().contains(u"A file of Hufu's own"_s));
}

QTEST_MAIN(MoveInTheWindowTest)
#include "move_in_the_window_test.moc"
