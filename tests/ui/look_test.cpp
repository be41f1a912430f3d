#include "tests/support/manual_clock.h"
#include "ui/avatar.h"
#include "ui/code_clipboard.h"
#include "ui/icons.h"
#include "ui/measures.h"
#include "ui/row_layout.h"
#include "ui/tabular_digits.h"
#include "ui/tokens.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QMimeData>
#include <QTest>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class LookTest : public QObject
{
    Q_OBJECT

private slots:
    void tokensAreThoseOfTheDesign_data();
    void tokensAreThoseOfTheDesign();
    void everyPairInUseIsReadable_data();
    void everyPairInUseIsReadable();
    void foreignAccentsAreMovedUntilTheyAreReadable();
    void codesAreGroupedForPeople_data();
    void codesAreGroupedForPeople();
    void digitsTakeTheSameRoomWhateverTheyAre();
    void anAvatarKeepsItsHue();
    void theScaleFollowsTheFontAndHasAFloor();
    void everyDrawingCanBePainted();
    void aRowIsMirroredAndTurnsNarrow();
    void aCopiedCodeIsMarkedAsSecret();
    void aCopiedCodeGoesAfterItsTime();
    void whatSomebodyElseCopiedStays();
};

namespace {

struct Pair
{
    const char *name;
    QColor Tokens::*over;
    QColor Tokens::*under;
    double atLeast;
};

// look.md 2: every pair that is in use. 4.5 for text, 3 for rings and lone icons.
const Pair pairs[] = {
    {"text on base", &Tokens::text, &Tokens::base, 4.5},
    {"text on window", &Tokens::text, &Tokens::window, 4.5},
    {"text on hover", &Tokens::text, &Tokens::hover, 4.5},
    {"text on selected", &Tokens::text, &Tokens::selected, 4.5},
    {"text on selected and hover", &Tokens::text, &Tokens::selectedHover, 4.5},
    {"text on card", &Tokens::text, &Tokens::card, 4.5},
    {"text on tonal", &Tokens::text, &Tokens::tonal, 4.5},
    {"text on sweep", &Tokens::text, &Tokens::sweep, 4.5},
    {"text on danger tint", &Tokens::text, &Tokens::dangerTint, 4.5},
    {"text on warning tint", &Tokens::text, &Tokens::warningTint, 4.5},
    {"text2 on base", &Tokens::text2, &Tokens::base, 4.5},
    {"text2 on window", &Tokens::text2, &Tokens::window, 4.5},
    {"text2 on hover", &Tokens::text2, &Tokens::hover, 4.5},
    {"text2 on selected", &Tokens::text2, &Tokens::selected, 4.5},
    {"text2 on selected and hover", &Tokens::text2, &Tokens::selectedHover, 4.5},
    {"text2 on card", &Tokens::text2, &Tokens::card, 4.5},
    {"text2 on tonal", &Tokens::text2, &Tokens::tonal, 4.5},
    {"text2 on warning tint", &Tokens::text2, &Tokens::warningTint, 4.5},
    {"accent on base", &Tokens::accentText, &Tokens::base, 4.5},
    {"accent on window", &Tokens::accentText, &Tokens::window, 4.5},
    {"accent on selected", &Tokens::accentText, &Tokens::selected, 4.5},
    {"accent on card", &Tokens::accentText, &Tokens::card, 4.5},
    {"accent on tonal", &Tokens::accentText, &Tokens::tonal, 4.5},
    {"accent on warning tint", &Tokens::accentText, &Tokens::warningTint, 4.5},
    {"danger on card", &Tokens::danger, &Tokens::card, 4.5},
    {"danger on window", &Tokens::danger, &Tokens::window, 4.5},
    {"danger on its tint", &Tokens::danger, &Tokens::dangerTint, 4.5},
    {"warning on base", &Tokens::warning, &Tokens::base, 4.5},
    {"warning on selected", &Tokens::warning, &Tokens::selected, 4.5},
    {"warning on hover", &Tokens::warning, &Tokens::hover, 4.5},
    {"warning on its tint", &Tokens::warning, &Tokens::warningTint, 4.5},
    {"success on base", &Tokens::success, &Tokens::base, 4.5},
    {"success on card", &Tokens::success, &Tokens::card, 4.5},
    {"success on selected", &Tokens::success, &Tokens::selected, 4.5},
    {"on-accent on accent", &Tokens::onAccent, &Tokens::accent, 4.5},
    {"on-accent on accent hover", &Tokens::onAccent, &Tokens::accentHover, 4.5},
    {"toast", &Tokens::toastText, &Tokens::toast, 4.5},
    {"toast's action", &Tokens::toastAction, &Tokens::toast, 4.5},
    {"idle ring on base", &Tokens::strongBorder, &Tokens::base, 3},
    {"strong border on window", &Tokens::strongBorder, &Tokens::window, 3},
};

QString clipboardText()
{
    return QGuiApplication::clipboard()->text();
}

} // namespace

