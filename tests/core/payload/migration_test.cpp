#include "core/payload/migration.h"
#include "core/payload/protobuf_reader.h"
#include "tests/core/payload/export_links.h"
#include "tests/support/result_printing.h"

#include <QUrl>

#include <algorithm>

using namespace hufu;
using namespace hufu::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto key = "12345678901234567890";

/// Its base64 has every sign that links treat specially.
const QByteArray secretOfSigns = QByteArray("\xff\xfb").repeated(10).left(19);

std::string linkOf(const QByteArray &message)
{
    return "otpauth-migration://offline?data=" +
           QUrl::toPercentEncoding(QString::fromLatin1(message.toBase64())).toStdString();
}

/// One entry with a secret, framed as an export.
QByteArray exportWith(const QByteArray &secret, const QByteArray &rest = {})
{
    const auto length = [](qsizetype size) {
        QByteArray varint;
        for (; size > 0x7f; size >>= 7)
            varint.append(static_cast<char>((size & 0x7f) | 0x80));
        return varint + static_cast<char>(size);
    };
    const QByteArray entry = '\x0a' + length(secret.size()) + secret;
    return '\x0a' + length(entry.size()) + entry + rest;
}

MigrationPart partOf(const char *link)
{
    Result<MigrationPart> part = readMigration(link);
    if (!part)
        qFatal("%s", qPrintable(errcName(part.error().code)));
    return std::move(*part);
}

/// A part of an export of `size` codes without a batch id, with one account.
MigrationPart partWith(const char *secret, int index, int size, std::int32_t batch = 0)
{
    MigrationPart part;
    part.index = index;
    part.size = size;
    part.batch = batch;
    KeyUri uri;
    uri.secret = std::move(*SecretBytes::copyOf(std::string_view(secret)));
    part.accounts.push_back(std::move(uri));
    return part;
}

} // namespace

class MigrationTest : public QObject
{
    Q_OBJECT

private slots:
    void thePublicExampleIsRead();
    void everyKindOfEntryIsRead();
    void whatCannotBeImportedSaysWhy();
    void aKeyThatIsTooLongIsRefusedAlone();
    void namesKeepTheirLanguage();
    void fieldsOfNewerVersionsArePassedOver();
    void theWayTheLinkIsWrittenDoesNotMatter_data();
    void theWayTheLinkIsWrittenDoesNotMatter();
    void aDamagedExportIsCalledThat_data();
    void aDamagedExportIsCalledThat();
    void aLinkThatIsTooLongIsNotRead();
    void aCutOrChangedExportNeverReadsBeyondItsEnd();
    void partsComeInAnyOrder_data();
    void partsComeInAnyOrder();
    void thePartTwiceIsHarmless();
    void aPartOfAnotherExportIsRefusedAndTheRestKept();
    void withoutABatchIdTheAccountsTellExportsApart();
    void numbersAreReadAsProtobufWritesThem();
};

void MigrationTest::thePublicExampleIsRead()
{
    const MigrationPart part = partOf(publicExample);
    QCOMPARE(part.size, 1);
    QCOMPARE(part.accounts.size(), 1U);
    const KeyUri &uri = part.accounts.front();
    QCOMPARE(uri.issuer, u"Example"_s);
    QCOMPARE(uri.account, u"alice@google.com"_s);
    QVERIFY(uri.secret.text() == "Hello!\xde\xad\xbe\xef");
    QVERIFY(uri.parameters == OtpParameters{});
}

void MigrationTest::everyKindOfEntryIsRead()
{
    const MigrationPart part = partOf(everyKind);
    QCOMPARE(part.version, 2);
    QCOMPARE(part.size, 1);
    QCOMPARE(part.index, 0);
    QCOMPARE(part.batch, -123456789);
    QVERIFY(part.refused.empty());
    QCOMPARE(part.accounts.size(), 5U);
    const auto isAt = [&part](std::size_t place, const QString &issuer, const QString &account,
                              const OtpParameters &parameters, std::string_view secret) {
        const KeyUri &uri = part.accounts.at(place);
        QCOMPARE(uri.issuer, issuer);
        QCOMPARE(uri.account, account);
        QVERIFY(uri.parameters == parameters);
        QVERIFY(uri.secret.text() == secret);
        QVERIFY(!uri.binding);
    };
    isAt(0, u"Acorn"_s, u"alice"_s, {}, key);
    isAt(1, u"Corvus"_s, u"bob"_s, {.hash = HashAlgorithm::Sha256, .digits = 8}, "1234567890");
    isAt(2, u"Harbor"_s, u"carol"_s,
         {.type = OtpType::Hotp, .hash = HashAlgorithm::Sha512, .counter = 42}, key);
    isAt(3, {}, u"dave@example.com"_s, {}, key); // all unspecified: SHA-1, six digits, TOTP
    isAt(4, u"Orbit"_s, u"erin"_s, {}, key);     // the issuer stands in the name only
}

