#include "core/base/answer.h"
#include "core/base/crypto.h"
#include "core/base/fields.h"
#include "core/base/logging.h"
#include "core/base/redacted.h"
#include "tests/support/result_printing.h"

#include <QSignalSpy>
#include <QThread>

using namespace hufu;

namespace {

QByteArray fromHex(const char *hex)
{
    return QByteArray::fromHex(hex);
}

std::span<const std::byte> bytes(const QByteArray &array)
{
    return bytesOf(std::string_view(array.constData(), static_cast<std::size_t>(array.size())));
}

} // namespace

class BaseTest : public QObject
{
    Q_OBJECT

private slots:
    void everyErrorCodeHasItsOwnName();
    void aSecretIsMovedNotCopiedAndWipedWhenCut();
    void aSecretGrowsAndKeepsItsContent();
    void aFullArenaIsAnErrorAndNotOrdinaryMemory();
    void equalityLooksAtAllBytes();
    void hkdfMatchesRfc5869();
    void aesGcmMatchesTheGcmSpecification();
    void aChangedBitBreaksASeal();
    void anEmptyTextCanBeSealed();
    void fieldsComeBackAsWritten();
    void malformedFieldsAreRefused_data();
    void malformedFieldsAreRefused();
    void anUnknownMandatoryFieldIsANewerVersion();
    void anUnknownOptionalFieldIsKept();
    void aNumberHasOneWriting();
    void anAnswerComesLaterAndOnlyWhileItsContextLives();
    void aRedactedValuePrintsItsLength();
    void noRuleMakesQtPrintWhatNoLogMayHold();
};

void BaseTest::everyErrorCodeHasItsOwnName()
{
    QSet<QString> names;
    const int last = static_cast<int>(Errc::ConsentNeeded);
    for (int i = 0; i <= last; ++i) {
        const QString name = errcName(static_cast<Errc>(i));
        names.insert(name);
        QCOMPARE(errcFromName(name), static_cast<Errc>(i));
    }
    QCOMPARE(names.size(), last + 1);
    // The table follows the enum: two fixed points in it.
    QCOMPARE(errcName(Errc::KeychainLocked), QStringLiteral("KeychainLocked"));
    QCOMPARE(errcName(Errc::ConsentNeeded), QStringLiteral("ConsentNeeded"));
    QVERIFY(!errcFromName(u"NoSuchCode"));
}

void BaseTest::aSecretIsMovedNotCopiedAndWipedWhenCut()
{
    Result<SecretBytes> secret = SecretBytes::copyOf("12345678901234567890");
    VERIFY_OK(secret);
    const std::byte *place = secret->view().data();
    SecretBytes moved = std::move(*secret);
    QCOMPARE(moved.view().data(), place);
    QVERIFY(secret->empty());
    moved.truncate(10);
    QCOMPARE(moved.text(), std::string_view("1234567890"));
    QCOMPARE(place[10], std::byte{0}); // still our block: what was cut off is gone
}

void BaseTest::aSecretGrowsAndKeepsItsContent()
{
    SecretBytes secret;
    std::string expected;
    for (int i = 0; i < 1'000; ++i) {
        const std::string part = std::to_string(i);
        expected += part;
        VERIFY_OK(secret.append(bytesOf(part)));
    }
    QVERIFY(secret.text() == expected);
}

void BaseTest::aFullArenaIsAnErrorAndNotOrdinaryMemory()
{
    VERIFY_FAILS(SecretBytes::ofSize(std::size_t{64} << 20), Errc::SecretMemoryFull);
    VERIFY_OK(SecretBytes::ofSize(64)); // and the arena goes on working
}

void BaseTest::equalityLooksAtAllBytes()
{
    QVERIFY(equalInConstantTime(bytesOf("abc"), bytesOf("abc")));
    QVERIFY(!equalInConstantTime(bytesOf("abc"), bytesOf("abd")));
    QVERIFY(!equalInConstantTime(bytesOf("abc"), bytesOf("abcd")));
    QVERIFY(equalInConstantTime({}, {}));
}

