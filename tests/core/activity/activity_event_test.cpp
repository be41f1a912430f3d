#include "core/activity/activity_event.h"
#include "core/activity/csv.h"
#include "core/base/fields.h"
#include "tests/support/result_printing.h"

#include <QTest>

using namespace hufu;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ActivityEvent::Kind;

namespace {

ActivityEvent fullEvent()
{
    ActivityEvent event;
    event.kind = Kind::LoginNotMe;
    event.time = std::chrono::sys_seconds(1'700'000'000s);
    event.account = AccountId{std::byte{1}, std::byte{2}};
    event.issuer = u"虎符公司"_s;
    event.name = u"alice@example.com"_s;
    event.server = u"auth.example.com:8443"_s;
    event.application = u"Wiki"_s;
    event.browser = u"Firefox 145"_s;
    event.system = u"Windows"_s;
    event.address = u"2001:db8::7"_s;
    event.place = u"Delft"_s;
    event.network = LoginContext::Network::Different;
    event.channel = LoginChannel::Picture;
    event.failure = u"WrongNumber"_s;
    event.requestId = u"0a1b2c3d"_s;
    return event;
}

} // namespace

class ActivityEventTest : public QObject
{
    Q_OBJECT

private slots:
    void anEventComesBackAsItWas();
    void theFieldsAreThoseOfTheFormat();
    void aNewerVersionsEventKeepsWhatIsKnown();
    void damagedFieldsAreRefused();
    void namesCanBeLeftOut();
    void everyKindHasANameOfItsOwn();
    void csvFollowsTheRules_data();
    void csvFollowsTheRules();
};

void ActivityEventTest::anEventComesBackAsItWas()
{
    ActivityEvent bare;
    bare.kind = Kind::PasswordSet;
    for (const ActivityEvent &event : {fullEvent(), bare, ActivityEvent()}) {
        const Result<SecretBytes> bytes = encodeEvent(event);
        VERIFY_OK(bytes);
        const Result<ActivityEvent> again = decodeEvent(*bytes);
        VERIFY_OK(again);
        QVERIFY(*again == event);
    }
}

// storage.md 2: tag (2), length (4), value.
void ActivityEventTest::theFieldsAreThoseOfTheFormat()
{
    ActivityEvent event;
    event.kind = Kind::LoginApproved;
    event.time = std::chrono::sys_seconds(0x6553f100s);
    event.server = u"a.example"_s;
    event.network = LoginContext::Network::Same;
    event.channel = LoginChannel::Push;
    const Result<SecretBytes> bytes = encodeEvent(event);
    VERIFY_OK(bytes);
    const QByteArray hex = QByteArray(bytes->text().data(), qsizetype(bytes->size())).toHex();
    QCOMPARE(hex, QByteArray("0001000000046553f100"
                             "00020000000101"
                             "000600000009612e6578616d706c65"
                             "000c0000000101"
                             "000d0000000104"));
}

void ActivityEventTest::aNewerVersionsEventKeepsWhatIsKnown()
{
    FieldWriter writer;
    writer.number(1, 5);
    writer.number(2, 4'000);
    writer.number(12, 9);
    writer.number(13, 9);
    writer.text(300, "news");
    const Result<ActivityEvent> event = decodeEvent(*writer.take());
    VERIFY_OK(event);
    QCOMPARE(event->kind, Kind::Unknown);
    QCOMPARE(event->time.time_since_epoch(), 5s);
    QVERIFY(!event->network && !event->channel);
    FieldWriter mustKnow;
    mustKnow.number(1, 5);
    mustKnow.text(0x8001, "news");
    VERIFY_FAILS(decodeEvent(*mustKnow.take()), Errc::VaultNewerVersion);
}

void ActivityEventTest::damagedFieldsAreRefused()
{
    FieldWriter shortId;
    shortId.text(3, "123");
    VERIFY_FAILS(decodeEvent(*shortId.take()), Errc::MalformedFields);
    FieldWriter notText;
    notText.text(5, "\xff");
    VERIFY_FAILS(decodeEvent(*notText.take()), Errc::MalformedFields);
    FieldWriter longTime;
    longTime.number(1, ~std::uint64_t{0});
    const Result<ActivityEvent> late = decodeEvent(*longTime.take());
    VERIFY_OK(late);
    QCOMPARE(late->time.time_since_epoch(), 253'402'300'799s); // the end of the year 9999
}

void ActivityEventTest::namesCanBeLeftOut()
{
    ActivityEvent event = fullEvent();
    event.dropNames();
    const QByteArray text = QByteArray::fromStdString(std::string(encodeEvent(event)->text()));
    for (const char *name : {"alice", "Wiki", "Firefox", "Windows", "2001", "Delft"})
        QVERIFY(!text.contains(name));
    QCOMPARE(event.server, u"auth.example.com:8443"_s);
    QVERIFY(event.account.has_value());
}

void ActivityEventTest::everyKindHasANameOfItsOwn()
{
    QStringList names;
    for (int number = 1; number < 100; ++number) {
        const QString name = activityName(Kind(number));
        if (name == u"unknown"_s)
            continue;
        QVERIFY2(!names.contains(name), qPrintable(name));
        names << name;
    }
    QCOMPARE(names.size(), 25);
    QCOMPARE(activityName(Kind::Unknown), u"unknown"_s);
}

void ActivityEventTest::csvFollowsTheRules_data()
{
    QTest::addColumn<QStringList>("cells");
    QTest::addColumn<QByteArray>("row");

    QTest::newRow("plain") << QStringList{u"a"_s, u""_s, u"b c"_s} << QByteArray("a,,b c\r\n");
    QTest::newRow("comma") << QStringList{u"a,b"_s} << QByteArray("\"a,b\"\r\n");
    QTest::newRow("quotes") << QStringList{u"say \"a\""_s} << QByteArray("\"say \"\"a\"\"\"\r\n");
    QTest::newRow("line break") << QStringList{u"a\nb"_s} << QByteArray("\"a\nb\"\r\n");
    QTest::newRow("chinese") << QStringList{u"虎符"_s} << QByteArray("虎符\r\n");
    QTest::newRow("formula") << QStringList{u"=1+1"_s} << QByteArray("\"'=1+1\"\r\n");
    QTest::newRow("plus") << QStringList{u"+49"_s} << QByteArray("\"'+49\"\r\n");
    QTest::newRow("minus") << QStringList{u"-2"_s} << QByteArray("\"'-2\"\r\n");
    QTest::newRow("at") << QStringList{u"@SUM(A1)"_s} << QByteArray("\"'@SUM(A1)\"\r\n");
    QTest::newRow("after a blank") << QStringList{u"  =1"_s} << QByteArray("\"'  =1\"\r\n");
    QTest::newRow("after a tab") << QStringList{u"\t=1"_s} << QByteArray("\"'\t=1\"\r\n");
    QTest::newRow("wide") << QStringList{u"＝1"_s} << QByteArray("\"'＝1\"\r\n");
    QTest::newRow("formula with quotes")
        << QStringList{u"=HYPERLINK(\"http://x\",\"y\")"_s}
        << QByteArray("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n");
    // As it is read where semicolons part the cells.
    QTest::newRow("behind a semicolon")
        << QStringList{u"x;=cmd|' /C calc'!A0"_s} << QByteArray("\"x;'=cmd|' /C calc'!A0\"\r\n");
    QTest::newRow("behind a semicolon and a quote")
        << QStringList{u"x; \"=1\""_s} << QByteArray("\"x;' \"\"=1\"\"\"\r\n");
    QTest::newRow("semicolon inside") << QStringList{u"a;b"_s} << QByteArray("a;b\r\n");
    QTest::newRow("sign inside") << QStringList{u"alice@example.com"_s, u"a=b"_s}
                                 << QByteArray("alice@example.com,a=b\r\n");
}

void ActivityEventTest::csvFollowsTheRules()
{
    QFETCH(QStringList, cells);
    QFETCH(QByteArray, row);
    QCOMPARE(csvRow(cells), row);
}

QTEST_GUILESS_MAIN(ActivityEventTest)
#include "activity_event_test.moc"