void LookTest::tokensAreThoseOfTheDesign_data()
{
    // look.md 2, the columns "light" and "dark".
    QTest::addColumn<QColor>("actual");
    QTest::addColumn<QColor>("expected");
    const Tokens light = Tokens::from(referencePalette(Shade::Light));
    const Tokens dark = Tokens::from(referencePalette(Shade::Dark));
    QTest::newRow("text2, light") << light.text2 << QColor(0x5d, 0x60, 0x5f);
    QTest::newRow("text2, dark") << dark.text2 << QColor(0xaa, 0xad, 0xac);
    QTest::newRow("accent text, light") << light.accentText << QColor(0x1f, 0x6b, 0x5b);
    QTest::newRow("accent text, dark") << dark.accentText << QColor(0x7f, 0xcb, 0xb6);
    QTest::newRow("selected, light") << light.selected << QColor(0xe4, 0xed, 0xeb);
    QTest::newRow("selected, dark") << dark.selected << QColor(0x28, 0x37, 0x33);
    QTest::newRow("tonal, light") << light.tonal << QColor(0xdf, 0xe6, 0xe2);
    QTest::newRow("card, dark") << dark.card << QColor(0x28, 0x2c, 0x2b);
    QTest::newRow("danger, light") << light.danger << QColor(0xb3, 0x30, 0x1f);
    QTest::newRow("danger tint, light") << light.dangerTint << QColor(0xfc, 0xef, 0xee);
    QTest::newRow("warning tint, dark") << dark.warningTint << QColor(0x39, 0x30, 0x16);
    QTest::newRow("toast, dark") << dark.toast << QColor(0x39, 0x3d, 0x3c);
    QTest::newRow("toast's action, light") << light.toastAction << QColor(0x7f, 0xcb, 0xb6);
}

void LookTest::tokensAreThoseOfTheDesign()
{
    QFETCH(QColor, actual);
    QFETCH(QColor, expected);
    QCOMPARE(actual.name(), expected.name());
}

void LookTest::everyPairInUseIsReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << referencePalette(Shade::Light);
    QTest::newRow("dark") << referencePalette(Shade::Dark);
    QPalette breeze(QColor(0x23, 0x26, 0x29), QColor(0xef, 0xf0, 0xf1));
    breeze.setColor(QPalette::Base, Qt::white);
    breeze.setColor(QPalette::Highlight, QColor(0x3d, 0xae, 0xe9));
    breeze.setColor(QPalette::HighlightedText, Qt::white);
    QTest::newRow("Breeze blue") << breeze;
}

void LookTest::everyPairInUseIsReadable()
{
    QFETCH(QPalette, palette);
    const Tokens tokens = Tokens::from(palette);
    for (const Pair &pair : pairs) {
        const double actual = contrast(tokens.*pair.over, tokens.*pair.under);
        QVERIFY2(actual >= pair.atLeast,
                 qPrintable(u"%1: %2"_s.arg(QString::fromLatin1(pair.name)).arg(actual)));
    }
}

void LookTest::foreignAccentsAreMovedUntilTheyAreReadable()
{
    const QColor yellow(0xff, 0xe0, 0x40);
    QVERIFY(contrast(yellow, Qt::white) < 4.5);
    const QColor moved = atLeast(yellow, Qt::white, Qt::black, 4.5);
    QVERIFY(contrast(moved, Qt::white) >= 4.5);
    QCOMPARE(atLeast(Qt::black, Qt::white, Qt::black, 4.5), QColor(Qt::black));
}

void LookTest::codesAreGroupedForPeople_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("grouped");
    QTest::newRow("5, letters") << u"7KQ2B"_s << u"7KQ2B"_s;
    QTest::newRow("6") << u"123456"_s << u"123 456"_s;
    QTest::newRow("7") << u"1234567"_s << u"123 4567"_s;
    QTest::newRow("8") << u"12345678"_s << u"1234 5678"_s;
    QTest::newRow("9") << u"123456789"_s << u"123 456 789"_s;
    QTest::newRow("10") << u"1234567890"_s << u"123 456 7890"_s;
    QTest::newRow("none") << QString() << QString();
}

void LookTest::codesAreGroupedForPeople()
{
    QFETCH(QString, code);
    QFETCH(QString, grouped);
    QCOMPARE(groupedCode(code), grouped);
}

void LookTest::digitsTakeTheSameRoomWhateverTheyAre()
{
    const TabularDigits digits{Measures::current().font(Type::Code)};
    QCOMPARE(digits.width(u"111111"_s), digits.width(u"888888"_s));
    QVERIFY(digits.width(u"123456"_s) > 6 * digits.width(u"1"_s)); // the gap between the groups
    QVERIFY(digits.width(u"WWWWW"_s) >= digits.width(u"11111"_s));
}