void MigrationTest::whatCannotBeImportedSaysWhy()
{
    const MigrationPart part = partOf(withRefusedEntries);
    const std::vector<MigrationPart::Refused> expected{
        {u"A"_s, u"md5"_s, Errc::UnsupportedAlgorithm}, {u"B"_s, u"empty"_s, Errc::EmptySecret},
        {u"C"_s, u"digits"_s, Errc::DigitsOutOfRange},  {u"D"_s, u"kind"_s, Errc::UnsupportedUri},
        {u"E"_s, u"counter"_s, Errc::MalformedUri},
    };
    QVERIFY(part.refused == expected);
    QCOMPARE(part.accounts.size(), 1U);
    QCOMPARE(part.accounts.front().issuer, u"F"_s);
}

void MigrationTest::aKeyThatIsTooLongIsRefusedAlone()
{
    const auto longest = readMigration(linkOf(exportWith(QByteArray(1'024, 'x'))));
    VERIFY_OK(longest);
    QCOMPARE(longest->accounts.size(), 1U);
    const auto longer = readMigration(linkOf(exportWith(QByteArray(1'025, 'x'))));
    VERIFY_OK(longer);
    QCOMPARE(longer->accounts.size(), 0U);
    QCOMPARE(longer->refused.at(0).reason, Errc::SecretTooLong);
}

void MigrationTest::namesKeepTheirLanguage()
{
    const MigrationPart part = partOf(inChinese);
    QCOMPARE(part.accounts.at(0).issuer, u"北门科技"_s);
    QCOMPARE(part.accounts.at(0).account, u"陈小雨"_s);
}

void MigrationTest::fieldsOfNewerVersionsArePassedOver()
{
    const MigrationPart part = partOf(ofNewerVersion);
    QCOMPARE(part.version, 3);
    QCOMPARE(part.size, 1); // absent, as in the newest exports
    QCOMPARE(part.batch, 0);
    QCOMPARE(part.accounts.size(), 1U);
    QCOMPARE(part.accounts.at(0).account, u"alice"_s);
}

void MigrationTest::theWayTheLinkIsWrittenDoesNotMatter_data()
{
    QTest::addColumn<QByteArray>("link");
    const QByteArray data = exportWith(secretOfSigns).toBase64();
    QVERIFY(data.contains('+') && data.contains('/') && data.endsWith('='));
    const QByteArray front = "otpauth-migration://offline?data=";
    QTest::newRow("not percent-encoded") << front + data;
    QTest::newRow("percent-encoded") << front + data.toPercentEncoding();
    QTest::newRow("without padding") << front + QByteArray(data).replace("=", "");
    QTest::newRow("plus became a space") << front + QByteArray(data).replace("+", " ");
    QTest::newRow("plus became %20") << front + QByteArray(data).replace("+", "%20");
    QTest::newRow("for addresses") << front + QByteArray(data).replace("+", "-").replace("/", "_");
    QTest::newRow("upper case") << "OTPAUTH-MIGRATION://OFFLINE?data=" + data;
    QTest::newRow("with a slash") << "otpauth-migration://offline/?data=" + data;
    QTest::newRow("among others") << "otpauth-migration://offline?x=1&data=" + data + "&data=AA";
    QTest::newRow("end of a line") << front + data + "\r\n";
}

void MigrationTest::theWayTheLinkIsWrittenDoesNotMatter()
{
    QFETCH(QByteArray, link);
    const auto part = readMigration(std::string_view(link.constData(), std::size_t(link.size())));
    VERIFY_OK(part);
    QCOMPARE(part->accounts.size(), 1U);
    QVERIFY(part->accounts.front().secret.text() == secretOfSigns.toStdString());
}

void MigrationTest::aDamagedExportIsCalledThat_data()
{
    QTest::addColumn<QByteArray>("link");
    const auto message = [](const char *title, const QByteArray &bytes) {
        QTest::newRow(title) << QByteArray::fromStdString(linkOf(bytes));
    };
    const QByteArray good = exportWith("12345678901234567890");
    QTest::newRow("no data") << QByteArray("otpauth-migration://offline");
    QTest::newRow("empty data") << QByteArray("otpauth-migration://offline?data=");
    QTest::newRow("not offline") << "otpauth-migration://online?data=" + good.toBase64();
    QTest::newRow("no slashes") << "otpauth-migration:offline?data=" + good.toBase64();
    QTest::newRow("not base64") << QByteArray("otpauth-migration://offline?data=Cg!A");
    QTest::newRow("half a byte") << QByteArray("otpauth-migration://offline?data=CgAAA");
    QTest::newRow("bits left over") << QByteArray("otpauth-migration://offline?data=CgB");
    QTest::newRow("padding inside") << QByteArray("otpauth-migration://offline?data=Cg==CgAA");
    QTest::newRow("too much padding") << QByteArray("otpauth-migration://offline?data=CgAA===");
    QTest::newRow("broken percent") << QByteArray("otpauth-migration://offline?data=CgA%3");
    message("no entry", "\x10\x01\x18\x01");
    message("entry beyond the end", "\x0a\x7f\x0a\x01x");
    message("secret beyond its entry", QByteArray("\x0a\x03\x0a\x05x\x10\x01\x10\x01", 9));
    message("secret as a number", QByteArray("\x0a\x02\x08\x01", 4));
    message("algorithm as text", good + QByteArray("\x0a\x03\x22\x01\x31", 5));
    message("entry as a number", QByteArray("\x08\x01", 2));
    message("version as text", good + QByteArray("\x12\x01\x31", 3));
    message("number of eleven bytes",
            good + QByteArray("\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12));
    message("number beyond 64 bits",
            good + QByteArray("\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 11));
    message("size beyond 32 bits", good + QByteArray("\x18\x80\x80\x80\x80\x80\x01", 7));
    message("unfinished number", good + QByteArray("\x10\x80", 2));
    message("field 0", good + QByteArray("\x00\x01", 2));
    message("a group", good + QByteArray("\x33\x34", 2));
    message("wire type 7", good + QByteArray("\x37\x01", 2));
    message("index at the size", good + QByteArray("\x18\x03\x20\x03", 4));
    message("index below 0", good + QByteArray("\x20\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11));
    message("1,001 parts", good + QByteArray("\x18\xe9\x07", 3));
}

void MigrationTest::aDamagedExportIsCalledThat()
{
    QFETCH(QByteArray, link);
    VERIFY_FAILS(readMigration(std::string_view(link.constData(), std::size_t(link.size()))),
                 Errc::MalformedExport);
}

void MigrationTest::aLinkThatIsTooLongIsNotRead()
{
    const std::string front = "otpauth-migration://offline?data=";
    VERIFY_FAILS(readMigration(front + std::string(16 * 1'024 + 1 - front.size(), 'A')),
                 Errc::UriTooLong);
}

// Under the sanitizers a step beyond the end would show.
void MigrationTest::aCutOrChangedExportNeverReadsBeyondItsEnd()
{
    const std::string link = everyKind;
    const std::size_t front = link.find('=') + 1;
    const QByteArray data = QByteArray::fromStdString(link.substr(front));
    const QByteArray message = QByteArray::fromBase64(QByteArray::fromPercentEncoding(data));
    int damaged = 0;
    for (qsizetype size = 0; size < message.size(); ++size) {
        const auto cut = readMigration(linkOf(message.left(size)));
        damaged += cut ? 0 : 1;
        if (cut)
            QVERIFY(cut->accounts.size() <= 5);
        else
            QCOMPARE(cut.error().code, Errc::MalformedExport);
        for (const int flipped : {0x01, 0x80, 0xff}) {
            QByteArray changed = message;
            changed[size] = static_cast<char>(changed[size] ^ flipped);
            const auto part = readMigration(linkOf(changed));
            if (!part)
                QCOMPARE(part.error().code, Errc::MalformedExport);
        }
    }
    QVERIFY(damaged > message.size() / 2);
}

void MigrationTest::partsComeInAnyOrder_data()
{
    QTest::addColumn<QList<int>>("order");
    QList<int> order{0, 1, 2};
    do {
        QTest::addRow("%d, %d, %d", order[0], order[1], order[2]) << order;
    } while (std::ranges::next_permutation(order).found);
}

void MigrationTest::partsComeInAnyOrder()
{
    QFETCH(QList<int>, order);
    MigrationCollection collection;
    QCOMPARE(collection.size(), 0);
    QVERIFY(!collection.isComplete());
    std::vector<int> missing{1, 2, 3};
    for (const int index : order) {
        const auto taken = collection.take(partOf(partsOfThree.at(std::size_t(index))));
        VERIFY_OK(taken);
        QCOMPARE(*taken, MigrationCollection::Taken::New);
        std::erase(missing, index + 1);
        QVERIFY(collection.missing() == missing);
        QCOMPARE(collection.size(), 3);
        QCOMPARE(collection.read(), 3 - static_cast<int>(missing.size()));
        QCOMPARE(collection.isComplete(), missing.empty());
    }
    QStringList names;
    for (const auto &[index, part] : collection.parts()) {
        for (const KeyUri &uri : part.accounts)
            names << uri.account;
    }
    QCOMPARE(names, QStringList({u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}));
}

void MigrationTest::thePartTwiceIsHarmless()
{
    MigrationCollection collection;
    for (const char *link : {partsOfThree[1], partsOfThree[0]})
        VERIFY_OK(collection.take(partOf(link)));
    for (const char *link : {partsOfThree[1], partsOfThree[0]}) {
        const auto taken = collection.take(partOf(link));
        VERIFY_OK(taken);
        QCOMPARE(*taken, MigrationCollection::Taken::Repeated);
    }
    QCOMPARE(collection.read(), 2);
}

void MigrationTest::aPartOfAnotherExportIsRefusedAndTheRestKept()
{
    MigrationCollection collection;
    VERIFY_OK(collection.take(partOf(partsOfThree[0])));
    VERIFY_FAILS(collection.take(partOf(publicExample)), Errc::AnotherExport); // other batch, size
    VERIFY_FAILS(collection.take(partWith("a", 1, 3, 78)), Errc::AnotherExport);
    VERIFY_FAILS(collection.take(partWith("a", 1, 2, 77)), Errc::AnotherExport);
    QCOMPARE(collection.read(), 1);
    QVERIFY((collection.missing() == std::vector{2, 3}));
    VERIFY_OK(collection.take(partOf(partsOfThree[2])));
}

void MigrationTest::withoutABatchIdTheAccountsTellExportsApart()
{
    MigrationCollection collection;
    VERIFY_OK(collection.take(partWith("a", 0, 2)));
    VERIFY_FAILS(collection.take(partWith("b", 0, 2)), Errc::AnotherExport);
    VERIFY_OK(collection.take(partWith("a", 0, 2)));
    VERIFY_OK(collection.take(partWith("b", 1, 2)));
    QVERIFY(collection.isComplete());
}

// Source: protobuf.dev, "Encoding": varints, sign-extended negative int32.
void MigrationTest::numbersAreReadAsProtobufWritesThem()
{
    ProtobufReader reader("\x08\x96\x01\x12\x07testing");
    const auto number = reader.next();
    VERIFY_OK(number);
    QVERIFY((*number)->isNumber);
    QCOMPARE((*number)->value, 150U);
    const auto text = reader.next();
    VERIFY_OK(text);
    QCOMPARE((*text)->number, 2U);
    QVERIFY((*text)->bytes == "testing");
    const auto end = reader.next();
    VERIFY_OK(end);
    QVERIFY(!*end);
    QCOMPARE(toInt32(0xffff'ffff'ffff'fffe), std::optional<std::int32_t>(-2));
    QCOMPARE(toInt32(0xffff'fffe), std::optional<std::int32_t>(-2));
    QCOMPARE(toInt32(0x1'0000'0000), std::optional<std::int32_t>());
    QCOMPARE(toInt32(0xffff'ffff'7fff'ffff), std::optional<std::int32_t>());
}

QTEST_GUILESS_MAIN(MigrationTest)
#include "migration_test.moc"
