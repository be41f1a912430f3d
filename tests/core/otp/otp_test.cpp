#include "core/otp/base32.h"
#include "core/otp/code_ticker.h"
#include "core/otp/hotp.h"
#include "core/otp/one_time_code.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_printing.h"

#include <QSignalSpy>

using namespace hufu;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

SecretBytes secret(std::string_view text)
{
    return std::move(*SecretBytes::copyOf(text));
}

std::chrono::sys_seconds at(qint64 seconds)
{
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

} // namespace

class OtpTest : public QObject
{
    Q_OBJECT

private slots:
    void base32MatchesRfc4648_data();
    void base32MatchesRfc4648();
    void base32ReadsWhatPeopleWrite_data();
    void base32ReadsWhatPeopleWrite();
    void base32RefusesOtherText_data();
    void base32RefusesOtherText();
    void hotpMatchesRfc4226_data();
    void hotpMatchesRfc4226();
    void totpMatchesRfc6238_data();
    void totpMatchesRfc6238();
    void aCodeKnowsHowLongItIsValid();
    void codesHaveOneToTenDigits();
    void steamCodesUseTheirAlphabet();
    void impossibleParametersAreRefused();
    void theTickerTicksAtWholeSeconds();
};

void OtpTest::base32MatchesRfc4648_data()
{
    // RFC 4648 section 10.
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("1 byte") << QByteArray("f") << QByteArray("MY");
    QTest::newRow("2 bytes") << QByteArray("fo") << QByteArray("MZXQ");
    QTest::newRow("3 bytes") << QByteArray("foo") << QByteArray("MZXW6");
    QTest::newRow("4 bytes") << QByteArray("foob") << QByteArray("MZXW6YQ");
    QTest::newRow("5 bytes") << QByteArray("fooba") << QByteArray("MZXW6YTB");
    QTest::newRow("6 bytes") << QByteArray("foobar") << QByteArray("MZXW6YTBOI");
}

void OtpTest::base32MatchesRfc4648()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    const auto encoded = encodeBase32(bytesOf(bytes.toStdString()));
    VERIFY_OK(encoded);
    QCOMPARE(QByteArray(encoded->text().data(), static_cast<qsizetype>(encoded->size())), text);
    const auto decoded = decodeBase32(text.toStdString());
    VERIFY_OK(decoded);
    QVERIFY(decoded->text() == bytes.toStdString());
}

void OtpTest::base32ReadsWhatPeopleWrite_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("lower case") << QByteArray("mzxw6ytboi");
    QTest::newRow("padding") << QByteArray("MZXW6YTBOI======");
    QTest::newRow("groups with spaces") << QByteArray(" MZXW 6YTB OI ");
    QTest::newRow("hyphens and underscores") << QByteArray("MZXW-6YTB_OI");
    QTest::newRow("non-breaking space") << QByteArray("MZXW\xc2\xa0"
                                                      "6YTBOI");
    QTest::newRow("one left-over character") << QByteArray("MZXW6YTBOIA");
}

void OtpTest::base32ReadsWhatPeopleWrite()
{
    QFETCH(QByteArray, text);
    const auto decoded = decodeBase32(text.toStdString());
    VERIFY_OK(decoded);
    QVERIFY(decoded->text() == "foobar");
}

void OtpTest::base32RefusesOtherText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Errc>("code");
    QTest::newRow("nothing") << QByteArray() << Errc::EmptySecret;
    QTest::newRow("only separators") << QByteArray(" - ") << Errc::EmptySecret;
    QTest::newRow("one character") << QByteArray("M") << Errc::MalformedBase32;
    QTest::newRow("digit outside the alphabet") << QByteArray("MZXW1") << Errc::MalformedBase32;
    QTest::newRow("text after padding") << QByteArray("MZ==XW") << Errc::MalformedBase32;
    QTest::newRow("Chinese") << QByteArray("虎符") << Errc::MalformedBase32;
}

void OtpTest::base32RefusesOtherText()
{
    QFETCH(QByteArray, text);
    QFETCH(Errc, code);
    VERIFY_FAILS(decodeBase32(text.toStdString()), code);
}

void OtpTest::hotpMatchesRfc4226_data()
{
    // RFC 4226 appendix D.
    QTest::addColumn<quint64>("counter");
    QTest::addColumn<QString>("code");
    const QStringList codes{u"755224"_s, u"287082"_s, u"359152"_s, u"969429"_s, u"338314"_s,
                            u"254676"_s, u"287922"_s, u"162583"_s, u"399871"_s, u"520489"_s};
    for (int i = 0; i < codes.size(); ++i)
        QTest::addRow("counter %d", i) << quint64(i) << codes.at(i);
}

void OtpTest::hotpMatchesRfc4226()
{
    QFETCH(quint64, counter);
    QFETCH(QString, code);
    const auto actual =
        codeForCounter(secret("12345678901234567890"), {.type = OtpType::Hotp, .counter = counter});
    VERIFY_OK(actual);
    QCOMPARE(actual->text, code);
}