void LookTest::anAvatarKeepsItsHue()
{
    QCOMPARE(avatarHue(u"Northgate"_s), avatarHue(u"NORTHGATE"_s));
    QCOMPARE(avatarHue(u"Northgate"_s), avatarHue(u"Northgate"_s));
    QSet<int> hues;
    for (int i = 0; i < 100; ++i)
        hues << avatarHue(QString::number(i));
    QCOMPARE(hues.size(), 8);
    QCOMPARE(avatarLetter(u"northgate"_s), u"N"_s);
    QCOMPARE(avatarLetter(u"  (北门)"_s), u"北"_s);
    QCOMPARE(avatarLetter(u"<>"_s), u"?"_s);
    QCOMPARE(avatarLetter({}), u"?"_s);
}

void LookTest::theScaleFollowsTheFontAndHasAFloor()
{
    QFont font = QApplication::font();
    font.setPixelSize(28);
    QCOMPARE(Measures(font).px(10), 20);
    font.setPixelSize(8);
    QCOMPARE(Measures(font).scale(), 13.0 / 14.0);
}

void LookTest::everyDrawingCanBePainted()
{
    const QStringList names = QDir(u":/hufu/icons"_s).entryList();
    QVERIFY(names.size() >= 35);
    for (const QString &name : names) {
        const QPixmap pixmap = drawing(u"icons/"_s + name.chopped(4), QSize(24, 24), Qt::red, 2.0);
        const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
        QCOMPARE(image.size(), QSize(48, 48));
        int red = 0;
        for (int y = 0; y < 48; ++y)
            for (int x = 0; x < 48; ++x)
                red += image.pixelColor(x, y).alpha() > 200 && image.pixelColor(x, y).red() > 200;
        QVERIFY2(red > 4, qPrintable(name));
    }
}

void LookTest::aRowIsMirroredAndTurnsNarrow()
{
    const QRect body(12, 8, 356, 64);
    const RowLayout row = RowLayout::of(body, {.codeWidth = 90});
    QVERIFY(!row.isNarrow);
    QVERIFY(row.avatar.right() < row.issuer.left());
    QVERIFY(row.issuer.right() < row.code.left());
    QVERIFY(row.code.right() < row.ring.left());
    QVERIFY(row.copiesAt(row.ring.center()));
    QVERIFY(row.copiesAt(row.code.center()));
    QVERIFY(!row.copiesAt(row.issuer.center()));

    const RowLayout mirrored = RowLayout::of(body, {.codeWidth = 90, .direction = Qt::RightToLeft});
    QVERIFY(mirrored.ring.right() < mirrored.code.left());
    QVERIFY(mirrored.code.right() < mirrored.issuer.left());
    QVERIFY(mirrored.issuer.right() < mirrored.avatar.left());

    const RowLayout narrow = RowLayout::of(QRect(12, 8, 256, 92), {.codeWidth = 90});
    QVERIFY(narrow.isNarrow);
    QVERIFY(narrow.code.top() > narrow.account.top());
}

void LookTest::aCopiedCodeIsMarkedAsSecret()
{
    test::ManualClock clock;
    CodeClipboard clipboard(clock);
    clipboard.copy(u"482913"_s);
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    QCOMPARE(data->text(), u"482913"_s);
#if defined(Q_OS_LINUX)
    QCOMPARE(data->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
#endif
    if (QGuiApplication::clipboard()->supportsSelection())
        QVERIFY(QGuiApplication::clipboard()->text(QClipboard::Selection) != u"482913"_s);
}

void LookTest::aCopiedCodeGoesAfterItsTime()
{
    test::ManualClock clock;
    CodeClipboard clipboard(clock);
    clipboard.copy(u"482913"_s);
    clock.advance(29s);
    clipboard.clearIfDue();
    QCOMPARE(clipboardText(), u"482913"_s);
    clock.advance(1s);
    clipboard.clearIfDue();
    QCOMPARE(clipboardText(), QString());

    clipboard.copy(u"111111"_s);
    clipboard.clearOurs(); // as at exit
    QCOMPARE(clipboardText(), QString());
}

void LookTest::whatSomebodyElseCopiedStays()
{
    test::ManualClock clock;
    CodeClipboard clipboard(clock);
    clipboard.copy(u"482913"_s);
    QGuiApplication::clipboard()->setText(u"a shopping list"_s);
    clock.advance(31s);
    clipboard.clearIfDue();
    clipboard.clearOurs();
    QCOMPARE(clipboardText(), u"a shopping list"_s);
}

QTEST_MAIN(LookTest)
#include "look_test.moc"
