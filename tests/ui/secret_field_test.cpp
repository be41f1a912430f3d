#include "tests/support/result_printing.h"
#include "tests/ui/everything_shown.h"
#include "ui/secret_field.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace Qt::StringLiterals;

class SecretFieldTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsTypedIsTaken_data();
    void whatIsTypedIsTaken();
    void keysThatErase();
    void aPastedTextIsTakenWithoutItsLineEnd();
    void nothingCanBeCopiedOutOfIt();
    void whatIsTooLongIsRefusedAsAWhole();
    void anInputMethodsTextIsTaken();
    void aReaderHearsTheNameAndNeverTheValue();
    void capsLockIsToldByTheLettersThatItMakes();
    void enterSubmitsOnce();
    void twoFieldsAreCompared();
};

void SecretFieldTest::whatIsTypedIsTaken_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("letters and signs") << u"Pa55 wörd!§"_s;
    QTest::newRow("Han") << u"虎符"_s;
    QTest::newRow("beyond 16 bit") << u"🐯a"_s;
}

void SecretFieldTest::whatIsTypedIsTaken()
{
    QFETCH(const QString, typed);
    SecretField field(u"Password"_s);
    for (qsizetype i = 0; i < typed.size(); ++i) {
        const bool isPair = typed.at(i).isHighSurrogate();
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, typed.mid(i, isPair ? 2 : 1));
        QApplication::sendEvent(&field, &press);
        i += isPair ? 1 : 0;
    }
    QVERIFY(!field.isEmpty());
    const SecretBytes taken = field.take();
    QCOMPARE(QByteArray(taken.text().data(), qsizetype(taken.size())), typed.toUtf8());
    QVERIFY(field.isEmpty());
}

void SecretFieldTest::keysThatErase()
{
    SecretField field(u"Password"_s);
    QTest::keyClicks(&field, u"ab"_s);
    QKeyEvent tiger(QEvent::KeyPress, 0, Qt::NoModifier, u"🐯"_s);
    QApplication::sendEvent(&field, &tiger);
    QTest::keyClick(&field, Qt::Key_Backspace);
    QTest::keyClick(&field, Qt::Key_Backspace);
    QCOMPARE(field.take().text(), "a");
    QTest::keyClick(&field, Qt::Key_Backspace); // of nothing
    QVERIFY(field.isEmpty());
    QTest::keyClicks(&field, u"abc"_s);
    QTest::keyClick(&field, Qt::Key_U, Qt::ControlModifier);
    QVERIFY(field.isEmpty());
    QTest::keyClicks(&field, u"abc"_s);
    QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(&field, u"x"_s);
    QCOMPARE(field.take().text(), "x");
    QTest::keyClicks(&field, u"abc"_s);
    QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_Delete);
    QVERIFY(field.isEmpty());
}