void BaseTest::hkdfMatchesRfc5869()
{
    // RFC 5869 A.1, first block of the output.
    const QByteArray ikm(22, '\x0b');
    const auto prk = hkdfExtract(bytes(fromHex("000102030405060708090a0b0c")), bytes(ikm));
    VERIFY_OK(prk);
    QCOMPARE(toHex(prk->view()),
             QByteArray("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
    const QByteArray info = fromHex("f0f1f2f3f4f5f6f7f8f9");
    const auto okm = hkdfExpand32(*prk, {info.constData(), static_cast<std::size_t>(info.size())});
    VERIFY_OK(okm);
    QCOMPARE(toHex(okm->view()),
             QByteArray("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
}

void BaseTest::aesGcmMatchesTheGcmSpecification()
{
    // McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test case 16.
    const auto key = SecretBytes::copyOf(
        bytes(fromHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")));
    const QByteArray plain =
        fromHex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532f"
                "cf0e2449a6b525b16aedf5aa0de657ba637b39");
    const QByteArray aad = fromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const QByteArray nonce = fromHex("cafebabefacedbaddecaf888");
    const QByteArray expected =
        fromHex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7"
                "b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
    const auto sealed = sealAes256Gcm(*key, bytes(nonce), bytes(plain), bytes(aad));
    VERIFY_OK(sealed);
    QCOMPARE(sealed->toHex(), expected.toHex());
    const auto opened = openAes256Gcm(*key, bytes(nonce), bytes(*sealed), bytes(aad));
    VERIFY_OK(opened);
    QVERIFY(equalInConstantTime(opened->view(), bytes(plain)));
}

void BaseTest::aChangedBitBreaksASeal()
{
    const auto key = SecretBytes::ofSize(32);
    const auto nonce = randomId<gcmNonceSize>();
    auto sealed = sealAes256Gcm(*key, nonce, bytesOf("text"), bytesOf("aad"));
    VERIFY_OK(sealed);
    VERIFY_FAILS(openAes256Gcm(*key, nonce, bytes(*sealed), bytesOf("aae")), Errc::SealBroken);
    for (char &c : *sealed) {
        c = static_cast<char>(c ^ 1);
        VERIFY_FAILS(openAes256Gcm(*key, nonce, bytes(*sealed), bytesOf("aad")), Errc::SealBroken);
        c = static_cast<char>(c ^ 1);
    }
    VERIFY_FAILS(openAes256Gcm(*key, nonce, bytesOf("short"), {}), Errc::SealBroken);
}

void BaseTest::anEmptyTextCanBeSealed()
{
    const auto key = SecretBytes::ofSize(32);
    const auto nonce = randomId<gcmNonceSize>();
    const auto sealed = sealAes256Gcm(*key, nonce, {}, {});
    VERIFY_OK(sealed);
    const auto opened = openAes256Gcm(*key, nonce, bytes(*sealed), {});
    VERIFY_OK(opened);
    QVERIFY(opened->empty());
}

void BaseTest::fieldsComeBackAsWritten()
{
    FieldWriter writer;
    writer.number(1, 0);
    writer.number(2, 300);
    writer.text(3, "北门");
    writer.bytes(4, bytesOf("a"));
    writer.bytes(4, bytesOf("b"));
    writer.number(9, 0x1'0000'0000);
    const auto record = writer.take();
    VERIFY_OK(record);
    const std::array rules{FieldRule{1}, FieldRule{2}, FieldRule{3},
                           FieldRule{4, Occurs::Repeatedly}, FieldRule{9}};
    const auto fields = readFields(record->view(), rules);
    VERIFY_OK(fields);
    QCOMPARE(fields->size(), std::size_t{6});
    QCOMPARE(*fields->at(0).number(), std::uint64_t{0});
    QCOMPARE(*fields->at(1).number(), std::uint64_t{300});
    QCOMPARE(*fields->at(2).text(), std::string_view("北门"));
    QCOMPARE(*fields->at(4).text(), std::string_view("b"));
    QCOMPARE(fields->at(5).value.size(), std::size_t{8});
    QCOMPARE(*fields->at(5).number(), std::uint64_t{0x1'0000'0000});
}

void BaseTest::malformedFieldsAreRefused_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::newRow("shorter than a field's head") << fromHex("0001000000");
    QTest::newRow("length past the end") << fromHex("000100000002ff");
    QTest::newRow("byte left over") << fromHex("000100000001ff00");
    QTest::newRow("descending tags") << fromHex("000200000000000100000000");
    QTest::newRow("single tag twice") << fromHex("000100000000000100000000");
}

void BaseTest::malformedFieldsAreRefused()
{
    QFETCH(QByteArray, record);
    const std::array rules{FieldRule{1}, FieldRule{2}};
    VERIFY_FAILS(readFields(bytes(record), rules), Errc::MalformedFields);
}

void BaseTest::anUnknownMandatoryFieldIsANewerVersion()
{
    VERIFY_FAILS(readFields(bytes(fromHex("800000000000")), {}), Errc::VaultNewerVersion);
}

void BaseTest::anUnknownOptionalFieldIsKept()
{
    const QByteArray record = fromHex("7fff0000000141");
    const auto fields = readFields(bytes(record), {});
    VERIFY_OK(fields);
    QCOMPARE(fields->front().tag, std::uint16_t{0x7fff});
}

void BaseTest::aNumberHasOneWriting()
{
    const QByteArray tooLong = fromHex("0001");
    VERIFY_FAILS((Field{1, bytes(tooLong)}.number()), Errc::MalformedFields);
    const QByteArray odd = fromHex("010203");
    VERIFY_FAILS((Field{1, bytes(odd)}.number()), Errc::MalformedFields);
    const QByteArray notUtf8 = fromHex("ff");
    VERIFY_FAILS((Field{1, bytes(notUtf8)}.text()), Errc::MalformedFields);
    VERIFY_FAILS((Field{1, bytesOf(std::string_view("a\0b", 3))}.text()), Errc::MalformedFields);
}

void BaseTest::anAnswerComesLaterAndOnlyWhileItsContextLives()
{
    int answers = 0;
    QObject context;
    answerLater<int>(
        &context, [&](Result<int> result) { answers += *result; }, 1);
    QCOMPARE(answers, 0);
    QCoreApplication::processEvents();
    QCOMPARE(answers, 1);

    auto *mortal = new QObject;
    answerLater<int>(
        mortal, [&](Result<int>) { ++answers; }, 1);
    delete mortal;
    QCoreApplication::processEvents();
    QCOMPARE(answers, 1);
}

void BaseTest::aRedactedValuePrintsItsLength()
{
    QString line;
    QDebug(&line).nospace() << Redacted{QByteArray("secret")};
    QCOMPARE(line, QStringLiteral("<6 long>"));
}

void BaseTest::noRuleMakesQtPrintWhatNoLogMayHold()
{
    QLoggingCategory::setFilterRules(QStringLiteral("*=true"));
    QVERIFY(QLoggingCategory("qt.accessibility.cache").isDebugEnabled());
    silenceTellingCategories();
    silenceTellingCategories(); // once more does no harm
    for (const char *name : {"qt.accessibility.cache", "qt.qpa.input.events", "dbus.integration"}) {
        const QLoggingCategory telling(name);
        QVERIFY2(!telling.isDebugEnabled() && !telling.isInfoEnabled(), name);
        QVERIFY2(telling.isWarningEnabled(), name);
    }
    QVERIFY(logLogin().isDebugEnabled());
    QVERIFY(QLoggingCategory("qt.network.ssl").isDebugEnabled());
    QLoggingCategory::setFilterRules({});
}

QTEST_GUILESS_MAIN(BaseTest)
#include "base_test.moc"
