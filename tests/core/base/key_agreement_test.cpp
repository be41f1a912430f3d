#include "core/base/crypto.h"
#include "core/base/key_agreement.h"
#include "tests/support/result_printing.h"

#include <QTest>

using namespace hufu;

namespace {

QByteArray fromHex(const char *hex)
{
    return QByteArray::fromHex(hex);
}

SecretBytes secret(const char *hex)
{
    const QByteArray array = fromHex(hex);
    return *SecretBytes::copyOf(
        std::string_view(array.constData(), static_cast<std::size_t>(array.size())));
}

// RFC 2409, 6.2.
const char *const prime = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
                          "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
                          "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                          "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF";

} // namespace

// With a real service: keychain_test and its neighbours.
class KeyAgreementTest : public QObject
{
    Q_OBJECT

private slots:
    void bothSidesComeToOneKey();
    void twoAgreementsHaveNothingInCommon();
    void aNumberThatNoHonestSideSendsIsRefused_data();
    void aNumberThatNoHonestSideSendsIsRefused();
    void aes128CbcMatchesSp80038a();
    void whatIsNotWholeIsRefused();
};

void KeyAgreementTest::bothSidesComeToOneKey()
{
    const Result<KeyAgreement> one = KeyAgreement::begin();
    const Result<KeyAgreement> other = KeyAgreement::begin();
    VERIFY_OK(one);
    VERIFY_OK(other);
    const Result<SecretBytes> key = one->agree(other->publicKey());
    const Result<SecretBytes> otherKey = other->agree(one->publicKey());
    VERIFY_OK(key);
    VERIFY_OK(otherKey);
    QCOMPARE(key->size(), std::size_t{16});
    QVERIFY(equalInConstantTime(key->view(), otherKey->view()));
}

void KeyAgreementTest::twoAgreementsHaveNothingInCommon()
{
    const Result<KeyAgreement> one = KeyAgreement::begin();
    const Result<KeyAgreement> other = KeyAgreement::begin();
    const Result<KeyAgreement> third = KeyAgreement::begin();
    QVERIFY(other->publicKey() != third->publicKey());
    const Result<SecretBytes> key = one->agree(other->publicKey());
    const Result<SecretBytes> thirdKey = one->agree(third->publicKey());
    VERIFY_OK(key);
    VERIFY_OK(thirdKey);
    QVERIFY(!equalInConstantTime(key->view(), thirdKey->view()));
}

void KeyAgreementTest::aNumberThatNoHonestSideSendsIsRefused_data()
{
    QTest::addColumn<QByteArray>("number");
    QByteArray last = fromHex(prime);
    last.back() = static_cast<char>(0xFE);
    QTest::newRow("none") << QByteArray();
    QTest::newRow("0") << QByteArray(128, '\0');
    QTest::newRow("1") << fromHex("01");
    QTest::newRow("the prime less 1") << last;
    QTest::newRow("the prime") << fromHex(prime);
    QTest::newRow("more than the prime") << QByteArray(128, '\xFF');
    QTest::newRow("too long") << QByteArray(129, '\x02');
}

void KeyAgreementTest::aNumberThatNoHonestSideSendsIsRefused()
{
    QFETCH(QByteArray, number);
    const Result<KeyAgreement> one = KeyAgreement::begin();
    VERIFY_OK(one);
    VERIFY_FAILS(one->agree(number), Errc::CryptoFailed);
}

// F.2.1, its first block, followed by one of padding.
void KeyAgreementTest::aes128CbcMatchesSp80038a()
{
    const Result<SecretBytes> plain = openAes128Cbc(
        secret("2b7e151628aed2a6abf7158809cf4f3c"), fromHex("000102030405060708090a0b0c0d0e0f"),
        fromHex("7649abac8119b246cee98e9b12e9197d8964e0b149c10b7b682e6e39aaeb731c"));
    VERIFY_OK(plain);
    QVERIFY(equalInConstantTime(plain->view(), secret("6bc1bee22e409f96e93d7e117393172a").view()));
}

void KeyAgreementTest::whatIsNotWholeIsRefused()
{
    const SecretBytes key = secret("2b7e151628aed2a6abf7158809cf4f3c");
    const QByteArray start = fromHex("000102030405060708090a0b0c0d0e0f");
    const QByteArray sealed =
        fromHex("7649abac8119b246cee98e9b12e9197d8964e0b149c10b7b682e6e39aaeb731c");
    VERIFY_FAILS(openAes128Cbc(key, start, sealed.first(16)), Errc::CryptoFailed); // no padding
    VERIFY_FAILS(openAes128Cbc(key, start, sealed.first(31)), Errc::CryptoFailed);
    VERIFY_FAILS(openAes128Cbc(key, start, {}), Errc::CryptoFailed);
    VERIFY_FAILS(openAes128Cbc(key, start.first(15), sealed), Errc::CryptoFailed);
    VERIFY_FAILS(openAes128Cbc(secret("2b7e"), start, sealed), Errc::CryptoFailed);
}

QTEST_GUILESS_MAIN(KeyAgreementTest)
#include "key_agreement_test.moc"