void SecretFieldTest::aPastedTextIsTakenWithoutItsLineEnd()
{
    SecretField field(u"Password"_s);
    QGuiApplication::clipboard()->setText(u"from a manager\n"_s);
    QTest::keyClicks(&field, u"1 "_s);
    QTest::keyClick(&field, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(field.take().text(), "1 from a manager");
}

void SecretFieldTest::nothingCanBeCopiedOutOfIt()
{
    SecretField field(u"Password"_s);
    QGuiApplication::clipboard()->setText(u"before"_s);
    QTest::keyClicks(&field, u"secret"_s);
    for (const Qt::Key key : {Qt::Key_A, Qt::Key_C, Qt::Key_X})
        QTest::keyClick(&field, key, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    QCOMPARE(field.take().text(), "secret");
}

void SecretFieldTest::whatIsTooLongIsRefusedAsAWhole()
{
    SecretField field(u"Password"_s);
    QGuiApplication::clipboard()->setText(QString(1'000, u'x'));
    QTest::keyClick(&field, Qt::Key_V, Qt::ControlModifier);
    QGuiApplication::clipboard()->setText(u"虎"_s.repeated(9)); // 27 bytes
    QTest::keyClick(&field, Qt::Key_V, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
    QGuiApplication::clipboard()->setText(QString(1'025, u'y'));
    QTest::keyClick(&field, Qt::Key_V, Qt::ControlModifier);
    const SecretBytes taken = field.take();
    QCOMPARE(QByteArray(taken.text().data(), qsizetype(taken.size())), QByteArray(1'000, 'x'));
}

void SecretFieldTest::anInputMethodsTextIsTaken()
{
    SecretField field(u"Password"_s);
    QInputMethodEvent half(u"hu"_s, {});
    QApplication::sendEvent(&field, &half);
    QVERIFY(field.isEmpty());
    QInputMethodEvent whole(QString(), {});
    whole.setCommitString(u"虎"_s);
    QApplication::sendEvent(&field, &whole);
    QCOMPARE(field.take().text(), "虎");
    QVERIFY(field.inputMethodHints().testFlag(Qt::ImhSensitiveData));
    QTest::keyClicks(&field, u"ab"_s);
    QVERIFY(!field.inputMethodQuery(Qt::ImSurroundingText).isValid());
    QVERIFY(!field.inputMethodQuery(Qt::ImCurrentSelection).isValid());
}

void SecretFieldTest::aReaderHearsTheNameAndNeverTheValue()
{
    QGuiApplication::clipboard()->clear();
    SecretField field(u"App password"_s);
    field.show();
    QTest::keyClicks(&field, u"swordfish"_s);
    auto *eye = field.findChild<QAbstractButton *>();
    eye->click(); // shown to eyes
    QAccessibleInterface *said = QAccessible::queryAccessibleInterface(&field);
    QVERIFY(said);
    QCOMPARE(said->role(), QAccessible::EditableText);
    QVERIFY(said->state().passwordEdit);
    QCOMPARE(said->text(QAccessible::Name), u"App password"_s);
    QCOMPARE(said->text(QAccessible::Value), QString());
    QVERIFY(!said->textInterface());
    QVERIFY(!test::everythingShown().contains(u"swordfish"_s));
    QVERIFY(!eye->accessibleName().isEmpty());
}

void SecretFieldTest::capsLockIsToldByTheLettersThatItMakes()
{
    SecretField field(u"Password"_s);
    QSignalSpy seen(&field, &SecretField::capsLockSeen);
    const auto press = [&field](const QString &text, Qt::KeyboardModifiers modifiers) {
        QKeyEvent event(QEvent::KeyPress, Qt::Key_A, modifiers, text);
        QApplication::sendEvent(&field, &event);
    };
    press(u"1"_s, Qt::NoModifier);
    QCOMPARE(seen.count(), 0);
    press(u"A"_s, Qt::NoModifier);
    QCOMPARE(seen.takeLast().at(0).toBool(), true);
    press(u"A"_s, Qt::ShiftModifier);
    QCOMPARE(seen.takeLast().at(0).toBool(), false);
    press(u"a"_s, Qt::ShiftModifier);
    QCOMPARE(seen.takeLast().at(0).toBool(), true);
}

void SecretFieldTest::enterSubmitsOnce()
{
    SecretField field(u"Password"_s);
    QSignalSpy submitted(&field, &SecretField::submitted);
    QTest::keyClick(&field, Qt::Key_Return);
    QKeyEvent held(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, u"\r"_s, true);
    QApplication::sendEvent(&field, &held);
    QCOMPARE(submitted.count(), 1);
    QVERIFY(field.isEmpty());
}

void SecretFieldTest::twoFieldsAreCompared()
{
    SecretField one(u"Password"_s);
    SecretField two(u"Again"_s);
    QTest::keyClicks(&one, u"same"_s);
    QTest::keyClicks(&two, u"sam"_s);
    QVERIFY(!one.holdsTheSameAs(two));
    QTest::keyClicks(&two, u"e"_s);
    QVERIFY(one.holdsTheSameAs(two));
}

QTEST_MAIN(SecretFieldTest)
#include "secret_field_test.moc"
