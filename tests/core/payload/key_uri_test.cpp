#include "core/otp/base32.h"
#include "core/payload/api_base.h"
#include "core/payload/key_uri.h"
#include "core/payload/shown_text.h"
#include "tests/support/result_printing.h"

using namespace hufu;
using namespace Qt::StringLiterals;

namespace {

// protocol.md B1, "Example"; the secret is the key of RFC 4226 appendix D.
const std::string example =
    "otpauth://totp/Example:alice%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    "&issuer=Example&algorithm=SHA1&digits=6&period=30&v=1&appid=ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW"
    "&uid=e%2Bf2iJHkScjvo6GHZKVmaA%3D%3D&api=https%3A%2F%2Fauth.example.com%2Fv1";
const std::string pin(43, 'A');

std::string with(const std::string &old, const std::string &fresh)
{
    std::string changed = example;
    const std::size_t place = changed.find(old);
    if (place == std::string::npos)
        qFatal("the example does not hold what a row changes");
    return changed.replace(place, old.size(), fresh);
}

Result<KeyUri> parse(const std::string &uri, Loopback loopback = Loopback::Refused)
{
    return parseKeyUri(uri, loopback);
}

QByteArray raw(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

class KeyUriTest : public QObject
{
    Q_OBJECT

private slots:
    void theExampleOfTheProtocolIsRead();
    void whatIsWrittenReadsBackTheSame();
    void aDamagedBindingUriIsRefused_data();
    void aDamagedBindingUriIsRefused();
    void aBindingThatTheRulesRefuseLeavesAPlainAccount_data();
    void aBindingThatTheRulesRefuseLeavesAPlainAccount();
    void aHiddenBindingDoesNotComeOutInWriting_data();
    void aHiddenBindingDoesNotComeOutInWriting();
    void aFurtherNameStaysOneName();
    void pinsAreRead();
    void loopbackServersNeedThePolicy_data();
    void loopbackServersNeedThePolicy();
    void plainUrisAreReadTolerantly_data();
    void plainUrisAreReadTolerantly();
    void plainUrisKeepTheirParameters_data();
    void plainUrisKeepTheirParameters();
    void unreadablePlainUrisAreRefused_data();
    void unreadablePlainUrisAreRefused();
    void steamIsRecognised_data();
    void steamIsRecognised();
    void hostileNamesLoseTheirControls();
    void anyCutOfTheExampleIsAnErrorOrAnAccountButNeverACrash();
};

void KeyUriTest::theExampleOfTheProtocolIsRead()
{
    const auto uri = parse(example);
    VERIFY_OK(uri);
    QCOMPARE(uri->issuer, u"Example"_s);
    QCOMPARE(uri->account, u"alice@example.com"_s);
    QVERIFY(uri->secret.text() == "12345678901234567890");
    QCOMPARE(uri->parameters, OtpParameters{});
    QVERIFY(uri->binding.has_value());
    QVERIFY(!uri->bindingRefused);
    QCOMPARE(raw(uri->binding->api), "https://auth.example.com/v1"_ba);
    QCOMPARE(raw(uri->binding->appId), "ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW"_ba);
    QCOMPARE(raw(uri->binding->uid), "e+f2iJHkScjvo6GHZKVmaA=="_ba);
    QVERIFY(uri->further.empty());
}

void KeyUriTest::whatIsWrittenReadsBackTheSame()
{
    const auto first = parse(example);
    VERIFY_OK(first);
    const auto written = writeKeyUri(*first);
    VERIFY_OK(written);
    QCOMPARE(raw(std::string(written->text())), raw(example));

    const auto odd =
        parse("otpauth://hotp/%E5%8C%97%E9%97%A8%3A1:a%20b%26c?secret=MZXW6YTBOI"
              "&issuer=%E5%8C%97%E9%97%A8%3A1&algorithm=SHA512&digits=8&counter=41&tags=x%3Dy");
    VERIFY_OK(odd);
    const auto again = parse(std::string(writeKeyUri(*odd)->text()));
    VERIFY_OK(again);
    QCOMPARE(again->issuer, u"北门:1"_s);
    QCOMPARE(again->account, u"a b&c"_s);
    QCOMPARE(again->parameters, odd->parameters);
    QCOMPARE(again->parameters.counter, 41U);
    QCOMPARE(again->further, odd->further);
    QCOMPARE(raw(again->further.front().second), "x=y"_ba);
}

void KeyUriTest::aDamagedBindingUriIsRefused_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<Errc>("code");
    const auto row = [](const char *name, const std::string &uri, Errc code) {
        QTest::newRow(name) << raw(uri) << code;
    };
    const std::string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    // protocol.md B1, "Rules for a reader", column "Refuse", and B7.
    row("longer than 2,048 bytes", example + "&x=" + std::string(2'000, 'a'), Errc::UriTooLong);
    row("broken percent", with("alice%40", "alice%4g"), Errc::MalformedUri);
    row("percent at the end", example + "%2", Errc::MalformedUri);
    row("line feed in a value", with("alice", "al%0Aice"), Errc::MalformedUri);
    row("NUL in a value", with("uid=e", "uid=%00"), Errc::MalformedUri);
    row("not UTF-8 after decoding", with("alice", "%FF"), Errc::MalformedUri);
    row("secret empty", with(secret, ""), Errc::EmptySecret);
    row("secret missing", with("secret=" + secret + "&", ""), Errc::EmptySecret);
    row("secret of one character", with(secret, "G"), Errc::MalformedBase32);
    row("secret of 72 bits", with(secret, "GEZDGNBVGY3TQ"), Errc::SecretTooShort);
    row("secret of 1,032 bits", with(secret, std::string(207, 'A')), Errc::SecretTooLong);
    row("secret with other characters", with(secret, "GEZD!NBVGY3TQOJQ"), Errc::MalformedBase32);
    row("MD5", with("SHA1", "MD5"), Errc::UnsupportedAlgorithm);
    row("99 digits", with("digits=6", "digits=99"), Errc::DigitsOutOfRange);
    row("5 digits", with("digits=6", "digits=5"), Errc::DigitsOutOfRange);
    row("period 0", with("period=30", "period=0"), Errc::PeriodOutOfRange);
    row("negative period", with("period=30", "period=-30"), Errc::PeriodOutOfRange);
    row("period in words", with("period=30", "period=half"), Errc::PeriodOutOfRange);
    row("secret twice", example + "&secret=" + secret, Errc::DuplicateParameter);
    row("api twice", example + "&api=https%3A%2F%2Fauth.example.com%2Fv1",
        Errc::DuplicateParameter);
    row("issuer of 129 characters", with("issuer=Example", "issuer=" + std::string(129, 'x')),
        Errc::MalformedUri);
    row("pin of 42 characters", example + "&spki=" + pin.substr(1), Errc::MalformedBinding);
    row("three pins", example + "&spki=" + pin + "," + pin + "," + pin, Errc::MalformedBinding);
    row("fragment", example + "#more", Errc::MalformedUri);
    row("version in disguise", with("&v=1", "&%76=1"), Errc::MalformedUri);
}

void KeyUriTest::aDamagedBindingUriIsRefused()
{
    QFETCH(QByteArray, uri);
    QFETCH(Errc, code);
    VERIFY_FAILS(parse(uri.toStdString()), code);
}

void KeyUriTest::aBindingThatTheRulesRefuseLeavesAPlainAccount_data()
{
    QTest::addColumn<QByteArray>("uri");
    const std::string api = "https%3A%2F%2Fauth.example.com%2Fv1";
    const auto row = [](const char *name, const std::string &uri) {
        QTest::newRow(name) << raw(uri);
    };
    row("version 2", with("v=1", "v=2"));
    row("version missing", with("&v=1", ""));
    row("application missing", with("&appid=ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW", ""));
    row("application of 65 characters",
        with("ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW", std::string(65, 'a')));
    row("application with a slash", with("ZGQOTdiMDNkNGVmNDAxOTRjYzIxYIwOW", "a%2Fb"));
    row("user id empty", with("e%2Bf2iJHkScjvo6GHZKVmaA%3D%3D", ""));
    row("user id of 65 bytes", with("e%2Bf2iJHkScjvo6GHZKVmaA%3D%3D", std::string(65, 'u')));
    row("address missing", with("&api=" + api, ""));
    row("address not https", with("api=https", "api=http"));
    row("address with an IPv4 literal", with("auth.example.com", "192.0.2.7"));
    row("address with a short IPv4 literal", with("auth.example.com", "192.7"));
    row("address with a hex IPv4 literal", with("auth.example.com", "0x7f000001"));
    row("address with an IPv6 literal", with("auth.example.com", "%5B2001%3Adb8%3A%3A1%5D"));
    row("address of this machine", with("auth.example.com", "localhost"));
    row("address of a name under localhost", with("auth.example.com", "x.localhost"));
    row("address in capitals", with("auth.example.com", "Auth.Example.com"));
    row("address not in A-label form", with("auth.example.com", "%E5%8C%97%E9%97%A8.example"));
    row("address with a trailing slash", with(api, api + "%2F"));
    row("address with the port 443", with("auth.example.com", "auth.example.com%3A443"));
    row("address with the port 0", with("auth.example.com", "auth.example.com%3A0"));
    row("address with a user", with("auth.example.com", "u%40auth.example.com"));
    row("address with a query", with(api, api + "%3Fx%3D1"));
    row("address with a trailing dot", with("auth.example.com", "auth.example.com."));
    row("address with dots in the path", with("%2Fv1", "%2F..%2Fv1"));
    row("address of 201 characters", with("%2Fv1", "%2F" + std::string(176, 'v')));
    row("type hotp", with("//totp/", "//hotp/"));
}

void KeyUriTest::aBindingThatTheRulesRefuseLeavesAPlainAccount()
{
    QFETCH(QByteArray, uri);
    const auto read = parse(uri.toStdString());
    VERIFY_OK(read);
    QVERIFY(!read->binding);
    QVERIFY(read->bindingRefused);
    QVERIFY(read->secret.text() == "12345678901234567890");
}

void KeyUriTest::aHiddenBindingDoesNotComeOutInWriting_data()
{
    QTest::addColumn<QByteArray>("uri");
    const std::string secret = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const std::string rest = "appid=a&uid=b&api=https%3A%2F%2Fauth.example.com%2Fv1&spki=" + pin;
    const auto row = [](const char *name, const std::string &uri) {
        QTest::newRow(name) << raw(uri);
    };
    row("behind a # in the label", "otpauth://totp/a#b?" + secret + "&v=1&" + rest);
    row("under another scheme", "apple-otpauth://totp/a?" + secret + "&v=1&" + rest);
    row("with names in disguise", "otpauth://totp/a?" + secret +
                                      "&%76=1&%61ppid=a&%75id=b"
                                      "&%61pi=https%3A%2F%2Fauth.example.com%2Fv1");
    row("in a Steam address", "otpauth://steam/a?" + secret + "&v=1&" + rest);
}

void KeyUriTest::aHiddenBindingDoesNotComeOutInWriting()
{
    QFETCH(QByteArray, uri);
    const auto read = parse(uri.toStdString());
    VERIFY_OK(read);
    QVERIFY(!read->binding);
    QVERIFY(read->bindingRefused);
    QVERIFY(read->further.empty());
    const auto again = parse(std::string(writeKeyUri(*read)->text()));
    VERIFY_OK(again);
    QVERIFY(!again->binding);
    QVERIFY(!again->bindingRefused);
}

// As a page of the vault may hold it, written by an earlier version.
void KeyUriTest::aFurtherNameStaysOneName()
{
    auto uri = parse("otpauth://totp/a?secret=MZXW6YTBOI");
    VERIFY_OK(uri);
    uri->further = {{"x&v=1&appid", "a"}, {"api", "https://auth.example.com/v1"}, {"tags", "t"}};
    const auto again = parse(std::string(writeKeyUri(*uri)->text()));
    VERIFY_OK(again);
    QVERIFY(!again->binding && !again->bindingRefused);
    QCOMPARE(again->further, (std::vector<std::pair<std::string, std::string>>{{"x&v=1&appid", "a"},
                                                                               {"tags", "t"}}));
}

void KeyUriTest::pinsAreRead()
{
    // SHA-256 of the empty text (FIPS 180-4 examples), in base64url, and 32 zero bytes.
    const auto uri = parse(example + "&spki=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU," + pin);
    VERIFY_OK(uri);
    QCOMPARE(uri->binding->pins.size(), std::size_t{2});
    QCOMPARE(uri->binding->pins.front(), sha256({}));
    QCOMPARE(uri->binding->pins.back(), Sha256Digest{});
}

void KeyUriTest::loopbackServersNeedThePolicy_data()
{
    QTest::addColumn<QByteArray>("api");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("localhost") << "https://localhost:8443/v1"_ba << true;
    QTest::newRow("127.0.0.1") << "https://127.0.0.1:8443/v1"_ba << true;
    QTest::newRow("127.1.2.3") << "https://127.1.2.3/v1"_ba << true;
    QTest::newRow("IPv6 loopback") << "https://[::1]:8443/v1"_ba << true;
    QTest::newRow("another IPv6") << "https://[::2]:8443/v1"_ba << false;
    QTest::newRow("short loopback") << "https://127.1/v1"_ba << false;
    QTest::newRow("octal loopback") << "https://127.0.0.01/v1"_ba << false;
    QTest::newRow("http") << "http://localhost:8443/v1"_ba << false;
    QTest::newRow("unspecified address") << "https://0.0.0.0/v1"_ba << false;
}

void KeyUriTest::loopbackServersNeedThePolicy()
{
    QFETCH(QByteArray, api);
    QFETCH(bool, allowed);
    QVERIFY(!isApiBase(api.toStdString(), Loopback::Refused));
    QCOMPARE(isApiBase(api.toStdString(), Loopback::Allowed), allowed);
}

void KeyUriTest::plainUrisAreReadTolerantly_data()
{
    // formats.md 1; each row is one of its sentences.
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("account");
    const auto row = [](const char *name, const char *uri, const char *issuer,
                        const char *account) {
        QTest::newRow(name) << QByteArray(uri) << QString::fromUtf8(issuer)
                            << QString::fromUtf8(account);
    };
    row("no label", "otpauth://totp/?secret=MZXW6YTBOI", "", "");
    row("no slash", "otpauth://totp?secret=MZXW6YTBOI", "", "");
    row("account only", "otpauth://totp/alice?secret=MZXW6YTBOI", "", "alice");
    row("capitals", "OTPAUTH://TOTP/alice?Secret=MZXW6YTBOI", "", "alice");
    row("Apple's scheme", "apple-otpauth://totp/A:b?secret=MZXW6YTBOI", "A", "b");
    row("blanks around", "  otpauth://totp/A:%20b?secret=MZXW6YTBOI\n", "A", "b");
    row("encoded colon", "otpauth://totp/A%3Ab?secret=MZXW6YTBOI", "A", "b");
    row("literal colon wins", "otpauth://totp/A%3AB:c?secret=MZXW6YTBOI", "A:B", "c");
    row("several colons", "otpauth://totp/Matrix:@user_:matrix.org?secret=MZXW6YTBOI", "Matrix",
        "@user_:matrix.org");
    row("issuer with a colon", "otpauth://totp/A:B:c?secret=MZXW6YTBOI&issuer=A:B", "A:B", "c");
    row("raw Chinese", "otpauth://totp/北门:陈?secret=MZXW6YTBOI", "北门", "陈");
    row("issuers differ", "otpauth://totp/Contoso:a@b?secret=MZXW6YTBOI&issuer=Microsoft",
        "Microsoft", "Contoso: a@b");
    row("company with pluses", "otpauth://totp/Contoso+Ltd:a+b@c?secret=MZXW6YTBOI", "Contoso Ltd",
        "a+b@c");
    row("plus in a query value", "otpauth://totp/a?secret=MZXW6YTBOI&issuer=Two+Words", "Two Words",
        "a");
    row("issuer encoded twice", "otpauth://totp/a?secret=MZXW6YTBOI&issuer=Two%2520Words",
        "Two Words", "a");
    row("secret encoded twice", "otpauth://totp/a?secret=MZXW6YTBOI%253D%253D", "", "a");
    row("unescaped hash in the label", "otpauth://totp/A:b#1?secret=MZXW6YTBOI", "A", "b#1");
    row("missing ampersand", "otpauth://totp/a?secret=MZXW6YTBOI&issuer=Acmeperiod=60", "Acme",
        "a");
    row("first of a repeated parameter", "otpauth://totp/a?secret=MZXW6YTBOI&issuer=One&issuer=Two",
        "One", "a");
    row("empty pieces", "otpauth://totp/a?&&secret=MZXW6YTBOI&&", "", "a");
}

void KeyUriTest::plainUrisAreReadTolerantly()
{
    QFETCH(QByteArray, uri);
    QFETCH(QString, issuer);
    QFETCH(QString, account);
    const auto read = parse(uri.toStdString());
    VERIFY_OK(read);
    QCOMPARE(read->issuer, issuer);
    QCOMPARE(read->account, account);
    QVERIFY(read->secret.text() == "foobar");
    QVERIFY(!read->binding);
    QVERIFY(!read->bindingRefused);
}

void KeyUriTest::plainUrisKeepTheirParameters_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<OtpType>("type");
    QTest::addColumn<HashAlgorithm>("hash");
    QTest::addColumn<int>("digits");
    QTest::addColumn<qint64>("period");
    QTest::addColumn<quint64>("counter");
    const auto row = [](const char *query, OtpType type, HashAlgorithm hash, int digits,
                        qint64 period, quint64 counter) {
        QTest::newRow(query) << QByteArray(query) << type << hash << digits << period << counter;
    };
    using enum HashAlgorithm;
    row("totp/a?secret=MZXW6YTBOI", OtpType::Totp, Sha1, 6, 30, 0);
    row("totp/a?secret=MZXW6YTBOI&algorithm=sha256&digits=8&period=60", OtpType::Totp, Sha256, 8,
        60, 0);
    row("totp/a?secret=MZXW6YTBOI&algorithm=HMAC-SHA-512", OtpType::Totp, Sha512, 6, 30, 0);
    row("totp/a?secret=MZXW6YTBOI&algorithm=Algorithm.sha256", OtpType::Totp, Sha256, 6, 30, 0);
    row("totp/a?secret=MZXW6YTBOI&algorithm=SHA-1&digits=&period=", OtpType::Totp, Sha1, 6, 30, 0);
    row("totp/a?secret=MZXW6YTBOI&digits=1&period=1", OtpType::Totp, Sha1, 1, 1, 0);
    row("totp/a?secret=MZXW6YTBOI&digits=10&period=4294967295", OtpType::Totp, Sha1, 10, 4294967295,
        0);
    row("totp/a?secret=MZXW6YTBOI&issuer=Acmeperiod=60", OtpType::Totp, Sha1, 6, 60, 0);
    row("hotp/a?secret=MZXW6YTBOI&counter=18446744073709551615", OtpType::Hotp, Sha1, 6, 30,
        18446744073709551615ULL);
    row("hotp/a?secret=MZXW6YTBOI&period=0", OtpType::Hotp, Sha1, 6, 30, 0);
}

void KeyUriTest::plainUrisKeepTheirParameters()
{
    QFETCH(QByteArray, query);
    QFETCH(OtpType, type);
    QFETCH(HashAlgorithm, hash);
    QFETCH(int, digits);
    QFETCH(qint64, period);
    QFETCH(quint64, counter);
    const auto read = parse("otpauth://" + query.toStdString());
    VERIFY_OK(read);
    QCOMPARE(read->parameters, (OtpParameters{type, hash, digits, period, counter}));
}

void KeyUriTest::unreadablePlainUrisAreRefused_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<Errc>("code");
    const auto row = [](const char *name, const std::string &uri, Errc code) {
        QTest::newRow(name) << raw(uri) << code;
    };
    row("nothing", "", Errc::MalformedUri);
    row("no scheme", "totp/a?secret=MZXW6YTBOI", Errc::MalformedUri);
    row("another scheme", "ftp://totp/a?secret=MZXW6YTBOI", Errc::UnsupportedUri);
    row("privacyIDEA's push", "otpauth://pipush/a?url=x&v=1", Errc::UnsupportedUri);
    row("Yandex", "otpauth://yaotp/a?secret=MZXW6YTBOI", Errc::UnsupportedUri);
    row("no secret", "otpauth://totp/a", Errc::EmptySecret);
    row("empty secret", "otpauth://totp/a?secret=", Errc::EmptySecret);
    row("secret of 1 character", "otpauth://totp/a?secret=A", Errc::MalformedBase32);
    row("secret of 4,096 characters", "otpauth://totp/a?secret=" + std::string(4'096, 'A'),
        Errc::UriTooLong);
    row("secret not base32", "otpauth://totp/a?secret=018", Errc::MalformedBase32);
    row("broken percent in the secret", "otpauth://totp/a?secret=%2", Errc::MalformedUri);
    row("secret of 1,025 bytes", "otpauth://totp/a?secret=" + std::string(1'640, 'A'),
        Errc::SecretTooLong);
    row("MD5", "otpauth://totp/a?secret=MZXW6YTBOI&algorithm=MD5", Errc::UnsupportedAlgorithm);
    row("SHA224", "otpauth://totp/a?secret=MZXW6YTBOI&algorithm=SHA224",
        Errc::UnsupportedAlgorithm);
    row("0 digits", "otpauth://totp/a?secret=MZXW6YTBOI&digits=0", Errc::DigitsOutOfRange);
    row("99 digits", "otpauth://totp/a?secret=MZXW6YTBOI&digits=99", Errc::DigitsOutOfRange);
    row("11 digits", "otpauth://totp/a?secret=MZXW6YTBOI&digits=11", Errc::DigitsOutOfRange);
    row("period 0", "otpauth://totp/a?secret=MZXW6YTBOI&period=0", Errc::PeriodOutOfRange);
    row("period of 33 bits", "otpauth://totp/a?secret=MZXW6YTBOI&period=4294967296",
        Errc::PeriodOutOfRange);
    row("negative counter", "otpauth://hotp/a?secret=MZXW6YTBOI&counter=-1", Errc::MalformedUri);
    row("label not UTF-8", "otpauth://totp/%FF?secret=MZXW6YTBOI", Errc::MalformedUri);
    row("longer than 4,096 bytes", "otpauth://totp/" + std::string(4'096, 'a'), Errc::UriTooLong);
    row("NUL", std::string("otpauth://totp/a\0b?secret=MZXW6YTBOI", 36), Errc::MalformedUri);
}

void KeyUriTest::unreadablePlainUrisAreRefused()
{
    QFETCH(QByteArray, uri);
    QFETCH(Errc, code);
    VERIFY_FAILS(parse(uri.toStdString()), code);
}

void KeyUriTest::steamIsRecognised_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::newRow("authority") << "otpauth://steam/Steam:a?secret=MZXW6YTBOI"_ba;
    QTest::newRow("encoder") << "otpauth://totp/a?secret=MZXW6YTBOI&encoder=steam"_ba;
    QTest::newRow("bare parameter") << "otpauth://totp/a?secret=MZXW6YTBOI&steam"_ba;
    QTest::newRow("issuer and 5 digits") << "otpauth://totp/Steam:a?secret=MZXW6YTBOI&digits=5"_ba;
    QTest::newRow("own scheme") << "steam://MZXW6YTBOI"_ba;
}

void KeyUriTest::steamIsRecognised()
{
    QFETCH(QByteArray, uri);
    const auto read = parse(uri.toStdString());
    VERIFY_OK(read);
    QCOMPARE(read->parameters.type, OtpType::Steam);
    QCOMPARE(read->parameters.digits, 5);
    QVERIFY(read->secret.text() == "foobar");
}

void KeyUriTest::hostileNamesLoseTheirControls()
{
    const auto read =
        parse("otpauth://totp/%E2%80%AEmoc%D8%9C.elg%C2%ADoog:<b>%E2%80%8Bx%E2%81%A0%E2%81%AF</"
              "b>%0Ay?secret=MZXW6YTBOI");
    VERIFY_OK(read);
    QCOMPARE(read->issuer, u"moc.elgoog"_s);
    QCOMPARE(read->account, u"<b>x</b>y"_s);
    // What takes no room: two names that differ only in it would look the same.
    QCOMPARE(shownText("Acme\u3164\u115f\uffa0\u034f\u180f\ufe0f\U000e0041\U000e01ef\U0001d173"),
             u"Acme"_s);
    QCOMPARE(shownText("\U0001f511 \u5317\u95e8"), u"\U0001f511 \u5317\u95e8"_s);
    QVERIFY(!shownText("\xff"));
    QVERIFY(!isCleanText("a\nb"));
    QVERIFY(isCleanText("北门"));
}

void KeyUriTest::anyCutOfTheExampleIsAnErrorOrAnAccountButNeverACrash()
{
    const std::string uri = example + "&spki=" + pin;
    for (std::size_t size = 0; size < uri.size(); ++size) {
        const auto cut = parse(uri.substr(0, size));
        if (cut)
            QVERIFY(!cut->secret.empty());
        std::string bent = uri;
        bent[size] = '%';
        if (const auto read = parse(bent))
            QVERIFY(!read->secret.empty());
    }
}

QTEST_GUILESS_MAIN(KeyUriTest)
#include "key_uri_test.moc"