void OtpTest::totpMatchesRfc6238_data()
{
    // RFC 6238 appendix B; the ASCII seed repeats "1234567890" to the length of the digest.
    QTest::addColumn<qint64>("utcSeconds");
    QTest::addColumn<HashAlgorithm>("hash");
    QTest::addColumn<QString>("code");
    struct Row
    {
        qint64 time;
        const char *codes[3];
    };
    const Row rows[] = {{59, {"94287082", "46119246", "90693936"}},
                        {1111111109, {"07081804", "68084774", "25091201"}},
                        {1111111111, {"14050471", "67062674", "99943326"}},
                        {1234567890, {"89005924", "91819424", "93441116"}},
                        {2000000000, {"69279037", "90698825", "38618901"}},
                        {20000000000, {"65353130", "77737706", "47863826"}}};
    const HashAlgorithm hashes[] = {HashAlgorithm::Sha1, HashAlgorithm::Sha256,
                                    HashAlgorithm::Sha512};
    const char *names[] = {"SHA-1", "SHA-256", "SHA-512"};
    for (const Row &row : rows) {
        for (int i = 0; i < 3; ++i)
            QTest::addRow("%s at %lld", names[i], static_cast<long long>(row.time))
                << row.time << hashes[i] << QString::fromLatin1(row.codes[i]);
    }
}

void OtpTest::totpMatchesRfc6238()
{
    QFETCH(qint64, utcSeconds);
    QFETCH(HashAlgorithm, hash);
    QFETCH(QString, code);
    const std::string seed = "1234567890123456789012345678901234567890123456789012345678901234";
    const std::size_t size = hash == HashAlgorithm::Sha1     ? 20
                             : hash == HashAlgorithm::Sha256 ? 32
                                                             : 64;
    const auto actual = codeAt(secret(std::string_view(seed).substr(0, size)),
                               {.hash = hash, .digits = 8}, at(utcSeconds));
    VERIFY_OK(actual);
    QCOMPARE(actual->text, code);
}

void OtpTest::aCodeKnowsHowLongItIsValid()
{
    const SecretBytes key = secret("12345678901234567890");
    const auto first = codeAt(key, {.period = 30}, at(59));
    const auto second = codeAt(key, {.period = 30}, at(60));
    VERIFY_OK(first);
    VERIFY_OK(second);
    QCOMPARE(first->from, at(30));
    QCOMPARE(first->until, at(60));
    QCOMPARE(second->from, at(60));
    QVERIFY(first->text != second->text);
}

void OtpTest::codesHaveOneToTenDigits()
{
    // The 31-bit number of RFC 4226 appendix D, counter 0: 1284755224.
    QCOMPARE(*decimalCode(1284755224, 10), u"1284755224"_s);
    QCOMPARE(*decimalCode(1284755224, 9), u"284755224"_s);
    QCOMPARE(*decimalCode(1284755224, 1), u"4"_s);
    QCOMPARE(*decimalCode(7, 10), u"0000000007"_s);
    VERIFY_FAILS(decimalCode(7, 0), Errc::DigitsOutOfRange);
    VERIFY_FAILS(decimalCode(7, 11), Errc::DigitsOutOfRange);
}

void OtpTest::steamCodesUseTheirAlphabet()
{
    // 1284755224 in base 26, least significant digit first, written in Steam's symbols by hand:
    // 1284755224 = 8 + 26 * (23 + 26 * (17 + 26 * (7 + 26 * (3 + ...)))) (formats.md 1, "Codes").
    const auto actual = codeAt(secret("12345678901234567890"), {.type = OtpType::Steam}, at(0));
    VERIFY_OK(actual);
    std::uint32_t number = 1284755224;
    QString expected;
    for (int i = 0; i < 5; ++i, number /= 26)
        expected += u"23456789BCDFGHJKMNPQRTVWXY"_s.at(static_cast<int>(number % 26));
    QCOMPARE(actual->text, expected);
    QCOMPARE(actual->text.size(), 5);
}

void OtpTest::impossibleParametersAreRefused()
{
    const SecretBytes key = secret("12345678901234567890");
    VERIFY_FAILS(codeAt(SecretBytes(), {}, at(0)), Errc::EmptySecret);
    VERIFY_FAILS(codeAt(key, {}, at(-1)), Errc::TimeBeforeEpoch);
    VERIFY_FAILS(codeAt(key, {.period = 0}, at(0)), Errc::PeriodOutOfRange);
    VERIFY_FAILS(codeAt(key, {.digits = 11}, at(0)), Errc::DigitsOutOfRange);
    VERIFY_FAILS(codeAt(key, {.type = OtpType::Hotp}, at(0)), Errc::HotpNeedsNext);
    VERIFY_FAILS(codeAt(key, {.type = OtpType::Motp}, at(0)), Errc::UnsupportedAlgorithm);
    VERIFY_FAILS(codeForCounter(key, {}), Errc::UnsupportedAlgorithm);
}

void OtpTest::theTickerTicksAtWholeSeconds()
{
    test::ManualClock clock(UtcTime(1'700'000'000'900ms));
    CodeTicker ticker(clock);
    QSignalSpy ticks(&ticker, &CodeTicker::ticked);
    ticker.setRunning(true);
    QCOMPARE(ticks.size(), 1); // at once, so that the first painted frame is right
    clock.advance(101ms);
    QVERIFY(ticks.wait(1'000));
    QCOMPARE(ticks.last().first().value<std::chrono::sys_seconds>(), at(1'700'000'001));
    ticker.setRunning(false);
    QVERIFY(!ticker.isRunning());
}

QTEST_GUILESS_MAIN(OtpTest)
#include "otp_test.moc"
